"""A portal's page of links as items: each link that has a day beside it, as lists of announcements do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from content.rules.errors import BadInput
from content.rules.language import plain_text
from content.rules.publishing.markup import tree

DAY = re.compile(r"(?<!\d)20\d{2}(?:[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)")
ALONE = re.compile(
    rf"[\[(（【]?\s*(?:(?:发布|更新)?(?:日期|时间)\s*[:：]\s*)?({DAY.pattern})(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?\s*[\])）】]?"
)
LAST = re.compile(rf".*\s[\[(（]?({DAY.pattern})[\])）]?")
ROWS = ("li", "tr", "dd", "dl", "p", "div")  # what holds one item of a list, the closest first
MOST_LINKS = 3  # of one item: its column and its department may be linked beside it
SHORTEST = 5  # characters of a title: 首页, 更多 and page numbers are none


def items(text: str) -> list[dict[str, Any]]:
    """The page's items: title, url, published_on. Raises BadInput if it lists nothing."""
    found = list(_items(tree(text)))
    if not found:
        raise BadInput("是网页，但里面找不到带日期的标题列表。请改填 RSS 地址，或者某个栏目的列表页。")
    return found


def _items(root: Any) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for link in root.iter("a"):
        href, title = link.get("href", "").strip(), _title(link)
        day = _day(link)
        if day and len(title) >= SHORTEST and href and not href.startswith(("#", "javascript:")) and href not in seen:
            seen.add(href)
            yield {"title": title, "url": href, "published_on": day}


def _title(link: Any) -> str:
    """The whole title stands in `title`, where the text was cut for the page; the day may stand within the link."""
    words = plain_text.one_line(DAY.sub("", _text(link)))
    whole = plain_text.one_line(link.get("title", ""))
    return whole if len(whole) > len(words) else words


def _day(link: Any) -> str:
    """The day in the link, or beside it in the smallest part of the page where the link is the item itself."""
    if day := _stands_alone(link):
        return day
    if last := LAST.fullmatch(plain_text.one_line(_text(link))):
        return last[1]
    for around in link.iterancestors(*ROWS):
        links = {each.get("href"): len(_title(each)) for each in around.iter("a")}
        if len(links) > MOST_LINKS or len(_title(link)) < max(links.values()):
            return ""
        if day := _stands_alone(around):
            return day
    return ""


def _stands_alone(element: Any) -> str:
    """A day that is a piece of text for itself: 今天是2026年11月22日 is the page's own, and no item's."""
    found = (ALONE.fullmatch(part.strip()) for part in element.itertext() if isinstance(part, str))
    return next((day[1] for day in found if day), "")


def _text(element: Any) -> str:
    return " ".join(part.strip() for part in element.itertext() if isinstance(part, str))
