"""Markdown to HTML, with footnotes, task lists, HTML inside, and two habits of Western text put right for Chinese.

Bold beside full-width punctuation works (CommonMark leaves the stars of `**“关于”**的通知`, since it takes words to
be set apart by blanks), and a line that merely goes on does not get a blank where it was broken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from content.intake.articles import html_elements, markdown_as_typed

_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
_TASK = re.compile(r"(<li>(?:\s*<p>)?)\[([ xX])\] ")
_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[\w-]+[ \t]*:(?:[ \t].*)?\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|$)"
)
FRONT_MATTER = "开头的文件信息（两行 --- 之间的标题、作者等）没有带过来。"
_QUOTES = "“”‘’—…·"  # Unicode shares these between Chinese and Western text


def read(text: str) -> tuple[str, tuple[str, ...]]:
    """(HTML of a Markdown text, what is told of it); words in angle brackets stand as they are. Not clean yet."""
    # Four blanks are an indent here, not code.
    markdown = MarkdownIt("js-default", {"html": True}).disable("code").use(footnote_plugin, inline=False)
    markdown.inline.ruler.at("emphasis", _emphasis)
    markdown.inline.ruler.at("strikethrough", _struck)
    markdown.block.ruler.at("table", markdown_as_typed.whole_table, {"alt": ["paragraph", "reference"]})
    markdown.block.ruler.at("reference", markdown_as_typed.definition)
    for name, rule in _RENDERED.items():
        markdown.add_render_rule(name, rule)
    text, told = markdown_as_typed.without_abbreviations(text)
    env: dict[str, Any] = {"source": text.lower()}
    tokens = markdown_as_typed.keep_numbers(markdown.parse(text, env))
    told += dict.fromkeys(markdown_as_typed.doubtful_stars(tokens))
    html: str = markdown.renderer.render(tokens, markdown.options, env)
    told += markdown_as_typed.unused(env.get("references", {}), html)
    return _TASK.sub(lambda found: f"{found[1]}{'☑' if found[2] in 'xX' else '□'} ", html), tuple(told)


def to_html(text: str) -> str:
    """The HTML of a Markdown text alone."""
    return read(text)[0]


def without_front_matter(text: str) -> tuple[str, bool]:
    """(the text without the YAML that programs put at its top, whether there was some): nobody reads it."""
    found = _FRONT_MATTER.match(text)
    return (text[found.end() :], True) if found else (text, False)


def _softbreak(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    before = tokens[idx - 1].content[-1:] if idx else ""
    after = tokens[idx + 1].content[:1] if idx + 1 < len(tokens) else ""
    return "" if _is_cjk(before or "x") and _is_cjk(after or "x") else "\n"


def _html(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    """HTML passes; `<单位名称>` and `<name>` are no HTML, and people see them as they were typed."""
    return html_elements.marks(tokens[idx].content, env["source"])


def _mark(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    return f"<sup>[{tokens[idx].meta['id'] + 1}]</sup>"


def _first(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    """A note begins: its number stands in its first paragraph, or in one of its own."""
    if tokens[idx + 1].type == "paragraph_open":
        tokens[idx + 2].content = f"[{tokens[idx].meta['id'] + 1}] {tokens[idx + 2].content}"
        children = tokens[idx + 2].children
        if children is not None:
            label = Token("text", "", 0)
            label.content = f"[{tokens[idx].meta['id'] + 1}] "
            children.insert(0, label)
        return ""
    return f"<p>[{tokens[idx].meta['id'] + 1}]</p>"


def _nothing(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    return ""


def _rule(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    return "<hr>\n"


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


def _struck(state: StateInline, silent: bool) -> bool:
    """The rule `strikethrough` of markdown-it with the same flanking."""
    marker = state.src[state.pos]
    opens, closes, length = _flanks(state, marker) if marker == "~" and not silent else (False, False, 0)
    if length < 2:
        return False
    for part in (marker,) * (length % 2) + (marker * 2,) * (length // 2):
        token = state.push("text", "", 0)
        token.content = part
        if len(part) == 2:
            state.delimiters.append(
                Delimiter(ord(marker), 0, token=len(state.tokens) - 1, end=-1, open=opens, close=closes)
            )
    state.pos += length
    return True


def _flanks(state: StateInline, marker: str) -> tuple[bool, bool, int]:
    scanned = state.scanDelims(state.pos, marker != "_")
    before = state.src[state.pos - 1] if state.pos else " "
    end = state.pos + scanned.length
    after = state.src[end] if end < state.posMax else " "
    if marker == "*" and markdown_as_typed.stands(state.src, state.pos, scanned.length):
        return False, False, scanned.length
    if marker == "_":  # names of files have it between words, so only a Chinese sign before it tells that it ends here
        return scanned.can_open, scanned.can_close or (_is_cjk(before) and not before.isalnum()), scanned.length
    if not (_is_cjk(before) or _is_cjk(after)):
        return scanned.can_open, scanned.can_close, scanned.length
    # A Chinese character is a border like punctuation: only a blank on the inner side keeps stars from working.
    return not after.isspace(), not before.isspace(), scanned.length


def _is_cjk(character: str) -> bool:
    return bool(_CJK.match(character)) or character in _QUOTES or unicodedata.east_asian_width(character) in "WF"


_RENDERED: dict[str, Callable[..., str]] = {
    "softbreak": _softbreak,
    "html_inline": _html,
    "html_block": _html,
    "footnote_ref": _mark,
    "footnote_block_open": _rule,
    "footnote_block_close": _nothing,
    "footnote_open": _first,
    "footnote_close": _nothing,
    "footnote_anchor": _nothing,
}
