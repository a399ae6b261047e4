"""A report in a stranger's file: read by a program of its own, whose time and memory end. This module is that program too.

It reads from standard input a line of JSON with the file's name, then the file; it writes the report, or why there is none.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from typing import Any

from content.intake import limited_process, reports
from content.rules.errors import BadInput
from content.rules.figures.annual_report.form import Format
from content.rules.figures.annual_report.report import AnnualReport

MODULE = "content.intake.reports.strangers_file"
TABLES = ("active", "requests", "cases")


def read(data: bytes, *, name: str) -> AnnualReport:
    """The report in a file's bytes; `name` tells its kind by its ending. Raises BadInput, RuntimeError."""
    if reports.is_pdf(data, name):
        return reports.from_bytes(data, name=name)  # has a process with limits already
    too_much = BadInput(f"“{name}”太大或者太复杂，不像一份年报，没有读完。请只留年报的正文，或者复制文字存成 .txt。")
    try:
        done = limited_process.run(MODULE, json.dumps(name).encode() + b"\n" + data)
    except TimeoutError:
        raise BadInput(f"“{name}”：{limited_process.BUSY}。") from None
    if done.returncode == limited_process.TOO_MUCH or done.returncode < 0:
        raise too_much
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    found = json.loads(done.stdout)
    if "refused" in found:
        raise BadInput(found["refused"])
    return _report(found)


def _report(found: dict[str, Any]) -> AnnualReport:
    tables = {table: {row: tuple(cells) for row, cells in found[table].items()} for table in TABLES}
    claimed = found["claimed"] and Format(found["claimed"])
    return AnnualReport(**found | tables | {"format": Format(found["format"]), "claimed": claimed})


def main() -> None:
    """Standard input to standard output."""
    limited_process.enter()
    try:
        name = json.loads(sys.stdin.buffer.readline())
        found = reports.from_bytes(sys.stdin.buffer.read(), name=name)
        told = dataclasses.asdict(found) | {
            "format": found.format.value,
            "claimed": found.claimed and found.claimed.value,
        }
    except BadInput as error:
        told = {"refused": error.message}
    except (MemoryError, RecursionError):
        sys.exit(limited_process.TOO_MUCH)
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
