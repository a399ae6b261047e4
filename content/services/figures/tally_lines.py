"""The list behind a number: one line for each counted article or portal item, with its evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import clock
from content.render import spreadsheet
from content.rules.figures.tally_breakdowns import (
    CHANNELS,
    NO_CATEGORY,
    NO_DEPARTMENT,
    PORTAL_PUBLISHED,
    PUBLISHED,
    WITHDRAWN,
)
from content.services.office import Office
from content.store.figures import ledger
from content.store.tables import Category, Department, LedgerEntry, Person

CHANNEL_WORDS = {"wechat": "公众号", "portal": "门户网站"}
DELIVERY_WORDS = {"publish": "发布", "mass": "群发", "draft": "人工发出", "hand": "平台上手工发布"}
HEADINGS = (
    "发布日期", "标题", "渠道", "方式", "栏目", "部门", "网址", "发布时间", "审核人", "编号", "版本", "内容 SHA-256",
    "publish_id", "msg_id", "msg_data_id", "平台文章 ID", "草稿 media_id", "位置", "台账号", "台账校验值",
    "撤下时间", "撤下原因",
)  # fmt: skip


@dataclass(frozen=True)
class _Names:
    categories: Mapping[str, str]
    departments: Mapping[str, str]
    people: Mapping[str, str]


def write(office: Office, path: Path, *, year: int, channel: str) -> int:
    """Writes the year's lines of `wechat`, `portal` or `all` to a csv or xlsx; their number.

    An xlsx has the withdrawn ones on a second sheet as well. Raises BadInput, GongkaiError.
    """
    rows = lines(office, year=year, channels=CHANNELS if channel == "all" else (channel,))
    down = [row for row in rows if row[HEADINGS.index("撤下时间")]]
    spreadsheet.write(
        path, spreadsheet.OutputSheet(str(year), HEADINGS, rows), spreadsheet.OutputSheet("已撤下", HEADINGS, down)
    )
    return len(rows)


def lines(office: Office, *, year: int, channels: tuple[str, ...]) -> list[tuple[str | int, ...]]:
    """One row under HEADINGS for each counted item of a year, by day and then in the order of the ledger."""
    with office.store.read() as session:
        names = _names(session)
        withdrawn: dict[tuple[str, str], LedgerEntry] = {}
        counted: list[tuple[LedgerEntry, dict[str, Any]]] = []
        for entry in ledger.since(session, 0, PUBLISHED, PORTAL_PUBLISHED, WITHDRAWN):
            data = json.loads(entry.data)
            if not (data["published_on"] or "").startswith(f"{year}-"):  # none: withdrawn before it was out
                continue
            if entry.kind == WITHDRAWN:
                withdrawn[entry.subject, data["published_on"]] = entry
            elif data["channel"] in channels:
                counted.append((entry, data))
    counted.sort(key=lambda item: (item[1]["published_on"], item[0].number))
    return [
        _line(office, names, entry, data, withdrawn.get((entry.subject, data["published_on"])))
        for entry, data in counted
    ]


def _line(
    office: Office, names: _Names, entry: LedgerEntry, data: Mapping[str, Any], withdrawn: LedgerEntry | None
) -> tuple[str | int, ...]:
    zone = office.settings.zone
    down = data["channel"] == "wechat" and withdrawn
    return (
        data["published_on"],
        data["title"],
        CHANNEL_WORDS.get(data["channel"], data["channel"]),
        DELIVERY_WORDS.get(data.get("delivery", ""), data.get("delivery", "")),
        names.categories.get(data["category"], data["category"]) or NO_CATEGORY,
        names.departments.get(data["department"], data["department"]) or NO_DEPARTMENT,
        data["url"],
        clock.local(clock.parse(data["published_at"], zone), zone) if data.get("published_at") else "",
        "、".join(names.people.get(username, username) for username in data.get("passed_by", ())),
        entry.subject,
        data.get("revision", ""),
        data.get("sha256", ""),
        *(
            str(data.get(name, ""))
            for name in ("publish_id", "msg_id", "msg_data_id", "platform_article_id", "media_id")
        ),
        data.get("position", ""),
        entry.number,
        entry.hash,
        clock.local(down.at, zone) if down else "",
        json.loads(down.data)["note"] if down else "",
    )


def _names(session: Session) -> _Names:
    return _Names(
        categories={row.code: row.name for row in session.scalars(select(Category))},
        departments={row.code: row.name for row in session.scalars(select(Department))},
        people={row.username: row.name for row in session.scalars(select(Person))},
    )
