"""What the demo runs with: the user's folder and addresses, and an account that only the emulator knows.

Everything that could reach the real platform, or an office's real data, is overridden.
"""

from __future__ import annotations

import json
import os
import secrets
import shlex
import string
from pathlib import Path
from typing import Any

from config.settings import WECHAT_CREDENTIALS, Settings, variable
from content.rules.errors import GongkaiError

FILE = "demo.json"
SHELL = "demo.env"
AES_ALPHABET = string.ascii_letters + string.digits
ANYWHERE = ("0.0.0.0", "[::]")  # addresses to listen on, not to call


class DemoNotes:
    """HOME/demo.json, for this user only: the rehearsed account's credentials; `begun_on`, the world's today;
    `seeded_at`, empty until the world stands.
    """

    def __init__(self, home: Path) -> None:
        self.path = home / FILE

    def exist(self) -> bool:
        """Whether a demo was begun in this folder."""
        return self.path.exists()

    def read(self) -> dict[str, Any]:
        """The notes; credentials are made at the first reading. Raises GongkaiError."""
        if not self.exist():
            self.write({**credentials(), "seeded_at": ""})
        try:
            notes: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
            return {**notes, **{name: notes[name] for name in (*WECHAT_CREDENTIALS, "seeded_at")}}
        except (OSError, ValueError, KeyError) as error:
            raise GongkaiError(
                f"{self.path} 读不出或不完整。请把整个目录 {self.path.parent} 移走后重新启动。"
            ) from error

    def write(self, notes: dict[str, Any]) -> None:
        """Replaces the notes whole."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".new")
        with open(fresh, "w", encoding="utf-8", opener=_private) as file:
            json.dump(notes, file, ensure_ascii=False, indent=2)
        os.replace(fresh, self.path)


def credentials() -> dict[str, str]:
    """A new account in the platform's shapes: AppID, AppSecret, Token and EncodingAESKey."""
    return {
        "wechat_app_id": f"wx{secrets.token_hex(8)}",
        "wechat_app_secret": secrets.token_hex(16),
        "wechat_token": secrets.token_hex(12),
        "wechat_aes_key": "".join(secrets.choice(AES_ALPHABET) for _ in range(43)),
    }


def overridden(settings: Settings, notes: dict[str, Any]) -> dict[str, str]:
    """The settings, by name, that the demo gives instead of the user's."""
    return {
        **{name: notes[name] for name in WECHAT_CREDENTIALS},
        "wechat_api_url": called(settings.emulator_bind),
        "wechat_account": "subscription",
        "wechat_delivery": "publish",
        "home": str(settings.home.absolute()),
        "bind": settings.bind,
        "emulator_bind": settings.emulator_bind,
        "public_url": "",
        "database_url": "",
        "redis_url": "",
        "portal_feed": "",
        "alarm_url": "",
    }


def rehearsed(settings: Settings, notes: dict[str, Any]) -> Settings:
    """The settings with which the demo itself works."""
    changes = overridden(settings, notes)
    return settings.model_copy(update={**changes, "home": Path(changes["home"])})


def environment(settings: Settings, notes: dict[str, Any]) -> dict[str, str]:
    """The environment of the demo's processes; it wins over any `.env`."""
    changes = overridden(settings, notes)
    inherited = {
        name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in _secret(changes)
    }
    return {**inherited, **{variable(name): value for name, value in changes.items()}, "PYTHONUNBUFFERED": "1"}


def keep_for_a_shell(settings: Settings, notes: dict[str, Any]) -> Path:
    """Writes HOME/demo.env, for this user only: what a shell must `source` to command the demo's office."""
    path = settings.home.absolute() / SHELL
    changes = {variable(name): value for name, value in overridden(settings, notes).items()}
    with open(path, "w", encoding="utf-8", opener=_private) as file:
        file.writelines(f"export {name}={shlex.quote(value)}\n" for name, value in changes.items())
    return path


def called(bind: str) -> str:
    """The address under which this machine calls what listens at `bind`."""
    host, _, port = bind.rpartition(":")
    return f"http://{'127.0.0.1' if host in ANYWHERE else host}:{port}"


def _secret(changes: dict[str, str]) -> set[str]:
    return {variable(name) for name in changes}


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_TRUNC, 0o600)
