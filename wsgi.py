"""Opens the doors: the web application for a WSGI server, and the command `gongkai`."""

from __future__ import annotations

from typing import Any

from bot.cli import cli

cli.lazy |= {"clock": "scheduler.cli:clock", "job": "scheduler.cli:job"}  # type: ignore[attr-defined]


def main() -> None:
    """The command line."""
    cli(prog_name="gongkai")


def __getattr__(name: str) -> Any:
    """`wsgi:app`, built at the first look, so that commands need not wait for it."""
    if name != "app":
        raise AttributeError(name)
    from bot.app import serving
    from config.settings import load

    globals()["app"] = serving(load(wechat=True))
    return globals()["app"]
