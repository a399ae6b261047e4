"""两步登录: besides the password a code of six digits that a phone shows (TOTP, RFC 6238), or a recovery code once.

Secrets are kept encrypted under HOME/keys, recovery codes as hashes. A code holds for half a minute and one more on
either side, and never twice.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
from sqlalchemy.orm import Session

from content.rules.errors import BadInput, Conflict
from content.services.office import Office
from content.services.people import staff
from content.store import people, two_step
from content.store.disk import sealing
from content.store.figures import ledger
from content.store.people import Actor
from content.store.tables import Person, TwoStepLogin

KEY = "two-step"
CODES = 8  # recovery codes
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that looks like something else
WINDOW = 1  # half minutes by which a phone's clock may differ


@dataclass(frozen=True)
class TwoStepStatus:
    """How a person logs in: since when in two steps (None: not), and how many recovery codes are left."""

    since: datetime | None
    codes: int
    secret: str  # while it is being set up, for the phone
    address: str  # the same as an otpauth:// address


def status(office: Office, username: str, *, issuer: str) -> TwoStepStatus:
    """How a person logs in. Raises NotFound."""
    with office.store.read() as session:
        person = people.find(session, username)
        row = two_step.of(session, person)
        left = two_step.codes_left(session, person)
    if row is None or row.since:
        return TwoStepStatus(row.since if row else None, left, "", "")
    secret = _secret(office, row)
    return TwoStepStatus(None, 0, secret, pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer))


def people_on(office: Office) -> set[int]:
    """The numbers of the people who log in in two steps."""
    with office.store.read() as session:
        return two_step.all_on(session)


def begin(office: Office, username: str) -> None:
    """Makes a secret that the person's phone is to learn. Raises Conflict if it is on already."""
    with office.store.write() as session:
        person = people.find(session, username)
        row = two_step.of(session, person)
        if row and row.since:
            raise Conflict("两步登录已经开着。换手机，请先关掉，再重新设。")
        sealed = sealing.fernet(office.home, KEY).encrypt(pyotp.random_base32().encode()).decode("ascii")
        two_step.keep(session, person, sealed)


def confirm(office: Office, username: str, code: str) -> list[str]:
    """The phone shows the right code, so it is on; the recovery codes, told this once. Raises BadInput, Conflict."""
    codes = [_recovery_code() for _ in range(CODES)]
    with office.store.write() as session:
        person = people.find(session, username)
        row = two_step.of(session, person)
        if row is None or row.since:
            raise Conflict("请先点“开始设置”。" if row is None else "两步登录已经开着。")
        step = _step(office, row, code)
        if not step or not two_step.use(session, person, step):
            raise BadInput("数字不对。请看手机上现在显示的六位数字，再输一次；手机的时间要准。")
        row.since = office.clock.now()
        two_step.keep_codes(session, person, [_hash(each) for each in codes])
        _enter(session, person, Actor(person, ""), on=True, at=row.since)
    return codes


def is_on(office: Office, person: Person) -> bool:
    """Whether this person logs in in two steps."""
    with office.store.read() as session:
        row = two_step.of(session, person)
        return row is not None and row.since is not None


def passes(office: Office, person: Person, code: str) -> bool:
    """Whether this is the code of the phone now, or a recovery code; either is used up by it."""
    with office.store.write() as session:
        row = two_step.of(session, person)
        if row is None or row.since is None:
            return False
        step = _step(office, row, code)
        if step:
            return two_step.use(session, person, step)
        return two_step.use_code(session, person, _hash(code), office.clock.now())


def turn_off(office: Office, username: str, *, by: str = "") -> None:
    """Only the password from now on: the person's own wish, a manager's for who lost the phone, or the operator's.

    Raises NotAllowed, NotFound, Conflict.
    """
    with office.store.write() as session:
        person = people.find(session, username)
        actor = Actor(person, "") if by == username else staff.manager(session, by)
        row = two_step.of(session, person)
        if row is None:
            raise Conflict(f"{person.name}没有开两步登录。")
        was_on = row.since is not None
        two_step.remove(session, person)
        if was_on:
            _enter(session, person, actor, on=False, at=office.clock.now())


def _enter(session: Session, person: Person, actor: Actor | None, *, on: bool, at: datetime) -> None:
    ledger.append(session, kind="person.two_step", actor=actor.person.username if actor else "operator",
                  role=actor.role if actor else "", subject=f"person:{person.id}", at=at, username=person.username,
                  on=on)  # fmt: skip


def _step(office: Office, row: TwoStepLogin, code: str) -> int:
    """The half minute whose code this is, among the few that hold now; 0 if none."""
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
        return 0
    totp, now = pyotp.TOTP(_secret(office, row)), office.clock.real_now()
    present = totp.timecode(now)
    near = range(present - WINDOW, present + WINDOW + 1)
    return next((step for step in near if secrets.compare_digest(totp.generate_otp(step), digits)), 0)


def _secret(office: Office, row: TwoStepLogin) -> str:
    return sealing.fernet(office.home, KEY).decrypt(row.secret.encode()).decode()


def _recovery_code() -> str:
    """Like 7kq4m-x9r2t."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def _hash(code: str) -> str:
    plain = "".join(sign for sign in code.lower() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
