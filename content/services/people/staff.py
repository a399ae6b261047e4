"""People who work here: taken on, listed, leaving; their passwords are kept only as Argon2 hashes.

`by` names who of the office does it in the console; empty for the operator at the command line, who may do anything.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from content.rules import passwords
from content.rules.errors import BadInput, Conflict, NotAllowed, NotFound, TooBusy, WrongPassword
from content.rules.passwords import ROBOT
from content.rules.people import Right, Role, who_may
from content.services.office import Office
from content.store import people
from content.store.figures import ledger, ledger_verification
from content.store.people import Actor
from content.store.tables import Person

PATIENCE = 1.0  # seconds for another's check: each takes 64 MiB and a tenth of a second of the processor
CHECKS = threading.BoundedSemaphore(1)  # of passwords at a time, in a process
ROBOT_NAME = "自动编稿"  # the author of what the clock prepares
LONGEST_NAME = 50
MOST_NAMED = 3  # people of whom a sentence says that they can be asked


def take_on(
    office: Office, username: str, *, name: str, roles: Sequence[Role], password: str | None, by: str = ""
) -> int:
    """A new person with these roles; without a password she cannot log in to the console. Raises BadInput, NotAllowed."""
    passwords.check_username(username)
    if len(name) > LONGEST_NAME:
        raise BadInput(f"姓名太长，最多 {LONGEST_NAME} 个字。")
    if not roles:
        raise BadInput("请至少给一个角色，例如 --role editor。" if not by else "请至少选一个角色。")
    if password is not None:
        passwords.check_password(username, password)
    hashed = PasswordHasher().hash(password) if password is not None else ""
    with office.store.write() as session:
        actor = manager(session, by)
        taken = {person.username.casefold() for person in people.everyone(session)}
        if username.casefold() in taken:
            raise BadInput(f"已经有“{username}”这个账号（大小写不算不同，停用的也占名），请换一个名字。")
        return people.add(session, username=username, name=name.strip(), given=roles, password_hash=hashed,
                          at=office.clock.now(), by=actor).id  # fmt: skip


def keep_robot(session: Session, at: datetime) -> Person | None:
    """The author of what the clock prepares, taken on if need be: no role, no password. None once it is disabled."""
    known = {person.username: person for person in people.everyone(session)}
    if ROBOT not in known:
        return people.add(session, username=ROBOT, name=ROBOT_NAME, given=(), password_hash="", at=at)
    return None if known[ROBOT].disabled_at else known[ROBOT]


def leave(office: Office, username: str, *, by: str = "") -> None:
    """The person may do nothing from now on; what she did stays under her name. Raises NotFound, NotAllowed, Conflict."""
    with office.store.write() as session:
        let_go(session, username, at=office.clock.now(), actor=manager(session, by))


def give_roles(office: Office, username: str, *, roles: Sequence[Role], by: str) -> None:
    """From now on the person is this and nothing else. Raises BadInput, NotFound, NotAllowed, Conflict."""
    if not roles:
        raise BadInput("请至少选一个角色。不再在这里工作的人，请用“停用”。")
    with office.store.write() as session:
        actor, person = manager(session, by), people.find(session, username)
        people.give_roles(session, person, roles, at=office.clock.now(), by=actor)
        _demand_a_manager(session)


def everyone(office: Office) -> list[Person]:
    """All people, oldest first, those who left too."""
    with office.store.read() as session:
        return people.everyone(session)


def who_can(office: Office, *rights: Right) -> str:
    """Whom to ask for what one of these rights takes, by name; the roles, where nobody holds one."""
    names = [each.name for each in everyone(office) if not each.disabled_at and people.holds(each, *rights)]
    more = "等" if len(names) > MOST_NAMED else ""
    return f"{'、'.join(names[:MOST_NAMED])}{more}" if names else f"“{who_may(*rights)}”"


def visitor(office: Office, username: str) -> Person | None:
    """The person of that name who still works here and whose row is what the program wrote; None otherwise."""
    with office.store.read() as session:
        try:
            return people.find(session, username)
        except (NotFound, NotAllowed):
            return None


def restore(office: Office, username: str) -> Person:
    """An altered account as the ledger has it, without a password. Raises NotFound, and Conflict if the ledger was altered."""
    with office.store.write() as session:
        if ledger.is_cut(office.store) or not ledger_verification.holds_from(session, 1):
            raise Conflict("台账也被改动过，不能照它恢复账号。请从备份恢复数据库，再用 gongkai ledger verify 核对。")
        return people.restore(session, username, at=office.clock.now())


def is_password(person: Person, password: str) -> bool:
    """Whether this is the person's password; somebody without one, or who left, has none."""
    if not person.password_hash or person.disabled_at:
        return False
    return _verified(person.password_hash, password)


def authenticate(office: Office, username: str, password: str) -> Person | None:
    """The person who logs in with this name and password; None for any other. It takes as long for unknown names.

    Raises NotAllowed for one whose row somebody altered.
    """
    wanted = username.strip().casefold()
    found = [person for person in everyone(office) if person.username.casefold() == wanted]
    if not found or not found[0].password_hash:
        _verified(_nobodys_hash(), password)
        return None
    if not is_password(found[0], password):
        return None
    with office.store.read() as session:
        people.check(session, found[0])
    return found[0]


def change_password(office: Office, username: str, *, old: str, new: str) -> None:
    """The person's own change. Raises BadInput if the old one is wrong, or the new one too weak."""
    if authenticate(office, username, old) is None:
        raise WrongPassword("现在的密码不对，请再输一次。")
    passwords.check_password(username, new)
    hashed = PasswordHasher().hash(new)
    with office.store.write() as session:
        people.set_password(session, people.find(session, username), hashed, at=office.clock.now())


def manager(session: Session, by: str) -> Actor | None:
    """Who manages people in the console; None for the operator. Raises NotAllowed, NotFound."""
    return people.actor(session, by, Right.MANAGE, what="管理人员") if by else None


def let_go(session: Session, username: str, *, at: datetime, actor: Actor | None) -> None:
    """Disables a person inside the caller's transaction. Raises NotFound, and Conflict for oneself or the last admin."""
    if actor and actor.person.username == username:
        raise Conflict("不能停用自己，请另一位管理员来做。")
    people.disable(session, username, at, by=actor)
    if actor:
        _demand_a_manager(session)


def _demand_a_manager(session: Session) -> None:
    if not any(people.holds(person, Right.MANAGE) for person in people.everyone(session)):
        raise Conflict("至少要留一位管理员。请先让另一位同事当管理员。")


@cache
def _nobodys_hash() -> str:
    """Verified for names that are not there, so that they take as long."""
    return PasswordHasher().hash("")


def _verified(password_hash: str, password: str) -> bool:
    if not CHECKS.acquire(timeout=PATIENCE):
        raise TooBusy("这会儿登录的人太多，请过几秒钟再试。")
    try:
        return PasswordHasher().verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
    finally:
        CHECKS.release()
