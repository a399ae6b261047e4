"""The office's own files of answers, edited at the console: checked before they are kept, the former one kept beside.

A file is one text. Whoever saves names the text that was begun with, so that nobody undoes a colleague's change unseen.
"""

from __future__ import annotations

import difflib
import hashlib
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import tomlkit

from config import categories, contact, guides, wrong_words
from config.edited import EditedFile, EntryFault
from content.rules.errors import BadInput, Conflict, NotFound
from content.rules.people import Right
from content.services import coded_names
from content.services.citizens import file_checks
from content.services.office import Office
from content.store import people
from content.store.disk import atomic_write, file_lock
from content.store.figures import ledger

LARGEST = 1_000_000  # bytes
FORMER = "former"  # the folder in HOME of what a file said before
STAMP = "%Y%m%d-%H%M%S-%f"  # in the name of a former file, when it ceased to hold, in UTC
TRIES = 3  # at a change that a colleague's gets ahead of


@dataclass(frozen=True)
class FormerText:
    """What a file said until somebody changed it."""

    key: str
    until: datetime
    path: Path


@dataclass(frozen=True)
class OfficeFile:
    """One file: its name, what it is, its text, the text's hash, whether it is the office's own, its faults."""

    name: str
    words: str
    text: str
    sha256: str
    is_own: bool
    faults: tuple[str, ...]


class FaultyFile(BadInput):
    """A text that is not kept; `faults` are sentences, or tell the entry and its field."""

    def __init__(self, faults: Sequence[EntryFault | str]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class _Kind:
    """`faults`: what is wrong with what a text says now, given what it said before."""

    words: str
    opened: Callable[[Office], EditedFile[Any]]
    faults: file_checks.Check


KINDS = {
    contact.STEM: _Kind(contact.LABEL, lambda office: office.details,
                        lambda _office, read, _before: [*contact.entry_faults(read)]),
    "guides": _Kind("办事指南", lambda office: office.guides,
                    file_checks.of_entries(guides.made, guides.entry_faults, guides.said_twice)),
    "directory": _Kind("部门名录", lambda office: office.directory,
                       file_checks.of_directory),
    categories.STEM: _Kind(categories.LABEL, lambda office: office.categories,
                           file_checks.of_entries(categories.made, categories.entry_faults)),
    "triage": _Kind("来信分类", lambda office: office.triage, file_checks.of_triage),
    "messages": _Kind("例句", lambda office: office.triage.messages, file_checks.of_messages),
    "wrong_words": _Kind("错别字", lambda office: office.wrong_words,
                         file_checks.of_entries(wrong_words.made, wrong_words.entry_faults)),
}  # fmt: skip


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
    """Keeps a new text. Raises FaultyFile with every fault and its place, Conflict if it was changed since, NotAllowed."""
    written, words = text.replace("\r\n", "\n"), _kind(name).words

    def make(before: str) -> str:
        if _hash(before) != begun_with:
            _demand_sound(office, name, written)  # faults are told first: they must be mended in any case
            raise Conflict(f"您打开以后，别人改过{words}。下面标出了不同的地方，您写的都还在；看过以后可以再保存。")
        return written

    change(office, name, make, username=username)


def name_office(office: Office, name: str, *, username: str) -> None:
    """Keeps what the office is called. Raises FaultyFile, Conflict, NotAllowed."""
    given = " ".join(name.split())

    def make(text: str) -> str:
        document = tomlkit.parse(text)
        document["name"] = given
        return tomlkit.dumps(document)

    change(office, contact.STEM, make, username=username)


def change(office: Office, name: str, make: Callable[[str], str], *, username: str) -> None:
    """Keeps what `make` makes of the text that stands, whoever else writes meanwhile.

    Raises FaultyFile, Conflict if colleagues write all the time, NotAllowed, and what `make` raises.
    """
    kind = _kind(name)
    with office.store.read() as session:
        people.actor(session, username, Right.ANSWER, what=f"改{kind.words}")
    for _ in range(TRIES):
        before = one(office, name)
        text = make(before.text)
        if text == before.text:
            return
        _demand_sound(office, name, text)
        with file_lock.alone(office.home / "office-files.lock") as is_alone:
            if is_alone and one(office, name).text == before.text:
                _keep(office, before, text, username)
                return
    raise Conflict("有同事正在保存，请过几秒再按一次。")


def take_back(office: Office, name: str, *, username: str) -> None:
    """From now on the text that comes along holds again; the office's own is kept beside. Raises Conflict, NotAllowed."""
    kind = _kind(name)
    with file_lock.alone(office.home / "office-files.lock") as is_alone:
        if not is_alone:
            raise Conflict("有同事正在保存，请过几秒再按一次。")
        before = one(office, name)
        if before.is_own:
            _keep(office, before, None, username)
            kind.opened(office).read()


def former(office: Office, name: str) -> list[FormerText]:
    """What a file said before, the newest first."""
    _kind(name)
    found = []
    for path in (office.home / FORMER).glob(f"{name}-*.toml"):
        stamp = path.stem.removeprefix(f"{name}-")
        try:
            until = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
        except ValueError:  # somebody's own file
            continue
        found.append(FormerText(stamp, until, path))
    return sorted(found, key=lambda each: each.key, reverse=True)


def former_text(office: Office, name: str, key: str) -> str:
    """One of them. Raises NotFound."""
    found = next((each for each in former(office, name) if each.key == key), None)
    if found is None:
        raise NotFound("没有这一份，可能已经清理了。")
    return found.path.read_text(encoding="utf-8-sig", errors="replace")


def bring_back(office: Office, name: str, key: str, *, username: str) -> None:
    """A former text holds again, if it still holds with what it refers to. Raises NotFound, FaultyFile, Conflict."""
    text = former_text(office, name, key)
    change(office, name, lambda _before: text, username=username)


def _keep(office: Office, before: OfficeFile, text: str | None, username: str) -> None:
    """The ledger's entry, the former text beside, the new one; None: the one that comes along."""
    file, now = _kind(before.name).opened(office), office.clock.now()
    sha256 = _hash(file.built_in.read_text(encoding="utf-8") if text is None else text)
    with office.store.write() as session:
        actor = people.actor(session, username, Right.ANSWER, what=f"改{before.words}")
        ledger.append(session, kind="file.edited", actor=username, role=actor.role, subject=f"file:{before.name}", at=now,
                      file=file.path.name, sha256=sha256)  # fmt: skip
    if before.is_own:
        _write(office.home / FORMER / f"{before.name}-{now.astimezone(UTC):{STAMP}}.toml", before.text)
    if text is None:
        file.path.unlink()
    else:
        _write(file.path, text)
    if before.name in coded_names.STORED:
        coded_names.keep(office)


def differences(before: str, after: str) -> list[str]:
    """The lines that differ: `-` is only in the first, `+` only in the second."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return [line for line in lines if not line.startswith(("---", "+++"))]


def _demand_sound(office: Office, name: str, text: str) -> None:
    kind = _kind(name)
    if len(text.encode()) > LARGEST:
        raise FaultyFile(["太长了，最多一兆字节。"])
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = f"{error}（line 是第几行，column 是第几个字符）"
        raise FaultyFile([f"格式不对：{where}。常见的是少了引号或方括号。"]) from error
    try:
        before = tomllib.loads(one(office, name).text)
    except tomllib.TOMLDecodeError:
        before = {}
    if faults := kind.faults(office, read, before):
        raise FaultyFile(faults)


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
