"""Files that visitors send stay in memory: nothing of them is written to a temporary file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import IO, Any

from flask import Request, request
from werkzeug.datastructures import FileStorage

from content.services.applications.receiving import IncomingFile

MOST = "gongkai.most_file_bytes"


class CutFile(io.BytesIO):
    """A file of which at most so many bytes are kept; what comes after is read and let go."""

    def __init__(self, most: int | None) -> None:
        super().__init__()
        self.most = most
        self.cut = False

    def write(self, data: Any, /) -> int:
        """Keeps what there is room for; the length is the whole, as a parser expects."""
        room = len(data) if self.most is None else max(0, self.most - self.tell())
        self.cut = self.cut or len(data) > room
        super().write(data[:room])
        return len(data)


class InMemoryRequest(Request):
    """A request whose files are kept in memory; how large it may be is said by the page that asks for them."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return CutFile(self.environ.get(MOST))


def keep_at_most(count: int) -> None:
    """Of each file of this request so many bytes; to be said before its form is read."""
    request.environ[MOST] = count


def are_cut(files: Iterable[FileStorage]) -> bool:
    """Whether one of the files was larger than what was kept of it."""
    return any(isinstance(file.stream, CutFile) and file.stream.cut for file in files)


def incoming(files: Iterable[FileStorage]) -> list[IncomingFile]:
    """The files that were chosen; an empty control sends a nameless one."""
    return [IncomingFile(file.filename, file.read()) for file in files if file.filename]
