"""The console's sentences: each is there and said, and no message of a service speaks of commands here."""

from __future__ import annotations

import ast
import re

import pytest

from bot.console.wording import plain
from config import reference
from tests.house.source import ROOT, called, modules, tracked

OURS = [module for module in modules("bot") if module.path.startswith("bot/console/")]


@pytest.mark.parametrize(("message", "told"), [
    ("没有“x”这个账号，或者已经停用。用 gongkai user list 可以看到所有账号。", "没有“x”这个账号，或者已经停用。"),
    ("退回要写明原因，作者才知道改什么。请加上 --note。", "退回要写明原因，作者才知道改什么。"),
    ("解除告警要写明是怎么处理的：--note 说明", "解除告警要写明是怎么处理的。"),
    ("现在是“草稿”，不能审核。请先送审：gongkai review submit。", "现在是“草稿”，不能审核。请先送审。"),
    ("请用 gongkai queue edit 重新插入。", "请用 gongkai queue edit 重新插入。"),
    ("标题太长。", "标题太长。"),
])  # fmt: skip
def test_what_is_for_commands_is_left_out(message: str, told: str) -> None:
    assert plain(message) == told


def test_every_sentence_is_said_somewhere_and_every_one_said_is_there() -> None:
    known = {name for name, text in reference.table("console").items() if isinstance(text, str)}
    spelt = {
        str(node.value)
        for module in OURS
        for node in module.nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    asked = {
        node.args[0].value
        for module in OURS
        for node in module.nodes
        if isinstance(node, ast.Call)
        and called(node) == "said"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    for template in tracked("bot/console/templates/*"):
        spelt |= set(re.findall(r"""said\(["'](\w+)["']""", (ROOT / template).read_text(encoding="utf-8")))
    assert asked <= known, f"not in console.toml: {asked - known}"
    assert known <= spelt, f"nobody says these: {known - spelt}"
