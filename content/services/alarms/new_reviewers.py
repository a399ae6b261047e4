"""Who was given a role that reviews: one administrator could be three reviewers, so the others are told, and end the alarm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy.orm import Session

from content.rules.alarms import AlarmKind, chinese
from content.rules.errors import NotAllowed
from content.rules.publishing.three_reviews import STEPS
from content.services.alarms.replaced_passwords import TOLD_FOR
from content.services.office import Office
from content.store import people
from content.store.tables import Alarm


def messages(office: Office, session: Session, now: datetime) -> Iterator[tuple[str, str]]:
    """(subject, sentence) of each administrator and day."""
    names = {person.username: person.name for person in people.everyone(session)}
    made: defaultdict[tuple[str, date], dict[str, None]] = defaultdict(dict)
    for one in people.given_rights(session, now - TOLD_FOR, *STEPS):
        made[one.by, office.clock.day(one.at)][one.username] = None
    for (by, day), given in made.items():
        them = "、".join(names.get(each, each) for each in given)
        yield (
            f"reviewers {by} {day} {len(given)}",
            f"{chinese(day)}，{names.get(by, by)}让 {them} 能审稿。请问他们本人是不是真在用这个账号；"
            "不是，就停用，并核对以其名义通过的稿件。是的，请写明，解除这条告警。",
        )


def check_closing(office: Office, session: Session, alarm: Alarm, username: str) -> None:
    """Raises NotAllowed for whom an alarm about accounts is about: who did it, and whose account it is."""
    subject = alarm.subject.partition("#")[0]
    if alarm.kind == AlarmKind.PASSWORD:
        about = [{one.username, one.slip_by} for one in people.replaced_passwords(session, alarm.raised_at - TOLD_FOR)
                 if one.subject == subject]  # fmt: skip
    elif alarm.kind == AlarmKind.REVIEWERS:
        by, day = subject.split(" ")[1:3]
        about = [{one.username, by} for one in people.given_rights(session, alarm.raised_at - TOLD_FOR, *STEPS)
                 if one.by == by and str(office.clock.day(one.at)) == day]  # fmt: skip
    else:
        return
    if any(username in each for each in about):
        raise NotAllowed("这条告警说的就是您做的事，或者您的账号，请另一位同事来解除。")
