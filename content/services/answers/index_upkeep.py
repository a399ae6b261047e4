"""Keeping the search index in step with the rows: after imports, at the start of a process, after a loss."""

from __future__ import annotations

import itertools
import json
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from content.rules import notice_kinds
from content.rules.errors import GongkaiError
from content.search.index_entry import IndexEntry
from content.search.switch import GenerationPointer
from content.services.office import Office
from content.store.figures import ledger
from content.store.notices import imports, notices
from content.store.tables import Disclosure, Posting

FACTS = {
    "disclosure": ("document_no", "index_no", "category", "department"),
    "posting": ("employer", "area", "salary", "degree", "experience", "address"),
}
# A question about jobs shares a word with postings, however the posting is worded. Nearly every other question means disclosures.
CALLED = {"disclosure": "", "posting": notice_kinds.CALLED["posting"]}
BODY = {
    "disclosure": ("body",),
    "posting": ("description", "how_to_apply", "benefits", "contact"),
}
BY_HAND = (
    "import.undone",
    "notice.added",
    "notice.withdrawn",
    "notice.restored",
    "notice.corrected",
)  # entries of the ledger
SMALL_CHANGE = 2000  # rows; more are faster built anew than replaced one by one
HEARD = 2000  # rows between two words on how far it is
FIRST_WAIT = 0.5  # seconds for the first look at a process's start, in a hurry
LOOK_EVERY = (
    15.0  # seconds between two looks whether an import died before it came to the index, or whether it is damaged
)

log = logging.getLogger(__name__)


OnEntries = Callable[[int, int], None]  # how many entries are in the index, of how many


class NotReady(GongkaiError):
    """There is no index yet; it is being built."""


@dataclass(frozen=True)
class IndexChange:
    """What one import did to the notices of a kind, and the markers before and after it."""

    kind: str
    put: Sequence[int]
    dropped: Sequence[int]
    before: str
    after: str


def keep_up(office: Office) -> None:
    """Makes sure that there is an index to answer from, and now and then that it shows the newest rows.

    A process waits for it once, at its first question or in `refresh` at its start; later a stale or lost index is
    built anew beside the answers. Raises NotReady where there is none and somebody is in a hurry.
    """
    index, hurried = office.index, office.store.is_in_a_hurry()
    first, due = index.never_looked(), index.look_is_due(LOOK_EVERY)
    if first or due:
        healer = threading.Thread(target=_heal, args=(office, index.pointer() is not None), name="index", daemon=True)
        healer.start()
        if first:
            healer.join(FIRST_WAIT if hurried else None)
    if not index.is_open():
        if hurried:
            raise NotReady("搜索还没有准备好，请过一会儿再试。")
        refresh(office)


def refresh(
    office: Office, change: IndexChange | None = None, *, on_entries: OnEntries = lambda done, total: None
) -> bool:
    """Brings the index in step with the rows if it is not; whether it had to.

    After a small `change` only its rows are replaced; otherwise everything is built anew, and `on_entries` hears how far.
    """
    office.index.look_is_due(LOOK_EVERY)  # this is the look
    with office.index.building(), office.store.read() as session:
        marker, pointer = expected(office, session), office.index.pointer()
        if pointer and pointer.marker == marker:
            return False
        if not (pointer and change and _patch(office, session, pointer, change, marker)):
            office.index.build(_entries(office, session, on_entries), marker)
    return True


def expected(office: Office, session: Session) -> str:
    """The marker of an index of the rows as they are now: it changes with every import, act on a notice, and with the settings."""
    last = imports.last_receipt(session, notice_kinds.FOUND)
    state = f"{last.id} {last.at.isoformat()} {last.file_sha256}" if last else "empty"
    acts = ledger.last_of(session, BY_HAND)
    return f"posting_days={office.settings.posting_days} import={state}" + (f" act={acts}" if acts else "")


def _patch(office: Office, session: Session, pointer: GenerationPointer, change: IndexChange, marker: str) -> bool:
    """Replaces the rows of a change; False if it is no small one, or not all that is new."""
    if (pointer.marker, marker) != (change.before, change.after) or not _is_small(change):
        return False
    put = (entry(office, notice) for notice in notices.standing(session, change.kind, change.put))
    drop = [f"{change.kind}:{number}" for number in change.dropped]
    return office.index.patch(pointer, put=put, drop=drop, marker=marker)


def _is_small(change: IndexChange) -> bool:
    return len(change.put) + len(change.dropped) <= SMALL_CHANGE


def _heal(office: Office, had_one: bool) -> None:
    """Looks after the index in the background; a failure is logged, and the answers go on from the old one."""
    try:
        if refresh(office) and had_one:
            log.warning("the index was damaged or did not show the newest rows; it was built anew")
    except Exception:
        log.exception("the index could not be looked after; answers come from the one that is open")


def _entries(office: Office, session: Session, on_entries: OnEntries) -> Iterator[IndexEntry]:
    total = sum(notices.count_standing(session, kind) for kind in notice_kinds.FOUND)
    numbers = itertools.count()
    for kind in notice_kinds.FOUND:
        for notice in notices.standing(session, kind):
            number = next(numbers)
            if number % HEARD == 0:
                on_entries(number, total)
            yield entry(office, notice)


def entry(office: Office, notice: Disclosure | Posting) -> IndexEntry:
    """A notice as the index holds it."""
    kind = "posting" if isinstance(notice, Posting) else "disclosure"
    fields = json.loads(notice.fields)
    return IndexEntry(
        ref=f"{kind}:{notice.id}",
        title=notice.title,
        body=_joined(fields, BODY[kind]),
        facts=f"{_joined(fields, FACTS[kind])}\n{CALLED[kind]}",
        published_on=notice.published_on,
        last_day=notices.last_day(notice, office.settings.posting_days) if isinstance(notice, Posting) else None,
        in_force=not isinstance(notice, Disclosure) or notice.status == notices.IN_FORCE,
        card=notices.card(notice),
    )


def _joined(fields: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return "\n".join(str(fields[name]) for name in names if name in fields)
