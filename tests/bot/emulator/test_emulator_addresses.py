"""Who may use the emulator: this machine alone, under its own names, unless somebody says otherwise."""

from __future__ import annotations

import urllib.request
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.emulator import Options, running
from bot.emulator.platform import Platform
from bot.emulator.server import create_app
from tests.bot.emulator.account_side import APP_ID, SECRET, TOKEN
from tests.fixtures.office_processes import OfficeProcesses

OPTIONS = Options(APP_ID, SECRET, TOKEN)


def status(host: str, options: Options = OPTIONS) -> int:
    """What a request for this host gets."""
    with closing(Platform(options)) as platform:
        platform.worker.start()
        return create_app(platform).test_client().get("/_/time", headers={"Host": host}).status_code


@pytest.mark.parametrize(
    ("host", "expected"),
    [("evil.example", 403), ("evil.example:80", 403), ("127.0.0.1.evil.example", 403), ("localhost", 200), ("[::1]:80", 200),
     ("127.0.0.1:8001", 200)],
)  # fmt: skip
def test_another_name_that_leads_here_is_refused(host: str, expected: int) -> None:
    assert status(host) == expected


def test_the_name_that_it_was_given_is_its_own() -> None:
    named = replace(OPTIONS, public_url="https://try.example.cn")
    assert (status("try.example.cn", named), status("other.example.cn", named)) == (200, 403)
    assert status("any.example.cn", replace(OPTIONS, bind="0.0.0.0:8001")) == 200


@pytest.mark.parametrize("command", ["emulator", "demo"])
@pytest.mark.parametrize("bind", ["0.0.0.0:8001", "[::]:8001", "192.0.2.1:8001", "gk.example.cn:8001"])
def test_it_listens_on_this_machine_alone_unless_told(tmp_path: Path, command: str, bind: str) -> None:
    processes = OfficeProcesses(tmp_path, GONGKAI_EMULATOR_BIND=bind)
    done = processes.run(command, code=1)
    assert "--any-address" in done.stderr and "GONGKAI_EMULATOR_BIND" in done.stderr
    processes.close()


def test_the_account_is_called_as_it_is_called_now_and_the_bare_address_leads_to_the_phone() -> None:
    names = ["青河镇人民政府"]
    with running(replace(OPTIONS, named=lambda: names[-1])) as up:
        with urllib.request.urlopen(up.url) as answer:
            assert answer.url == f"{up.url}/phone" and "青河镇人民政府" in answer.read().decode()
        names.append("青河镇党政办")
        with urllib.request.urlopen(f"{up.url}/phone") as answer:
            assert "青河镇党政办" in answer.read().decode()
