"""Several sheets or tables of one file as one list, and what is said of parts that are hidden and not read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from content.intake.rows import InputSheet, RowFault, letter

MOST_NAMED = 4  # runs of rows that a sentence names; the others are only counted


def together(found: list[tuple[str, InputSheet]], apart: InputSheet) -> InputSheet:
    """One list of the rows under each title; with several of them each message says which it is about."""
    whole = apart
    for title, sheet in found:
        place = title if len(found) > 1 else ""
        whole.rows += [replace(row, place=place) for row in sheet.rows]
        for faults, own in ((whole.refused, sheet.refused), (whole.warnings, sheet.warnings)):
            faults += [replace(fault, message=place + fault.message) for fault in own]
        whole.unread += [place + sentence for sentence in sheet.unread]
    return whole


def leave_unread(sheet: InputSheet, sentence: str) -> None:
    """Notes a part of a file that is not read, so that the file is no complete list."""
    if sentence not in sheet.unread:
        sheet.unread.append(sentence)
        sheet.warnings.append(RowFault(1, "", sentence))


def hidden_rows_left(numbers: Sequence[int]) -> str:
    """What is said of hidden rows."""
    return f"{_named_rows(numbers)}是隐藏的（可能是筛选没有取消），没有读。要用的请先取消隐藏，不用的请删掉。"


def hidden_columns_left(columns: Collection[int]) -> str:
    """What is said of hidden columns, given their places from 0."""
    return f"{'、'.join(letter(at + 1) for at in sorted(columns))}列是隐藏的，没有读（编号除外）。要用的请先取消隐藏。"


def _named_rows(numbers: Sequence[int]) -> str:
    """Rows as a person names them: 第3行、第5至9行; of very many only the first."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    shown = "、".join(f"第{'至'.join(map(str, run))}行" for run in runs[:MOST_NAMED])
    return f"{shown}等 {len(numbers)} 行" if len(runs) > MOST_NAMED else shown
