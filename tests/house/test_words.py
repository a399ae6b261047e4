"""Words: each defined once, explained where it stands, and short enough for whoever reads it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

from bot.wechat import errcodes
from config import reference
from content.rules.people import RIGHTS, ROLE_WORDS, Right, Role
from content.rules.publishing.article_states import STATE_WORDS, ArticleState
from content.rules.publishing.publication import SEEN_AS, TRANSITIONS, PublicationState
from content.store.figures.ledger import KINDS
from tests.house.source import GROWN, ROOT, Function, Module, called, constants, modules, tracked

# Words that mean nothing else in our code; `draft` or `published` also name other things.
STATES = {"reviewing", "scheduled", "publishing", "drafting", "drafted", "submitting", "submitted", "confirming"}
ROLES = {"editor", "reviewer", "chief"}
HOME_OF_WORDS = ("content/rules/", "content/store/migrations/", "bot/emulator/")
REPLY_LIMIT = 1800  # bytes; the platform cuts a passive reply somewhere above 2,047
LOOKS_LIKE_A_CODE = range(40000, 65500)


def test_a_state_or_role_is_spelt_out_only_where_it_is_defined() -> None:
    strays = [
        f"{module.path}:{line} {value!r}"
        for module in modules()
        if not module.path.startswith(HOME_OF_WORDS)
        for line, value in constants(module, str)
        if value in STATES | ROLES
    ]
    assert not strays, f"use the word of content.rules: {strays}"


def test_every_error_code_of_the_platform_that_we_name_has_its_row() -> None:
    strays = [
        f"{module.path}:{line} {value}"
        for module in modules("bot", "content", "scheduler")
        if not module.path.startswith("bot/emulator/")
        for line, value in constants(module, int)
        if value in LOOKS_LIKE_A_CODE and value not in errcodes.CODES
    ]
    assert not strays, f"give it a row in bot/wechat/errcodes.py: {strays}"


def test_no_table_has_the_same_key_twice() -> None:
    twice = [
        f"{module.path}:{table.lineno} {key}"
        for module in modules()
        for table in module.nodes
        if isinstance(table, ast.Dict)
        for key, count in Counter(ast.unparse(key) for key in table.keys if key).items()
        if count > 1
    ]
    assert not twice, twice


def test_every_state_role_and_right_has_its_row_in_every_table() -> None:
    assert set(STATE_WORDS) == set(ArticleState)
    assert set(TRANSITIONS) == set(SEEN_AS) == set(PublicationState)
    assert set(ROLE_WORDS) == set(Role)
    assert set(RIGHTS) == set(Right)


def test_every_phrase_fits_a_reply() -> None:
    for name, text in phrases().items():
        assert 0 < len(text.encode()) <= REPLY_LIMIT, f"{name} has {len(text.encode())} bytes"


def test_every_phrase_is_said_somewhere_and_every_phrase_said_is_there() -> None:
    known = set(phrases())
    said = {
        node.args[0].value
        for module in modules("bot", "content")
        for node in module.nodes
        if isinstance(node, ast.Call) and called(node) == "phrase"
        and node.args and isinstance(node.args[0], ast.Constant)
    }  # fmt: skip
    spelt = {str(value) for module in modules("bot", "content") for _, value in constants(module, str)}
    for template in tracked("bot/pages/templates/*"):
        spelt |= set(re.findall(r"""["'](\w+)["']""", (ROOT / template).read_text(encoding="utf-8")))
    assert said <= known, f"not in replies.toml: {said - known}"
    assert known <= spelt, f"nobody says these: {known - spelt}"


def test_every_kind_of_ledger_entry_is_written_somewhere() -> None:
    written = {
        str(value)
        for module in modules("content", "bot", "scheduler")
        if module.path != "content/store/figures/ledger.py"
        for _, value in constants(module, str)
    }
    unwritten = set(KINDS) - written
    assert not unwritten, f"declared, but nobody writes them: {unwritten}"


def test_every_ledger_entry_that_is_written_is_declared() -> None:
    written = {
        str(keyword.value.value)
        for module in modules("content", "bot", "scheduler")
        for node in module.nodes
        if isinstance(node, ast.Call) and called(node).endswith("append")
        for keyword in node.keywords
        if keyword.arg == "kind" and isinstance(keyword.value, ast.Constant)
    }
    assert written, "this test no longer sees who writes the ledger"
    assert written <= set(KINDS), written - set(KINDS)


def test_every_public_thing_says_in_a_line_what_it_is() -> None:
    mute = [
        f"{module.path}:{getattr(node, 'lineno', 1)} {getattr(node, 'name', 'the module')}"
        for module in modules()
        for node in public(module)
        if not (ast.get_docstring(node) or "").strip()
    ]
    assert not mute, f"one line each, please: {mute}"


def phrases() -> dict[str, str]:
    """The sentences for citizens by name."""
    return {name: text for name, text in reference.table("replies").items() if isinstance(text, str)}


def public(module: Module) -> Iterator[ast.Module | ast.ClassDef | Function]:
    """The module, its public classes, their public methods, and its public functions."""
    yield module.tree
    if not module.path.startswith(GROWN):
        yield from _public(module.tree)


def _public(owner: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | Function]:
    for node in owner.body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)
