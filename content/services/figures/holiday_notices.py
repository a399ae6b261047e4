"""The yearly notice on holidays, entered by the office: read from its own words, checked, kept beside what was entered before."""

from __future__ import annotations

import fcntl
import hashlib
import json
import tomllib
from dataclasses import dataclass

from config import holidays
from config.holidays import HolidayTable, Notice
from content.intake.articles.documents import decode
from content.intake.reports.blocks import Line
from content.rules.errors import BadInput, GongkaiError
from content.rules.figures import holiday_notice
from content.rules.figures.holiday_notice import NoticeDraft
from content.rules.people import Right
from content.services.office import Office
from content.store import people
from content.store.disk import atomic_write
from content.store.figures import ledger

LARGEST = 2 * 1024 * 1024  # bytes of a file
HEAD = "# 本单位录入的放假通知。更正通知另起一段，以前的留着：过去的期限还能照当时的算。\n"


@dataclass(frozen=True)
class ReadNotice:
    """A notice as it was understood: its days, and what it cannot be right with."""

    draft: NoticeDraft
    notice: Notice
    faults: tuple[str, ...]


def text_of(data: bytes, name: str) -> str:
    """The words of an uploaded notice: .txt, .html or .docx. Raises BadInput."""
    from content.intake.reports import web, word  # they load what reads Word files

    if len(data) > LARGEST:
        raise BadInput(f"“{name}”太大，不像一份放假通知。请把通知的文字复制到框里。")
    if name.lower().endswith(".txt"):
        return decode(data, name)[0]
    if not name.lower().endswith((".docx", ".html", ".htm")):
        raise BadInput(f"“{name}”不能用。可以用 .txt、.docx、.html，或者把通知的文字复制到框里。")
    blocks = (
        word.blocks(data, name=name) if name.lower().endswith(".docx") else web.blocks(decode(data, name)[0], name=name)
    )
    return "\n".join(block.text for block in blocks if isinstance(block, Line))


def read(office: Office, text: str, *, year: int | None = None, exception: str = "") -> ReadNotice:
    """What a notice's words say, checked; nothing is kept. Raises BadInput where no year can be told."""
    draft = holiday_notice.read(text, year=year)
    notice = holidays.checked(
        draft.year,
        entered=office.clock.today(),
        source=draft.source,
        spans=draft.spans,
        work=draft.work,
        exception=bool(exception),
    )
    return ReadNotice(draft, notice, (*draft.faults, *notice.faults))


def enter(office: Office, text: str, *, username: str, year: int | None = None, exception: str = "") -> Notice:
    """Keeps a notice, after those that are there. Raises BadInput with all its faults, NotAllowed."""
    found = read(office, text, year=year, exception=exception)
    with office.store.read() as session:
        people.actor(session, username, Right.REGISTER, what="录入放假通知")
    if found.faults:
        raise BadInput("没有录入：" + " ".join(found.faults))
    block = _block(found.notice, found.draft, exception)
    _append(office, block)
    with office.store.write() as session:
        actor = people.actor(session, username, Right.REGISTER, what="录入放假通知")
        ledger.append(session, kind="holidays.entered", actor=username, role=actor.role, subject=f"holidays:{found.notice.year}",
                      at=office.clock.now(), year=found.notice.year, source=found.notice.source,
                      sha256=hashlib.sha256(block.encode()).hexdigest())  # fmt: skip
    return found.notice


def entered(office: Office) -> HolidayTable:
    """All notices that the office has entered, oldest first."""
    return holidays.table(office.home)


def _append(office: Office, block: str) -> None:
    """Adds to the file, or leaves it as it is."""
    path = office.home / holidays.NAME
    with (office.home / f"{holidays.NAME}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = path.read_text(encoding="utf-8-sig") if path.exists() else HEAD
        after = f"{before.rstrip()}\n\n{block}"
        try:
            tomllib.loads(after)
        except tomllib.TOMLDecodeError as error:
            raise GongkaiError(f"{path} 里原来的内容有错（{error}），没有加进去。请先改好它。") from error
        atomic_write.put(path, after.encode())


def _block(notice: Notice, draft: NoticeDraft, exception: str) -> str:
    def quoted(words: str) -> str:
        return json.dumps(words, ensure_ascii=False)

    spans = [f"    {{ name = {quoted(name)}, from = {first}, to = {last} }}," for name, first, last in draft.spans]
    lines = ["[[notice]]", f"year = {notice.year}", f"entered = {notice.entered}", f"source = {quoted(notice.source)}", "holiday = [",
             *spans, "]", f"workdays = [{', '.join(str(day) for day in sorted(draft.work))}]"]  # fmt: skip
    lines += [f"exception = {quoted(exception)}"] if exception else []
    return "\n".join(lines) + "\n"
