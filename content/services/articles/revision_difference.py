"""In what two wordings of one article differ: piece by piece for a page, or as one line for a reviewer."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from content.rules.publishing.limits import is_default_digest
from content.rules.publishing.markup import words
from content.store.tables import Revision

LONGEST = 60  # characters of one piece that are shown on one line
MOST = 5  # places in the text that are shown on one line
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
FIELDS = {"title": "标题", "author_name": "作者", "digest": "摘要", "source_url": "原文链接"}


@dataclass(frozen=True)
class WordingChange:
    """One place that differs: what it is (标题, 正文, …), what is gone, what has come. Both empty: `what` says it all."""

    what: str
    gone: str = ""
    come: str = ""


def changes(old: Revision, new: Revision) -> list[WordingChange]:
    """Every place in which the new wording differs from the old, in the order in which a reader meets them."""
    found = [
        WordingChange(word, getattr(old, name), getattr(new, name))
        for name, word in FIELDS.items()
        if getattr(old, name) != getattr(new, name) and not (name == "digest" and _by_itself(old) and _by_itself(new))
    ]
    found += _text(old.html, new.html)
    if old.cover_file_id != new.cover_file_id:
        found.append(WordingChange("换了封面"))
    if _files(old) != _files(new):
        found.append(WordingChange("换了附件"))
    return found


def words_on(old: Revision, new: Revision) -> str:
    """标题“…”改为“…”；正文删去“…”、加上“…”；换了封面；换了附件. Never empty."""
    found = changes(old, new)
    body = [change for change in found if change.what == "正文"]
    told = [_told(change) for change in found if change.what != "正文" or change in body[:MOST]]
    if len(body) > MOST:
        told.append(f"正文另有 {len(body) - MOST} 处不同")
    return "；".join(told) or "改后又改了回来"


def in_sentences(what: str, old: str, new: str) -> list[WordingChange]:
    """Every place in which two plain texts differ, by whole sentences."""
    before, after = SENTENCE.findall(old), SENTENCE.findall(new)
    return [
        WordingChange(what, "".join(before[a:b]).strip(), "".join(after[c:d]).strip())
        for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if kind != "equal"
    ]


def _by_itself(revision: Revision) -> bool:
    """Whether its digest is only the beginning of its text."""
    return is_default_digest(revision.digest, words(revision.html))


def _text(old: str, new: str) -> Iterator[WordingChange]:
    if old != new:
        yield from in_sentences("正文", words(old), words(new)) or [WordingChange("正文的版式或图片改了，文字没有变")]


def _told(change: WordingChange) -> str:
    gone, come = _short(change.gone), _short(change.come)
    if change.what != "正文":
        return f"{change.what}“{gone}”改为“{come}”" if gone or come else change.what
    if not gone:
        return f"正文加上“{come}”"
    return f"正文“{gone}”改为“{come}”" if come else f"正文删去“{gone}”"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"


def _files(revision: Revision) -> list[tuple[str, int]]:
    return [(attachment.name, attachment.file_id) for attachment in revision.attachments]
