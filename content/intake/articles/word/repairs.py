"""Word files that are not quite as they should be, made so: Strict spelling, templates, macros, missing declarations.

Sources: ECMA-376 part 2 (packages), part 1 annex A and B (Strict and Transitional names of the same things).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from urllib.parse import unquote

from content.intake.articles.notes import Notes
from content.intake.articles.word import wording
from content.rules.errors import BadInput

STRICT = b"http://purl.oclc.org/ooxml/"
TYPES = "[Content_Types].xml"
ROOT = "_rels/.rels"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MOST_PARAGRAPHS = 20_000  # an article holds no more characters than that
MOST_ELEMENTS = 600_000
MOST_ATTRIBUTES = 200  # of one element
TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships/metadata/core-properties":
        b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}  # fmt: skip
ALSO = {b"drawingml": b"drawingml/2006", b"schemaLibrary": b"schemaLibrary/2006"}
DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml", "png": "image/png",
    "jpeg": "image/jpeg", "jpg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp", "tif": "image/tiff",
    "tiff": "image/tiff", "emf": "image/x-emf", "wmf": "image/x-wmf", "bin": "application/octet-stream",
}  # fmt: skip
PARTS = {"styles": "styles", "numbering": "numbering", "settings": "settings", "footnotes": "footnotes",
         "endnotes": "endnotes", "comments": "comments", "fontTable": "fontTable"}  # fmt: skip
OTHERS = {b"spreadsheetml": "Excel 表格", b"presentationml": "演示文稿（PPT）"}
_OTHER_MAIN = re.compile(rb"application/vnd\.(?:ms-word\.|openxmlformats-officedocument\.wordprocessingml\.)"
                         rb"(?:document\.macroEnabled|template\.macroEnabledTemplate|template)\.?\w*\.main\+xml|"
                         rb"application/vnd\.ms-word\.(?:document|template)\.macroEnabled(?:Template)?\.main\+xml")  # fmt: skip
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*?(?:/>|>\s*</(?:\w+:)?Relationship>)", re.DOTALL)
_TARGET = re.compile(rb"""\bTarget\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DOCUMENT = re.compile(rb"""\bTarget\s*=\s*["']/?([^"']+)["']""")
_PARAGRAPH = re.compile(rb"<(?:[^\s<>/:]+:)?p[\s/>]")  # whatever prefix the file gives the namespace
_WIDE = re.compile(rb"<[^<>]{6000,}>")
_ATTRIBUTE = re.compile(rb"\s[\w:.-]+\s*=")


