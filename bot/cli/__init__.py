"""The command `gongkai`: a group whose commands are loaded when they are called, so that each starts fast."""

from __future__ import annotations

import importlib
import sys
import warnings
from typing import Any

import click

from bot.cli import usage

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
    "triage": "bot.cli.citizens.triage:triage",
    "workday": "bot.cli.figures.workday:workday",
    "applications": "bot.cli.disclosure.applications:applications",
    "cases": "bot.cli.disclosure.cases:cases",
    "catalogue": "bot.cli.disclosure.catalogue:catalogue",
    "report": "bot.cli.figures.report:report",
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is asked for."""

    def __init__(self, *args: Any, lazy: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = dict(lazy)

    def main(self, args: Any = None, prog_name: str | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Runs the command; called wrongly, it says so in Chinese and ends with exit code 2.

        With `standalone_mode` false it neither says nor ends anything, as click has it.
        """
        if not extra.get("standalone_mode", True):
            return super().main(args, prog_name, **extra)
        try:
            with warnings.catch_warnings():
                if not sys.warnoptions:  # the English of libraries is for those who write them
                    warnings.simplefilter("ignore")
                done = super().main(args, prog_name, **{**extra, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.UsageError as error:
            click.echo(usage.words(error), err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("已中断，没有做完。", err=True)
            sys.exit(1)
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        sys.exit(done if isinstance(done, int) else 0)

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
