"""Who can write the database and nothing else makes nobody into a reviewer."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text, update

from content.rules.alarms import AlarmKind
from content.rules.errors import NotAllowed
from content.rules.people import Role
from content.services.alarms import alarm_watch, lifecycle
from content.services.figures import ledger_audit
from content.services.office import Office
from content.services.people import staff
from content.services.setup import prepare
from content.store import people
from content.store.tables import Person

PASSWORD = "correct horse"
CHANGED = "被改动过"


def altered(office: Office, statement: str) -> None:
    """What an attacker does who can write the database."""
    with office.store.engine.execution_options(gongkai_write=True).begin() as connection:
        connection.execute(text(statement), {"hash": PasswordHasher().hash("attacker's own")})


@pytest.fixture
def wang(office: Office) -> str:
    """A colleague who can log in."""
    staff.take_on(office, "wang", name="王", roles=[Role.EDITOR], password=PASSWORD)
    return "wang"


@pytest.mark.parametrize(
    ("statement", "password"),
    [
        ("UPDATE person SET password_hash = :hash WHERE username = 'wang'", "attacker's own"),
        ("INSERT INTO person_role SELECT id, 'chief' FROM person WHERE username = 'wang'", PASSWORD),
        ("UPDATE person_role SET role = 'reviewer' WHERE person_id = (SELECT max(id) FROM person)", PASSWORD),
        ("UPDATE person SET username = 'wang2' WHERE username = 'wang'", PASSWORD),
        ("UPDATE person SET seal = NULL WHERE username = 'wang'", PASSWORD),
    ],
)
def test_an_account_that_was_altered_in_the_table_gets_in_nowhere(
    office: Office, wang: str, statement: str, password: str
) -> None:
    altered(office, statement)
    name = staff.everyone(office)[-1].username
    with pytest.raises(NotAllowed, match=CHANGED):
        staff.authenticate(office, name, password)
    with pytest.raises(NotAllowed, match=CHANGED), office.store.read() as session:
        people.find(session, name)
    assert staff.visitor(office, name) is None


def test_who_left_is_not_brought_back_by_an_older_row(office: Office, wang: str) -> None:
    with office.store.read() as session:
        seal = people.find(session, wang).seal
    staff.leave(office, wang)
    with office.store.write() as session:
        session.execute(update(Person).where(Person.username == wang).values(disabled_at=None, seal=seal))
    with pytest.raises(NotAllowed, match=CHANGED):
        staff.authenticate(office, wang, PASSWORD)


def test_an_altered_account_rings_an_alarm_until_the_operator_has_put_it_back(office: Office, wang: str) -> None:
    assert not [each for each in lifecycle.listing(office) if each.kind == AlarmKind.ACCOUNT]
    altered(office, "INSERT INTO person_role SELECT id, 'chief' FROM person WHERE username = 'wang'")
    alarm_watch.watch(office, office.clock.now())
    [alarm] = [each for each in lifecycle.listing(office) if each.kind == AlarmKind.ACCOUNT]
    assert "gongkai user restore wang" in alarm.message
    assert any("wang" in fault for fault in ledger_audit.verify(office).faults)

    staff.restore(office, wang)
    with office.store.read() as session:
        person = people.find(session, wang)
    assert people.roles(person) == {Role.EDITOR}
    assert not person.password_hash
    alarm_watch.watch(office, office.clock.now())
    assert not [each for each in lifecycle.listing(office) if each.kind == AlarmKind.ACCOUNT]
    assert ledger_audit.verify(office).ok


def test_who_was_never_taken_on_is_restored_to_nobody(office: Office) -> None:
    altered(office, "INSERT INTO person (username, name, password_hash, created_at)"
                    " VALUES ('mallory', '', :hash, '2026-11-22 04:00:00.000000')")  # fmt: skip
    staff.restore(office, "mallory")
    [person] = [each for each in staff.everyone(office) if each.username == "mallory"]
    assert person.disabled_at
    assert not people.roles(person)


def test_an_older_database_is_sealed_once_and_never_again(office: Office, wang: str) -> None:
    altered(office, "UPDATE person SET seal = NULL")
    prepare(office)
    assert staff.authenticate(office, wang, PASSWORD)
    altered(office, "UPDATE person SET seal = NULL, password_hash = :hash")
    prepare(office)
    with pytest.raises(NotAllowed, match=CHANGED):
        staff.authenticate(office, wang, "attacker's own")


def test_a_database_that_an_operator_put_back_is_sealed_anew(office: Office, wang: str) -> None:
    prepare(office)
    altered(office, "UPDATE person SET seal = NULL")
    assert office.store.seals is not None
    office.store.seals.top_file.unlink()
    prepare(office)
    assert staff.authenticate(office, wang, PASSWORD)


def test_each_change_of_a_person_is_sealed(office: Office, wang: str) -> None:
    staff.take_on(office, "boss", name="郑", roles=[Role.ADMIN], password=PASSWORD)
    staff.give_roles(office, wang, roles=[Role.REVIEWER], by="boss")
    assert staff.authenticate(office, wang, PASSWORD)
    staff.change_password(office, wang, old=PASSWORD, new="another horse")
    assert staff.authenticate(office, wang, "another horse")
