"""Rows of disclosures, postings and portal items: what goes into which column, and what could not be read."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from config import reference
from content.intake.notices import cells, days
from content.intake.notices.shown_values import LinkedText, ShownDay
from content.intake.rows import Columns, InputSheet, Row, RowFault, column_fault
from content.rules.jobs import posting_figures
from content.rules.language import plain_text

LONGEST_KEY = 200
HEARD = 2000  # rows between two words on how far it is
DAYS = {"published_on", "valid_until", "effective_on"}
COMMON = ("key", "title", "url", "category", "department", "published_on")
FIELDS: dict[str, tuple[str, ...]] = {
    "disclosure": (*COMMON, "body", "document_no", "index_no", "status", "effective_on", "replaced_by", "attachments"),
    "posting": ("key", "title", "employer", "salary", "area", "degree", "experience", "headcount", "description",
                "published_on", "valid_until", "phone", "contact", "how_to_apply", "benefits", "address", "lat", "lng",
                "url"),
    "portal": COMMON,
}  # fmt: skip
# Text columns of the store with their longest content in characters; None: without end.
COLUMNS: dict[str, dict[str, int | None]] = {
    "disclosure": {"body": None, "document_no": 200, "index_no": 200, "replaced_by": 200},
    "posting": {"employer": 1024, "area": 1024, "salary": 1024},
    "portal": {},
}
IDENTITY: dict[str, tuple[str, ...]] = {  # by which rows without a number of their own are known again
    "posting": ("title", "employer", "area"),
    "disclosure": ("title", "document_no", "department"),
    "portal": ("title", "url"),
}
OWN_KEY = "自动-"
MOST_AHEAD = 366  # days from today to a day of publication
LONGEST_TITLE = 1024
LONGEST_NAME = 128  # of a category or department


@dataclass
class NoticeRow:
    """One row ready for the store. `fields_json` is the row as it came, in one spelling; `columns` what the store reads of it."""

    row: int
    key: str
    fields_json: str
    columns: dict[str, Any] = field(default_factory=dict)
    category: str = ""
    department: str = ""
    place: str = ""
    sheet_columns: Columns = field(default_factory=dict)  # where the fields stand in the sheet

    @property
    def fields(self) -> dict[str, Any]:
        """The row as it came."""
        read: dict[str, Any] = json.loads(self.fields_json)
        return read

    @functools.cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the row: equal rows are equal here."""
        return hashlib.sha256(self.fields_json.encode()).hexdigest()


@dataclass
class NoticeRows:
    """What a sheet holds for the store. `present` are all keys seen, those of refused rows included."""

    entries: dict[str, NoticeRow] = field(default_factory=dict)
    warnings: list[RowFault] = field(default_factory=list)
    refused: list[RowFault] = field(default_factory=list)
    present: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)  # what of the file was not read at all, in words
    ended: int = 0  # of the entries, those whose last day is over


def entries(
    kind: str, sheet: InputSheet, zone: ZoneInfo, *, on_rows: Callable[[int, int], None] = lambda done, total: None
) -> NoticeRows:
    """The rows of a sheet; of rows with the same key the last one counts. Takes the rows out of the sheet.

    `on_rows` hears how many of how many are read.
    """
    found = NoticeRows(warnings=list(sheet.warnings), refused=list(sheet.refused), present=set(sheet.seen_keys),
                       unread=list(sheet.unread))  # fmt: skip
    unknown: dict[str, Row] = {}
    known, total = frozenset(FIELDS[kind]), len(sheet.rows)
    for place, row in enumerate(_used_up(sheet.rows)):
        if place % HEARD == 0:
            on_rows(place, total)
        for column in row.cells.keys() - known:
            unknown.setdefault(column, row)
        _take(found, kind, row, zone)
    found.warnings += [
        row.fault(column, f"不认识“{column}”这一列：内容照原样保存，但不会显示。") for column, row in unknown.items()
    ]
    found.warnings.sort(key=lambda fault: fault.row)
    found.refused.sort(key=lambda fault: fault.row)
    return found


def warn_of_future(found: NoticeRows, today: date) -> None:
    """Warns of days of publication so far ahead that they must be a slip."""
    for entry in found.entries.values():
        day = entry.columns.get("published_on")
        if day and (day - today).days > MOST_AHEAD:
            message = f"{entry.place}发布日期 {day} 还早得很，照样读进来了，请核对年份。"
            found.warnings.append(column_fault(entry.sheet_columns, entry.row, "published_on", message=message))


def warn_of_ended(found: NoticeRows, today: date) -> None:
    """Warns of postings whose last day is over, and counts them: nobody will find them."""
    for entry in found.entries.values():
        day = entry.columns.get("valid_until")
        if day and day < today:
            found.ended += 1
            message = f"{entry.place}截止日期 {day} 已经过了，收进来群众也查不到。还在招的，请把日期改对。"
            found.warnings.append(column_fault(entry.sheet_columns, entry.row, "valid_until", message=message))


