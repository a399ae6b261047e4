"""The building: layers, types, style, and who alone may read the time and the environment."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOT, Function, Module, dotted, modules

MOST_POSITIONAL = 3
PLACES = {"self", "cls", "office", "session", "store"}
FRAMEWORKS_SIGNATURE = {"settings_customise_sources"}

TELLS_TIME = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now",
    "datetime.datetime.utcnow", "datetime.date.today", "time.time", "time.localtime", "time.gmtime", "time.time_ns",
}  # fmt: skip
READS_TIME = {"config/clock.py"}  # bot/emulator has a clock of its own, since it shares no code with us
READS_ENVIRONMENT = {"config/settings.py"}
PASSES_ENVIRONMENT_ON = {"bot/demo/", "bot/cli/processes/serve.py"}  # they start our other processes


def test_imports_go_down_only() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_function_takes_a_row_of_nameless_arguments() -> None:
    many = [
        f"{module.path}:{function.lineno} {function.name}"
        for module in modules()
        for function in module.functions()
        if not function.name.startswith("_") and positional(function) > MOST_POSITIONAL
    ]
    assert not many, f"more than {MOST_POSITIONAL} positional arguments; put `*,` before the rest: {many}"


def test_only_the_clock_reads_the_time() -> None:
    readers = [
        place
        for module in modules()
        if module.path not in READS_TIME and not module.path.startswith("bot/emulator/")
        for place in calls(module, TELLS_TIME)
    ]
    assert not readers, f"take the time as an argument, or from office.clock: {readers}"


def test_the_emulator_reads_the_time_in_one_place() -> None:
    readers = {module.path for module in modules() if module.path.startswith("bot/emulator/")
               if calls(module, TELLS_TIME)}  # fmt: skip
    assert len(readers) <= 1, readers


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        if module.path not in READS_ENVIRONMENT and not module.path.startswith(tuple(PASSES_ENVIRONMENT_ON))
        for node in module.nodes
        if isinstance(node, ast.Attribute) and dotted(node) in {"os.environ", "os.getenv", "os.environb", "os.putenv"}
    ]
    assert not readers, f"add a setting to config/settings.py instead: {readers}"


def test_the_exceptions_above_are_still_needed() -> None:
    paths = {module.path for module in modules()}
    for name in (*READS_TIME, *READS_ENVIRONMENT, *PASSES_ENVIRONMENT_ON):
        assert any(path.startswith(name) for path in paths), f"{name} is gone; take it off the list"


def test_what_tests_share_stands_in_modules_of_its_own() -> None:
    borrowed = [
        f"{module.path}:{node.lineno} {node.module}"
        for module in modules("tests", "bench")
        for node in module.nodes
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("tests.")
        if node.module.split(".")[-1] == "conftest" or node.module.split(".")[-1].startswith("test_")
    ]
    assert not borrowed, f"a helper that two files use is no part of a test file: {borrowed}"


def test_style_is_as_agreed() -> None:
    ruff = Path(sys.executable).with_name("ruff")
    for step in (["check"], ["format", "--check"]):
        done = subprocess.run([ruff, *step, "."], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-4000:]


def test_types_hold() -> None:
    mypy = Path(sys.executable).with_name("mypy")
    done = subprocess.run([mypy], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:]


def test_no_error_is_swallowed_without_a_word() -> None:
    silent = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for node in module.nodes
        if isinstance(node, ast.ExceptHandler) and catches_all(node) and does_nothing(node)
    ]
    assert not silent, f"`except Exception: pass` hides mistakes: {silent}"


def calls(module: Module, names: set[str]) -> list[str]:
    """Where a module calls one of these, or hands it on."""
    return [
        f"{module.path}:{node.lineno}"
        for node in module.nodes
        if isinstance(node, ast.Attribute) and dotted(node) in names
    ]


def positional(function: Function) -> int:
    """How many arguments can be given without their names; where a thing happens (`office`) is not counted."""
    names = {argument.arg for argument in (*function.args.posonlyargs, *function.args.args)}
    called_by_framework = function.name in FRAMEWORKS_SIGNATURE or any(
        "click" in ast.unparse(decorator) or ".command" in ast.unparse(decorator)
        for decorator in function.decorator_list
    )
    return 0 if called_by_framework else len(names - PLACES)


def catches_all(handler: ast.ExceptHandler) -> bool:
    """Whether a handler takes every exception there is."""
    return handler.type is None or dotted(handler.type) in {"Exception", "BaseException"}


def does_nothing(handler: ast.ExceptHandler) -> bool:
    """Whether a handler's body is `pass`, `continue` or `...`."""
    idle = (ast.Pass, ast.Continue)
    return all(isinstance(part, idle) or (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))
               for part in handler.body)  # fmt: skip
