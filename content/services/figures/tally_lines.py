"""The list behind a number: one line for each counted article or portal item, with its evidence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from config import clock
from content.render import spreadsheet
from content.services.figures import count_filter
from content.services.figures.count_filter import CountFilter, CountNames
from content.services.office import Office
from content.store.figures import counted
from content.store.tables import LedgerEntry

CHANNEL_WORDS = {"wechat": "公众号", "portal": "门户网站"}
DELIVERY_WORDS = {"publish": "发布", "mass": "群发", "draft": "人工发出", "hand": "平台上手工发布"}
HEADINGS = (
    "发布日期", "标题", "渠道", "方式", "栏目", "部门", "网址", "发布时间", "审核人", "编号", "版本", "内容 SHA-256",
    "publish_id", "msg_id", "msg_data_id", "平台文章 ID", "草稿 media_id", "位置", "台账号", "台账校验值",
    "撤下时间", "撤下原因",
)  # fmt: skip


class TallyLine(NamedTuple):
    """One counted item with its evidence, in the order of HEADINGS; what is not known is empty. Times are ISO 8601."""

    published_on: str
    title: str
    channel: str
    delivery: str
    category: str
    department: str
    url: str
    published_at: str
    passed_by: str
    subject: str
    revision: str | int
    sha256: str
    publish_id: str
    msg_id: str
    msg_data_id: str
    platform_article_id: str
    media_id: str
    position: str | int
    number: int
    hash: str
    withdrawn_at: str
    withdrawn_why: str

    @property
    def evidence(self) -> list[tuple[str, str]]:
        """What proves it, as (name, value); without what is empty and what a list shows anyway."""
        given = zip(HEADINGS[9:20], self[9:20], strict=True)
        return [(name, str(value)) for name, value in given if value != ""]


def write(office: Office, path: Path, *, year: int, channel: str) -> int:
    """Writes the year's lines of `wechat`, `portal` or `all` to a csv or xlsx; their number.

    An xlsx has the withdrawn ones on a second sheet as well. Raises BadInput, GongkaiError.
    """
    return write_span(office, path, CountFilter.of_year(year, "" if channel == "all" else channel), name=str(year))


def write_span(office: Office, path: Path, wanted: CountFilter, *, name: str) -> int:
    """The same for any conditions; `name` is that of the first sheet."""
    rows = lines(office, wanted)
    down = [row for row in rows if row.withdrawn_at]
    spreadsheet.write(
        path, spreadsheet.OutputSheet(name, HEADINGS, rows), spreadsheet.OutputSheet("已撤下", HEADINGS, down)
    )
    return len(rows)


def lines(office: Office, wanted: CountFilter, *, limit: int | None = None, offset: int = 0) -> list[TallyLine]:
    """One line for each counted item, by day and then in the order of the ledger."""
    with office.store.read() as session:
        known = count_filter.names(session)
        found = counted.entries(session, count_filter.condition(wanted, known), limit=limit, offset=offset)
        return [_line(office, known, entry, withdrawn) for entry, withdrawn in found]


def total(office: Office, wanted: CountFilter) -> int:
    """How many lines there are."""
    with office.store.read() as session:
        return counted.total(session, count_filter.condition(wanted, count_filter.names(session)))


def _line(office: Office, known: CountNames, entry: LedgerEntry, down: LedgerEntry | None) -> TallyLine:
    zone, data = office.settings.zone, json.loads(entry.data)
    return TallyLine(
        data["published_on"],
        data["title"],
        CHANNEL_WORDS.get(data["channel"], data["channel"]),
        DELIVERY_WORDS.get(data.get("delivery", ""), data.get("delivery", "")),
        known.category(data["category"]),
        known.department(data["department"]),
        data["url"],
        clock.local(clock.parse(data["published_at"], zone), zone) if data.get("published_at") else "",
        "、".join(known.people.get(username, username) for username in data.get("passed_by", ())),
        entry.subject,
        data.get("revision", ""),
        data.get("sha256", ""),
        str(data.get("publish_id", "")),
        str(data.get("msg_id", "")),
        str(data.get("msg_data_id", "")),
        str(data.get("platform_article_id", "")),
        str(data.get("media_id", "")),
        data.get("position", ""),
        entry.number,
        entry.hash,
        clock.local(down.at, zone) if down else "",
        json.loads(down.data)["note"] if down else "",
    )
