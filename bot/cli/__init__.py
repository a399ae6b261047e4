"""The command `gongkai`: a group whose commands are loaded when they are called, so that each starts fast."""

from __future__ import annotations

import importlib
from typing import Any

import click

COMMANDS = {
    "init": "bot.cli.init:init",
    "import": "bot.cli.notices:import_",
    "ask": "bot.cli.citizens.ask:ask",
    "user": "bot.cli.people:user",
    "queue": "bot.cli.articles.queue:queue",
    "review": "bot.cli.articles.review:review",
    "tally": "bot.cli.figures.tally:tally",
    "menu": "bot.cli.menu:menu",
    "web": "bot.cli.processes.serve:web",
    "emulator": "bot.cli.processes.serve:emulator",
    "demo": "bot.cli.processes.serve:demo",
    "reconcile": "bot.cli.figures.reconcile:reconcile",
    "ledger": "bot.cli.figures.ledger:ledger",
    "alarms": "bot.cli.alarms:alarms",
    "guides": "bot.cli.citizens.guides:guides",
    "letters": "bot.cli.citizens.letters:letters",
    "questions": "bot.cli.citizens.questions:questions",
    "workday": "bot.cli.figures.workday:workday",
    "applications": "bot.cli.disclosure.applications:applications",
    "cases": "bot.cli.disclosure.cases:cases",
    "report": "bot.cli.figures.report:report",
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is asked for."""

    def __init__(self, *args: Any, lazy: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = dict(lazy)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        return sorted({*super().list_commands(ctx), *self.lazy})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now if need be."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.lazy[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=LazyGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """公开：政府公众号的问答与发布。每个命令都有 --help。"""
