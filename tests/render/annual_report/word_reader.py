"""A reader of Word files that knows nothing of how ours are written: the XML as it lies in the package."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(data: bytes, name: str) -> Any:
    """The root of a part."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def parts(data: bytes) -> dict[str, Any]:
    """The roots of all parts in XML, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}


def tables(data: bytes) -> list[list[list[str]]]:
    """Tables, rows, the text of each `w:tc`."""
    return [
        [["".join(cell.itertext(f"{W}t")) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
        for table in part(data, "word/document.xml").iter(f"{W}tbl")
    ]


def runs(data: bytes) -> Iterator[tuple[str, Any]]:
    """Each run of the text, the headers and the footers, with the name of its part."""
    for name, root in parts(data).items():
        if name.startswith(("word/document", "word/header", "word/footer")):
            yield from ((name, run) for run in root.iter(f"{W}r"))
