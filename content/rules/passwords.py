"""User names and passwords that are good enough."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.rules.errors import BadInput

USERNAME = re.compile(r"\w[\w.-]{0,31}")
ROBOT = "gongkai"  # the author of what the clock prepares
RESERVED = frozenset(
    {"clock", "platform", "operator", "system", "citizen", ROBOT}
)  # in the ledger they are no person's
SHORTEST_PASSWORD = 8  # characters
FEWEST_DIFFERENT = 4  # characters


# What is tried first: rows of the keyboard, digits in order, and the words of every list of leaked passwords.
RUNS = ("01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb", "abcdefghijklmnopqrstuvwxyz")
COMMON = (
    "password",
    "passw0rd",
    "p@ssword",
    "p@ssw0rd",
    "admin",
    "gongkai",
    "woaini",
    "iloveyou",
    "welcome",
    "letmein",
    "a1b2c3",
)
SHORTEST_RUN = 4
FEWEST_OF_ITS_OWN = 4  # characters beside these


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
    if len(_own(password.casefold())) < FEWEST_OF_ITS_OWN:
        raise BadInput("密码太容易猜：12345678、password、qwerty 这样的，别人最先试。请换几个不相干的词连起来。")


def _own(password: str) -> str:
    """What is left of a password without words and runs that everybody knows."""
    for word in (*COMMON, *(part for run in RUNS for part in _parts(run))):
        password = password.replace(word, "")
    return password


def _parts(run: str) -> Iterator[str]:
    """Pieces of a run in both directions, the longest first."""
    for size in range(len(run), SHORTEST_RUN - 1, -1):
        for start in range(len(run) - size + 1):
            yield run[start : start + size]
            yield run[start : start + size][::-1]
