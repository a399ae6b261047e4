"""Documentation that fails when it lies."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import click
import pytest

import wsgi
from config import reference, settings
from config.settings import Settings
from scheduler import timetable
from tests.house.source import ROOT, tracked

PAGES = [path for path in tracked("*.md") if not path.parts[0].startswith(".")]
LINK = re.compile(r"""(?:\]\(|src=")([^)"\s]+)""")
NAMED_FILE = re.compile(
    r"`((?:bot|config|content|scheduler|tests|docs|deploy|bench|requirements)/[\w./-]*|[\w]+\.(?:md|toml)|wsgi\.py|Makefile)`"
)
FORMER = {"CHANGELOG.md"}  # speaks of the past


def page(name: str) -> str:
    """The text of a page."""
    return (ROOT / name).read_text(encoding="utf-8")


def commands(group: click.Group, above: str) -> list[str]:
    """Every command below a group, as one types it."""
    context = click.Context(group)
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command, f"{above} {name} is listed, but not there"
        found.append(f"{above} {name}")
        if isinstance(command, click.Group):
            found += commands(command, f"{above} {name}")
    return found


def test_the_generated_parts_are_as_the_code_would_write_them() -> None:
    check = [sys.executable, "docs/generate.py", "--check"]  # a process: click keeps what an earlier test made it print
    done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), f"run `python docs/generate.py`:\n{done.stdout}{done.stderr}"


def test_every_setting_stands_in_the_docs_with_its_default_and_no_other() -> None:
    rows = dict(re.findall(r"^\| `(GONGKAI_\w+)` \| (\S+) \|", page("docs/settings.md"), re.MULTILINE))
    told = {
        settings.variable(name): f"`{str(field.default).lower() if field.default in (True, False) else field.default}`"
        if field.default != ""
        else "empty"
        for name, field in Settings.model_fields.items()
        if not (field.json_schema_extra or {}).get("internal")  # type: ignore[union-attr]
    }
    assert rows == told


def test_every_command_stands_in_the_docs_and_no_other() -> None:
    told = re.findall(r"^#+ `(gongkai .*)`$", page("docs/commands.md"), re.MULTILINE)
    assert sorted(told) == sorted(commands(wsgi.cli, "gongkai"))


@pytest.mark.parametrize("path", commands(wsgi.cli, "gongkai"))
def test_every_command_says_what_it_does_and_explains_each_option(path: str) -> None:
    command: click.Command = wsgi.cli
    for name in path.split()[1:]:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found
        command = found
    assert (command.help or "").strip(), path
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{path} {parameter.opts}"


def test_every_job_stands_in_the_docs_and_no_other() -> None:
    part = page("docs/architecture.md").partition("<!-- generated: jobs -->")[2].partition("<!-- end -->")[0]
    told = re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)
    assert told == [job.name for job in timetable.TIMETABLE]


def test_every_job_has_a_reason_for_its_hour_and_a_time() -> None:
    for job in timetable.TIMETABLE:
        assert job.why.strip(), job.name
        assert bool(job.every) != bool(job.at), f"{job.name}: either every so many seconds, or at an hour"


def test_no_two_daily_jobs_begin_at_the_same_minute() -> None:
    hours = [job.at for job in timetable.TIMETABLE if job.at]
    assert len(set(hours)) == len(hours), hours


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_every_link_leads_somewhere(path: object) -> None:
    text = page(str(path))
    for target in LINK.findall(text):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        file = (ROOT / str(path)).parent / name if name else ROOT / str(path)
        assert file.exists(), f"{path} links to {target}"
        if anchor:
            assert anchor in anchors(file.read_text(encoding="utf-8")), f"{path} links to {target}"


@pytest.mark.parametrize("path", [path for path in PAGES if str(path) not in FORMER], ids=str)
def test_every_file_that_a_page_names_is_there(path: object) -> None:
    for name in NAMED_FILE.findall(page(str(path))):
        bare = "/" not in name and name not in {"wsgi.py", "Makefile"}
        places = [ROOT / name, (ROOT / str(path)).parent / name, ROOT / "config" / "data" / name]
        assert any(place.exists() for place in (places if bare else places[:1])), f"{path} names {name}"


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_dependency_is_named_with_its_reason() -> None:
    project = tomllib.loads(page("pyproject.toml"))
    extras = project["project"]["optional-dependencies"]
    wanted = [*project["project"]["dependencies"], *(line for lines in extras.values() for line in lines)]
    named = set(re.findall(r"\*\*`([\w-]+)`", page("docs/decisions.md"))) | set(
        re.findall(r"`([\w-]+)`", page("docs/decisions.md").partition("## Why each dependency")[2])
    )
    missing = {re.split(r"[\[=<>;~! ]", line)[0] for line in wanted} - named
    assert not missing, f"docs/decisions.md does not say why: {missing}"


def test_every_decision_has_its_day() -> None:
    paragraphs = [part for part in page("docs/decisions.md").split("\n\n") if part.startswith("**")]
    assert len(paragraphs) > 10
    for part in paragraphs:
        assert re.match(r"\*\*20\d\d-\d\d-\d\d · ", part), part[:60]


def test_the_changelog_tells_of_this_version_first() -> None:
    version = tomllib.loads(page("pyproject.toml"))["project"]["version"]
    first = re.search(r"^## (\S+)", page("CHANGELOG.md"), re.MULTILINE)
    assert first and first[1] == version


def test_every_target_of_make_says_what_it_does() -> None:
    makefile = page("Makefile")
    [phony] = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    told = dict(re.findall(r"^([a-z-]+):.*## (.+)$", makefile, re.MULTILINE))
    assert set(phony.split()) == set(told)


@pytest.mark.parametrize("name", ["categories", "replies", "menu"])
def test_every_text_of_the_office_can_be_read(name: str) -> None:
    assert reference.table(name)


@pytest.mark.parametrize("lock", ["requirements/run.lock", "requirements/dev.lock"])
def test_the_locks_carry_hashes_and_no_registry(lock: str) -> None:
    text = page(lock)
    pinned = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==", text, re.MULTILINE)
    assert len(pinned) > 20
    assert text.count("--hash=sha256:") >= len(pinned)
    assert not re.search(r"https?://(?!github\.com/astral)|--index-url|--extra-index-url", text), lock


def test_readme_opens_with_one_sentence_a_picture_and_the_two_commands() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        opening = page(name).split("\n## ")[0]
        assert re.search(r'<img src="docs/phone\.png" alt="[^"]+"', opening), name
        assert "make run" in opening and "make test" in opening, name


def test_the_reading_order_begins_at_the_readme() -> None:
    for path in PAGES:
        if path.parts[0] == "docs":
            assert f"({path.as_posix()})" in page("README.md"), f"the map in README.md leaves out {path}"
            assert f"({path.as_posix()})" in page("README.zh-CN.md"), f"the map in README.zh-CN.md leaves out {path}"
