"""What the office is called, how citizens reach it, what the foot of its pages must say: HOME/office.toml, read anew when it changes."""

from __future__ import annotations

import functools
import logging
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from config.edited import EditedFile, EntryFault

STEM = "office"
NAME = f"{STEM}.toml"
LABEL = "单位信息"
UNNAMED = "本单位"  # what `replies.toml`, as it comes along, calls an office without a name
LONGEST = 200  # characters of a field

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Contact:
    """What is known; an empty field is not shown anywhere."""

    name: str = ""  # 单位名称
    desk: str = ""  # 受理机构: who takes applications for disclosure
    address: str = ""
    postcode: str = ""
    hours: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    online: str = ""  # where applications are taken on the web
    superior: str = ""  # 上一级主管部门: who hears complaints
    superior_phone: str = ""
    court: str = ""
    review_body: str = ""  # 行政复议机关
    organiser: str = ""  # 主办单位: who runs the pages; the office itself if empty
    icp: str = ""  # ICP 备案号
    police: str = ""  # 公安备案号
    site_code: str = ""  # 政府网站标识码
    examples: str = ""  # what the home page suggests to look for, divided by blanks


def contact(home: Path) -> Contact:
    """The contact data of the office whose files are in `home`; all empty until its people have written them."""
    return contact_file(home).read()


@functools.lru_cache(maxsize=8)  # pages ask for it at each request
def contact_file(home: Path) -> EditedFile[Contact]:
    """The same data as one of the files that people edit at the console."""
    return EditedFile(home, STEM, made)


def made(read: dict[str, Any]) -> tuple[Contact, tuple[str, ...]]:
    """The contact data that a TOML file says; what it says besides takes nothing away from it, and is told when it is saved."""
    known = {field.name for field in fields(Contact)}
    if unknown := sorted(read.keys() - known):
        log.warning("%s holds names that mean nothing", NAME, extra={"fields": {"names": unknown}})
    return Contact(**{name: str(value).strip() for name, value in read.items() if name in known}), ()


def entry_faults(read: dict[str, Any]) -> Iterator[EntryFault]:
    """What is wrong with each field, with the field's name."""
    known = {field.name for field in fields(Contact)}
    for name, value in read.items():
        if name not in known:
            yield EntryFault("", 1, LABEL, name, f"里没有“{name[:20]}”这一项。")
        elif not isinstance(value, str):
            yield EntryFault("", 1, LABEL, name, f"的 {name} 要写成文字，前后加引号。")
        elif len(value) > LONGEST:
            yield EntryFault("", 1, LABEL, name, f"太长了，最多 {LONGEST} 个字。")
