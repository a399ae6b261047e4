"""The entries of the office's files, changed one by one: each with what is wrong at its fields, and nobody's change lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from config.edited import EntryFault
from content.rules.errors import BadInput, Conflict, NotFound
from content.services import coded_names
from content.services.citizens import entry_forms, entry_text, office_files
from content.services.citizens.entry_forms import EntryField, EntryTable
from content.services.citizens.entry_text import FileEntry
from content.services.citizens.office_files import FaultyFile
from content.services.office import Office

NEW = 0  # the place of an entry that is not there yet
MOST_TOLD = 12  # faults elsewhere
MOST_BESIDE = 5  # words beside an entry
LISTS = "lists"  # how the table of a file's plain lists is called in an address


@dataclass(frozen=True)
class EntryPlace:
    """Where an entry stands: its file, the name of its table as an address has it, its place there (from 1, or NEW)."""

    file: str
    table: str
    place: int


class FaultyEntry(BadInput):
    """An entry that is not kept; `faults` holds (field, sentence), the field empty for what stands elsewhere."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(" ".join(words for _, words in faults))
        self.faults = faults


@dataclass(frozen=True)
class TableOfEntries:
    """One table of a file with its entries."""

    table: EntryTable
    entries: tuple[FileEntry, ...]

    @property
    def groups(self) -> list[tuple[str, list[FileEntry]]]:
        """The entries under what sorts them, in Chinese; under nothing, where nothing sorts them."""
        if not self.table.group:
            return [("", list(self.entries))]
        field = self.table.field(self.table.group)
        found = [(words, [each for each in self.entries if each.values.get(field.name) == value])
                 for value, words in field.choices]  # fmt: skip
        return [(words, entries) for words, entries in found if entries]


def every(office: Office, file: str) -> list[TableOfEntries]:
    """All tables of a file. Raises NotFound, BadInput if its text cannot be read."""
    text = office_files.one(office, file).text
    return [TableOfEntries(table, tuple(_entries(text, table))) for table in entry_forms.tables(file)]


def beside(table: EntryTable, entry: FileEntry) -> str:
    """What stands beside an entry's name in a list: some of its words, a telephone's use; how many of a plain list."""
    if table.form == "lists":
        [listed] = entry.values.values()
        return f"{len(listed)} {'句' if table.of(entry.place).fields[0].form == 'sentences' else '个'}"
    if table.form == "whole":
        return f"填了 {len(entry.values)} 项，共 {len(table.fields)} 项"
    if len(table.fields) == 1:
        return ""
    field = table.fields[1]
    value = entry.values.get(field.name) or ""
    if isinstance(value, str):
        return "" if field.form == "choice" else value
    words = list(value)
    return "、".join(words[:MOST_BESIDE]) + ("……" if len(words) > MOST_BESIDE else "")


def find(office: Office, where: EntryPlace) -> tuple[EntryTable, FileEntry]:
    """A table and one of its entries; an empty entry at the place NEW. Raises NotFound."""
    table = _table(where)
    if where.place == NEW and table.grows:
        return table, FileEntry(NEW, "", {})
    found = next((each for each in _now(office, where) if each.place == where.place), None)
    if found is None:
        raise NotFound("没有这一条，可能已经有人删掉了。")
    return table.of(where.place), found


def begun(office: Office, where: EntryPlace, begun_with: str) -> tuple[EntryTable, FileEntry]:
    """The entry from which a form was filled in, by its hash, wherever it stands now. Raises Conflict if it was changed."""
    if where.place == NEW:
        return find(office, where)
    same = [each for each in _now(office, where) if each.sha256 == begun_with]
    if not same:
        raise Conflict("您打开以后，别人改过这一条，现在是下面说的样子。您写的都还在；看过以后可以再保存。")
    found = next((each for each in same if each.place == where.place), same[0])
    return _table(where).of(found.place), found


def save(office: Office, where: EntryPlace, given: Mapping[str, str], *, begun_with: str, username: str) -> None:
    """Keeps an entry as a form says it; a new one at the place NEW comes last, or where `position` says.

    `begun_with`: the hash of the entry that the form was filled in from. Raises FaultyEntry, Conflict, NotFound, NotAllowed.
    """
    table, before = begun(office, where, begun_with)
    values = _values(table, before.values, given)
    if table.coded and not values.get("code"):
        values["code"] = coded_names.code(
            office, where.file, str(before.values.get(table.title) or values[table.title])
        )
    at = [where.place]  # where the entry stands in the text that is tried

    def make(text: str) -> str:
        known = _entries(text, _table(where))
        at[0] = len(known) + 1 if where.place == NEW else _place_of(known, before)
        _demand_other_name(table, known, before, values)
        is_same = values == before.values
        changed = text if is_same else entry_text.with_entry(text, _table(where), place=at[0], values=values)
        return _in_order(changed, table, at, given.get("position", ""))

    _change(office, where, make, at, username)


def remove(office: Office, where: EntryPlace, *, begun_with: str, username: str) -> None:
    """Takes an entry out. Raises FaultyEntry if another one needs it, Conflict, NotFound, NotAllowed."""
    table, before = begun(office, where, begun_with)
    if not table.grows:
        raise BadInput("这一列不能删，可以把里面的词改掉。")

    def make(text: str) -> str:
        return entry_text.without_entry(text, table, _place_of(_entries(text, table), before))

    _change(office, where, make, [NEW], username)


