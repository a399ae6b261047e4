"""Tables as text: .csv and .tsv in the encodings that offices meet, with line breaks inside quotes."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator, Sequence

from content.intake import decoding
from content.intake.rows import HEADING_ROWS, InputSheet, RowFault, SheetChoice, heading, rows_under_headings

LONGEST_CELL = 50_000_000  # characters; Python's own limit of 131,072 is shorter than long documents are


def read_csv(data: bytes, name: str, choice: SheetChoice | None = None) -> InputSheet:
    """The rows of a .csv file; a row whose quotes do not close is refused. Raises BadInput."""
    csv.field_size_limit(LONGEST_CELL)
    text = decoding.lines(data, name)
    refused = [
        RowFault(number, "", "这一行的文字编码有误，没有读进来。请另存为“CSV UTF-8”。")
        for number, line in enumerate(text, start=1)
        if line is None
    ]
    records = _records([line if line is not None else "" for line in text], _delimiter(text), refused)
    sheet = rows_under_headings(records, name, choice=choice)
    sheet.refused = sorted([*sheet.refused, *refused], key=lambda fault: fault.row)
    return sheet


def first_lines(data: bytes, name: str, most: int) -> list[tuple[int, list[str]]]:
    """The first lines of a .csv file as they stand. Raises BadInput."""
    csv.field_size_limit(LONGEST_CELL)
    text = [line or "" for line in decoding.lines(data, name)]
    return list(itertools.islice(_records(text, _delimiter(text), []), most))


def _delimiter(text: Sequence[str | None]) -> str:
    """The separator that shows the most known headings; Excel writes tabs and semicolons too."""
    head = [line for line in text[:HEADING_ROWS] if line]
    return max(",\t;", key=lambda mark: max(((_known(line, mark), line.count(mark)) for line in head), default=(0, 0)))


def _known(line: str, mark: str) -> int:
    return len({heading(cell.strip('" ')) for cell in line.split(mark)} & {"key", "title"})


def _records(text: list[str], delimiter: str, refused: list[RowFault]) -> Iterator[tuple[int, list[str]]]:
    """Numbered records; after a record whose quotes are wrong, reading goes on with the next line."""
    start = 0
    while start < len(text):
        lines = (line + "\n" for line in itertools.islice(text, start, None))
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        first = start
        try:
            for record in reader:
                yield first + 1, record
                first = start + reader.line_num
            return
        except csv.Error:
            message = "这一行的双引号没有成对，没有读进来。格子里的双引号要写成两个。"
            refused.append(RowFault(first + 1, "", message))
            start = first + 1
