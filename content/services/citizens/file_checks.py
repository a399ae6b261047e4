"""What is wrong with what an office's file says: its shape, its entries, and whether its examples are told as it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from config import directory, messages, triage
from config.edited import EntryFault
from content.rules.citizens.triage import MessageKind, told, wrong_examples
from content.services.office import Office

Faults = list[EntryFault | str]
Check = Callable[[Office, dict[str, Any], dict[str, Any]], Faults]  # of what a text says now, and said before


def of_entries(
    made: Callable[[dict[str, Any]], tuple[Any, tuple[str, ...]]],
    entries: Callable[[dict[str, Any]], list[EntryFault]],
    then: Callable[[dict[str, Any]], list[EntryFault]] = lambda read: [],
) -> Check:
    """Faults of a file by its entries, if its shape holds at all; `then` is asked where there are none."""

    def faults(_office: Office, read: dict[str, Any], _before: dict[str, Any]) -> Faults:
        told = made(read)[1]
        if not told:
            return [*then(read)]
        return _placed(told, entries(read) if _is_made_of_tables(read) else [])

    return faults


def _placed(told: Sequence[str], entries: Sequence[EntryFault]) -> Faults:
    """What is told of a text, each with its entry and field where it is about one."""
    places = {str(fault): fault for fault in entries}
    return [places.get(words, words) for words in told]


def _is_made_of_tables(read: dict[str, Any]) -> bool:
    return all(all(isinstance(row, dict) for row in rows) for rows in read.values() if isinstance(rows, list) and rows
               and not isinstance(rows[0], str))  # fmt: skip


def of_directory(office: Office, read: dict[str, Any], before: dict[str, Any]) -> Faults:
    """What is wrong, or which telephone that was not there before can be none."""
    found = of_entries(directory.made, directory.entry_faults)(office, read, before)
    known = {row.get("phone") for _, _, row in _rows(before)}
    return found or [
        EntryFault(table, place, f"第 {place} 个 [[{table}]]", "phone", f"里“{phone[:30]}”不像电话号码，请核对。")
        for table, place, row in _rows(read)
        if (phone := str(row.get("phone", ""))) and phone not in known and not directory.is_phone(phone)
    ]


def _rows(read: dict[str, Any]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """The entries of a directory: table, place from 1, entry."""
    for table in ("department", "leader"):
        rows = read.get(table, [])
        yield from ((table, place, row) for place, row in enumerate(rows, start=1) if isinstance(row, dict))


def of_triage(office: Office, read: dict[str, Any], before: dict[str, Any]) -> Faults:
    """What is wrong, or which of the file's own examples are told apart otherwise than it says."""
    faults = of_entries(triage.made, triage.entry_faults)(office, read, before)
    return faults or _wrong_examples(triage.with_messages(triage.made(read)[0], office.triage.messages.read()))


def of_messages(office: Office, read: dict[str, Any], before: dict[str, Any]) -> Faults:
    """What is wrong, which new message is told to be of another kind, or which example of the triage is now."""
    known, told = messages.made(read)
    if told:
        return _placed(told, messages.entry_faults(read))
    table = triage.with_messages(office.triage.read(), known)
    found: Faults = []
    for place, kind in enumerate(messages.KINDS, start=1):
        for said in (said for said in known[kind] if said not in before.get(kind, ())):
            if (other := _other_kind(said, kind, table)) is not None:
                found.append(
                    EntryFault("", place, f"{kind} ", "", f"里“{said}”会归到“{other}”：请改来信分类里那一条的词。")
                )
    return found or _wrong_examples(table)


def _other_kind(said: str, kind: str, table: triage.TriageTable) -> str | None:
    """What a message is told to be, if that is not this kind."""
    found = told(said, table)
    if found is None:
        return None if kind == messages.OTHER else "都不是"
    is_same = kind == str(found.kind) or (kind == "danger" and found.for_staff)
    return None if is_same or (kind == messages.OTHER and found.kind is MessageKind.SERVICE) else found.matter.name


def _wrong_examples(table: triage.TriageTable) -> Faults:
    names = [matter.name for matter in table.matters]
    return [EntryFault("matter", wrong.place, f"第 {wrong.place} 条（{names[wrong.place - 1]}）", wrong.list, f"：{wrong.words}")
            for wrong in wrong_examples(table)]  # fmt: skip
