"""The ledger as people read it: pages of entries under conditions, in words, and the same as a sheet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from config import clock, reference
from content.render import spreadsheet
from content.rules.alarms import AlarmKind
from content.rules.people import ROLE_WORDS, Role
from content.rules.publishing.three_reviews import STEP_WORDS, URGENT_WORDS
from content.services.office import Office
from content.store import clock_runs, people
from content.store.alarms import alarms
from content.store.figures import ledger_search
from content.store.figures.ledger_search import LedgerCondition
from content.store.tables import LedgerEntry

MACHINES = {"clock": "时钟", "platform": "微信平台", "operator": "维护人员"}  # who acts when no person does
HEADINGS = ("台账号", "时间", "经手人", "角色", "事项", "对象", "说明", "内容", "校验值")
NOTES = ("note", "why", "reason", "message")  # of an entry's data, what somebody wrote
MOST_LINES = 100_000
MOST_TITLED = 300  # articles with the same words in their titles


@dataclass(frozen=True)
class LedgerFilter:
    """What to look for; empty or None stands for any. Days are the office's, both included. `words`: of an article's title."""

    article: int | None = None
    words: str = ""
    subject: str = ""
    actor: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class LedgerCheck:
    """The clock's last walk through the ledger; `fault` is empty while everything holds."""

    at: datetime | None
    fault: str


@dataclass(frozen=True)
class LedgerLine:
    """One entry in words. `article`: the number of the article it is about; `data`: what it holds, by name."""

    number: int
    at: datetime
    who: str
    role: str
    did: str
    kind: str
    subject: str
    title: str
    article: int | None
    note: str
    data: tuple[tuple[str, str], ...]
    hash: str


@dataclass(frozen=True)
class LedgerPage:
    """One page, newest first, and how many entries there are in all."""

    total: int
    lines: tuple[LedgerLine, ...]


def page(office: Office, wanted: LedgerFilter, *, number: int = 1, size: int = 100) -> LedgerPage:
    """The entries that meet the conditions."""
    with office.store.read() as session:
        what = _condition(office, session, wanted)
        found = ledger_search.page(session, what, limit=size, offset=(number - 1) * size)
        return LedgerPage(ledger_search.total(session, what), tuple(_lines(session, found)))


def write(office: Office, path: Path, wanted: LedgerFilter) -> int:
    """The same as a sheet, oldest first, up to MOST_LINES; how many were written."""
    with office.store.read() as session:
        what = _condition(office, session, wanted)
        found = _lines(session, ledger_search.page(session, what, limit=MOST_LINES)[::-1])
    rows = [
        (line.number, clock.local(line.at, office.settings.zone), line.who, line.role, line.did,
         line.title or line.subject, line.note, json.dumps(dict(line.data), ensure_ascii=False), line.hash)
        for line in found
    ]  # fmt: skip
    spreadsheet.write(path, spreadsheet.OutputSheet("台账", HEADINGS, rows))
    return len(rows)


def last_check(office: Office) -> LedgerCheck:
    """When the clock last walked the whole ledger, and what is wrong with it, if anything is."""
    with office.store.read() as session:
        run = clock_runs.last_of(session, "check_ledger")
        broken = alarms.standing(session, (AlarmKind.LEDGER_BROKEN,))
    return LedgerCheck(run.ended_at if run else None, broken[0].message if broken else "")


def kind_words() -> dict[str, str]:
    """What each kind of entry is called."""
    return dict(reference.table("ledger"))


def actors(office: Office) -> list[tuple[str, str]]:
    """Everybody who may have acted: (name in the ledger, words)."""
    with office.store.read() as session:
        everyone = [(person.username, person.name) for person in people.everyone(session)]
    return [*everyone, *MACHINES.items()]


def _condition(office: Office, session: Session, wanted: LedgerFilter) -> LedgerCondition:
    subjects = None
    if wanted.article is not None:
        subjects = ledger_search.about_articles(session, [wanted.article])
    elif wanted.words:
        found = ledger_search.titled(session, wanted.words, most=MOST_TITLED)
        subjects = ledger_search.about_articles(session, found)
    elif wanted.subject:
        subjects = [wanted.subject]
    zone, day = office.settings.zone, timedelta(days=1)
    return LedgerCondition(
        subjects,
        wanted.actor,
        wanted.kind,
        datetime.combine(wanted.first, time(), zone) if wanted.first else None,
        datetime.combine(wanted.last + day, time(), zone) if wanted.last else None,
    )


def _lines(session: Session, entries: Sequence[LedgerEntry]) -> list[LedgerLine]:
    names = {**{person.username: person.name for person in people.everyone(session)}, **MACHINES}
    told = [(entry, json.loads(entry.data)) for entry in entries]
    numbers = {number for entry, data in told if (number := _article(entry, data)) is not None}
    titles = _titles(session, sorted(numbers))
    words = kind_words()
    return [_line(entry, data, names, titles, words) for entry, data in told]


def _titles(session: Session, numbers: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(numbers), 500):
        found.update(ledger_search.titles(session, numbers[start : start + 500]))
    return found


def _line(
    entry: LedgerEntry, data: dict[str, Any], names: dict[str, str], titles: dict[int, str], words: dict[str, str]
) -> LedgerLine:
    article = _article(entry, data)
    return LedgerLine(
        entry.number,
        entry.at,
        names.get(entry.actor, entry.actor),
        ROLE_WORDS[Role(entry.role)] if entry.role in set(Role) else entry.role,
        _did(entry.kind, data, names, words),
        entry.kind,
        entry.subject,
        str(
            data.get("title")
            or titles.get(article or 0, "")
            or data.get("file")
            or data.get("username")
            or _letter(entry)
        ),
        article if article in titles else None,
        next((data[name] for name in NOTES if isinstance(data.get(name), str) and data[name]), ""),
        tuple((name, _text(value)) for name, value in data.items() if value not in ("", None)),
        entry.hash,
    )


def _did(kind: str, data: dict[str, Any], names: dict[str, str], words: dict[str, str]) -> str:
    """What was done, in words: 代赵明华终审通过; 应急终审通过; 应急发布，待补审."""
    if kind == "article.passed":
        step = STEP_WORDS[data["step"] - 1]
        cover = f"代{names.get(data['covers'], data['covers'])}" if data.get("covers") else ""
        return f"{cover}{'应急' if data.get('urgent') else '补' if data.get('late') else ''}{step}通过"
    if kind == "article.approved" and data.get("owed"):
        return URGENT_WORDS
    return words.get(kind, kind)


def _article(entry: LedgerEntry, data: dict[str, Any]) -> int | None:
    """The article that an entry is about, if it is about one."""
    what, _, number = entry.subject.partition(":")
    if what == "article" and number.isdigit():
        return int(number)
    told = data.get("article") or next(iter(data.get("articles") or ()), None)
    return told if isinstance(told, int) else None


def _letter(entry: LedgerEntry) -> str:
    """Which letter an entry is about, as the console calls it."""
    what, _, number = entry.subject.partition(":")
    return f"第 {number} 封" if what == "letter" else ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