def number(kind: str, sheet: InputSheet) -> None:
    """Gives rows without a number one that is always the same for the same `IDENTITY`.

    Of rows that are alike in it and differ otherwise each has its own, by their order; a row that stands twice is one.
    """
    seen: dict[
        str, dict[str, int]
    ] = {}  # of each number the rows that would have it by their words, each with its place among them
    first: dict[str, int] = {}
    for place, row in enumerate(sheet.rows):
        if row.cells.get("key"):
            continue
        told = [_folded(row.cells.get(name)) for name in IDENTITY[kind]]
        own = OWN_KEY + hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:12]
        alike, words = seen.setdefault(own, {}), repr(row.cells)
        if alike and words not in alike:
            sheet.warnings.append(row.fault("title", _alike(kind, row, first[own])))
        first.setdefault(own, row.number)
        at = alike.setdefault(words, len(alike))
        sheet.rows[place] = replace(row, cells={**row.cells, "key": f"{own}-{at + 1}" if at else own})


def identity_words(kind: str) -> str:
    """What makes a row without a number the same row, in words."""
    table = reference.table("headings")
    own = {"title": "职位名称"} if kind == "posting" else {}
    return "、".join(own.get(name, table[name][0]) for name in IDENTITY[kind])


def _alike(kind: str, row: Row, first: int) -> str:
    return (
        f"{row.place}{identity_words(kind)}和第 {first} 行一样，别的不同，当作另外一条。"
        "以后增删这样的行，会分不清哪条是哪条：请在表里加一列编号。"
    )


def _folded(value: Any) -> str:
    return "".join(unicodedata.normalize("NFKC", cells.text(value)).split())


def _used_up(rows: list[Row]) -> Iterator[Row]:
    """The rows in order, none kept once it is read: a long sheet would stand in memory twice."""
    rows.reverse()
    while rows:
        yield rows.pop()


def _take(found: NoticeRows, kind: str, row: Row, zone: ZoneInfo) -> None:
    key, title = cells.text(row.cells.get("key")), plain_text.one_line(cells.text(row.cells.get("title")))
    fault = _unusable(row, key, title)
    if fault:
        found.refused.append(fault)
        found.present |= {key} if key else set()
        return
    if key in found.entries:
        message = (
            f"{found.entries[key].place}与{row.place}第 {row.number} 行的编号“{key}”相同，以第 {row.number} 行为准。"
        )
        earlier = found.entries[key]
        found.warnings.append(column_fault(earlier.sheet_columns, earlier.row, "key", message=message))
    found.entries[key] = _Reader(kind, row, zone, found.warnings).entry(key, title)
    found.present.add(key)


def _unusable(row: Row, key: str, title: str) -> RowFault | None:
    if not key:
        return row.fault("key", f"{row.place}没有编号，没有读进来。请在{_column(row, 'key')}一列填上不重复的编号。")
    if len(key) > LONGEST_KEY:
        return row.fault("key", f"{row.place}编号超过 {LONGEST_KEY} 个字符，没有读进来。请换一个短的编号。")
    if cells.is_short(key):
        message = (
            f"编号“{key}”是 Excel 缩写的长数字，后面几位已经丢了，没有读进来。请把这一列设为“文本”，重新填写编号。"
        )
        return row.fault("key", row.place + message)
    if not title:
        return row.fault("title", f"{row.place}没有标题，没有读进来。请在{_column(row, 'title')}一列填上标题。")
    return None


def _column(row: Row, name: str) -> str:
    """A column as the sheet itself calls it; by its name for programs and for people where that is the usual one."""
    usual, title = {"key": "编号", "title": "标题"}[name], row.columns.get(name, ("", ""))[1]
    return f"“{title}”" if title not in ("", usual) else f" {name}（{usual}）"


