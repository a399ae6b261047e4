"""A shell that sources HOME/demo.env speaks to the rehearsal, never to the real platform."""

from __future__ import annotations

import subprocess
from pathlib import Path

from bot.demo.environment import credentials, keep_for_a_shell
from tests import world


def test_a_shell_gets_the_rehearsals_settings_and_nobody_else_may_read_them(tmp_path: Path) -> None:
    home = tmp_path / "家 里"
    home.mkdir()
    notes = credentials()
    file = keep_for_a_shell(world.settings(home, wechat_api_url="https://api.weixin.qq.com"), notes)
    script = f'. "{file}"; printf "%s|" "$GONGKAI_HOME" "$GONGKAI_WECHAT_API_URL" "$GONGKAI_WECHAT_TOKEN"'
    seen = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True, env={})
    assert seen.stdout == f"{home}|http://127.0.0.1:8001|{notes['wechat_token']}|"
    assert file.stat().st_mode & 0o777 == 0o600
