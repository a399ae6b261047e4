"""The year's count: Redis answers, the ledger is the truth, and both always agree.

The counters say up to which ledger entry they go, by number and hash. Counters that are empty, damaged, or belong to
another ledger (a restored backup) are built anew before anything is read from them.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.clock import local
from content.rules.errors import Conflict
from content.rules.figures import counted_publications
from content.services.citizens import question_log
from content.services.office import Office
from content.store.citizens import questions
from content.store.figures import counted, ledger, tally
from content.store.figures.tally import LedgerPoint
from content.store.tables import Category, Department, LedgerEntry

log = logging.getLogger(__name__)

ROUNDS = 100  # each round lost to another process is work that it did
START = LedgerPoint(0, ledger.GENESIS)


def read(office: Office, year: int, now: datetime) -> dict[str, Any]:
    """The figures of a year, in the shape that `gongkai tally YEAR --json` prints.

    Raises redis.RedisError if Redis cannot be reached.
    """
    question_log.bring_in(office)
    catch_up(office)
    generation = tally.current(office.redis.client)
    if generation is None or not _sound(office, generation):
        _build(office)
        generation = tally.current(office.redis.client)
    if generation is None:
        raise Conflict("统计正在被别的进程清空，请稍后再试。")
    return _figures(office, generation.counts, _checked_questions(office, year), year=year, now=now)


def recount(office: Office, year: int, now: datetime) -> dict[str, Any]:
    """The same figures from the ledger alone, without Redis."""
    with office.store.read() as session:
        _, counts = _folded(session, START)
        asked = questions.asked_between(session, date(year, 1, 1), date(year, 12, 31))
    return _figures(office, counts, asked, year=year, now=now)


def catch_up(office: Office) -> int:
    """Folds what is new in the ledger into the counters; the number of the last entry they include.

    Any process may call it at any time. Raises redis.RedisError.
    """
    client = office.redis.client
    for _ in range(ROUNDS):
        found = tally.through(client)
        if found is None:
            return _build(office)
        key, here = found
        with office.store.read() as session:
            if ledger.hash_at(session, here.number) != here.hash:
                return _build(office)
            to, counts = _folded(session, here)
        if to == here or tally.fold(client, key, counts, after=here, to=to):
            return to.number
    raise Conflict("统计正在被别的进程更新，请稍后再试。")


def rebuild(office: Office) -> int:
    """Counts the whole ledger anew beside the old counters, then switches; the number of the last entry included.

    The rows that SQL counts are built anew too.
    """
    number = _build(office)
    with office.store.write() as session:
        ledger.append(session, kind="tally.rebuilt", actor="operator", subject="tally", at=office.clock.now(),
                      through=number)  # fmt: skip
        counted.rebuild(session)  # after the entry: whoever writes to the ledger waits until this is done
    return number


def _build(office: Office) -> int:
    client = office.redis.client
    for _ in range(ROUNDS):
        key = tally.begin(client, START)
        with office.store.read() as session:
            to, counts = _folded(session, START)
        if tally.fold(client, key, counts, after=START, to=to) and tally.switch(client, key):
            return to.number
    raise Conflict("统计正在被别的进程清空，请稍后再试。")


def _folded(session: Session, here: LedgerPoint) -> tuple[LedgerPoint, Counter[str]]:
    """What the entries after `here` raise, and the last of them."""
    to = LedgerPoint(*ledger.top(session))
    counts: Counter[str] = Counter()
    for entry in ledger.since(session, here.number, *counted_publications.COUNTED):
        if entry.number > to.number:  # written since we looked
            break
        counts.update(counted_publications.raised(entry.kind, json.loads(entry.data)))
    return to, counts


def _sound(office: Office, generation: tally.TallyGeneration) -> bool:
    query = select(func.count()).where(
        LedgerEntry.kind.in_(counted_publications.COUNTED), LedgerEntry.number <= generation.through.number
    )
    with office.store.read() as session:
        entries = session.scalar(query)
    return entries == generation.counts.get(counted_publications.ENTRIES, 0) and counted_publications.whole(
        generation.counts
    )


def _checked_questions(office: Office, year: int) -> tuple[int, int]:
    with office.store.read() as session:
        asked = questions.asked_between(session, date(year, 1, 1), date(year, 12, 31))
    client = office.redis.client
    if tally.questions(client, year) != asked:
        tally.set_questions(client, year, asked=asked[0], answered=asked[1])
    return asked


def _figures(
    office: Office, counts: Mapping[str, int], asking: tuple[int, int], *, year: int, now: datetime
) -> dict[str, Any]:
    with office.store.read() as session:
        categories = {row.code: row.name for row in session.scalars(select(Category))}
        departments = {row.code: row.name for row in session.scalars(select(Department))}
    figures = counted_publications.figures(
        counts, year=year, today=office.clock.day(now), categories=categories, departments=departments
    )
    empty_days = figures.pop("days_without_publication")
    asked, answered = asking
    return {
        "year": year,
        "as_of": local(now, office.settings.zone),
        "definition": counted_publications.DEFINITION,
        **figures,
        "questions": {"asked": asked, "answered": answered, "unanswered": asked - answered},
        "days_without_publication": empty_days,
    }
