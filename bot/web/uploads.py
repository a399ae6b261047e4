"""Files that visitors send stay in memory: nothing of them is written to a temporary file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import IO

from flask import Request
from werkzeug.datastructures import FileStorage

from content.services.applications.receiving import IncomingFile


class InMemoryRequest(Request):
    """A request whose files are kept in memory; how large it may be is said by the page that asks for them."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return io.BytesIO()


def incoming(files: Iterable[FileStorage]) -> list[IncomingFile]:
    """The files that were chosen; an empty control sends a nameless one."""
    return [IncomingFile(file.filename, file.read()) for file in files if file.filename]
