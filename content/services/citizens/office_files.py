"""The office's own files of answers, edited at the console: checked before they are kept, the former one kept beside.

A file is one text. Whoever saves names the text that was begun with, so that nobody undoes a colleague's change unseen.
"""

from __future__ import annotations

import difflib
import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config import directory, guides, triage
from config.edited import EditedFile
from content.rules.citizens.triage import disagreements
from content.rules.errors import BadInput, Conflict, NotFound
from content.rules.people import Right
from content.services.office import Office
from content.store import people
from content.store.disk import atomic_write, file_lock
from content.store.figures import ledger

LARGEST = 1_000_000  # bytes
FORMER = "former"  # the folder in HOME of what a file said before


@dataclass(frozen=True)
class OfficeFile:
    """One file: its name, what it is, its text, the text's hash, whether it is the office's own, its faults."""

    name: str
    words: str
    text: str
    sha256: str
    is_own: bool
    faults: tuple[str, ...]


@dataclass(frozen=True)
class _Kind:
    words: str
    opened: Callable[[Office], EditedFile[Any]]
    faults: Callable[[dict[str, Any]], list[str]]


def _triage_faults(read: dict[str, Any]) -> list[str]:
    """What is wrong, or which of the file's own examples are told apart otherwise than it says."""
    table, faults = triage.made(read)
    return list(faults) or disagreements(table)


KINDS = {
    "guides": _Kind("办事指南", lambda office: office.guides, lambda read: list(guides.made(read)[1])),
    "directory": _Kind("部门名录", lambda office: office.directory, lambda read: list(directory.made(read)[1])),
    "triage": _Kind("来信分类", lambda office: office.triage, _triage_faults),
}


def every(office: Office) -> list[OfficeFile]:
    """All of them."""
    return [one(office, name) for name in KINDS]


def one(office: Office, name: str) -> OfficeFile:
    """A file as it is now, with its faults. Raises NotFound."""
    kind = _kind(name)
    file = kind.opened(office)
    file.read()
    is_own = file.path.exists()
    text = (file.path if is_own else file.built_in).read_text(encoding="utf-8-sig", errors="replace")
    return OfficeFile(name, kind.words, text, _hash(text), is_own, file.faults)


def save(office: Office, name: str, text: str, *, begun_with: str, username: str) -> None:
    """Keeps a new text. Raises BadInput with every fault and its place, Conflict if it was changed since, NotAllowed."""
    kind, text = _kind(name), text.replace("\r\n", "\n")
    faults = _faults(kind, text)
    if faults:
        raise BadInput("\n".join(faults))
    file = kind.opened(office)
    with file_lock.alone(office.home / "office-files.lock") as is_alone:
        if not is_alone:
            raise Conflict("有同事正在保存，请过几秒再按一次。")
        before, now = one(office, name), office.clock.now()
        if before.sha256 != begun_with:
            raise Conflict(
                f"您打开以后，别人改过{kind.words}。下面标出了不同的地方，您写的都还在；看过以后可以再保存。"
            )
        if before.text == text:
            return
        with office.store.write() as session:
            actor = people.actor(session, username, Right.ANSWER, what=f"改{kind.words}")
            ledger.append(session, kind="file.edited", actor=username, role=actor.role, subject=f"file:{name}", at=now,
                          file=file.path.name, sha256=_hash(text))  # fmt: skip
        if before.is_own:
            _write(office.home / FORMER / f"{name}-{now:%Y%m%d-%H%M%S-%f}.toml", before.text)
        _write(file.path, text)


def differences(before: str, after: str) -> list[str]:
    """The lines that differ: `-` is only in the first, `+` only in the second."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return [line for line in lines if not line.startswith(("---", "+++"))]


def _faults(kind: _Kind, text: str) -> list[str]:
    if len(text.encode()) > LARGEST:
        return ["太长了，最多一兆字节。"]
    try:
        return kind.faults(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        return [f"格式不对：{error}（line 是第几行，column 是第几个字符）。常见的是少了引号或方括号。"]


def _kind(name: str) -> _Kind:
    if name not in KINDS:
        raise NotFound("没有这个文件。")
    return KINDS[name]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)

    def writer(beside: Path) -> None:
        beside.write_bytes(text.encode())

    atomic_write.write(path, writer)
