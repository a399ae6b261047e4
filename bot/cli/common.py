"""What all commands share: the office, the person they act for, JSON output, and errors as one line."""

from __future__ import annotations

import functools
import json
import logging
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from config import logs, settings
from content.rules.errors import BadInput, GongkaiError
from content.rules.language import moments
from content.services.office import Office
from content.store import machine_faults
from content.store.disk import private

log = logging.getLogger(__name__)

as_person = click.option("--as", "username", required=True, metavar="USERNAME", help="以谁的名义")
json_output = click.option("--json", "as_json", is_flag=True, help="只打印一个 JSON")


def with_office(*, wechat: bool = False) -> Callable[..., Any]:
    """Opens the office for a command, hands it over as first argument, and turns errors into exit codes.

    0 done, 1 could not be done (one line says why), 2 wrong settings. `wechat`: the platform's settings are needed.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def command(*args: Any, **kwargs: Any) -> Any:
            logs.setup(process=function.__name__, level=logging.WARNING)
            office = open_office(wechat=wechat)
            try:
                return function(office, *args, **kwargs)
            except GongkaiError as error:
                fail(error.message)
            except (click.ClickException, BrokenPipeError):
                raise  # wrong usage: it is told, and ends with exit code 2; or nobody reads on, as with `| head`
            except Exception as error:
                if words := machine_faults.words(error):
                    log.error("command failed", extra={"fields": {"error": repr(error)}})
                    fail(words)
                log.exception("command failed")
                fail("程序出了意外，没有做成；上面的日志请发给维护人员。已经保存的内容不受影响。")
            finally:
                office.close()

        return command

    return decorate


def open_office(*, wechat: bool = False) -> Office:
    """The office of this process; wrong settings end the process with exit code 2."""
    private.umask()
    try:
        return Office(settings.load(wechat=wechat))
    except settings.SettingsError as error:
        if wechat and any(settings.variable(name) in " ".join(error.faults) for name in settings.WECHAT_CREDENTIALS):
            click.echo(
                "这个命令要用公众号的设置，这台机器上还没有填好。您不管这台服务器的，请找管服务器的同事。", err=True
            )
            where = f"请写进 {Path('.env').absolute()}，一项一行，没有这个文件就新建：{'；'.join(error.faults)}。"
            click.echo(
                f"给管服务器的同事：{where}还没有公众号、想先排练的，执行 gongkai init，会给出可以照抄的几行。",
                err=True,
            )
        else:
            for fault in error.faults:
                click.echo(fault, err=True)
        sys.exit(2)


def fail(message: str) -> NoReturn:
    """Says on one line why it could not be done, and ends with exit code 1."""
    click.echo(" ".join(message.split("\n")), err=True)
    sys.exit(1)


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def moment(office: Office, text: str | None) -> datetime | None:
    """A time given on the command line, in UTC; without a zone it is the office's. Raises BadInput."""
    if text is None:
        return None
    try:
        return moments.read(text, office.settings.zone)
    except moments.NoHour as error:
        raise BadInput(f"“{text}”没有写几点。请写成 {moments.EXAMPLE}。") from error
    except ValueError as error:
        raise BadInput(f"看不懂时间“{text}”。请写成 {moments.EXAMPLE}。") from error


def day(text: str | None) -> date | None:
    """A day given on the command line. Raises BadInput."""
    try:
        return date.fromisoformat(text.strip()) if text is not None else None
    except ValueError as error:
        raise BadInput(f"看不懂日期“{text}”。请写成 2026-11-22。") from error


def each(ids: tuple[int, ...], act: Callable[[int], str]) -> None:
    """Does one thing for several ids, each on its own; exit code 1 if any failed, each named on standard error."""
    failed = False
    for number in ids:
        try:
            click.echo(act(number))
        except GongkaiError as error:
            click.echo(f"{number}：{error.message}", err=True)
            failed = True
    if failed:
        sys.exit(1)
