"""A file that the office may edit: HOME/NAME takes the place of the one that comes along, and is read anew when it changes.

A file with a fault is not used at all: the built-in one serves until the fault is mended, and the faults say in words
what is wrong and where.
"""

from __future__ import annotations

import functools
import logging
import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from config import reference

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class EntryFault:
    """What is wrong with one entry of a file: `words` go on from the name of the field, if it is one field's fault.

    `table` and `place` (from 1) tell the entry, `where` calls it as its reader would.
    """

    table: str
    place: int
    where: str
    field: str
    words: str

    def __str__(self) -> str:
        return f"{self.where}的 {self.field} {self.words}" if self.field else f"{self.where}{self.words}"


class EditedFile(Generic[T]):
    """One such file of an office, in a process that goes on.

    `make` turns the TOML into what is wanted of it and a list of faults; with a fault, what it made is not used.
    """

    def __init__(self, home: Path, name: str, make: Callable[[dict[str, Any]], tuple[T, tuple[str, ...]]]) -> None:
        self.path = home / f"{name}.toml"
        self.built_in = reference.DATA / f"{name}.toml"
        self.faults: tuple[str, ...] = ()
        self._name, self._make = name, make
        self._seen: tuple[int | None, T] | None = None

    def read(self) -> T:
        """What holds now; a look at the file costs a microsecond or two."""
        try:
            changed: int | None = os.stat(self.path).st_mtime_ns
        except OSError:
            changed = None
        if self._seen is None or self._seen[0] != changed:
            self._seen = (changed, self._built_in() if changed is None else self._own())
        return self._seen[1]

    @property
    def in_use(self) -> Path:
        """The file that `read` took what holds from: the office's own, or the one that comes along."""
        self.read()
        has_own = self._seen is not None and self._seen[0] is not None
        return self.path if has_own and not self.faults else self.built_in

    def _built_in(self) -> T:
        self.faults = ()
        made: T = _built_in(self._name, self._make)
        return made

    def _own(self) -> T:
        read, faults = _parsed(self.path)
        made: T | None = None
        if not faults:
            made, faults = self._make(read)
        if made is None or faults:
            made = self._built_in()
            log.error("%s 有错，暂用自带的：%s", self.path, " ".join(faults))
        self.faults = faults
        return made


@functools.cache  # it does not change, and a process may serve more than one office
def _built_in(name: str, make: Callable[[dict[str, Any]], tuple[T, tuple[str, ...]]]) -> T:
    return make(reference.table(name))[0]


def _parsed(path: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig")), ()
    except OSError as error:
        return {}, (f"读不出来：{error.strerror or error}。",)
    except UnicodeDecodeError:
        return {}, ("不是 UTF-8 编码，请另存为 UTF-8。",)
    except tomllib.TOMLDecodeError as error:
        return {}, (f"格式不对：{error}。常见的是少了引号或方括号。",)
