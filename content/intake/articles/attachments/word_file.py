"""Word files as passages: paragraphs and cells of all their parts, deleted and hidden words too; and masking them there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, islice

from lxml import etree

from content.intake import office_package
from content.rules.checks.finding import CheckFinding, Passage, by_anchor
from content.rules.publishing.text_pieces import TextPieces

SPACES = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
WORDS = frozenset(f"{space}{name}" for space in SPACES for name in ("t", "delText", "instrText"))
PARAGRAPHS = tuple(f"{space}p" for space in SPACES)
CONCEALED = {"vanish": "隐藏的文字", "del": "修订痕迹（删掉的文字还在里面）", "comment": "批注"}
MOST_COLUMNS = 63  # of a table, by Word's own limit
LONGEST_LABEL = 20  # characters


def read(part: str, data: bytes) -> list[Passage]:
    """The passages of a Word file. Raises BadInput."""
    with office_package.opened(data) as package:
        numbers = count(1)
        return [
            passage
            for name in _names(package.namelist())
            for _, passage in _passages(part, name, office_package.root(package, name), numbers)
        ]


def masked(part: str, data: bytes, findings: Sequence[CheckFinding]) -> bytes:
    """The same file with what was found masked. Raises BadInput."""
    with office_package.opened(data) as package:
        numbers, changed = count(1), dict[str, etree._Element]()
        wanted = by_anchor(findings)
        for name in _names(package.namelist()):
            root = office_package.root(package, name)
            for words, passage in _passages(part, name, root, numbers):
                for finding in wanted.get(passage.anchor, ()):
                    words.overwrite(finding.start, finding.instead)
                    changed[name] = root
        return office_package.rewritten(package, changed)


def concealed(data: bytes) -> list[str]:
    """What nobody sees who opens the file, by kind. Raises BadInput."""
    with office_package.opened(data) as package:
        roots = [office_package.root(package, name) for name in _names(package.namelist())]
    tags = {etree.QName(element).localname for root in roots for element in root.iter("{*}*")}
    return [word for tag, word in CONCEALED.items() if tag in tags]


def _names(names: Sequence[str]) -> list[str]:
    """The parts that may hold words: the text first, then headers, notes, comments."""
    inside = [each for each in names if each.startswith("word/") and each.endswith(".xml") and "theme" not in each]
    return sorted(inside, key=lambda name: (name != "word/document.xml", name))


def _passages(part: str, name: str, root: etree._Element, numbers: count[int]) -> Iterator[tuple[TextPieces, Passage]]:
    headings: dict[etree._Element, list[str]] = {}
    for paragraph in root.iter(*PARAGRAPHS):
        words = _words(paragraph)
        if not words.text.strip():
            continue
        anchor = f"{name}#{next(numbers)}"
        place = f"第 {anchor.rpartition('#')[2]} 段"
        cell = next(paragraph.iterancestors("{*}tc"), None)
        if cell is None:
            yield words, Passage(part, words.text, place, anchor)
        else:
            label, all_headings = _labels(cell, headings)
            yield words, Passage(part, words.text, place, anchor, label, all_headings)


def _words(paragraph: etree._Element) -> TextPieces:
    """The words of a paragraph without those of a text box inside it, which are paragraphs of their own."""
    words = TextPieces()
    for element in paragraph.iter():
        if element.tag in WORDS and next(element.iterancestors(*PARAGRAPHS), None) is paragraph:
            words.add(element, "text")
    return words


def _labels(cell: etree._Element, known: dict[etree._Element, list[str]]) -> tuple[str, str]:
    """The heading of a cell's column with the cell before it, and all headings of its table."""
    row, table = next(cell.iterancestors("{*}tr"), cell), next(cell.iterancestors("{*}tbl"), cell)
    if table not in known:
        first = next(table.iter("{*}tr"), None)
        known[table] = [_text(each) for each in first.iterchildren("{*}tc")] if first is not None else []
    headings, column = known[table], sum(1 for _ in islice(cell.itersiblings("{*}tc", preceding=True), MOST_COLUMNS))
    is_first = row.getprevious() is None or next(row.itersiblings("{*}tr", preceding=True), None) is None
    before = next((_text(each) for each in cell.itersiblings("{*}tc", preceding=True)), "")
    own = headings[column] if column < len(headings) and not is_first else ""
    return " ".join(each for each in (own, before if len(before) <= LONGEST_LABEL else "") if each), " ".join(headings)


def _text(cell: etree._Element) -> str:
    return " ".join("".join(element.text or "" for element in cell.iter() if element.tag in WORDS).split())
