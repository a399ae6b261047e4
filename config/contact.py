"""How citizens reach the office, and what the foot of its pages must say. Edited as text in HOME/office.toml, read anew when it changes."""

from __future__ import annotations

import functools
import logging
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

TEMPLATE = Path(__file__).parent / "data" / "office.toml"
NAME = "office.toml"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Contact:
    """What is known; an empty field is not shown anywhere."""

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
    """The contact data of the office whose files are in `home`; all empty until its operator has written them."""
    path = home / NAME
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return Contact()


@functools.lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> Contact:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        log.error(
            "%s cannot be read; pages go without the office's contact data",
            NAME,
            extra={"fields": {"error": str(error)}},
        )
        return Contact()
    known = {field.name for field in fields(Contact)}
    unknown = sorted(table.keys() - known)
    if unknown:
        log.warning("%s holds names that mean nothing", NAME, extra={"fields": {"names": unknown}})
    return Contact(**{name: str(value).strip() for name, value in table.items() if name in known})
