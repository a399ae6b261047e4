"""A message sealed by an implementation that is none of ours: the npm package `wechat-crypto`, where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests import world
from tests.bot.platform_side import read, text

NODE = shutil.which("node")
SCRIPT = """
const WXBizMsgCrypt = require('wechat-crypto');
const asked = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const crypt = new WXBizMsgCrypt(asked.token, asked.aes_key, asked.app_id);
const out = asked.seal
  ? { encrypted: crypt.encrypt(asked.seal) }
  : { opened: crypt.decrypt(asked.open) };
const sealed = out.encrypted || asked.open;
out.signature = crypt.getSignature(asked.timestamp, asked.nonce, sealed);
console.log(JSON.stringify(out));
"""


def foreign(folder: Path, **asked: str) -> dict[str, dict[str, str] | str]:
    """What wechat-crypto says; skips where it is not installed."""
    if NODE is None:
        pytest.skip("no node on this machine")
    account = {name: world.WECHAT[f"wechat_{name}"] for name in ("token", "aes_key", "app_id")}
    (folder / "talk.js").write_text(SCRIPT)
    done = subprocess.run([NODE, folder / "talk.js"], input=json.dumps({**account, **asked}), text=True, cwd=folder,
                          capture_output=True)  # fmt: skip
    if "Cannot find module 'wechat-crypto'" in done.stderr:
        pytest.skip("not installed: npm install wechat-crypto in a folder named by NODE_PATH")
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, str] | str] = json.loads(done.stdout)
    return found


def test_what_it_seals_is_answered_and_it_opens_the_answer(client: FlaskClient, tmp_path: Path) -> None:
    stamp = {"timestamp": str(int(world.NOON.timestamp())), "nonce": "486452656"}
    sealed = foreign(tmp_path, seal=text("公租房 😀"), **stamp)
    query = {**stamp, "encrypt_type": "aes", "msg_signature": sealed["signature"]}
    answer = client.post("/wechat", query_string=query, data=f"<xml><Encrypt>{sealed['encrypted']}</Encrypt></xml>")
    assert answer.status_code == 200
    reply = read(answer.text)
    opened = foreign(tmp_path, open=reply["Encrypt"], timestamp=reply["TimeStamp"], nonce=reply["Nonce"])
    assert opened["signature"] == reply["MsgSignature"]
    inner = opened["opened"]
    assert isinstance(inner, dict) and inner["id"] == world.WECHAT["wechat_app_id"]
    assert "园区公共租赁住房申请指南" in read(inner["message"])["Content"]
