"""What the emulator is started with, and what the side door may change while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.emulator.state import State


@dataclass(frozen=True)
class Options:
    """One rehearsed account and where its platform listens.

    `webhook`: the product's address, e.g. http://127.0.0.1:8000/wechat; empty: nothing is delivered.
    `state_file`: SQLite file that outlives a kill; None keeps everything in memory.
    `test_clock`: a file that holds one ISO 8601 instant; empty follows the real time.
    `named`: what the account is called now; asked anew for every page.
    """

    app_id: str
    app_secret: str
    token: str
    aes_key: str = ""
    webhook: str = ""
    bind: str = "127.0.0.1:8001"
    mode: str = "plain"
    state_file: Path | None = None
    test_clock: str = ""
    account: str = "subscription"
    named: Callable[[], str] = lambda: "排练的公众号"
    public_url: str = ""
    timezone: str = "Asia/Shanghai"
    settings: dict[str, Any] = field(default_factory=dict)


MODES = ("plain", "compatible", "safe")
ACCOUNTS = ("subscription", "service")
VERIFIED_ONLY = frozenset({"freepublish", "mass", "menu", "custom", "user", "datacube"})
RIGHTS = ("freepublish", "mass", "menu", "custom", "user", "datacube", "draft", "material")


def defaults(options: Options) -> dict[str, Any]:
    """Every switch that the side door may turn, with its value after a reset (docs/emulator.md explains each)."""
    return {
        "mode": options.mode,
        "account": options.account,
        "webhook": options.webhook,
        "webhook_timeout": 5.0,
        "webhook_tries": 3,
        "publish_delay": 1.0,
        "publish_status": 0,
        "publish_fail_idx": [],
        "mass_delay": 1.0,
        "mass_status": "send success",
        "mass_confirmation": False,
        "mass_allowance": None,
        "hand_event": False,
        "submit_gap": 0.0,
        "token_grace": 0,
        "ip_whitelist": [],
        "verified": True,
        "rights": dict.fromkeys(RIGHTS, True),
        "quotas": {},
        "content_chars": 20_000,
        "content_bytes": 1_048_576,
        "gives_source_url_back": True,
        "reads": 10,
        "delayed_days": [],
        **options.settings,
    }


class Settings:
    """The switches, kept in the state so that they outlive a restart."""

    def __init__(self, options: Options, state: State) -> None:
        self._defaults = defaults(options)
        self._state = state

    def all(self) -> dict[str, Any]:
        """Every switch with its present value."""
        return {**self._defaults, **self._state.value("settings", {})}

    def __getitem__(self, name: str) -> Any:
        return self._state.value("settings", {}).get(name, self._defaults[name])

    def may(self, right: str) -> bool:
        """Whether the account may call endpoints of this family; without verification most are closed."""
        return bool(self["rights"].get(right, True) and (self["verified"] or right not in VERIFIED_ONLY))

    def change(self, changes: dict[str, Any]) -> dict[str, Any]:
        """Turns switches; `rights` and `quotas` are merged. Raises ValueError for an unknown name or value."""
        for name, value in changes.items():
            self._check(name, value)
        with self._state.transaction():
            kept = self._state.value("settings", {})
            for name, value in changes.items():
                merged = isinstance(value, dict) and isinstance(self._defaults[name], dict)
                kept[name] = {**self[name], **value} if merged else value
            self._state.set_value("settings", kept)
        return self.all()

    def _check(self, name: str, value: Any) -> None:
        if name not in self._defaults:
            raise ValueError(f"没有这个开关：{name}；可用的有：{'、'.join(self._defaults)}")
        if name == "mode" and value not in MODES:
            raise ValueError(f"mode 只能是 {'、'.join(MODES)}")
        if name == "account" and value not in ACCOUNTS:
            raise ValueError(f"account 只能是 {'、'.join(ACCOUNTS)}")
        if name == "rights" and not set(value) <= set(RIGHTS):
            raise ValueError(f"rights 里只能有 {'、'.join(RIGHTS)}")
