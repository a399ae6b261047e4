"""Plain text as it was typed: every line, blank and sign stands; only its place on a narrow screen is found anew."""

from __future__ import annotations

import html
import re

from content.intake.articles import blanks

LINE = 38.0  # em of a line in an editor's window


def to_html(text: str) -> str:
    """The HTML of a plain text: paragraphs end at empty lines, and nothing is taken for markup."""
    paragraphs = (part for part in re.split(r"\n(?:[ \t\u3000]*\n)+", text.strip("\n")) if part.strip())
    return "".join(_paragraph(part.split("\n")) for part in paragraphs)


def _paragraph(lines: list[str]) -> str:
    written, open_lines = "", list[str]()
    for line in lines:
        lead, words = blanks.lead(line.rstrip())
        css = blanks.place(lead, blanks.width(words), LINE) if lead > blanks.INDENT[1] else ""
        if css.startswith("text-align"):
            written += _closed(open_lines) + f'<p style="{css}">{_safe(words)}</p>'
            open_lines = []
        else:
            open_lines.append(_safe(line.rstrip()))
    return written + _closed(open_lines)


def _closed(lines: list[str]) -> str:
    return f"<p>{'<br>'.join(lines)}</p>" if lines else ""


def _safe(text: str) -> str:
    return html.escape(blanks.firm(text), quote=False)
