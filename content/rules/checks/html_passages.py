"""The body of a post as passages: paragraphs and cells of tables with their places, and masking them where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from lxml import etree
from lxml.html import HtmlElement

from content.rules.checks.digit_runs import may_hold_a_number
from content.rules.checks.finding import BODY, CheckFinding, Passage, by_anchor
from content.rules.checks.link_forms import Link
from content.rules.publishing.markup import BLOCKS, CELLS, SILENT, inner, tree
from content.rules.publishing.text_pieces import TextPieces

PARAGRAPHS = (BLOCKS - {"br"}) | CELLS
ANCHOR = "check-"
LONGEST_DIGIT = 2  # characters of a cell that holds a part of a number
LONGEST_LABEL = 20  # characters; a longer cell before another one is no label of it


@dataclass
class _Block:
    """A paragraph: its element, its words, and the addresses of its links."""

    element: HtmlElement
    words: TextPieces = field(default_factory=TextPieces)
    addresses: list[str] = field(default_factory=list)


@dataclass
class _Cells:
    """The table that a cell stands in: its rows, headings by column, and the cell before it in its row."""

    number: int
    rows: dict[HtmlElement, int]
    headings: dict[int, str] = field(default_factory=dict)
    before: str = ""


def read(html: str) -> tuple[list[Passage], list[Link]]:
    """The passages of a body in order, and its links."""
    passages, links = [], []
    for block, passage in _passages(tree(html)):
        passages.append(passage)
        links += [Link(address, passage) for address in block.addresses]
    return [*passages, *_spelt_out(passages)], links


def _spelt_out(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Numbers of which each digit stands in a cell or a paragraph of its own, each as one passage at the place of the first."""
    for short, run in groupby(passages, key=lambda passage: len(passage.text.strip()) <= LONGEST_DIGIT):
        pieces = list(run)
        text = "".join(passage.text.strip() for passage in pieces) if short else ""
        if len(pieces) > 1 and may_hold_a_number(text):
            yield replace(pieces[0], text=text)


def masked(html: str, findings: Iterable[CheckFinding]) -> str:
    """The body with what was found in it masked."""
    root = tree(html)
    wanted = by_anchor(finding for finding in findings if finding.passage.part == BODY and finding.instead)
    for block, passage in _passages(root):
        for finding in wanted.get(passage.anchor, ()):
            if finding.passage.text == passage.text:
                block.words.overwrite(finding.start, finding.instead)
    return inner(root)


def anchored(html: str) -> str:
    """The body with an id at each paragraph, so that a finding can lead to it."""
    root = tree(html)
    for block, passage in _passages(root):
        block.element.set("id", passage.anchor)
    return inner(root)


def _passages(root: HtmlElement) -> Iterator[tuple[_Block, Passage]]:
    """Each paragraph with its passage. They are counted as reviewers count them (content.rules.publishing.remark_places)."""
    tables: dict[HtmlElement, _Cells] = {}
    lines, row = 0, None
    filled = (block for block in _blocks(root) if block.words.text.strip())
    for number, block in enumerate(filled, start=1):
        text, element = block.words.text, block.element
        cell = next((each for each in (element, *element.iterancestors()) if each.tag in CELLS), None)
        own_row = (
            block.element.getparent() if cell is not None and cell is block.element else None
        )  # a row of plain cells reads as one line
        first = lines + (own_row is None or own_row is not row)
        lines, row = first + sum(bool(line.strip()) for line in text.split("\n")) - 1, own_row
        anchor = f"{ANCHOR}{number}"
        if cell is None:
            yield block, Passage(BODY, text, f"第 {first} 段", anchor)
        else:
            yield block, _cell_passage(cell, text, anchor, tables)


def _cell_passage(cell: HtmlElement, text: str, anchor: str, tables: dict[HtmlElement, _Cells]) -> Passage:
    table = next(cell.iterancestors("table"), cell)
    if table not in tables:
        tables[table] = _Cells(len(tables) + 1, {row: place for place, row in enumerate(table.iter("tr"))})
    known, row = tables[table], next(cell.iterancestors("tr"), cell)
    line, column = known.rows.get(row, 0), _column(cell)
    words = " ".join(text.split())
    if line == 0:
        known.headings[column] = words
    before = known.before if column and len(known.before) <= LONGEST_LABEL else ""
    known.before = words
    label = " ".join(each for each in (known.headings.get(column, "") if line else "", before) if each)
    place = f"表格{known.number if known.number > 1 else ''}第 {line + 1} 行第 {column + 1} 列"
    return Passage(BODY, text, place, anchor, label, " ".join(known.headings.values()))


def _column(cell: HtmlElement) -> int:
    spans = (each.get("colspan", "1") for each in cell.itersiblings("td", "th", preceding=True))
    return sum(int(span) if span.isdigit() and len(span) < 4 else 1 for span in spans)


def _blocks(root: HtmlElement) -> list[_Block]:
    """The paragraphs in order; words after a paragraph belong to the one around it."""
    blocks = [_Block(root)]
    open_blocks, silent = [blocks[0]], 0  # the innermost is the last; how many silent elements we are inside of
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag)
        if event == "start":
            silent += tag in SILENT
            if tag in PARAGRAPHS and element is not root:
                blocks.append(_Block(element))
                open_blocks.append(blocks[-1])
            if not silent:
                _take(element, open_blocks[-1])
        else:
            silent -= tag in SILENT
            if tag in PARAGRAPHS and element is not root:
                open_blocks.pop()
            if element is not root and not silent:
                open_blocks[-1].words.add(element, "tail")
    return blocks


def _take(element: HtmlElement, block: _Block) -> None:
    if element.tag == "br":
        block.words.pause()
    if element.tag == "a" and element.get("href"):
        block.addresses.append(element.get("href"))
    block.words.add(element, "text")
