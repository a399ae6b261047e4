"""Our own source as tests of the house read it: every module, its tree, its functions."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
STOREYS = ("config", "content", "bot", "scheduler")
GROWN = "content/store/migrations/versions/"  # migrations are written once and never touched again

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of ours; `path` is relative to the repository."""

    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self.text.count("\n")

    @functools.cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Everything in it; walked once for all tests that look for something."""
        return tuple(ast.walk(self.tree))

    def functions(self) -> Iterator[Function]:
        """Every function in it, nested ones too."""
        return (node for node in self.nodes if isinstance(node, Function))


@functools.cache
def tracked(pattern: str = "*") -> tuple[Path, ...]:
    """The files that belong to the repository (committed or about to be), relative to it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", pattern],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return tuple(Path(name) for name in sorted(set(listed.split("\0"))) if name and (ROOT / name).exists())


@functools.cache
def modules(*tops: str) -> tuple[Module, ...]:
    """All our modules below these folders; without any, the product's: four storeys and wsgi.py."""
    wanted = tops or (*STOREYS, "wsgi.py")
    return tuple(_module(path) for path in tracked("*.py") if path.parts[0] in wanted)


def dotted(node: ast.AST) -> str:
    """`datetime.now` of the expression that says so; empty if it is no plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def called(call: ast.Call) -> str:
    """The last name of what is called: `phrase` of `office.words.phrase("x")`; empty if it has none."""
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")


def constants(module: Module, kind: type) -> Iterator[tuple[int, object]]:
    """The line and the value of each constant of a kind; docstrings are left out."""
    prose = {id(node.value) for node in module.nodes if isinstance(node, ast.Expr)}
    for node in module.nodes:
        if isinstance(node, ast.Constant) and type(node.value) is kind and id(node) not in prose:
            yield node.lineno, node.value


@functools.cache
def _module(path: Path) -> Module:
    text = (ROOT / path).read_text(encoding="utf-8")
    return Module(path.as_posix(), text, ast.parse(text))
