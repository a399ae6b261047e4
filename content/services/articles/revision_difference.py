"""In what two wordings of one article differ, as one line for a reviewer."""

from __future__ import annotations

import difflib
import re

from content.rules.publishing.markup import words
from content.store.tables import Revision

LONGEST = 60  # characters of one piece that are shown
MOST = 5  # places in the text that are shown
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
FIELDS = {"title": "标题", "author_name": "作者", "digest": "摘要", "source_url": "原文链接"}


def words_on(old: Revision, new: Revision) -> str:
    """标题“…”改为“…”；正文删去“…”、加上“…”；换了封面；换了附件. Never empty."""
    told = [
        f"{word}“{_short(getattr(old, name))}”改为“{_short(getattr(new, name))}”"
        for name, word in FIELDS.items()
        if getattr(old, name) != getattr(new, name)
    ]
    told += _text(old.html, new.html)
    if old.cover_file_id != new.cover_file_id:
        told.append("换了封面")
    if _files(old) != _files(new):
        told.append("换了附件")
    return "；".join(told) or "改后又改了回来"


def _text(old: str, new: str) -> list[str]:
    if old == new:
        return []
    before, after = SENTENCE.findall(words(old)), SENTENCE.findall(words(new))
    changes = [change for change in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
               if change[0] != "equal"]  # fmt: skip
    if not changes:
        return ["正文的版式或图片改了，文字没有变"]
    told = [_change("".join(before[a:b]), "".join(after[c:d])) for _, a, b, c, d in changes[:MOST]]
    more = [f"正文另有 {len(changes) - MOST} 处不同"] if len(changes) > MOST else []
    return [*told, *more]


def _change(gone: str, come: str) -> str:
    if not gone:
        return f"正文加上“{_short(come)}”"
    return f"正文“{_short(gone)}”改为“{_short(come)}”" if come else f"正文删去“{_short(gone)}”"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"


def _files(revision: Revision) -> list[tuple[str, int]]:
    return [(attachment.name, attachment.file_id) for attachment in revision.attachments]
