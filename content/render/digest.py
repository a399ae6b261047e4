"""The body of a daily digest: a table of contents, then each section with its entries."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from content.rules.language.plain_text import one_line

LONGEST_TITLE = 60  # characters
LONGEST_FACT = 40


@dataclass(frozen=True)
class DigestEntry:
    """One disclosure or posting; `url` is our page of it."""

    title: str
    facts: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class Section:
    """What is new of one kind: `count` in all, of which `entries` are shown; `more` is where the others are."""

    heading: str
    count: int
    entries: tuple[DigestEntry, ...]
    more: str


def digest(sections: list[Section]) -> str:
    """The HTML. Addresses stand in it as text, since the platform removes links that lead elsewhere."""
    counts = "、".join(f"{section.heading} {section.count} 条" for section in sections)
    parts = [f"<p>今天为您整理了{counts}。</p>", "<h2>目录</h2>"]
    parts += [_contents(section) for section in sections]
    parts += [_section(section) for section in sections]
    return "".join([*parts, "<p>在本公众号里直接提问，也能查到这些内容。</p>"])


def _contents(section: Section) -> str:
    titles = "".join(f"<li>{_short(entry.title, LONGEST_TITLE)}</li>" for entry in section.entries)
    return f"<p><strong>{section.heading}</strong></p><ol>{titles}</ol>"


def _section(section: Section) -> str:
    entries = "".join(_entry(number, entry) for number, entry in enumerate(section.entries, start=1))
    left = section.count - len(section.entries)
    more = f"<p>还有 {left} 条，请看：{escape(section.more)}</p>" if left else ""
    return f"<h2>{section.heading}</h2>{entries}{more}"


def _entry(number: int, entry: DigestEntry) -> str:
    facts = " · ".join(_short(fact, LONGEST_FACT) for fact in entry.facts)
    line = f"<p>{facts}</p>" if facts else ""
    return f"<h3>{number}. {_short(entry.title, LONGEST_TITLE)}</h3>{line}<p>详情：{escape(entry.url)}</p>"


def _short(text: str, longest: int) -> str:
    text = one_line(text)
    return escape(text if len(text) <= longest else text[: longest - 1] + "…")