def repaired(data: bytes, name: str, notes: Notes) -> bytes:
    """The file with what Word would mend itself; the same bytes if there is nothing. Raises BadInput for another kind."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        main = _main(package, names)
        if main is None:
            raise BadInput(_no_word(package, names, name))
        _check_size(package.read(main), name)
        changes = {name: package.read(name) for name in names if name.endswith((".xml", ".rels"))}
        kept = dict(changes)
        for mend in (_without_macros, _transitional, _declared, _without_broken_links):
            mend(changes, names, main, notes)
        return data if changes == kept else _written(package, changes)


def _main(package: zipfile.ZipFile, names: list[str]) -> str | None:
    """The name of the part that holds the text."""
    if ROOT in names:
        for relation in _RELATION.findall(package.read(ROOT)):
            found = _DOCUMENT.search(relation)
            if b"/officeDocument" in relation.split(b"Target")[0] + relation and found:
                target = unquote(found.group(1).decode("utf-8", "replace"))
                is_main = re.search(rb"""Type\s*=\s*["'][^"']*/officeDocument["']""", relation)
                if is_main and target in names and (package.getinfo(target).file_size and _is_word(package, target)):
                    return target
    return "word/document.xml" if "word/document.xml" in names else None


def _is_word(package: zipfile.ZipFile, target: str) -> bool:
    with package.open(target) as part:
        return b"wordprocessingml" in part.read(20_000)


def _no_word(package: zipfile.ZipFile, names: list[str], name: str) -> str:
    types = package.read(TYPES) if TYPES in names else b""
    for mark, kind in OTHERS.items():
        if mark in types:
            return f"“{name}”其实是{kind}，只是改了名字。请把内容复制到 Word 里，另存为 .docx。"
    return f"“{name}”不是完好的 Word 文件（.docx）。请用 Word 打开看看，再另存一份。"


def _check_size(main: bytes, name: str) -> None:
    """Refuses what is far too much before it is taken apart."""
    if sum(1 for _ in _PARAGRAPH.finditer(main)) > MOST_PARAGRAPHS:
        raise BadInput(f"“{name}”有 {MOST_PARAGRAPHS} 多段，一篇文章放不下。请只留要发的部分。")
    if main.count(b"<") > MOST_ELEMENTS * 2:
        raise BadInput(f"“{name}”里的格式太多，不能使用。请把文字复制到新的 Word 文件里，再另存。")
    for found in _WIDE.finditer(main):
        if len(_ATTRIBUTE.findall(found[0][:200_000])) > MOST_ATTRIBUTES:
            raise BadInput(f"“{name}”的内容不正常，不能使用。请用 Word 打开看看，再另存一份。")


def _without_macros(changes: dict[str, bytes], names: list[str], main: str, notes: Notes) -> None:
    types = changes.get(TYPES, b"")
    if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in names):
        notes.add(wording.MACROS)
    if found := _OTHER_MAIN.search(types):
        changes[TYPES] = types.replace(found[0], MAIN.encode())


def _transitional(changes: dict[str, bytes], names: list[str], main: str, notes: Notes) -> None:
    for name, part in changes.items():
        if STRICT in part:
            for strict, usual in TRANSITIONAL.items():
                part = part.replace(strict, usual)
            changes[name] = re.sub(
                STRICT + rb"(\w+)",
                lambda found: b"http://schemas.openxmlformats.org/" + ALSO.get(found[1], found[1]),
                part,
            )


def _declared(changes: dict[str, bytes], names: list[str], main: str, notes: Notes) -> None:
    """Content types for parts that have none."""
    types = (
        changes.get(TYPES) or b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
    )
    known = {found.lower() for found in re.findall(rb"""Extension\s*=\s*["']([^"']+)["']""", types)}
    named = set(re.findall(rb"""PartName\s*=\s*["']([^"']+)["']""", types))
    added = ""
    for ending in {name.rpartition(".")[2].lower() for name in names if "." in name}:
        if ending.encode() not in known:
            added += f'<Default Extension="{ending}" ContentType="{DEFAULTS.get(ending, "application/octet-stream")}"/>'
    folder = posixpath.dirname(main)
    wanted = {f"/{main}": MAIN} | {f"/{folder}/{part}.xml": f"{WORD}{kind}+xml" for part, kind in PARTS.items()}
    for part, kind in wanted.items():
        if part[1:] in names and part.encode() not in named:
            added += f'<Override PartName="{part}" ContentType="{kind}"/>'
    if added or TYPES not in changes:
        changes[TYPES] = re.sub(rb"</(?:\w+:)?Types>\s*$", lambda end: added.encode() + end[0], types)


def _without_broken_links(changes: dict[str, bytes], names: list[str], main: str, notes: Notes) -> None:
    """Relations that lead to nothing in the file are taken off; the text that needs one says so."""
    there = set(names)
    for name in [each for each in changes if each.endswith(".rels")]:
        base = posixpath.dirname(posixpath.dirname(name))
        changes[name] = _RELATION.sub(_kept_if(base, there, notes), changes[name])


def _kept_if(base: str, there: set[str], notes: Notes) -> Callable[[re.Match[bytes]], bytes]:
    def kept(found: re.Match[bytes]) -> bytes:
        target = _TARGET.search(found[0])
        if b'"External"' in found[0] or b"'External'" in found[0] or target is None:
            return found[0]
        address = unquote((target[1] or target[2] or b"").decode("utf-8", "replace"))
        path = address.lstrip("/") if address.startswith("/") else posixpath.normpath(posixpath.join(base, address))
        if path in there:
            return found[0]
        if b"/image" in found[0]:
            notes.add(wording.BROKEN)
        return b""

    return kept


def _written(package: zipfile.ZipFile, changes: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as mended:
        for info in package.infolist():
            if not info.is_dir() and info.filename not in changes:
                mended.writestr(info.filename, package.read(info))
        for name, data in changes.items():
            mended.writestr(name, data)
    return buffer.getvalue()
