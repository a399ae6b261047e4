"""Writes the parts of the documentation that the code knows better: `python docs/generate.py`.

A generated part stands between `<!-- generated: NAME -->` and `<!-- end -->`; everything around it is written by hand.
`--check` changes nothing, shows what would change, and ends with 1 if anything would.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from difflib import unified_diff
from pathlib import Path

import click

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import wsgi  # noqa: E402
from config import settings  # noqa: E402
from config.settings import Settings  # noqa: E402
from content.rules.people import RIGHTS, Role  # noqa: E402
from content.rules.publishing import publication  # noqa: E402
from docs import walks  # noqa: E402
from scheduler import timetable  # noqa: E402

CHECK = "--check"
WIDTH = 100  # characters of a help text's line
PART = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def settings_table() -> str:
    """One row a setting, those for tests left out."""
    rows = ["| name | default | example | meaning |", "|---|---|---|---|"]
    for name, field in Settings.model_fields.items():
        if not (field.json_schema_extra or {})["internal"]:  # type: ignore[index, call-overload]
            default = f"`{shown(field.default)}`" if field.default != "" else "empty"
            example = f"`{settings.example(name)}`"
            rows.append(f"| `{settings.variable(name)}` | {default} | {example} | {field.description} |")
    return "\n".join(rows)


def shown(value: object) -> str:
    """A default as one would type it."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def commands() -> str:
    """A heading and the help text of every command and sub-command."""
    parts = []
    for path, command, context in tree(wsgi.cli, ("gongkai",), None):
        parts.append(f"{'#' * len(path)}# `{' '.join(path)}`\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    return "\n".join(parts).rstrip()


Command = tuple[tuple[str, ...], click.Command, click.Context]


def tree(command: click.Command, path: tuple[str, ...], above: click.Context | None) -> Iterator[Command]:
    """A command and everything below it, in the order of the help text."""
    context = click.Context(command, info_name=path[-1], parent=above, terminal_width=WIDTH, max_content_width=WIDTH,
                            **command.context_settings)  # fmt: skip
    yield path, command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below and not below.hidden:
                yield from tree(below, (*path, name), context)


def jobs() -> str:
    """One row a job of the timetable."""
    rows = ["| job | when | why then | what |", "|---|---|---|---|"]
    for job in timetable.TIMETABLE:
        what = (sys.modules[job.run.__module__].__doc__ or "").strip().splitlines()[0]
        rows.append(f"| `{job.name}` | {timetable.when(job)} | {job.why} | {what} |")
    return "\n".join(rows)


def publication_states() -> str:
    """One row a state of a publication: what people see, and where it may go."""
    rows = ["| state | people see | may become |", "|---|---|---|"]
    for state, onward in publication.TRANSITIONS.items():
        words = ", ".join(f"`{other}`" for other in publication.PublicationState if other in onward) or "– (the end)"
        rows.append(f"| `{state}` | `{publication.SEEN_AS[state]}` | {words} |")
    return "\n".join(rows)


def rooms() -> str:
    """Every room and what it is for, in its own words: a module, or a folder of modules, one line each."""
    lines = [f"- `wsgi.py` – {said(ROOT / 'wsgi.py')}"]
    for storey in ("scheduler", "bot", "content", "config"):
        lines.append(f"- **`{storey}/`** – {said(ROOT / storey / '__init__.py')}")
        lines += listed(ROOT / storey, depth=1)
    return "\n".join(lines)


def listed(folder: Path, depth: int) -> Iterator[str]:
    """The rooms in a folder, and those inside of them."""
    for room in inside(folder):
        yield f"{'  ' * depth}- `{room.name}{'/' if room.is_dir() else ''}` – {said(room)}"
        yield from listed(room, depth + 1)


def inside(room: Path) -> list[Path]:
    """The modules and folders of modules in a folder, by name."""
    if not room.is_dir():
        return []
    parts = (part for part in room.iterdir() if part.suffix == ".py" or (part / "__init__.py").exists())
    return sorted((part for part in parts if part.name not in {"__init__.py", "__pycache__", "versions"}), key=str)


def said(room: Path) -> str:
    """The first line of a module's docstring."""
    source = (room / "__init__.py" if room.is_dir() else room).read_text(encoding="utf-8")
    return " ".join((ast.get_docstring(ast.parse(source)) or "").partition("\n\n")[0].split())


def rights() -> str:
    """One row a right, one column a role."""
    rows = [f"| right | {' | '.join(Role)} |", "|---|" + "---|" * len(Role)]
    for right, holders in RIGHTS.items():
        rows.append(f"| `{right}` | {' | '.join('✓' if role in holders else '' for role in Role)} |")
    return "\n".join(rows)


PARTS: dict[str, Callable[[], str]] = {
    "settings": settings_table,
    "commands": commands,
    "jobs": jobs,
    "publication_states": publication_states,
    "rights": rights,
    "rooms": rooms,
    "walks": walks.walks,
}


def renewed(text: str) -> str:
    """A page with all its generated parts as they should be. Raises KeyError for an unknown part."""
    return PART.sub(lambda part: f"{part[1]}{PARTS[part[2]]()}\n{part[3]}", text)


def stale() -> dict[Path, str]:
    """The pages that are not as they should be, and how they should be."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
    return {path: new for path, old in pages.items() if (new := renewed(old)) != old}


def difference(old: str, new: str) -> str:
    """What would change, line by line."""
    return "\n".join(unified_diff(old.splitlines(), new.splitlines(), lineterm=""))


def main() -> None:
    """Renews the pages, or with `--check` says what would change, and ends with 1 if anything would."""
    pages = stale()
    for path, text in pages.items():
        click.echo(path.relative_to(ROOT))
        if CHECK in sys.argv:
            click.echo(difference(path.read_text(encoding="utf-8"), text))
        else:
            path.write_text(text, encoding="utf-8")
    sys.exit(bool(pages) and CHECK in sys.argv)


if __name__ == "__main__":
    main()
