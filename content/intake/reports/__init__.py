"""Annual reports of any office from files: figures as JSON, Word, PDF, web pages, plain text. Nothing is kept."""

from __future__ import annotations

from pathlib import Path

from content.intake.articles.documents import decode
from content.intake.reports import figures_json, pdf, plain_text, recognition, web
from content.intake.reports.blocks import bounded
from content.rules.errors import BadInput
from content.rules.figures.annual_report.report import AnnualReport

LARGEST = 20 * 1024 * 1024  # bytes of a Word file or a PDF
LARGEST_TEXT = 4 * 1024 * 1024  # bytes of any other
KINDS = (".json", ".docx", ".pdf", ".html", ".htm", ".txt")
SAVE_AS = {
    ".doc": "旧的 Word 文件（.doc）请另存为 .docx", ".wps": "WPS 文件请另存为 .docx",
    ".xls": "请把表格复制到 Word 里存成 .docx", ".xlsx": "请把表格复制到 Word 里存成 .docx",
    ".jpg": "图片里的字程序读不了", ".png": "图片里的字程序读不了",
}  # fmt: skip

__all__ = ["from_bytes", "is_pdf", "read"]


def read(path: Path, *, part_of: int | None = None) -> AnnualReport:
    """The report in a file. Raises BadInput with what to do about one that cannot be read.

    `part_of`: figures as JSON may be a part of that year's report.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except FileNotFoundError:
        raise BadInput(f"找不到文件“{path}”。请检查文件名和所在的文件夹。") from None
    except OSError as error:
        raise BadInput(f"文件“{path}”读不出（{error.strerror}）。") from error
    if size > LARGEST:
        raise BadInput(f"“{path.name}”超过 {LARGEST // 1024 // 1024} MB，太大了。请去掉里面的图片。")
    return from_bytes(data, name=path.name, part_of=part_of)


def is_pdf(data: bytes, name: str) -> bool:
    """Whether a file that may be used is read as a PDF."""
    kind = Path(name).suffix.lower()
    return kind == ".pdf" or (kind in KINDS and data.startswith(b"%PDF"))


def from_bytes(data: bytes, *, name: str, part_of: int | None = None) -> AnnualReport:
    """The report in a file's bytes; `name` tells its kind by its ending. Raises BadInput."""
    kind = Path(name).suffix.lower()
    if kind not in KINDS:
        raise BadInput(f"“{name}”不能用。{SAVE_AS.get(kind, '可以用的是 .docx、.pdf、.html、.txt、.json')}。")
    if is_pdf(data, name):
        return recognition.report(bounded(pdf.blocks(data, name=name), name=name), name=name)
    if kind == ".docx":
        from content.intake.reports import word  # python-docx loads slowly

        return recognition.report(bounded(word.blocks(data, name=name), name=name), name=name)
    if len(data) > LARGEST_TEXT:
        raise BadInput(f"“{name}”超过 {LARGEST_TEXT // 1024 // 1024} MB，不像一份年报。请只留年报的正文。")
    if not data.strip():
        raise BadInput(f"“{name}”是空的。")
    words, _ = decode(data, name)
    if kind == ".json":
        return figures_json.report(words, name=name, part_of=part_of)
    blocks = plain_text.blocks(words) if kind == ".txt" else web.blocks(words, name=name)
    return recognition.report(bounded(blocks, name=name), name=name)
