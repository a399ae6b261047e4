"""Invitations: a slip with an address that lets one person set her own password, once, within a day.

The slip is signed and only the ledger keeps that it was made, and by whom: it speaks of the password that she has now, so that setting one ends every slip.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher

from content.rules import passwords
from content.rules.errors import BadInput
from content.services.office import Office
from content.services.people import staff
from content.store import people
from content.store.disk import keys
from content.store.tables import Person

HOLDS = timedelta(hours=24)
LENGTH = 32  # characters of the signature
STALE = "这张条子已经用过、过期了，或者没有复制完整。请管理员在“人员”页重新给一张。"


def invite(office: Office, username: str, *, by: str) -> str:
    """The slip for a person who joins or forgot her password: ID.UNTIL.SIGNATURE. Raises NotFound, NotAllowed."""
    now = office.clock.now()
    with office.store.write() as session:
        actor, person = staff.manager(session, by), people.find(session, username)
        people.note_slip(session, person, at=now, by=actor)
    until = int((now + HOLDS).timestamp())
    return f"{person.id}.{until}.{_signature(office, person, until)}"


def guest(office: Office, slip: str) -> Person:
    """Whose slip it is. Raises BadInput for one that does not hold (any more)."""
    number, _, rest = slip.partition(".")
    until, _, signature = rest.partition(".")
    if not (number.isascii() and number.isdigit() and until.isascii() and until.isdigit() and len(until) < 12):
        raise BadInput(STALE)
    person = next((each for each in staff.everyone(office) if str(each.id) == number and not each.disabled_at), None)
    if person is None or not hmac.compare_digest(signature.encode(), _signature(office, person, int(until)).encode()):
        raise BadInput(STALE)
    if datetime.fromtimestamp(int(until), UTC) < office.clock.now():
        raise BadInput(STALE)
    return person


def accept(office: Office, slip: str, *, password: str) -> Person:
    """The person sets her password. Raises BadInput."""
    person = guest(office, slip)
    passwords.check_password(person.username, password)
    hashed = PasswordHasher().hash(password)
    with office.store.write() as session:
        row = people.find(session, person.username)
        if row.password_hash != person.password_hash:
            raise BadInput(STALE)
        maker = people.slip_maker(session, row) if row.password_hash else ""
        people.set_password(session, row, hashed, at=office.clock.now(), slip_by=maker)
        return row


def _signature(office: Office, person: Person, until: int) -> str:
    key = keys.secret(office.home / "keys" / "invitation")
    return hmac.new(key, f"{person.id}:{until}:{person.password_hash}".encode(), hashlib.sha256).hexdigest()[:LENGTH]
