"""A file of Office as a package of XML parts: opened within bounds, and written again with some of them changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from content.rules.errors import BadInput

UNPACKED = 200 * 1024 * 1024  # bytes that a file of Office may unpack to


def opened(data: bytes) -> zipfile.ZipFile:
    """The package. Raises BadInput for what is none, or too much of one."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError) as error:
        raise BadInput("文件打不开") from error
    if sum(part.file_size for part in package.infolist()) > UNPACKED:
        raise BadInput("文件展开以后太大")
    return package


def root(package: zipfile.ZipFile, name: str) -> etree._Element:
    """One part as a tree. Raises BadInput."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(package.read(name), parser)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, OSError, RuntimeError) as error:
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
