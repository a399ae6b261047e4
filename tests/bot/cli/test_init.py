"""`gongkai init` on a new machine: what it says to do next can be copied as it stands."""

from __future__ import annotations

import re
from pathlib import Path

from bot.cli import rehearsal
from config import settings
from tests import world


def test_the_lines_for_a_rehearsal_are_settings_that_hold(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    lines = rehearsal.lines(world.settings(tmp_path, emulator_bind="127.0.0.1:8461"))
    monkeypatch.chdir(tmp_path)
    Path(".env").write_text(re.sub("^ +", "", lines, flags=re.MULTILINE))
    known = settings.load(wechat=True)
    assert known.wechat_api_url == "http://127.0.0.1:8461" and len(known.wechat_aes_key) == 43


def test_the_emulator_says_whom_the_others_speak_with(tmp_path: Path) -> None:
    real = world.settings(tmp_path)
    assert "GONGKAI_WECHAT_API_URL=http://127.0.0.1:8001" in rehearsal.told(real)
    assert "api.weixin" not in rehearsal.told(real.model_copy(update={"wechat_api_url": "http://127.0.0.1:8001"}))
