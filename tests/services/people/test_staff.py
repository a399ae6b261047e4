"""People and their passwords."""

from __future__ import annotations

import pytest

from content.rules.errors import NotFound
from content.rules.people import Role
from content.services.office import Office
from content.services.people import staff
from content.store import people


def test_a_password_opens_only_its_own_door_and_is_kept_as_a_hash(office: Office) -> None:
    staff.take_on(office, "wang", name="王", roles=[Role.EDITOR], password="correct horse")
    with office.store.read() as session:
        person = people.find(session, "wang")
    assert person.password_hash.startswith("$argon2id$")
    assert staff.is_password(person, "correct horse")
    assert not staff.is_password(person, "correct horses")


def test_without_a_password_nothing_opens(office: Office) -> None:
    with office.store.read() as session:
        person = people.find(session, "sunhao")
    assert not staff.is_password(person, "")


def test_who_left_gets_in_no_more(office: Office) -> None:
    staff.take_on(office, "wang", name="", roles=[Role.EDITOR], password="correct horse")
    staff.leave(office, "wang")
    [person] = [person for person in staff.everyone(office) if person.username == "wang"]
    assert not staff.is_password(person, "correct horse")
    with pytest.raises(NotFound):
        staff.leave(office, "wang")
