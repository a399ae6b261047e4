"""User names and passwords that are good enough."""

from __future__ import annotations

import re

from content.rules.errors import BadInput

USERNAME = re.compile(r"\w[\w.-]{0,31}")
ROBOT = "gongkai"  # the author of what the clock prepares
RESERVED = frozenset(
    {"clock", "platform", "operator", "system", "citizen", ROBOT}
)  # in the ledger they are no person's
SHORTEST_PASSWORD = 8  # characters
FEWEST_DIFFERENT = 4  # characters


def check_username(username: str) -> None:
    """Raises BadInput for a name that is no user name, or one that the program itself writes into the ledger."""
    if not USERNAME.fullmatch(username):
        raise BadInput(f"用户名“{username}”不合适：1 到 32 个字母、数字、汉字、点、横线，不能有空格。")
    if username.casefold() in RESERVED:
        raise BadInput(f"“{username}”是台账里程序自己用的名字，请换一个。")


def check_password(username: str, password: str) -> None:
    """Raises BadInput for a password that is short or easily guessed."""
    if len(password) < SHORTEST_PASSWORD:
        raise BadInput(f"密码太短，至少 {SHORTEST_PASSWORD} 位。")
    if username.casefold() in password.casefold() or len(set(password)) < FEWEST_DIFFERENT:
        raise BadInput("密码太容易猜：不要含有用户名，也不要总是同几个字符。")
