"""`gongkai guides`: where the file is, what is wrong with it, and a copy to change."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from config import reference
from content.services.office import Office

BUILT_IN = reference.DATA / "guides.toml"


@pytest.fixture
def run(office: Office, monkeypatch: pytest.MonkeyPatch) -> object:
    """Runs the command in the folder of an office."""
    monkeypatch.setenv("GONGKAI_HOME", str(office.home))
    monkeypatch.setenv("GONGKAI_REDIS_URL", office.settings.redis_url)
    return lambda *words: CliRunner().invoke(cli, ["guides", *words])


def test_the_built_in_guides_are_shown_and_copied_once(run, office: Office) -> None:  # type: ignore[no-untyped-def]
    shown: Result = run()
    assert shown.exit_code == 0 and str(BUILT_IN) in shown.stdout and "办公时间：" in shown.stdout
    copied = run("--copy")
    assert copied.exit_code == 0 and (office.home / "guides.toml").read_bytes() == BUILT_IN.read_bytes()
    again = run("--copy")
    assert again.exit_code == 1 and "没有覆盖" in again.stderr
    assert json.loads(run("--json").stdout)["path"] == str(office.home / "guides.toml")


def test_a_fault_is_told_in_words_with_exit_code_1(run, office: Office) -> None:  # type: ignore[no-untyped-def]
    (office.home / "guides.toml").write_text('[[guide]]\nname = "食堂"\nwords = ["食堂"]\nanswer = "{offices}"\n')
    broken: Result = run("--json")
    assert broken.exit_code == 1 and "不认识的 {offices}" in broken.stderr
    document = json.loads(broken.stdout)
    assert document["path"] == str(BUILT_IN) and len(document["faults"]) == 1
