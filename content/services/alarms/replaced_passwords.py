"""Passwords of reviewers that were replaced by a slip: whoever makes slips could pass articles under others' names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from config.clock import local
from content.rules.publishing.three_reviews import STEPS
from content.services.office import Office
from content.store import people
from content.store.people import ReplacedPassword

TOLD_FOR = timedelta(days=7)


def messages(office: Office, session: Session, now: datetime) -> Iterator[tuple[str, str]]:
    """(subject, sentence) of each of the last days, for the chiefs."""
    staff = {person.username: person for person in people.everyone(session)}
    for one in people.replaced_passwords(session, now - TOLD_FOR):
        person, maker = staff.get(one.username), staff.get(one.slip_by)
        if person is not None and people.holds(person, *STEPS):
            by = maker.name if maker else "维护人员"
            yield (
                one.subject,
                (
                    f"{local(one.at, office.settings.zone)[:16].replace('T', ' ')}，{person.name}的登录密码用{by}开的条子换过。"
                    f"请问{person.name}本人是不是自己换的；不是，就停用这个账号，并核对这之后以{person.name}的名义通过的稿件。"
                ),
            )


def of(office: Office, username: str, now: datetime) -> list[tuple[ReplacedPassword, str]]:
    """What a person should know of her own password: each replacement of the last days, with its maker's name."""
    with office.store.read() as session:
        names = {person.username: person.name for person in people.everyone(session)}
        found = people.replaced_passwords(session, now - TOLD_FOR)
    return [(one, names.get(one.slip_by, "维护人员")) for one in found if one.username == username]
