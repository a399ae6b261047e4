"""What the platform takes of an article, and what is wrong with one: told when it is queued, never at night.

Sources: the platform's page draft/add (title, author, digest, content, content_source_url), media/uploadimg (pictures
in the body) and material/add_material (covers).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

TITLE = 32  # characters; 45003 beyond
DIGEST = 120  # characters; 128 until the change-log of 2026-07-14; 45004 beyond
DIGEST_DEFAULT = 54  # characters of the text that the platform itself takes when the digest is empty
AUTHOR = 16  # characters; 45110 beyond
SOURCE_URL = 1024  # bytes; 41039 beyond
MARK = len("#a-") + 10  # bytes of the mark by which we know our article again (content.rules.publishing.article_marks)
BODY_CHARACTERS = 20_000  # fewer than this; 45002 beyond
BODY_BYTES = 1_000_000  # the page says "< 1 MB"; the smaller reading of MB
BODY_IMAGE_BYTES = 1_000_000  # media/uploadimg: jpg or png, < 1 MB
COVER_BYTES = 10_000_000  # material/add_material, type image: 10 MB
INPUT_IMAGE_BYTES = 10 * 1024 * 1024  # what we take in before converting
ATTACHMENT_BYTES = 50 * 1024 * 1024  # ours, not the platform's: attachments lie on the article's own page
COVER_SIZE = (900, 383)  # pixels, 2.35 : 1

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"  # bidirectional marks and tags
)


@dataclass(frozen=True)
class PostFields:
    """The one-line fields of a post."""

    title: str
    digest: str = ""
    author: str = ""
    source_url: str = ""


_UNFINISHED = re.compile(r"[0-9][0-9:：.,—–~\-]*$")  # 9:00—2, 2026


def one_line(text: str) -> str:
    """Text on one line: blanks folded, invisible characters gone."""
    return " ".join(visible(text).split())


def visible(text: str) -> str:
    """Text without control characters and other invisible ones; line breaks and tabs stay."""
    return _INVISIBLE.sub("", text)


def field_faults(fields: PostFields) -> list[tuple[str, str]]:
    """What is wrong with the one-line fields, as (field, sentence)."""
    faults = []
    if not fields.title:
        faults.append(("title", "没有标题，请写上。"))
    for name, word, limit in (("title", "标题", TITLE), ("digest", "摘要", DIGEST), ("author", "署名", AUTHOR)):
        text: str = getattr(fields, name)
        if len(text) > limit:
            faults.append((name, _too_long(word, text, limit)))
    if fields.source_url and (fault := _source_url_fault(fields.source_url)):
        faults.append(("source_url", fault))
    return faults


def fits(html: str) -> bool:
    """Whether the platform takes a body of this length."""
    return len(html) < BODY_CHARACTERS and len(html.encode()) < BODY_BYTES


def body_faults(*, text: str, html: str, images: int) -> list[tuple[str, str]]:
    """What is wrong with a body: `text` its words, `html` what goes out, `images` how many pictures it holds."""
    if not text.strip() and not images:
        return [("body", "正文是空的，请写上内容。")]
    if not fits(html):
        seen = len("".join(text.split()))
        return [("body", f"正文太长：看得见的有 {seen} 个字，连同格式、图片地址共 {len(html)} 个字符、{len(html.encode())} "
                         f"字节；微信把格式和地址也算在内，最多收 {BODY_CHARACTERS - 1} 个字符、{BODY_BYTES - 1} 字节。"
                         "请精简、分成两篇，或者把长表格做成附件。")]  # fmt: skip
    return []


def default_digest(text: str) -> str:
    """What stands for a digest that nobody wrote: the first 54 characters, without a time or a number that is cut in two."""
    whole = one_line(text)
    cut = whole[:DIGEST_DEFAULT]
    return (_UNFINISHED.sub("", cut) if whole != cut else cut) or cut


def is_default_digest(digest: str, text: str) -> bool:
    """Whether nobody wrote this digest; older posts have one that was cut anywhere."""
    return digest in (default_digest(text), one_line(text)[:DIGEST_DEFAULT])


def address(url: str) -> tuple[str, str]:
    """The scheme and the host of an address, in lower case; both empty for one that makes no sense."""
    try:
        parts = urlsplit(url.strip())
        return parts.scheme, parts.hostname or ""
    except ValueError:
        return "", ""


def _too_long(word: str, text: str, limit: int) -> str:
    over = len(text) - limit
    return f"{word}有 {len(text)} 个字，微信最多收 {limit} 个，多出的 {over} 个是“{text[limit:]}”。请删短。"


def _source_url_fault(url: str) -> str:
    scheme, host = address(url)
    if scheme not in ("http", "https") or not host:
        return f"“阅读原文”的网址要以 http:// 或 https:// 开头，现在是“{url[:80]}”。"
    if len(url.encode()) + MARK > SOURCE_URL:
        return f"“阅读原文”的网址太长：{len(url.encode())} 字节，最多 {SOURCE_URL - MARK} 字节。请换一个短的。"
    return ""