def _change(office: Office, where: EntryPlace, make: Callable[[str], str], at: list[int], username: str) -> None:
    def made(text: str) -> str:
        try:
            return make(text)
        except ValueError as error:
            raise BadInput(f"{error}，请在“整份文字”里改。") from error

    try:
        office_files.change(office, where.file, made, username=username)
    except FaultyFile as error:
        raise FaultyEntry(_told(error.faults, where.file, _table(where).of(at[0] or 1), at[0])) from error


def _told(faults: tuple[EntryFault | str, ...], file: str, table: EntryTable, place: int) -> list[tuple[str, str]]:
    """The faults of the entry at its fields, those elsewhere with the entry that they are in."""
    here: list[tuple[str, str]] = []
    elsewhere: list[tuple[str, str]] = []
    for fault in faults:
        if isinstance(fault, str):
            elsewhere.append(("", fault))
            continue
        field = _field_of(fault, file, table, place)
        is_here = (fault.table, fault.place) == (table.name, place)
        if fault.words.startswith("："):  # a sentence of its own
            words = fault.words[1:]
        else:
            words = f"{'' if is_here else fault.where}{f'“{field.label}”' if field else '这一条' if is_here else ''}{fault.words}"
        (here if is_here else elsewhere).append((field.name if field and is_here else "", words))
    return here + elsewhere[:MOST_TOLD]


def _field_of(fault: EntryFault, file: str, table: EntryTable, place: int) -> EntryField | None:
    if (fault.table, fault.place) == (table.name, place) and table.form == "lists":
        return table.fields[0]
    fields = [field for each in entry_forms.tables(file) if each.name == fault.table for field in each.fields]
    return next((field for field in fields if field.name == fault.field), None)


def _values(table: EntryTable, before: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """The values that a form means; what it leaves as it was stays to the letter. Raises FaultyEntry."""
    values, faults = dict(before), []
    for field in table.fields:
        text = given.get(field.name, "")
        if field.name in before and _folded(text) == _folded(entry_forms.shown(field, before[field.name])):
            value = before[field.name]
        else:
            try:
                value = entry_forms.read(field, text)
            except ValueError as error:
                faults.append((field.name, f"“{field.label}”{error}"))
                continue
        if value is None and field.needed:
            faults.append((field.name, f"请写上“{field.label}”。"))
        values.pop(field.name, None)
        if value is not None:
            values[field.name] = value
    if faults:
        raise FaultyEntry(faults)
    return values


def _folded(text: str) -> str:
    return text.replace("\r\n", "\n").strip("\n")


def _demand_other_name(table: EntryTable, known: list[FileEntry], before: FileEntry, values: Mapping[str, Any]) -> None:
    """An entry takes no name that another one has."""
    name = table.name_field
    if name and values[name] != before.values.get(name) and values[name] in {each.values.get(name) for each in known}:
        told = f"已经有一{table.measure}叫“{values[name]}”了，请换一个，或者改那一{table.measure}。"
        raise FaultyEntry([(name, told)])


def _in_order(text: str, table: EntryTable, at: list[int], position: str) -> str:
    """The text with the entry at the place that was asked for; `at` follows."""
    if table.form != "rows" or not position.isascii() or not position.isdigit() or len(position) > 5:
        return text
    to = min(max(1, int(position)), len(_entries(text, table)))
    if to != at[0]:
        text = entry_text.moved(text, table, place=at[0], to=to)
        at[0] = to
    return text


def standing(office: Office, where: EntryPlace, given: Mapping[str, str]) -> FileEntry | None:
    """The entry as it is now of which a form speaks: that of its name; None if there is none any more."""
    name, entries = _table(where).name_field, _now(office, where)
    if not name:
        return next((each for each in entries if each.place == where.place), None)
    return next((each for each in entries if each.values.get(name) == given.get(name)), None)


def positions(office: Office, where: EntryPlace) -> list[tuple[int, str]]:
    """Where an entry of rows may stand: its place then, and the entry behind which that is (empty: in front of all)."""
    if _table(where).form != "rows":
        return []
    others = [each for each in _now(office, where) if each.place != where.place]
    return [(1, ""), *((at, each.title) for at, each in enumerate(others, start=2))] if others else []


def _place_of(known: list[FileEntry], before: FileEntry) -> int:
    found = [each.place for each in known if each.sha256 == before.sha256]
    if not found:
        raise Conflict("您打开以后，别人改过这一条。请再看一遍。")
    return before.place if before.place in found else found[0]


def _now(office: Office, where: EntryPlace) -> list[FileEntry]:
    return _entries(office_files.one(office, where.file).text, _table(where))


def _entries(text: str, table: EntryTable) -> list[FileEntry]:
    try:
        return entry_text.entries(text, table)
    except ValueError as error:
        raise BadInput(f"这个文件的文字有错，请先在“整份文字”里改好：{error}。") from error


def _table(where: EntryPlace) -> EntryTable:
    wanted = "" if where.table == LISTS else where.table
    tables = entry_forms.tables(where.file) if where.file in office_files.KINDS else ()
    found = next((table for table in tables if table.name == wanted), None)
    if found is None:
        raise NotFound("没有这张表。")
    return found


def differing(table: EntryTable, now: Mapping[str, Any], given: Mapping[str, str]) -> list[tuple[EntryField, str]]:
    """The fields in which an entry now says something else than a form, with what it says."""
    shown = ((field, entry_forms.shown(field, now.get(field.name))) for field in table.fields)
    return [(field, text) for field, text in shown if _folded(given.get(field.name, "")) != _folded(text)]
