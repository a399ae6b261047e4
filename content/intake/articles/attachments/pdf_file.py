"""PDF files as passages, a line of a page each. They cannot be masked here: what lies under a black bar stays in them."""

from __future__ import annotations

import ctypes

from content.rules.checks.finding import Passage
from content.rules.errors import BadInput

MOST_PAGES = 500  # that are read
FEWEST = 20  # characters of a page; with fewer it is a picture of a page


def read(part: str, data: bytes) -> list[Passage]:
    """The lines of a PDF. Raises BadInput for a broken or locked one, a scan, or one of too many pages."""
    return [
        Passage(part, line, f"第 {number} 页", f"{number}.{row}")
        for number, page in enumerate(_pages(data), start=1)
        for row, line in enumerate(page.splitlines())
        if line.strip()
    ]


def _pages(data: bytes) -> list[str]:
    import pypdfium2  # loads a library of some megabytes, and few posts bring a PDF

    try:
        document = pypdfium2.PdfDocument(data)
        try:
            if len(document) > MOST_PAGES:
                raise BadInput(f"超过 {MOST_PAGES} 页")
            pages = [page.get_textpage().get_text_bounded() for page in document]
        finally:
            document.close()
    except (pypdfium2.PdfiumError, ValueError, ctypes.ArgumentError) as error:
        raise BadInput("文件打不开") from error
    if any(len("".join(page.split())) < FEWEST for page in pages):
        raise BadInput("有的页只是图片")
    return pages
