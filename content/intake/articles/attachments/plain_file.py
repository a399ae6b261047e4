"""Text files (.txt, .csv) as passages, a line each; and masking them there, in the encoding that they came in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from content.intake.articles.documents import decode
from content.rules.checks.finding import CheckFinding, Passage

ENCODINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb": "utf-8-sig"}


def read(part: str, data: bytes) -> list[Passage]:
    """The lines of a text file; of a sheet each knows the headings. Raises BadInput."""
    lines = decode(data, part)[0].split("\n")
    is_sheet = PurePath(part.rstrip("”")).suffix.lower() == ".csv"
    headings = lines[0].strip() if is_sheet and lines else ""
    return [
        Passage(part, line, f"第 {number} 行", str(number), "", headings)
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]


def masked(part: str, data: bytes, findings: Sequence[CheckFinding]) -> bytes:
    """The same file with what was found masked. Raises BadInput."""
    text = decode(data, part)[0]
    lines: list[list[str]] = [list(line) for line in text.split("\n")]
    for finding in findings:
        line = lines[int(finding.passage.anchor) - 1]
        line[finding.start : finding.start + len(finding.instead)] = finding.instead
    return "\n".join("".join(line) for line in lines).encode(_encoding(data))


def _encoding(data: bytes) -> str:
    if found := ENCODINGS.get(data[:2]):
        return found
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"
