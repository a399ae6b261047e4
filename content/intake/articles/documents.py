"""The body of a post as staff bring it: Markdown, plain text, HTML or Word, made into HTML that is not clean yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from content.intake.articles import html_limits, html_page, plain_text
from content.rules.errors import BadInput
from content.rules.publishing.limits import visible

LARGEST = 60 * 1024 * 1024  # bytes of a body file, pictures included
FORMATS = {
    ".md": "markdown", ".markdown": "markdown", ".txt": "text", ".html": "html", ".htm": "html", ".docx": "docx",
    ".docm": "docx", ".dotx": "docx", ".dotm": "docx",
}  # fmt: skip
SAVE_AS = {
    ".doc": "旧的 Word 文件（.doc）", ".wps": "WPS 文件", ".rtf": "RTF 文件", ".pdf": "PDF 文件", ".odt": "ODT 文件",
}  # fmt: skip


@dataclass(frozen=True)
class PostBody:
    """A body as HTML, with what its pictures refer to."""

    html: str
    format: str  # markdown, text, html, docx
    source: str  # as the author gave it; empty for Word, whose source is the HTML made of it
    folder: Path | None = None  # where pictures with a relative address lie; None: nowhere
    embedded: Mapping[str, bytes] = field(default_factory=dict)  # pictures that came inside, by address
    notes: tuple[str, ...] = ()  # what could not be taken over, in words


def read(path: Path) -> PostBody:
    """The body in a file. Raises BadInput with what to do about a file that cannot be read."""
    _kind(path.name)
    return from_bytes(path.name, read_bytes(path, "正文文件", LARGEST), folder=path.parent)


def from_bytes(name: str, data: bytes, *, folder: Path | None = None) -> PostBody:
    """The body in a file of that name. Raises BadInput with what to do about one that cannot be read."""
    kind = _kind(name)
    if len(data) > LARGEST:
        raise BadInput(f"正文文件“{name}”超过 {LARGEST // 1024 // 1024} MB，太大了。")
    if kind == "docx":
        from content.intake.articles import word  # python-docx loads slowly, and few commands read a document

        html, embedded, notes = word.to_html(data, name=name)
        return PostBody(html, kind, "", folder, embedded, notes)
    text, notes = decode(data, name)
    return from_text(text, kind, folder=folder, notes=notes)


def from_text(text: str, kind: str = "", *, folder: Path | None = None, notes: tuple[str, ...] = ()) -> PostBody:
    """The body in a text; without `kind` it is HTML if it begins with a tag, else Markdown. Raises BadInput."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kind = kind or ("html" if text.lstrip("\ufeff \n\t").startswith("<") else "markdown")
    new_page, new_line = (" ", " ") if kind == "html" else ("\n\n", "\n")
    text = visible(text.replace("\f", new_page).replace("\v", new_line))
    if kind not in ("markdown", "text", "html"):
        raise BadInput(f"不认识正文格式“{kind}”。可以用的是：markdown、text、html。")
    if kind != "html":
        html_limits.check_text(text)
    if kind == "text":
        return PostBody(plain_text.to_html(text), kind, text, folder, notes=notes)
    if kind == "markdown":
        from content.intake.articles import markdown  # loads slowly as well

        body, has_front_matter = markdown.without_front_matter(text)
        notes = (*notes, markdown.FRONT_MATTER) if has_front_matter else notes
        text_as_html, told_of_marks = markdown.read(body)
        notes = (*notes, *told_of_marks)
    else:
        text_as_html = text
    html, told = html_page.read(text_as_html)
    return PostBody(html, kind, text, folder, notes=(*notes, *told))


def _kind(name: str) -> str:
    """The format that a file's name tells. Raises BadInput for one that cannot be used."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in FORMATS:
        what = SAVE_AS.get(suffix, f"“{name}”这种文件")
        raise BadInput(f"{what}不能直接用。请另存为 .docx，或者用 Markdown（.md）、网页（.html）。")
    return FORMATS[suffix]


def read_bytes(path: Path, what: str, largest: int) -> bytes:
    """The bytes of a file that staff named. Raises BadInput, calling the file `what`."""
    try:
        if path.stat().st_size > largest:
            raise BadInput(f"{what}“{path.name}”超过 {largest // 1024 // 1024} MB，太大了。")
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"找不到{what}“{path}”。请检查文件名和所在的文件夹。") from None
    except OSError as error:
        raise BadInput(f"{what}“{path}”读不出（{error.strerror}）。") from error


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file: UTF-8, else what Chinese Windows writes, which is said. Raises BadInput."""
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        note = f"“{name}”不是 UTF-8，按 {encoding.upper()} 读出，请在预览里看看有没有乱码。"
        return text, () if encoding == "utf-8-sig" else (note,)
    raise BadInput(f"“{name}”不是文字文件，或者编码认不出。请另存为 UTF-8。")
