"""People who work here: taken on, listed, leaving; their passwords are kept only as Argon2 hashes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from content.rules.errors import BadInput
from content.rules.people import Role
from content.services.office import Office
from content.store import people
from content.store.tables import Person

USERNAME = re.compile(r"\w[\w.-]{0,31}")
ROBOT, ROBOT_NAME = "gongkai", "自动编稿"  # the author of what the clock prepares
RESERVED = frozenset(
    {"clock", "platform", "operator", "system", "citizen", ROBOT}
)  # names in the ledger that are no person's
LONGEST_NAME = 50
SHORTEST_PASSWORD = 8


def take_on(office: Office, username: str, *, name: str, roles: Sequence[Role], password: str | None) -> int:
    """A new person with these roles; without a password she cannot log in to the console. Raises BadInput."""
    _check_username(username)
    if len(name) > LONGEST_NAME:
        raise BadInput(f"姓名太长，最多 {LONGEST_NAME} 个字。")
    if not roles:
        raise BadInput("请至少给一个角色，例如 --role editor。")
    hashed = hash_password(username, password) if password is not None else ""
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


def hash_password(username: str, password: str) -> str:
    """The Argon2id hash of a password that is good enough. Raises BadInput."""
    if len(password) < SHORTEST_PASSWORD:
        raise BadInput(f"密码太短，至少 {SHORTEST_PASSWORD} 位。")
    if username.casefold() in password.casefold() or len(set(password)) < 4:
        raise BadInput("密码太容易猜：不要含有用户名，也不要总是同几个字符。")
    return PasswordHasher().hash(password)


def is_password(person: Person, password: str) -> bool:
    """Whether this is the person's password; somebody without one, or who left, has none."""
    if not person.password_hash or person.disabled_at:
        return False
    try:
        return PasswordHasher().verify(person.password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _check_username(username: str) -> None:
    if not USERNAME.fullmatch(username):
        raise BadInput(f"用户名“{username}”不合适：1 到 32 个字母、数字、汉字、点、横线，不能有空格。")
    if username.casefold() in RESERVED:
        raise BadInput(f"“{username}”是台账里程序自己用的名字，请换一个。")
