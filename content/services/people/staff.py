"""People who work here: taken on, listed, leaving; their passwords are kept only as Argon2 hashes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from content.rules import passwords
from content.rules.errors import BadInput
from content.rules.passwords import ROBOT
from content.rules.people import Role
from content.services.office import Office
from content.store import people
from content.store.tables import Person

ROBOT_NAME = "自动编稿"  # the author of what the clock prepares
LONGEST_NAME = 50


def take_on(office: Office, username: str, *, name: str, roles: Sequence[Role], password: str | None) -> int:
    """A new person with these roles; without a password she cannot log in to the console. Raises BadInput."""
    passwords.check_username(username)
    if len(name) > LONGEST_NAME:
        raise BadInput(f"姓名太长，最多 {LONGEST_NAME} 个字。")
    if not roles:
        raise BadInput("请至少给一个角色，例如 --role editor。")
    if password is not None:
        passwords.check_password(username, password)
    hashed = PasswordHasher().hash(password) if password is not None else ""
    with office.store.write() as session:
        taken = {person.username.casefold() for person in people.everyone(session)}
        if username.casefold() in taken:
            raise BadInput(f"已经有“{username}”这个账号（大小写不算不同，停用的也占名），请换一个名字。")
        return people.add(session, username=username, name=name.strip(), given=roles, password_hash=hashed,
                          at=office.clock.now()).id  # fmt: skip


def keep_robot(session: Session, at: datetime) -> Person | None:
    """The author of what the clock prepares, taken on if need be: no role, no password. None once it is disabled."""
    known = {person.username: person for person in people.everyone(session)}
    if ROBOT not in known:
        return people.add(session, username=ROBOT, name=ROBOT_NAME, given=(), password_hash="", at=at)
    return None if known[ROBOT].disabled_at else known[ROBOT]


def leave(office: Office, username: str) -> None:
    """The person may do nothing from now on; what she did stays under her name. Raises NotFound."""
    with office.store.write() as session:
        people.disable(session, username, office.clock.now())


def everyone(office: Office) -> list[Person]:
    """All people, oldest first, those who left too."""
    with office.store.read() as session:
        return people.everyone(session)


def is_password(person: Person, password: str) -> bool:
    """Whether this is the person's password; somebody without one, or who left, has none."""
    if not person.password_hash or person.disabled_at:
        return False
    try:
        return PasswordHasher().verify(person.password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
