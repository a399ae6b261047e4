"""The annual report as a file; it refuses while a check finds what cannot be right, unless it is a draft."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from content.render.annual_report.report_document import ReportDocument
from content.rules.errors import BadInput, Conflict
from content.rules.figures.annual_report.report import ERROR, ReportFinding
from content.services.figures.annual_report import year_figures
from content.services.figures.annual_report.year_figures import YearFigures
from content.services.office import Office
from content.store.disk import atomic_write

FORMATS = ("docx", "xlsx", "html", "json")


def build(office: Office, year: int, path: Path, *, format: str, draft: bool) -> YearFigures:
    """Writes the file, whole or not at all; what it was made from. Raises BadInput, Conflict with the errors."""
    if format not in FORMATS:
        raise BadInput(f"没有“{format}”这种格式。可以用的是：{'、'.join(FORMATS)}。")
    figures = year_figures.gather(office, year)
    if not draft:
        refuse_errors(figures, to="不出正式的文件（要看样子请加 --draft）")
    data = content(office, figures, format, draft=draft)
    atomic_write.write(path, lambda file: _put(file, data))
    return figures


def content(office: Office, figures: YearFigures, format: str, *, draft: bool) -> bytes:
    """The file's bytes; `format` is one of FORMATS."""
    return _bytes(office, ReportDocument(figures.report, figures.sections, draft), format)


def refuse_errors(figures: YearFigures, *, to: str) -> None:
    """Raises Conflict while something cannot be right; the message names each error."""
    wrong = [finding for finding in figures.findings if finding.level == ERROR]
    if wrong:
        said = "\n".join(f"{number}. {finding.message}" for number, finding in enumerate(wrong, start=1))
        raise Conflict(f"{figures.report.year} 年度的数字有 {len(wrong)} 处错误，{to}：\n{said}")
    if empty := unfilled(figures):
        raise Conflict(f"{figures.report.year} 年度表二还没有填：{'、'.join(empty)}。请用 gongkai report figures "
                       f"{figures.report.year} --set 文件 填报，没有的填 0；{to}。")  # fmt: skip


def unfilled(figures: YearFigures) -> list[str]:
    """The rows of table two that nobody has entered: no register knows them."""
    return [name for name in figures.report.active if f"t2.{name}" not in figures.entered]


def queries(figures: YearFigures) -> list[ReportFinding]:
    """What a person should look at."""
    return [finding for finding in figures.findings if finding.level != ERROR]


def _bytes(office: Office, document: ReportDocument, format: str) -> bytes:
    from content.render.annual_report import figures_file, web_page, word_file, workbook_file  # docx loads slowly

    writers: dict[str, Callable[[], bytes]] = {
        "docx": lambda: word_file.write(document, at=office.clock.now()),
        "xlsx": lambda: workbook_file.write(document),
        "html": lambda: web_page.write(document),
        "json": lambda: figures_file.write(document),
    }
    return writers[format]()


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)
