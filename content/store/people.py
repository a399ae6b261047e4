"""People and coded names: looking up, adding, leaving."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.reference import Coded
from content.rules.errors import BadInput, NotAllowed, NotFound
from content.rules.people import Right, Role, entitled, may
from content.store import person_seals
from content.store.figures import ledger
from content.store.tables import Category, Department, LedgerEntry, Person, PersonRole, StaffPhone


@dataclass(frozen=True)
class Actor:
    """Who does something, and the role that entitles them; empty for what the clock does under the robot's name."""

    person: Person
    role: str


ALTERED = "被改动过"

Named = TypeVar("Named", Department, Category)


def find(session: Session, username: str) -> Person:
    """The person of that name who still works here. Raises NotFound, NotAllowed for a row that somebody altered."""
    person = session.scalars(select(Person).where(Person.username == username)).first()
    if person is None or person.disabled_at:
        raise NotFound(f"没有“{username}”这个账号，或者已经停用。用 gongkai user list 可以看到所有账号。")
    check(session, person)
    return person


def check(session: Session, person: Person) -> None:
    """Raises NotAllowed for a person whose row is not what the program wrote."""
    if not person_seals.fits(session, person):
        raise NotAllowed(f"账号 {person.username} 在数据库里{ALTERED}，停用着。请维护人员执行：{restoring(person)}")


def restoring(person: Person) -> str:
    """The operator's command that puts an altered row right."""
    return f"gongkai user restore {person.username}"


def roles(person: Person) -> frozenset[Role]:
    """What a person is in the office."""
    return frozenset(Role(row.role) for row in person.roles)


def holds(person: Person, *rights: Right) -> bool:
    """Whether somebody who still works here holds one of these rights."""
    return not person.disabled_at and may(roles(person), *rights)


def actor(session: Session, username: str, *rights: Right, what: str) -> Actor:
    """Who does `what`, and in which role. Raises NotFound, or NotAllowed with who may."""
    person = find(session, username)
    return Actor(person, entitled(roles(person), *rights, what=what))


def add(
    session: Session,
    *,
    username: str,
    name: str,
    given: Iterable[Role],
    password_hash: str,
    at: datetime,
    by: Actor | None = None,
) -> Person:
    """A new person, taken on by the operator or `by` somebody. Raises BadInput if the name is taken."""
    if session.scalars(select(Person).where(Person.username == username)).first():
        raise BadInput(f"已经有“{username}”这个账号，请换一个名字。")
    person = Person(username=username, name=name or username, password_hash=password_hash, created_at=at)
    person.roles = [PersonRole(role=role) for role in sorted(set(given))]
    session.add(person)
    session.flush()
    words = sorted(str(role) for role in set(given))
    _enter(session, person, "person.added", at, by, username=username, roles=words)
    return person


def disable(session: Session, username: str, at: datetime, by: Actor | None = None) -> None:
    """The person leaves; what they did stays under their name."""
    person = find(session, username)
    person.disabled_at = at
    unbind_phone(session, person, at=at)
    _enter(session, person, "person.disabled", at, by, username=username)


def bind_phone(session: Session, actor: Actor, asker: str, *, at: datetime) -> None:
    """The phone behind `asker` (a keyed hash) is the person's from now on, and no other."""
    session.merge(StaffPhone(person_id=actor.person.id, asker=asker, bound_at=at))
    _enter(session, actor.person, "phone.bound", at, actor, username=actor.person.username)


def unbind_phone(session: Session, person: Person, *, at: datetime) -> None:
    """The person has no phone any more."""
    phone = session.get(StaffPhone, person.id)
    if phone is not None:
        session.delete(phone)
        session.flush()
        _enter(session, person, "phone.unbound", at, Actor(person, ""), username=person.username)


def unbind_asker(session: Session, asker: str, *, at: datetime) -> bool:
    """The phone behind `asker` is nobody's any more; whether it was anybody's."""
    person = of_phone(session, asker)
    if person is None:
        return False
    unbind_phone(session, person, at=at)
    return True


def of_phone(session: Session, asker: str) -> Person | None:
    """Whose phone it is."""
    bound = select(Person).join(StaffPhone, StaffPhone.person_id == Person.id).where(StaffPhone.asker == asker)
    return session.scalars(bound).first()


def give_roles(session: Session, person: Person, given: Iterable[Role], *, at: datetime, by: Actor | None) -> None:
    """The person is this from now on, and nothing else."""
    words = sorted({str(role) for role in given})
    if words == sorted(row.role for row in person.roles):
        return
    _put_roles(session, person, words)
    _enter(session, person, "person.changed", at, by, username=person.username, roles=words)


def _put_roles(session: Session, person: Person, words: Iterable[str]) -> None:
    kept = {row.role: row for row in person.roles}
    person.roles = [kept.get(word) or PersonRole(role=word) for word in words]
    session.flush()


def restore(session: Session, username: str, *, at: datetime) -> Person:
    """Roles and state as the ledger has them; the password is gone, since nothing tells whose it is. Raises NotFound."""
    person = session.scalars(select(Person).where(Person.username == username)).first()
    if person is None:
        raise NotFound(f"没有“{username}”这个账号。用 gongkai user list 可以看到所有账号。")
    told = [(entry, json.loads(entry.data)) for entry in ledger.about(session, f"person:{person.id}")
            if entry.kind in person_seals.CHANGES]  # fmt: skip
    is_ours = any(entry.kind == "person.added" for entry, _ in told)
    words = [data["roles"] for _, data in told if "roles" in data][-1] if is_ours else []
    left = [entry.at for entry, _ in told if entry.kind == "person.disabled"]
    person.username = told[0][1]["username"] if is_ours else username
    person.password_hash, person.disabled_at = "", left[-1] if left else None if is_ours else at
    _put_roles(session, person, words)
    _enter(session, person, "person.restored", at, None, username=person.username, roles=words)
    return person


