"""The first administrator: whoever holds the code that only the server's operator can read."""

from __future__ import annotations

import hmac

from content.rules.errors import BadInput, Conflict
from content.rules.people import Right, Role
from content.services.citizens import office_files
from content.services.office import Office
from content.services.people import staff
from content.store import people
from content.store.disk import keys

DIGITS = 12


def is_wanted(office: Office) -> bool:
    """Whether nobody can log in to the console and manage it yet."""
    return not any(person.password_hash and people.holds(person, Right.MANAGE) for person in staff.everyone(office))


def code(office: Office) -> str:
    """The code for the set-up, as 3f9a-22b1-07cd; the same until somebody has used it."""
    digits = keys.secret(office.home / "keys" / "console-setup").hex()[:DIGITS]
    return "-".join(digits[place : place + 4] for place in range(0, DIGITS, 4))


def take_on(office: Office, given: str, *, username: str, name: str, password: str, office_name: str) -> None:
    """The first administrator, who also may do what the office does, and what the office is called.

    Raises BadInput, Conflict if there is one already.
    """
    if not is_wanted(office):
        raise Conflict("管理员已经有了，请直接登录。")
    plain = given.strip().lower().replace("-", "").replace("－", "")
    if not hmac.compare_digest(plain.encode(), code(office).replace("-", "").encode()):
        raise BadInput("口令不对。在服务器上执行 gongkai user setup-code 可以看到口令。")
    if not office_name:
        raise BadInput("请写单位名称。")
    staff.take_on(office, username, name=name, roles=[Role.OFFICE, Role.ADMIN], password=password)
    (office.home / "keys" / "console-setup").unlink(missing_ok=True)
    office_files.name_office(office, office_name, username=username)
