"""The account's menu: from the reference file to the platform."""

from __future__ import annotations

import hashlib
from typing import Any

from config import reference
from content.services.office import Office
from content.services.ports import Channel
from content.store.figures import ledger


def push(office: Office, channel: Channel) -> list[str]:
    """Replaces the menu on the platform; the names of its buttons."""
    buttons = [_with_base(button, office.settings.base_url) for button in reference.menu()]
    channel.push_menu(buttons)
    sealed = hashlib.sha256(ledger.canonical(buttons).encode()).hexdigest()
    with office.store.write() as session:
        ledger.append(session, kind="menu.pushed", actor="operator", subject="menu", at=office.clock.now(),
                      sha256=sealed)  # fmt: skip
    return [str(button["name"]) for button in buttons]


def _with_base(button: dict[str, Any], base: str) -> dict[str, Any]:
    return {
        name: [_with_base(sub, base) for sub in value]
        if isinstance(value, list)
        else value.replace("{base}", base)
        if isinstance(value, str)
        else value
        for name, value in button.items()
    }
