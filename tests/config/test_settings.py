"""Settings: where they come from, and how faults are told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import settings
from config.settings import Settings, SettingsError

ROOT = Path(__file__).parents[2]
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
CREDENTIALS = {
    "GONGKAI_WECHAT_APP_ID": "wx5f1e0c2d3b4a6978",
    "GONGKAI_WECHAT_APP_SECRET": "5e0f3a6b1c9d4e2f8a7b6c5d4e3f2a1b",
    "GONGKAI_WECHAT_TOKEN": "linjiangpark2026",
    "GONGKAI_WECHAT_AES_KEY": AES_KEY,
}


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working directory without `.env`, and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(settings.PREFIX)]:
        monkeypatch.delenv(name)


def faults(*, wechat: bool = False) -> list[str]:
    """What loading complains about."""
    with pytest.raises(SettingsError) as caught:
        settings.load(wechat=wechat)
    return caught.value.faults


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line as a process of its own, in this directory, with these settings and no others."""
    return subprocess.run(
        [sys.executable, "-c", "import wsgi; wsgi.main()", *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_without_any_setting_the_defaults_hold() -> None:
    found = settings.load()
    assert found.bind == "127.0.0.1:8000"
    assert found.base_url == "http://127.0.0.1:8000"
    assert found.sql_url == f"sqlite:///{Path('var').absolute() / 'gongkai.db'}"
    assert (found.settle_after, found.submit_gap, found.timezone) == (600, 2.0, "Asia/Shanghai")


def test_an_address_that_paths_are_added_to_ends_without_a_slash_and_others_stay_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("PUBLIC_URL", "WECHAT_API_URL", "PORTAL_FEED", "ALARM_URL"):
        monkeypatch.setenv(f"GONGKAI_{name}", "https://gk.example.gov.cn/list/")
    found = settings.load()
    assert found.public_url == found.wechat_api_url == "https://gk.example.gov.cn/list"
    assert found.portal_feed == found.alarm_url == "https://gk.example.gov.cn/list/"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("GONGKAI_BIND=127.0.0.1:7001\nGONGKAI_SETTLE_AFTER=60\n", encoding="utf-8")
    monkeypatch.setenv("GONGKAI_BIND", "127.0.0.1:7002")
    found = settings.load()
    assert (found.bind, found.settle_after) == ("127.0.0.1:7002", 60)


def test_a_file_may_hold_what_is_not_ours() -> None:
    Path(".env").write_text("EDITOR=vi\nGONGKAI_BIND=127.0.0.1:7001\n", encoding="utf-8")
    assert settings.load().bind == "127.0.0.1:7001"


def test_a_file_saved_by_notepad_is_read_like_any_other() -> None:
    Path(".env").write_text("GONGKAI_BIND=127.0.0.1:7001\n", encoding="utf-8-sig")
    assert settings.load().bind == "127.0.0.1:7001"


def test_a_file_in_another_encoding_is_named() -> None:
    Path(".env").write_text("# 地址\nGONGKAI_BIND=127.0.0.1:7001\n", encoding="gbk")
    assert faults()[0].startswith(".env：")


def test_a_secret_may_lie_in_a_file_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("from-a-file\n", encoding="utf-8")
    monkeypatch.setenv("GONGKAI_WECHAT_APP_SECRET_FILE", str(tmp_path / "secret"))
    assert settings.load().wechat_app_secret == "from-a-file"


def test_a_secret_file_wins_over_the_env_file_and_loses_to_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(".env").write_text("GONGKAI_WECHAT_TOKEN=fromenvfile\n", encoding="utf-8")
    (tmp_path / "secret").write_text("fromsecretfile", encoding="utf-8")
    monkeypatch.setenv("GONGKAI_WECHAT_TOKEN_FILE", str(tmp_path / "secret"))
    assert settings.load().wechat_token == "fromsecretfile"
    monkeypatch.setenv("GONGKAI_WECHAT_TOKEN", "fromenvironment")
    assert settings.load().wechat_token == "fromenvironment"


WRONG = {
    "GONGKAI_BIND": ("8000", "主机:端口"),
    "GONGKAI_EMULATOR_BIND": ("127.0.0.1:99999", "主机:端口"),
    "GONGKAI_PUBLIC_URL": ("gk.example.gov.cn", "http://"),
    "GONGKAI_REDIS_URL": ("127.0.0.1:6379", "redis://"),
    "GONGKAI_WECHAT_API_URL": ("api.weixin.qq.com", "http://"),
    "GONGKAI_WECHAT_AES_KEY": ("tooshort", "43"),
    "GONGKAI_WECHAT_ACCOUNT": ("enterprise", "subscription"),
    "GONGKAI_WECHAT_DELIVERY": ("post", "publish"),
    "GONGKAI_SETTLE_AFTER": ("ten minutes", "整数"),
    "GONGKAI_SUBMIT_GAP": ("-1", "小于 0"),
    "GONGKAI_POSTING_DAYS": ("-1", "小于 0"),
    "GONGKAI_CHIEF_MAY_PASS_TWICE": ("perhaps", "true"),
    "GONGKAI_PORTAL_FEED": ("rss.xml", "http://"),
    "GONGKAI_ALARM_URL": ("hook", "http://"),
    "GONGKAI_TIMEZONE": ("Asia/Linjiang", "时区"),
}


def test_every_fault_is_told_at_once_with_its_name_the_reason_and_an_example(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, (value, _) in WRONG.items():
        monkeypatch.setenv(name, value)
    told = faults()
    assert len(told) == len(WRONG)
    for name, (_, reason) in WRONG.items():
        [line] = [line for line in told if line.startswith(f"{name}：")]
        example = settings.example(name.removeprefix(settings.PREFIX).lower())
        assert reason in line and line.endswith(f"例如：{example}"), line
        assert "\n" not in line


def test_what_the_platform_needs_is_asked_for_together_with_all_other_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_BIND", "8000")
    monkeypatch.setenv("GONGKAI_WECHAT_TOKEN", "linjiangpark2026")
    told = {line.partition("：")[0] for line in faults(wechat=True)}
    assert told == {
        "GONGKAI_BIND", "GONGKAI_WECHAT_APP_ID", "GONGKAI_WECHAT_APP_SECRET", "GONGKAI_WECHAT_AES_KEY",
    }  # fmt: skip


def test_a_secret_file_that_cannot_be_read_is_named_beside_the_other_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_WECHAT_TOKEN_FILE", "/no/such/file")
    monkeypatch.setenv("GONGKAI_BIND", "8000")
    told = faults()
    assert {line.partition("：")[0] for line in told} == {"GONGKAI_BIND", "GONGKAI_WECHAT_TOKEN_FILE"}
    assert any("/no/such/file" in line for line in told)


@pytest.mark.parametrize("name", ["GONGKAI_WECHAT_AES_KEY", "GONGKAI_REDIS_URL"])
def test_a_faulty_secret_is_never_echoed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "http://office:geheim4711@redis.example")
    assert "geheim4711" not in "".join(faults())


def test_every_example_is_itself_a_right_value(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(settings.variable(name), settings.example(name))
    settings.load(wechat=True)


def test_settings_cannot_be_changed_while_running() -> None:
    found = settings.load()
    with pytest.raises(ValueError, match="frozen"):
        found.bind = "127.0.0.1:1"  # type: ignore[misc]


def test_a_command_with_wrong_settings_says_so_line_by_line_and_ends_with_2() -> None:
    done = run("init", GONGKAI_BIND="8000", GONGKAI_TIMEZONE="Asia/Linjiang")
    assert done.returncode == 2
    assert [line.partition("：")[0] for line in done.stderr.splitlines()] == ["GONGKAI_BIND", "GONGKAI_TIMEZONE"]
    assert done.stdout == ""


def test_a_command_that_speaks_with_the_platform_asks_for_the_credentials_and_ends_with_2() -> None:
    done = run("menu", "push")
    assert done.returncode == 2
    for_clerks, for_operators = done.stderr.splitlines()
    assert "请找管服务器的同事" in for_clerks and not any(name in for_clerks for name in CREDENTIALS)
    assert all(name in for_operators for name in CREDENTIALS)


def test_commands_that_do_not_speak_with_the_platform_work_without_credentials() -> None:
    done = run("init")
    assert done.returncode == 0, done.stderr
    assert Path("var/gongkai.db").exists()
