"""A login for each role of the demo's console: the world's people, with one password of this demo's own."""

from __future__ import annotations

import secrets
from typing import Any

from argon2 import PasswordHasher

from bot.demo.demo_data import PEOPLE
from content.rules.people import ROLE_WORDS, Role
from content.services.office import Office
from content.store import people

NOTE = "console_password"  # its name among the demo's notes


def password(notes: dict[str, Any]) -> str:
    """The password, made at its first use and kept in the notes."""
    word: str = notes.setdefault(NOTE, f"yanshi-{secrets.token_hex(3)}")
    return word


def keep(office: Office, word: str) -> None:
    """Gives it to everybody of the world who has none; who set another keeps that."""
    with office.store.read() as session:
        without = {person.username for person in people.everyone(session)
                   if person.username in PEOPLE and not person.password_hash}  # fmt: skip
    if not without:
        return
    hashed = PasswordHasher().hash(word)
    with office.store.write() as session:
        for username in sorted(without):
            people.set_password(session, people.find(session, username), hashed, at=office.clock.now())


def told() -> str:
    """Who logs in for which role: 编辑 linxiaoyu　审核 zhoujianguo …"""
    return "　".join(f"{ROLE_WORDS[role]} {_first(role)}" for role in Role)


def _first(role: Role) -> str:
    return next(username for username, (_, roles) in PEOPLE.items() if role in roles)