class _Reader:
    """Reads the cells of one row, noting what it could not read."""

    def __init__(self, kind: str, row: Row, zone: ZoneInfo, warnings: list[RowFault]) -> None:
        self.kind, self.row, self.zone, self.warnings = kind, row, zone, warnings
        leads = row.cells.get("url", row.cells.get("title"))
        if isinstance(leads, LinkedText) and not cells.is_address(leads if "url" in row.cells else ""):
            row.cells["url"] = leads.address
        self.texts = {name: cells.text(cell) for name, cell in row.cells.items()}
        for name in DAYS & row.cells.keys():
            if isinstance(cell := row.cells[name], ShownDay):
                self.texts[name] = str(cell.date())  # the sheet may show it without its year

    def entry(self, key: str, title: str) -> NoticeRow:
        """The row as an entry."""
        for name, cell in self.row.cells.items():
            if cells.is_error(cell):
                self.warn(name, "是公式出错的结果，按空白处理。请在表里改好再导入。", cell.strip())
        if cells.lost_digits(self.row.cells["key"]):
            self.warn("key", "编号是很长的数字，Excel 可能已经丢了末尾几位。请把这一列设为“文本”后重新填写。")
        fields = self.fields(key)
        packed = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        entry = NoticeRow(self.row.number, key, packed, place=self.row.place, sheet_columns=self.row.columns)
        entry.columns = {"title": self.short("title", title, LONGEST_TITLE), **self.common()}
        for column, limit in COLUMNS[self.kind].items():
            value = self.texts.get(column, "")
            entry.columns[column] = value if limit is None else self.short(column, value, limit)
        if self.kind == "posting":
            entry.columns |= self.posting() | posting_figures.reading(fields)
        else:
            entry.category, entry.department = self.name("category"), self.name("department")
        if self.kind == "disclosure":
            entry.columns["status"] = self.status()
            self.day("effective_on")
        return entry

    def fields(self, key: str) -> dict[str, Any]:
        """All cells as text, attachments as a list where they can be read."""
        texts: dict[str, Any] = {plain_text.clean(name): text for name, text in self.texts.items()}
        if self.kind == "disclosure" and "attachments" in self.row.cells:
            texts["attachments"] = self.read("attachments", cells.attachments, texts["attachments"])
        return {name: value for name, value in texts.items() if value} | {"key": key}

    def common(self) -> dict[str, Any]:
        """The columns that every kind has."""
        url = self.short("url", self.read("url", cells.address, ""), 1024, keep=False)
        self.links(url)
        return {"url": url, "published_on": self.day("published_on")}

    def links(self, url: str) -> None:
        """Warns of cells that lead somewhere else than the row does."""
        for name, cell in self.row.cells.items():
            if isinstance(cell, LinkedText) and name not in ("url", "attachments"):
                target = cell.address.removeprefix("mailto:").removeprefix("tel:")
                if target not in (url, str(cell).strip()):
                    self.warn(name, f"这一格带的链接（{target[:200]}）没有带过来，需要的话请写成文字。", str(cell))

    def posting(self) -> dict[str, Any]:
        """The columns that only postings have."""
        return {
            "valid_until": self.last_day(),
            "lat": self.read("lat", lambda value: cells.degrees(value, 90), None),
            "lng": self.read("lng", lambda value: cells.degrees(value, 180), None),
        }

    def status(self) -> str:
        """有效, 废止 or 失效; what is not understood counts as 有效."""
        value = self.texts.get("status", "")
        for word in ("废止", "失效"):
            if word in value and not value.startswith(("未", "没有")):
                return word
        if value and "有效" not in value and not value.startswith(("未", "没有")):
            self.warn("status", "状态要写有效、废止或失效；看不懂，先按有效处理。", value)
        return "有效"

    def day(self, column: str) -> date | None:
        """The day in a column, or None with a warning."""
        found: date | None = self.read(column, lambda value: cells.day(value, self.zone), None)
        self.same_weekday(column, found)
        return found

    def last_day(self) -> date | None:
        """The day until which a posting holds. Without a year it is the first such day after the publication."""
        value = self.row.cells.get("valid_until")
        begins: date | None = None
        if days.lacks_year(value):
            with contextlib.suppress(cells.Unreadable):  # told where the day of publication itself is read
                begins = cells.day(self.row.cells.get("published_on"), self.zone)
        found: date | None = self.read("valid_until", lambda cell: cells.last_day(cell, self.zone, begins=begins), None)
        if found and begins:
            self.warn("valid_until", f"没有写年份，按 {found} 处理，请核对。", cells.text(value))
        self.same_weekday("valid_until", found)
        return found

    def same_weekday(self, column: str, found: date | None) -> None:
        """Warns where a weekday stands beside a day that is another one."""
        value = self.row.cells.get(column)
        if found and (right := days.other_weekday(value, found)):
            self.warn(column, f"日期和星期对不上：{found} 是星期{right}。按日期处理，请核对。", cells.text(value))

    def name(self, column: str) -> str:
        """The name of a category or department."""
        return self.short(column, plain_text.one_line(self.texts.get(column, "")), LONGEST_NAME)

    def short(self, column: str, value: str, limit: int, *, keep: bool = True) -> str:
        """The value, cut at `limit` characters (or dropped) with a warning; the whole stays in `fields`."""
        if len(value) <= limit:
            return value
        what = "后面的在列表里看不到" if keep else "没有用上"
        self.warn(column, f"超过 {limit} 个字符，{what}；原文已完整保存。")
        return value[:limit] if keep else ""

    def read(self, column: str, parse: Callable[[Any], Any], otherwise: Any) -> Any:
        """What `parse` makes of a cell; `otherwise` with a warning if it cannot."""
        value = self.row.cells.get(column)
        try:
            return otherwise if value is None else parse(value)
        except cells.Unreadable as error:
            self.warn(column, str(error), cells.text(value))
            return otherwise

    def warn(self, column: str, message: str, value: str = "") -> None:
        """Notes what could not be read."""
        shown = f"“{plain_text.fit(plain_text.one_line(value), 90)}”" if value else ""
        self.warnings.append(self.row.fault(column, self.row.place + shown + message))
