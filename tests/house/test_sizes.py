"""Sizes: how many modules lie side by side, and how long files and functions are, the usual ones as well as the longest."""

from __future__ import annotations

import ast
import statistics
from collections import Counter
from pathlib import PurePath

from tests.house.source import GROWN, Function, Module, modules

MOST_SIDE_BY_SIDE = 15
LONGEST_FILE, USUAL_FILE, NINE_OF_TEN_FILES = 400, 110, 240  # lines
LONGEST_FUNCTION, LONGEST_BODY, USUAL_BODY, NINE_OF_TEN_BODIES = 60, 60, 5, 15  # lines


def test_no_folder_holds_more_modules_than_one_can_look_through() -> None:
    folders = Counter(
        PurePath(module.path).parent.as_posix()
        for module in grown_with_care()
        if not module.path.endswith("__init__.py")
    )
    full = {folder: count for folder, count in folders.items() if count > MOST_SIDE_BY_SIDE}
    assert not full, f"more than {MOST_SIDE_BY_SIDE} modules side by side; cut along a subject: {full}"


def test_no_file_is_too_long_to_read() -> None:
    everything = modules("config", "content", "bot", "scheduler", "wsgi.py", "tests", "bench", "docs")
    long = {module.path: module.lines for module in everything if module.lines > LONGEST_FILE}
    assert not long, f"over {LONGEST_FILE} lines; cut along a duty: {long}"


def test_most_files_are_short() -> None:
    usual, nine_of_ten = most([module.lines for module in grown_with_care()])
    assert usual <= USUAL_FILE and nine_of_ten <= NINE_OF_TEN_FILES


def test_no_function_is_too_long_to_understand() -> None:
    long = [
        f"{module.path}:{function.lineno} {function.name}"
        for module in grown_with_care()
        for function in module.functions()
        if length(function) > LONGEST_FUNCTION
    ]
    assert not long, f"over {LONGEST_FUNCTION} lines: {long}"


def test_most_functions_do_little() -> None:
    bodies = [body(function) for module in grown_with_care() for function in module.functions()]
    usual, nine_of_ten = most(bodies)
    assert usual <= USUAL_BODY and nine_of_ten <= NINE_OF_TEN_BODIES and max(bodies) <= LONGEST_BODY


def test_wsgi_only_opens_the_doors() -> None:
    [wsgi] = modules("wsgi.py")
    assert wsgi.lines < 40


def grown_with_care() -> list[Module]:
    """The product's modules without migrations, which are written once."""
    return [module for module in modules() if not module.path.startswith(GROWN)]


def most(sizes: list[int]) -> tuple[float, float]:
    """The median, and what nine of ten do not exceed."""
    return statistics.median(sizes), statistics.quantiles(sizes, n=10, method="inclusive")[-1]


def length(function: Function) -> int:
    """Its lines, signature and docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def body(function: Function) -> int:
    """Its lines without signature and docstring."""
    rest = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    return (rest[-1].end_lineno or 0) - rest[0].lineno + 1 if rest else 0