@dataclass(frozen=True)
class ReplacedPassword:
    """A password that was replaced by means of a slip: whose, by whom the slip was made, when; `entry` in the ledger."""

    username: str
    slip_by: str
    at: datetime
    entry: int

    @property
    def subject(self) -> str:
        """What the alarm about it carries."""
        return f"password {self.entry}"


def note_slip(session: Session, person: Person, *, at: datetime, by: Actor | None) -> None:
    """Somebody made a slip with which the person's password can be set, or set `anew`."""
    _enter(session, person, "person.slip", at, by, username=person.username, anew=bool(person.password_hash))


def slip_maker(session: Session, person: Person) -> str:
    """Who made the newest slip for a person who had a password; empty if nobody did."""
    made = [entry for entry in ledger.about(session, f"person:{person.id}") if entry.kind == "person.slip"]
    return made[-1].actor if made and json.loads(made[-1].data)["anew"] else ""


def replaced_passwords(session: Session, since: datetime) -> list[ReplacedPassword]:
    """Passwords that were replaced by means of a slip since then, oldest first."""
    query = select(LedgerEntry).where(LedgerEntry.kind == "person.password", LedgerEntry.at >= since)
    found = []
    for entry in session.scalars(query.order_by(LedgerEntry.number)):
        data = json.loads(entry.data)
        if data.get("slip_by"):
            found.append(ReplacedPassword(data["username"], data["slip_by"], entry.at, entry.number))
    return found


@dataclass(frozen=True)
class GivenRights:
    """Somebody was given rights that she had not: who, by whom in the console, and when."""

    username: str
    by: str
    at: datetime


def given_rights(session: Session, since: datetime, *rights: Right) -> list[GivenRights]:
    """Who was given one of these rights since then, oldest first; not what the operator did, who holds the keys anyway."""
    had, found = dict[str, bool](), list[GivenRights]()
    for entry in ledger.since(session, 0, "person.added", "person.changed", "person.restored"):
        data = json.loads(entry.data)
        has = may([Role(word) for word in data["roles"]], *rights)
        if has and not had.get(entry.subject) and entry.at >= since and entry.actor != "operator":
            found.append(GivenRights(data["username"], entry.actor, entry.at))
        had[entry.subject] = has
    return found


def set_password(session: Session, person: Person, password_hash: str, *, at: datetime, slip_by: str = "") -> None:
    """The person's own new password; `slip_by` made the slip with which another was replaced."""
    person.password_hash = password_hash
    ledger.append(session, kind="person.password", actor=person.username, subject=f"person:{person.id}", at=at,
                  username=person.username, slip_by=slip_by)  # fmt: skip
    person_seals.put(session, person)


def _enter(session: Session, person: Person, kind: str, at: datetime, by: Actor | None, **data: object) -> None:
    ledger.append(session, kind=kind, actor=by.person.username if by else "operator", role=by.role if by else "",
                  subject=f"person:{person.id}", at=at, **data)  # fmt: skip
    if kind in person_seals.CHANGES:
        person_seals.put(session, person)


def everyone(session: Session) -> list[Person]:
    """All people, oldest first."""
    return list(session.scalars(select(Person).order_by(Person.id)))


def altered(session: Session) -> list[Person]:
    """People whose row is not what the program wrote."""
    return [person for person in everyone(session) if not person_seals.fits(session, person)]


def department(session: Session, name: str) -> Department | None:
    """The department of that name or code, if there is one."""
    return _named(session, Department, name.strip())


def category(session: Session, name: str) -> Category | None:
    """The category of that name or code, if there is one."""
    return _named(session, Category, name.strip())


def keep_department(session: Session, name: str) -> Department | None:
    """The department of that name or code; one that is not known is kept as such. None for an empty name."""
    return _kept(session, Department, name.strip())


def keep_category(session: Session, name: str) -> Category | None:
    """The category of that name or code; one that is not known is kept as such. None for an empty name."""
    return _kept(session, Category, name.strip())


def keep_names(session: Session, *, departments: Iterable[Coded], categories: Iterable[Coded]) -> None:
    """Makes the coded rows say what the office's lists say. Rows that are in no list stay, as not known; an empty list says nothing."""
    _keep(session, Department, departments)
    _keep(session, Category, categories)


def _named(session: Session, table: type[Named], name: str) -> Named | None:
    return session.scalars(select(table).where((table.name == name) | (table.code == name))).first()


def _kept(session: Session, table: type[Named], name: str) -> Named | None:
    row = _named(session, table, name)
    if row is None and name:
        code = "x" + hashlib.sha256(name.encode()).hexdigest()[:12]
        row = table(code=code, name=name, known=False, position=1000)
        session.add(row)
        session.flush()
    return row


def _keep(session: Session, table: type[Named], names: Iterable[Coded]) -> None:
    listed = list(names)
    if not listed:
        return
    rows: list[Named] = list(session.scalars(select(table)))
    by_code, by_name = {row.code: row for row in rows}, {row.name: row for row in rows}
    for row in rows:
        row.known = False
    for position, coded in enumerate(listed):
        found = by_name.get(coded.name) or by_code.get(coded.code)  # whose name it is keeps its code
        if found is None:
            found = table(code=coded.code, name=coded.name)
            session.add(found)
        found.name, found.known, found.position = coded.name, True, position
    session.flush()
