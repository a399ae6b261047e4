"""Rows of a sheet as they will be stored: read, completed from what is stored already, and checked.

By the command line every row goes in, and what the checks find is told. At the console a row with a full ID number, or
with an unlawful condition, stays out until it is put right.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from content.intake.notices import cells, notice_rows
from content.intake.notices.notice_rows import HEARD, NoticeRow, NoticeRows
from content.intake.rows import InputSheet, RowFault, SheetChoice, column_fault
from content.rules.checks.finding import CheckFinding, Severity
from content.services.checks import notice_check
from content.services.checks.notice_check import TO_BE_CALLED, NoticeCheck
from content.services.office import Office
from content.store.notices import imports
from content.store.notices.imports import StoredRow

OnProgress = Callable[[str, int, int], None]  # the step, how much is done, of how much (0: not known)
READING, CHECKING = "正在看每一行", "正在检查每一行"
PUBLIC_ALREADY = "这一条已经公开，内容没有变。请把表改对再导入，或者先把它撤下。"
TAKEN_DOWN = "这一条以前有人撤下过（{why}），没有再放出来。改过再导入就会恢复；也可以在“招聘和公开信息”里恢复。"


@dataclass(frozen=True)
class HoldBack:
    """Rows with findings that stop are kept out. `reason`: why those that are no more than errors may go in."""

    reason: str = ""


def read(
    office: Office,
    kind: str,
    sheet: InputSheet,
    *,
    choice: SheetChoice | None = None,
    hold_back: HoldBack | None = None,
    on_progress: OnProgress = lambda step, done, total: None,
) -> NoticeRows:
    """The rows of a sheet. With `choice`, columns that nobody chose leave what is stored as it is."""
    number(kind, sheet, choice)
    stored = stored_rows(office, kind, sheet) if choice or hold_back else {}
    if choice:
        _complete(sheet, choice, stored)
    found = notice_rows.entries(kind, sheet, office.settings.zone, on_rows=functools.partial(on_progress, READING))
    notice_rows.warn_of_future(found, office.clock.today())
    check = NoticeCheck(office, kind)
    if check.applies:
        _check(found, check, hold_back, stored, functools.partial(on_progress, CHECKING))
    if hold_back:  # a nightly list of everything holds what has ended as a matter of course
        notice_rows.warn_of_ended(found, office.clock.today())
        found.warnings.sort(key=lambda fault: fault.row)
    return found


def number(kind: str, sheet: InputSheet, choice: SheetChoice | None) -> None:
    """Numbers the rows of a sheet in which nobody named a column of numbers; it may be done twice."""
    if choice and "key" not in choice.fields:
        notice_rows.number(kind, sheet)


def stored_rows(office: Office, kind: str, sheet: InputSheet) -> dict[str, StoredRow]:
    """What is stored under the keys of a sheet."""
    with office.store.read() as session:
        return imports.stored(session, kind, [cells.text(row.cells.get("key")) for row in sheet.rows])


def unmapped(kind: str, choice: SheetChoice) -> list[str]:
    """The fields of a kind that no column was chosen for."""
    return [name for name in notice_rows.FIELDS[kind] if name not in choice.fields and name != "key"]


def _complete(sheet: InputSheet, choice: SheetChoice, stored: Mapping[str, StoredRow]) -> None:
    """Adds to each row what is stored of it in fields that the sheet has no column for."""
    told = set(choice.fields)
    for place, row in enumerate(sheet.rows):
        if before := stored.get(cells.text(row.cells.get("key"))):
            kept = {name: value for name, value in before.fields.items() if name not in told}
            sheet.rows[place] = replace(row, cells={**kept, **row.cells})


def _check(
    found: NoticeRows,
    check: NoticeCheck,
    hold_back: HoldBack | None,
    stored: Mapping[str, StoredRow],
    on_rows: Callable[[int, int], None],
) -> None:
    called: list[tuple[NoticeRow, CheckFinding]] = []
    for place, entry in enumerate(list(found.entries.values())):
        if place % HEARD == 0:
            on_rows(place, len(found.entries))
        findings = check.find(entry.fields)
        stopping = [each for each in findings if notice_check.stops(each)]
        before = stored.get(entry.key)
        stands = before is not None and not before.withdrawn and before.fields_json == entry.fields_json
        if hold_back and stopping and not stands and _is_out(stopping, hold_back):
            found.refused.append(_fault(entry, check, stopping, held=str(stopping[0].rule.severity)))
            del found.entries[entry.key]
            continue
        told = [each for each in findings if each.rule is not TO_BE_CALLED] if hold_back else stopping
        called += [(entry, each) for each in findings if each.rule is TO_BE_CALLED and hold_back]
        found.warnings += [_fault(entry, check, [each], public=stands and each in stopping) for each in told]
    found.warnings += _of_called(called)
    found.refused.sort(key=lambda fault: fault.row)
    found.warnings.sort(key=lambda fault: fault.row)


def _of_called(called: Sequence[tuple[NoticeRow, CheckFinding]]) -> Iterator[RowFault]:
    """One word for each field in which mobile numbers stand to be called: a list has one in every row."""
    for name in dict.fromkeys(finding.passage.part for _, finding in called):
        rows = [(entry, finding) for entry, finding in called if finding.passage.part == name]
        entry, finding = rows[0]
        more = f"“{finding.shown}”等 {len(rows)} 处" if len(rows) > 1 else f"“{finding.shown}”"
        message = f"{entry.place}{TO_BE_CALLED.what}{more}。{TO_BE_CALLED.advice}"
        yield column_fault(entry.sheet_columns, entry.row, name, message=message)


def _is_out(stopping: Sequence[CheckFinding], hold_back: HoldBack) -> bool:
    return not hold_back.reason or stopping[0].rule.severity is Severity.HARD


def _fault(
    entry: NoticeRow, check: NoticeCheck, findings: Sequence[CheckFinding], *, held: str = "", public: bool = False
) -> RowFault:
    """What is wrong with a row: at the cell of the gravest finding, the others named after it."""
    faults = [column_fault(entry.sheet_columns, entry.row, each.passage.part, message=check.sentence(each))
              for each in findings]  # fmt: skip
    first, *others = faults
    more = "".join(f"另外，{each.where}：{each.message}" if each.cell else f"另外：{each.message}" for each in others)
    out = "这一行没有收。" if held else PUBLIC_ALREADY if public else ""
    return replace(first, message=f"{entry.place}{first.message}{more}{out}", held=held)
