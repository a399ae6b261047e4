"""Templates of posts and themes for plain text, which the office edits as HOME/post_templates.toml and HOME/themes.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.edited import EditedFile

THEMED = frozenset({"p", "h2", "h3", "strong", "ul", "ol", "li", "blockquote", "td", "th", "hr"})


@dataclass(frozen=True)
class PostTemplate:
    """A post that is begun. `body` is Markdown."""

    name: str
    body: str
    title: str = ""
    category: str = ""


@dataclass(frozen=True)
class Theme:
    """A look for plain text: CSS by element."""

    name: str
    styles: Mapping[str, str]


def templates_file(home: Path) -> EditedFile[tuple[PostTemplate, ...]]:
    """The templates of the office whose files are in `home`."""
    return EditedFile(home, "post_templates", templates_made)


def themes_file(home: Path) -> EditedFile[tuple[Theme, ...]]:
    """The themes of the office whose files are in `home`."""
    return EditedFile(home, "themes", themes_made)


def templates_made(read: dict[str, Any]) -> tuple[tuple[PostTemplate, ...], tuple[str, ...]]:
    """The templates that a TOML file says, and what is wrong with it, in words."""
    rows = _rows(read, "template")
    faults = [
        f"第 {place} 个模板要有 name 和 body，都是文字。"
        for place, row in enumerate(rows, start=1)
        if not _are_texts(row.get("name"), row.get("body"), row.get("title", ""), row.get("category", ""))
    ]
    if faults:
        return (), tuple(faults)
    made = (PostTemplate(row["name"], row["body"], row.get("title", ""), row.get("category", "")) for row in rows)
    return tuple(made), ()


def themes_made(read: dict[str, Any]) -> tuple[tuple[Theme, ...], tuple[str, ...]]:
    """The themes that a TOML file says, and what is wrong with it, in words."""
    rows = _rows(read, "theme")
    faults: list[str] = []
    for place, row in enumerate(rows, start=1):
        styles = row.get("styles")
        if not _are_texts(row.get("name")) or not isinstance(styles, dict) or not _are_texts(*styles.values()):
            faults.append(f"第 {place} 套版式要有 name 和 [theme.styles]。")
        elif unknown := set(styles) - THEMED:
            faults.append(f"版式“{row['name']}”里不认识 {'、'.join(sorted(unknown))}。")
    return (() if faults else tuple(Theme(row["name"], row["styles"]) for row in rows)), tuple(faults)


def _rows(read: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = read.get(name, [])
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _are_texts(*values: object) -> bool:
    return all(isinstance(value, str) for value in values)
