"""Markdown to HTML, with two habits of Western text put right for Chinese.

Bold beside full-width punctuation works (CommonMark leaves the stars of `**“关于”**的通知`, since it takes words to
be set apart by blanks), and a line that merely goes on does not get a blank where it was broken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
_QUOTES = "“”‘’—…·"  # Unicode shares these between Chinese and Western text


def to_html(text: str, *, breaks: bool = False) -> str:
    """The HTML of a Markdown text; raw HTML in it is shown as text. `breaks`: every line break counts."""
    markdown = MarkdownIt("js-default", {"breaks": breaks}).disable("code")  # four blanks are an indent here, not code
    markdown.inline.ruler.at("emphasis", _emphasis)
    markdown.add_render_rule("softbreak", _softbreak)
    rendered: str = markdown.render(text)
    return rendered


def _softbreak(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    if options.breaks:
        return "<br>\n"
    before = tokens[idx - 1].content[-1:] if idx else ""
    after = tokens[idx + 1].content[:1] if idx + 1 < len(tokens) else ""
    return "" if _is_cjk(before or "x") and _is_cjk(after or "x") else "\n"


def _emphasis(state: StateInline, silent: bool) -> bool:
    """The rule `emphasis` of markdown-it with flanking as in the CJK-friendly amendment to CommonMark."""
    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    opens, closes, length = _flanks(state, marker)
    for _ in range(length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(ord(marker), length, token=len(state.tokens) - 1, end=-1, open=opens, close=closes)
        )
    state.pos += length
    return True


def _flanks(state: StateInline, marker: str) -> tuple[bool, bool, int]:
    scanned = state.scanDelims(state.pos, marker == "*")
    before = state.src[state.pos - 1] if state.pos else " "
    end = state.pos + scanned.length
    after = state.src[end] if end < state.posMax else " "
    if marker == "_" or not (_is_cjk(before) or _is_cjk(after)):
        return scanned.can_open, scanned.can_close, scanned.length
    # A Chinese character is a border like punctuation: only a blank on the inner side keeps stars from working.
    return not after.isspace(), not before.isspace(), scanned.length


def _is_cjk(character: str) -> bool:
    return bool(_CJK.match(character)) or character in _QUOTES or unicodedata.east_asian_width(character) in "WF"
