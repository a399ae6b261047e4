"""People and their passwords."""

from __future__ import annotations

import pytest

from content.rules import passwords
from content.rules.errors import BadInput, NotFound
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


@pytest.mark.parametrize(
    "password", ["12345678", "87654321", "password1", "Qwerty123", "1234567890", "abcd1234", "admin123", "11111111"]
)
def test_a_password_that_everybody_tries_first_is_refused_in_words(office: Office, password: str) -> None:
    with pytest.raises(BadInput, match="太容易猜"):
        staff.take_on(office, "zhang", name="张", roles=[Role.EDITOR], password=password)


@pytest.mark.parametrize("password", ["correct horse", "lvcha-8-bei-2345", "江边的风筝", "2019年种的树"])
def test_a_password_of_its_own_is_taken(office: Office, password: str) -> None:
    passwords.check_password("zhang", password.ljust(8, "。"))
