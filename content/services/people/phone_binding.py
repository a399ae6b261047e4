"""The phone of a member of staff: bound to the account by a code from the console, so that the count may be asked for there.

A code holds for some minutes and once. What is kept of the phone is the keyed hash that stands for every citizen.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from redis.exceptions import RedisError

from content.rules.errors import BadInput, GongkaiError
from content.rules.people import Right
from content.services.office import Office
from content.store import people
from content.store.redis import keys
from content.store.tables import StaffPhone

DIGITS = 8
HOLDS_S = 600  # seconds
WHAT = "在微信里查统计"
STALE = "绑定码不对，或者已经过了十分钟、用过了。请在后台“公众号绑定”页重新取一个。"


def begin(office: Office, username: str) -> str:
    """A new code for a person who may see the count; a former one ends by itself. Raises NotAllowed, GongkaiError."""
    with office.store.read() as session:
        people.actor(session, username, Right.COUNT, what=WHAT)
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    with _told():
        office.redis.client.set(_key(code), username, ex=HOLDS_S)
    return code


def bind(office: Office, code: str, asker: str) -> str:
    """Binds the phone behind `asker` (a keyed hash); the person's name. Raises BadInput for a code that does not hold."""
    with _told():
        username = office.redis.client.getdel(_key(code))
    if not username:
        raise BadInput(STALE)
    with office.store.write() as session:
        actor, now = people.actor(session, str(username), Right.COUNT, what=WHAT), office.clock.now()
        people.unbind_asker(session, asker, at=now)
        people.bind_phone(session, actor, asker, at=now)
        return actor.person.name


def unbind(office: Office, username: str) -> None:
    """The person's phone is nobody's any more."""
    with office.store.write() as session:
        people.unbind_phone(session, people.find(session, username), at=office.clock.now())


def unbind_asker(office: Office, asker: str) -> bool:
    """The same, said on the phone itself; whether it was anybody's."""
    with office.store.write() as session:
        return people.unbind_asker(session, asker, at=office.clock.now())


def may_see_the_count(office: Office, asker: str) -> bool:
    """Whether the phone is that of somebody who works here and may see the count now."""
    if not asker:
        return False
    with office.store.read() as session:
        person = people.of_phone(session, asker)
        return person is not None and people.holds(person, Right.COUNT)


def phone_of(office: Office, username: str) -> StaffPhone | None:
    """The phone that a person has bound."""
    with office.store.read() as session:
        return session.get(StaffPhone, people.find(session, username).id)


def _key(code: str) -> str:
    return keys.phone_code(hashlib.sha256(code.encode()).hexdigest())


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        raise GongkaiError("现在记不住绑定码（Redis 没有回答）。请过一会儿再试。") from error
