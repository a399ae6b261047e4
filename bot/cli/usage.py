"""What click says of a command that was called wrongly, in Chinese and with what to do."""

from __future__ import annotations

import re

import click

# click's sentences, as its 8.5 spells them → ours. What is not here is told as it is.
SENTENCES = (
    (r"Got unexpected extra arguments? \((.*)\)", r"多出了“\1”。有空格的文字要加引号。"),
    (r"Missing command\.", "少了一个词：要做什么。"),
    (r"'(.*)' is not a valid (?:integer|int)(?: range)?\.", r"“\1”要是整数。"),
    (r"'(.*)' is not a valid float(?: range)?\.", r"“\1”要是数字。"),
    (r"'(.*)' is not one of (.*)\.", r"“\1”不行，可以是：\2。"),
    (r"(.*) is not in the range x>=(\S+)\.", r"\1 太小，至少是 \2。"),
    (r"(.*) is not in the range (\S+)<=x<=(\S+)\.", r"\1 不行，要在 \2 到 \3 之间。"),
    (r"(?:File|Path|Directory) '(.*)' does not exist\.", r"找不到“\1”。请检查文件名和所在的目录。"),
    (r"File '(.*)' is a directory\.", r"“\1”是目录，要给一个文件。"),
    (r"(?:Path|File) '(.*)' is not readable\.", r"“\1”读不了。请检查权限。"),
    (r"Option '(.*)' requires an argument\.", r"\1 后面要写内容。"),
    (r"Option '(.*)' requires (\d+) arguments\.", r"\1 后面要写 \2 项内容。"),
    (r"Option '(.*)' does not take a value\.", r"\1 后面不用写内容。"),
)


def words(error: click.UsageError) -> str:
    """What is wrong, on one line, and where the help is."""
    path = error.ctx.command_path if error.ctx else "gongkai"
    return f"{_what(error)}\n用法：{path} --help"


def _what(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_name(error)}。"
    if isinstance(error, click.NoSuchOption):
        return f"没有 {error.option_name} 这个选项。{_meant(error.possibilities)}"
    if isinstance(error, click.NoSuchCommand):
        return f"没有“{error.command_name}”这个命令。{_meant(error.possibilities)}"
    said = _translated(error.message)
    return f"{_name(error)}：{said}" if isinstance(error, click.BadParameter) else said


def _name(error: click.BadParameter) -> str:
    param = error.param
    if param is None:
        return str(error.param_hint or "参数")
    if not isinstance(param, click.Option):
        return str(param.make_metavar(error.ctx or click.Context(click.Command(""))))
    told = f"（{param.help}）" if param.help and isinstance(error, click.MissingParameter) else ""
    return f"{max(param.opts, key=len)}{told}"


def _meant(possibilities: object) -> str:
    found = [str(each) for each in possibilities or ()]  # type: ignore[attr-defined]
    return f"是不是：{'、'.join(sorted(found))}？" if found else ""


def _translated(message: str) -> str:
    for pattern, ours in SENTENCES:
        if found := re.fullmatch(pattern, message.strip()):
            return found.expand(ours)
    return message
