"""Entries in the text of an office's file: read, and written back so that all else in it stays as it was, comments too."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError

from content.services.citizens.entry_forms import EntryTable

LONGEST_LINE = 100  # characters of a list that stands on one line
NAMELESS = "（没有名字）"


@dataclass(frozen=True)
class FileEntry:
    """One entry: its place in its table (from 1), what it is called, its values, and a hash by which it is known again."""

    place: int
    title: str
    values: Mapping[str, Any]

    @property
    def sha256(self) -> str:
        """Of the values."""
        packed = json.dumps(self.values, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(packed.encode()).hexdigest()


def entries(text: str, table: EntryTable) -> list[FileEntry]:
    """The entries of a table. Raises ValueError if the text is no TOML, or not of this shape."""
    read = tomllib.loads(text)
    try:
        return [_entry(table, place, values) for place, values in enumerate(_values(read, table), start=1)]
    except (AttributeError, TypeError) as error:
        raise ValueError(f"{table.label}不是按样子写的。") from error


def _values(read: dict[str, Any], table: EntryTable) -> list[dict[str, Any]]:
    if table.form == "lists":
        return [{field.name: read.get(field.name, [])} for field in table.fields]
    if table.form == "whole":
        return [{field.name: read[field.name] for field in table.fields if read.get(field.name)}]
    if table.form == "rows":
        return [dict(row) for row in read.get(table.name, [])]
    key, rest = table.fields[0].name, table.fields[1].name
    rows = read.get(table.name, {}).items()
    return [{key: name, **(dict(row) if isinstance(row, dict) else {rest: row})} for name, row in rows]


def _entry(table: EntryTable, place: int, values: dict[str, Any]) -> FileEntry:
    own = table.of(place)
    title = str(values.get(table.title, "")) or NAMELESS if table.grows else own.label
    return FileEntry(place, title, values)


def with_entry(text: str, table: EntryTable, *, place: int, values: Mapping[str, Any]) -> str:
    """The text with other values at a place; a place behind the last one adds an entry. Raises ValueError as `_rewritten`."""

    def write(document: TOMLDocument) -> None:
        if table.form == "lists":
            _fill(document, values)
        elif table.form == "whole":
            _fill(document, {field.name: values.get(field.name, "") for field in table.fields})
        elif table.form == "rows":
            _set_row(document, table, place, values)
        else:
            _set_keyed(document, table, place, values)

    wanted = [each.values for each in entries(text, table)]
    if table.form == "lists":
        wanted[place - 1] = values
    else:
        wanted[place - 1 : place] = [values]
    return _rewritten(text, table, write, wanted)


def without_entry(text: str, table: EntryTable, place: int) -> str:
    """The text without the entry at a place. Raises ValueError as `_rewritten`."""

    def write(document: TOMLDocument) -> None:
        rows: Any = document[table.name]
        if table.form == "keyed":
            del rows[list(rows)[place - 1]]
        elif len(rows) == 1:
            del document[table.name]
        else:
            del rows[place - 1]

    wanted = [each.values for each in entries(text, table) if each.place != place]
    return _rewritten(text, table, write, wanted)


def moved(text: str, table: EntryTable, *, place: int, to: int) -> str:
    """The text with the row at `place` moved to the place `to`. Raises ValueError as `_rewritten`."""

    def write(document: TOMLDocument) -> None:
        rows: Any = document[table.name]
        row = rows[place - 1]
        del rows[place - 1]
        rows.insert(to - 1, row)

    wanted = [each.values for each in entries(text, table)]
    wanted.insert(to - 1, wanted.pop(place - 1))
    return _rewritten(text, table, write, wanted)


def _rewritten(
    text: str, table: EntryTable, write: Callable[[TOMLDocument], None], wanted: list[Mapping[str, Any]]
) -> str:
    """What `write` makes of the text. Raises ValueError unless it then says what is wanted of the table, and else the same."""
    document = tomlkit.parse(text)
    try:
        write(document)
        found = tomlkit.dumps(document)
        is_right = _sorted(table, _values(tomllib.loads(found), table)) == _sorted(table, wanted)
    except (AttributeError, KeyError, TypeError, ValueError, TOMLKitError) as error:
        raise ValueError(f"{table.label}的写法特别，不能一条一条改") from error
    if not is_right or _others(found, table) != _others(text, table):
        raise ValueError(f"{table.label}的写法特别，不能一条一条改")
    return found


def _sorted(table: EntryTable, values: list[Mapping[str, Any]] | list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    """The values in the order that counts: names have none."""
    key = table.fields[0].name
    return sorted(values, key=lambda each: str(each[key])) if table.form == "keyed" else list(values)


def _others(text: str, table: EntryTable) -> dict[str, Any]:
    own = {table.name} if table.grows else {field.name for field in table.fields}
    return {name: value for name, value in tomllib.loads(text).items() if name not in own}


def _set_row(document: TOMLDocument, table: EntryTable, place: int, values: Mapping[str, Any]) -> None:
    if table.name not in document:
        document.append(table.name, tomlkit.aot())
    rows: Any = document[table.name]
    if place > len(rows):
        rows.append(tomlkit.table())
        if len(rows) > 1:
            rows[-2].add(tomlkit.nl())
    _without_others(rows[place - 1], values)
    _fill(rows[place - 1], values)


def _set_keyed(document: TOMLDocument, table: EntryTable, place: int, values: Mapping[str, Any]) -> None:
    """Sets what a name stands for; a name that changes takes the old one's values along."""
    if table.name not in document:
        document.append(table.name, tomlkit.table())
    rows: Any = document[table.name]
    key, rest = table.fields[0].name, {name: value for name, value in values.items() if name != table.fields[0].name}
    names = list(rows)
    if place <= len(names) and names[place - 1] != values[key]:
        del rows[names[place - 1]]
    if len(table.fields) == 2:
        _fill(rows, {values[key]: rest[table.fields[1].name]})
        return
    if values[key] not in rows:
        rows.add(values[key], tomlkit.table())
    _without_others(rows[values[key]], rest)
    _fill(rows[values[key]], rest)


def _without_others(row: Any, values: Mapping[str, Any]) -> None:
    for name in [name for name in row if name not in values]:
        del row[name]


def _fill(row: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in row or row[name] != value:
            row[name] = _written(value)


def _written(value: Any) -> Any:
    if isinstance(value, dict):
        table = tomlkit.table()
        for name, each in value.items():
            table[name] = each
        return table
    if isinstance(value, list):
        listed = tomlkit.array()
        listed.extend(value)
        return listed.multiline(sum(map(len, value)) > LONGEST_LINE)
    if isinstance(value, str) and "\n" in value:
        return tomlkit.string(value, multiline=True) if '"""' not in value else tomlkit.string(value)
    return value
