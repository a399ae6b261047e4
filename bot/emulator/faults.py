"""The switchboard of faults: which call or event goes wrong, how, and how often; repeatable by its seed."""

from __future__ import annotations

import fnmatch
import random
from typing import Any

from bot.emulator.state import State

BEFORE = ("refuse", "drop", "hang", "slow")
AFTER = ("act_then_drop", "act_then_hang")
EVENTS = ("lost", "doubled", "late")
FIELDS = {"endpoint", "act", "errcode", "errmsg", "seconds", "probability", "seed", "times"}


class Faults:
    """Rules, tried in the order in which they were set; the first that strikes is taken."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._rules = state.shelf("faults")

    def add(self, rule: dict[str, Any]) -> dict[str, Any]:
        """Sets a rule; returns it with its id. Raises ValueError.

        `endpoint`: a path such as /cgi-bin/draft/add or a pattern with *; for events `event:PUBLISHJOBFINISH`.
        `times`: strikes at most so often; `probability` 0–1 with `seed`: drawn anew for each call.
        """
        _check(rule)
        with self._state.transaction():
            id = str(self._state.count("fault"))
            whole = {"probability": 1.0, "seed": 0, "times": None, "seconds": None, **rule}
            whole |= {"id": id, "drawn": 0, "struck": 0}
            self._rules.put(id, whole)
        return whole

    def all(self) -> list[dict[str, Any]]:
        """All rules, with how often each was drawn and has struck."""
        return self._rules.all()

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        with self._state.transaction():
            for rule in self.all():
                self._rules.delete(rule["id"])

    def strike(self, endpoint: str) -> dict[str, Any] | None:
        """The rule that strikes this call or event, if one does."""
        with self._state.transaction():
            for rule in self.all():
                if fnmatch.fnmatchcase(endpoint, rule["endpoint"]) and self._draw(rule):
                    return rule
        return None

    def _draw(self, rule: dict[str, Any]) -> bool:
        if rule["times"] is not None and rule["struck"] >= rule["times"]:
            return False
        rule["drawn"] += 1
        # The draw depends on seed and number alone, so that a restart does not change the storm.
        strikes: bool = random.Random(f"{rule['seed']}:{rule['drawn']}").random() < float(rule["probability"])
        rule["struck"] += strikes
        self._rules.put(rule["id"], rule)
        return strikes


def _check(rule: dict[str, Any]) -> None:
    if unknown := set(rule) - FIELDS:
        raise ValueError(f"故障里没有这些字段：{'、'.join(sorted(unknown))}")
    endpoint, act = str(rule.get("endpoint", "")), rule.get("act")
    if not endpoint:
        raise ValueError("故障要写明 endpoint")
    allowed = EVENTS if endpoint.startswith("event:") else BEFORE + AFTER
    if act not in allowed:
        raise ValueError(f"act 只能是 {'、'.join(allowed)}")
    if act == "refuse" and not isinstance(rule.get("errcode"), int):
        raise ValueError("act 为 refuse 时要写明整数 errcode")
