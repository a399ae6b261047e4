"""Keeping what citizens asked: packed with the answer, brought into SQL in batches, each question once."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from content.rules.errors import GongkaiError
from content.rules.language import plain_text
from content.services.office import Office
from content.store.citizens import question_outbox
from content.store.figures import tally
from content.store.tables import Question

log = logging.getLogger(__name__)

BATCH = 5000  # the more at once, the fewer pages of the table's indexes are written


def pack(*, mark: str, text: str, asker: str, answered: bool, offered: Sequence[str], kind: str, at: datetime) -> str:
    """A question as one line for the outbox, identity and phone numbers masked.

    `mark` names the delivery, so that a question brought in twice is one row; `asker` is a keyed hash; `offered` refs.
    """
    return _packed(
        {
            "mark": mark[:64],
            "asker": asker,
            "at": at.isoformat(),
            "text": plain_text.mask(plain_text.clean(text))[:1024],
            "answered": answered,
            "offered": list(offered),
            "kind": kind[:16],
        }
    )


def keep(office: Office, packed: str) -> None:
    """Brings one packed question into SQL without the outbox, when Redis is away."""
    _write(office, [packed])


def bring_in(office: Office) -> int:
    """Brings all waiting questions into SQL; how many waited. Without Redis they wait there, and that is logged."""
    from redis import RedisError  # with office.redis, not before: it takes 0.1 s to load

    try:
        return _bring_in(office)
    except (RedisError, GongkaiError) as error:
        log.info("questions wait in Redis: %r", error)  # whoever needs Redis says so itself
        return 0


def _bring_in(office: Office) -> int:
    """Up to the first batch that is not full: whoever asks meanwhile would keep us busy with a few at a time."""
    brought = 0
    while entries := question_outbox.waiting(office.redis.client, BATCH):
        try:
            rows = _write(office, entries)
        except IntegrityError:  # another process brought some of them in meanwhile; look again
            continue
        counts = tally.question_counts((row["asked_on"], row["answered"]) for row in rows)
        if question_outbox.take_out(office.redis.client, entries, counts):
            brought += len(rows)
            if len(entries) < BATCH:
                break
    return brought


def _write(office: Office, entries: Sequence[str]) -> list[dict[str, Any]]:
    """Writes the rows that are not there yet; returns the values of all."""
    rows = {entry["mark"]: _row(office, entry) for entry in map(json.loads, entries)}
    with office.store.write() as session:
        known = set(session.scalars(select(Question.mark).where(Question.mark.in_(rows))))
        if new := [row for mark, row in rows.items() if mark not in known]:
            session.connection().execute(insert(Question), new)  # past the ORM, which takes as long again
    return list(rows.values())


def _row(office: Office, packed: dict[str, Any]) -> dict[str, Any]:
    at = datetime.fromisoformat(packed["at"])
    return {
        **{name: packed[name] for name in ("mark", "asker", "text", "answered", "kind")},
        "asked_at": at,
        "asked_on": office.clock.day(at),
        "offered": _packed(packed["offered"]),
    }


def _packed(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
