"""What Markdown would drop without a word, kept as it was typed: surplus cells, list numbers, stars that multiply, definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.rules_block import StateBlock, reference, table
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

ABBREVIATION = "缩写的说明没有带过来（{}）。需要的话请写进正文。"
STARS = "“{}”两边的星号（*）当作斜体的记号去掉了。如果是乘号，请改成“×”。"
UNUSED = "链接的定义“{}”正文没有用到，没有带过来。"
LONGEST_FACTOR = 8  # characters between two stars that may be one of several factors

_ABBREVIATION = re.compile(r"^ {0,3}\*\[([^\]\n]+)\]:[ \t]*(\S.*)\n?", re.MULTILINE)
_DESTINATION = re.compile(r"\[[^\]]*\]:\s*(\S+)")
_TYPED_HERE = re.compile(r"[^\x00-\x7f]")
RUN = 60  # characters around a star that are looked at
_RUN_BEFORE = re.compile(r"[\w*.%()（）]*\Z")
_RUN_AFTER = re.compile(r"[\w*.%()（）]*")
_MASKED_END = "0123456789Xx"
_NAME_BEFORE = re.compile(r"(?:^|[^\w*])[\u4e00-\u9fff]\Z")
_NAME_AFTER = re.compile(r"[\u4e00-\u9fff](?:[^\w*]|\Z)")
_FACTOR = re.compile(r"(?<!\*)(?:\d\*(?=[\w(（])|(?<=[\w)）])\*\d)")


def stands(text: str, at: int, length: int) -> bool:
    """Whether a run of stars means something else than emphasis."""
    return masks(text, at, length) or (length == 1 and multiplies(text, at))


def masks(text: str, at: int, length: int) -> bool:
    """Whether stars hide digits of a number or a word of a name: 138****1234, 3706****001X, 张*三."""
    before, after = text[max(0, at - 2) : at], text[at + length : at + length + 2]
    if length > 1 and before[-1:].isdigit() and after and after[0] in _MASKED_END:
        return True
    return length == 1 and bool(_NAME_BEFORE.search(before) and _NAME_AFTER.match(after))


def multiplies(text: str, at: int) -> bool:
    """Whether a star stands for a product (5*8小时, 3*(a+b), 3*人数*单价), not for emphasis: some star of its run touches a digit."""
    before, after = _RUN_BEFORE.search(text[max(0, at - RUN) : at]), _RUN_AFTER.match(text[at + 1 : at + 1 + RUN])
    run = f"{before[0] if before else ''}*{after[0] if after else ''}"
    return bool(_FACTOR.search(run))


def without_abbreviations(text: str) -> tuple[str, list[str]]:
    """(the text without definitions such as `*[GDP]: …`, which readers would see as they are, what is told of them)."""
    told = [f"{short}：{meaning.strip()}" for short, meaning in _ABBREVIATION.findall(text)]
    return _ABBREVIATION.sub("", text), [ABBREVIATION.format("；".join(told))] if told else []


def definition(state: StateBlock, start: int, *more: Any) -> bool:
    """The rule `reference`, unless what follows the colon are words: `[注]: 本办法自发布之日起施行。` is a line."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    found = _DESTINATION.match(line)
    if found and _TYPED_HERE.match(found[1]):
        return False
    return reference(state, start, *more)


def whole_table(state: StateBlock, start: int, *more: Any) -> bool:
    """The rule `table`, with the cells that a row has more than the heading; all rows become as long."""
    before = len(state.tokens)
    if not table(state, start, *more):
        return False
    if not more[-1]:  # not only asked whether it is one
        state.tokens[before:] = list(_with_surplus(state, state.tokens[before:]))
    return True


def _with_surplus(state: StateBlock, tokens: list[Token]) -> Iterator[Token]:
    width = sum(token.type == "th_open" for token in tokens)
    rows = [token.map[0] for token in tokens if token.type == "tr_open" and token.map]
    surplus = {line: _cells(state, line)[width:] for line in rows}
    most = max(map(len, surplus.values()), default=0)
    kind, line = "th", -1
    for token in tokens:
        if token.type == "tr_open":
            line = token.map[0] if token.map else -1
        elif token.type == "tbody_open":
            kind = "td"
        elif token.type == "tr_close":
            more = surplus.get(line, [])
            for content in [*more, *[""] * (most - len(more))]:
                yield from _cell(kind, content, token.level + 1, line)
        yield token


def _cells(state: StateBlock, line: int) -> list[str]:
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
    cells = escapedSplit(text)
    cells = cells[1:] if cells and not cells[0] else cells
    return cells[:-1] if cells and not cells[-1] else cells


def _cell(kind: str, content: str, level: int, line: int) -> Iterator[Token]:
    yield Token(f"{kind}_open", kind, 1, level=level)
    yield Token("inline", "", 0, level=level + 1, content=content.strip(), children=[], map=[line, line + 1])
    yield Token(f"{kind}_close", kind, -1, level=level)


def keep_numbers(tokens: list[Token]) -> list[Token]:
    """The tokens with list numbers as typed: 1. 3. 5. counts so, `1)` stands in a paragraph; the same number all along counts up."""
    kept: list[Token] = []
    lists: list[bool] = []  # of the lists that are open: whether their numbers stand in paragraphs
    label = ""
    for at, token in enumerate(tokens):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append(token.type == "ordered_list_open" and token.markup == ")")
            if token.type == "ordered_list_open" and not lists[-1]:
                _number(_items(tokens, at))
        as_words = bool(lists and lists[-1])
        if as_words and token.type == "list_item_open":
            label = f"{token.info}) "
        elif token.type == "inline" and label and token.children is not None:
            token.children.insert(0, Token("text", "", 0, content=label))
            label = ""
        if as_words and token.type.startswith("paragraph"):
            token.hidden = False
        if not (as_words and token.type.startswith(("list_item", "ordered_list"))):
            kept.append(token)
        if token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
    return kept


def _items(tokens: Sequence[Token], opened: int) -> list[Token]:
    level, items = tokens[opened].level, list[Token]()
    for token in tokens[opened + 1 :]:
        if token.level == level:
            return items
        if token.level == level + 1 and token.type == "list_item_open":
            items.append(token)
    return items


def _number(items: list[Token]) -> None:
    numbers = [int(item.info or 1) for item in items]
    if len(set(numbers)) == 1 or numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return
    for item, number in zip(items, numbers, strict=True):
        item.attrSet("value", str(number))


def doubtful_stars(tokens: Sequence[Token]) -> Iterator[str]:
    """What is told of stars within a word, which may have been meant as 长*宽*高."""
    for inline in tokens:
        children = inline.children or []
        for at in range(1, len(children) - 3):
            opened, words, closed = children[at : at + 3]
            if (opened.type, words.type, closed.type, opened.markup) != ("em_open", "text", "em_close", "*"):
                continue
            around = children[at - 1].content[-1:] + children[at + 3].content[:1]
            if (
                len(around) == 2
                and around.isalnum()
                and words.content.isalnum()
                and len(words.content) <= LONGEST_FACTOR
            ):
                yield STARS.format(words.content)


def unused(references: dict[str, dict[str, str]], html: str) -> Iterator[str]:
    """What is told of definitions of links that no link uses; comments in that spelling are for nobody."""
    for name, about in references.items():
        if about["href"] not in ("", "#") and f'"{about["href"].replace("&", "&amp;")}"' not in html:
            yield UNUSED.format(f"[{name.lower()}]: {about['href']}"[:100])
