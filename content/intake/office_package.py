"""A file of Office as a package of XML parts: opened within bounds, and written again with some of them changed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from lxml import etree

from content.rules.errors import BadInput

UNPACKED = 200 * 1024 * 1024  # bytes that a file of Office may unpack to, pictures included
MARKUP = 60 * 1024 * 1024  # bytes of all its XML
MOST_TAGS = 1_500_000  # of all its XML, end tags included; each element of a tree takes some hundred bytes
MOST_ATTRIBUTES = 2_000_000
ENCODINGS = frozenset(
    {"utf-8", "utf8", "utf-16", "us-ascii", "ascii"}
)  # ECMA-376 part 2 allows the first and the third
EBCDIC = bytes.fromhex("4c6fa794")  # `<?xm` as mainframes write it
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError)

_BEFORE = b"\xef\xbb\xbf\xff\xfe\r\n\t "  # marks and blanks that may come first
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.-]+)""")


def opened(data: bytes) -> zipfile.ZipFile:
    """The package. Raises BadInput for what is none, or too much of one."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise BadInput("文件打不开") from error
    check(package)
    return package


def check(package: zipfile.ZipFile) -> None:
    """Raises BadInput for more than an office writes, before any of it is parsed."""
    try:
        markup = list(markup_parts(package))
        if (
            sum(part.file_size for part in package.infolist()) > UNPACKED
            or sum(part.file_size for part in markup) > MARKUP
        ):
            raise BadInput("文件展开以后太大")
        tags = attributes = 0
        for part in markup:
            data = package.read(part)
            tags, attributes = tags + data.count(b"<"), attributes + data.count(b"=")
            if tags > MOST_TAGS or attributes > MOST_ATTRIBUTES:
                raise BadInput("文件里的内容太多")
    except BROKEN as error:
        raise BadInput("文件打不开") from error


def markup_parts(package: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """The parts in XML, whatever they are called. Raises BadInput for an encoding in which `<` is another byte."""
    for part in package.infolist():
        with package.open(part) as file:
            start = file.read(400).replace(b"\0", b"").lstrip(_BEFORE)
        said = _ENCODING.match(start)
        if start.startswith(EBCDIC) or (said and said[1].decode().lower() not in ENCODINGS):
            raise BadInput("文件里的文字编码不对")
        if start.startswith(b"<") or part.filename.lower().endswith((".xml", ".rels", ".vml")):
            yield part


def root(package: zipfile.ZipFile, name: str) -> etree._Element:
    """One part as a tree. Raises BadInput."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(package.read(name), parser)
    except (etree.XMLSyntaxError, KeyError, *BROKEN) as error:
        raise BadInput("文件打不开") from error


def rewritten(package: zipfile.ZipFile, changed: Mapping[str, etree._Element]) -> bytes:
    """The package with these parts in place of its own; all others as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        for part in package.infolist():
            tree = changed.get(part.filename)
            data = (
                package.read(part)
                if tree is None
                else etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            )
            written.writestr(part.filename, data)
    return buffer.getvalue()
