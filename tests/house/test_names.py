"""Names: one word for each thing, and no name twice where somebody looks for it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePath

import pytest

from tests.house.source import ROOT, modules

TREES = ("content/rules", "content/services", "bot/dialogue", "bot/console")
EMULATOR = "bot/emulator/"  # it shares no names with us, as it shares no code
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def test_no_public_class_name_stands_twice() -> None:
    places = defaultdict(list)
    for path, name in classes():
        places[name].append(path)
    twice = {name: paths for name, paths in places.items() if len(paths) > 1}
    assert not twice, f"say in the name what each is: {twice}"


@pytest.mark.parametrize("tree", TREES)
def test_no_module_name_stands_twice_within_a_tree(tree: str) -> None:
    places = defaultdict(list)
    for module in modules():
        path = PurePath(module.path)
        if module.path.startswith(f"{tree}/") and path.name != "__init__.py":
            places[path.stem].append(module.path)
    twice = {name: paths for name, paths in places.items() if len(paths) > 1}
    assert not twice, twice


def test_the_glossary_names_each_thing_once() -> None:
    terms = [term for line in glossary() for term in line[0].split(", ")]
    assert len(terms) > 40
    assert len(terms) == len(set(terms))


def test_no_module_and_no_class_has_a_name_that_the_glossary_sets_aside() -> None:
    aside = {word: term for term, words in glossary() for word in words}
    assert aside, "the glossary's last column could not be read"
    names = [(path, name) for path, name in classes()]
    names += [(module.path, PurePath(module.path).stem) for module in modules() if EMULATOR not in module.path]
    strays = [
        f"{path}: {name} – the word is “{aside[word]}”"
        for path, name in names
        for word in (part.lower() for part in WORD.findall(name))
        if word in aside
    ]
    assert not strays, strays


def glossary() -> list[tuple[str, list[str]]]:
    """Each term of docs/glossary.md with the words that are not used for it."""
    rows = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if row.startswith("| ")]
    return [(row[0], [word for word in row[3].split(", ") if word]) for row in cells[1:]]


def classes() -> Iterator[tuple[str, str]]:
    """Path and name of each public class outside the emulator."""
    for module in modules():
        if not module.path.startswith(EMULATOR):
            for node in module.nodes:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    yield module.path, node.name
