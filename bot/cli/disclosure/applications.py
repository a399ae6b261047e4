"""`gongkai applications`: the register of applications for disclosure. Lists hold nothing personal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bot.cli.common import as_person, day, json_output, print_json, with_office
from bot.cli.disclosure import documents
from content.intake import decoding
from content.rules.applications import fees, form_fields, outcomes
from content.rules.applications.answer_clock import CORRECTION, CORRECTION_TERM
from content.rules.applications.receipt import RULES, ReceiptChannel
from content.rules.applications.steps import STATE_WORDS, STEP_WORDS, ApplicationState, Step
from content.rules.errors import BadInput
from content.services.applications import data_erasure, handling, receiving, register
from content.services.applications.handling import StepToTake
from content.services.applications.receiving import IncomingFile
from content.services.applications.register import RegisterLine
from content.services.office import Office
from content.services.setup import demand_current

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
on_day = click.option("--on", "on", metavar="DATE", help="哪天的事；不写就是今天")
with_note = click.option("--note", default="", metavar="N", help="说明；加密保存")


@click.group()
def applications() -> None:
    """依申请公开登记簿：收件、补正、征求意见、延期、答复，期限按工作日算。"""


@applications.command()
@click.argument("file", type=FILE)
@click.option("--channel", type=click.Choice([str(name) for name in ReceiptChannel]), required=True,
              help="怎么来的：" + "；".join(f"{name} {rule.words}" for name, rule in RULES.items()))  # fmt: skip
@on_day
@click.option("--attach", "attached", type=FILE, multiple=True, metavar="F", help="附件，可以给几个")
@as_person
@with_office()
def add(office: Office, file: Path, channel: str, on: str | None, attached: tuple[Path, ...], username: str) -> None:
    """登记当面、邮寄、传真来的申请。FILE 是 JSON：kind、name，以及写了的 identity、phone、wanted、carrier、way、contact、address、email。"""
    demand_current(office)
    form, faults = form_fields.read(_json(file), by_hand=True)
    if form is None:
        raise BadInput("申请的内容不全：" + "；".join(f"{name}：{fault}" for name, fault in faults.items()))
    files = [IncomingFile(path.name, path.read_bytes()) for path in attached]
    number = receiving.by_hand(office, form, channel=ReceiptChannel(channel), arrived=day(on) or office.clock.today(),
                               username=username, files=files)  # fmt: skip
    click.echo(f"已登记，编号 {number}。收到的日期按{RULES[ReceiptChannel(channel)].day}算。")
    if lacking := form_fields.lacking(form):
        click.echo(f"申请里没有写：{'、'.join(lacking)}。可以在收到后 {CORRECTION} 个工作日内一次通知补正。")


@applications.command("list")
@click.option("--all", "all_of_them", is_flag=True, help="办结的也列出来")
@json_output
@with_office()
def list_(office: Office, all_of_them: bool, as_json: bool) -> None:
    """正在办的申请和期限；逾期的在前。不含申请人的信息。"""
    demand_current(office)
    lines = sorted(register.listing(office, all_of_them=all_of_them), key=lambda line: not line.overdue)
    if as_json:
        print_json([line.to_json() for line in lines])
        return
    for line in lines:
        click.echo(_line(line))
    if not lines:
        click.echo("没有正在办的申请。")


@applications.command()
@click.argument("number", metavar="NUMBER")
@as_person
@json_output
@with_office()
def show(office: Office, number: str, username: str, as_json: bool) -> None:
    """一件申请的全部内容，含申请人的信息；只有能办理的人可以看。"""
    demand_current(office)
    page = register.page(office, number, username=username)
    steps = [{"step": step.step, "on": step.done_on.isoformat(), "days": step.days, "by": step.by, "note": note}
             for step, note in zip(page.line.steps, page.notes, strict=True)]  # fmt: skip
    form = {name: str(getattr(page.form, name)) for name in page.form.__dataclass_fields__} if page.form else None
    if as_json:
        files = [{"name": file.name, "size": file.size} for file in page.files]
        why = list(page.line.clock.why) if page.line.clock else []
        print_json(page.line.to_json() | {"why": why, "form": form, "steps": steps, "files": files})
        return
    click.echo(_line(page.line))
    for name, value in (form or {"": "申请人的信息已按规定删除。"}).items():
        click.echo(f"  {name}  {value}")
    for done, note in zip(page.line.steps, page.notes, strict=True):
        click.echo(f"  {done.done_on} {STEP_WORDS[Step(done.step)]}（{done.by}）{note}")
    for line in page.line.clock.why if page.line.clock else ():
        click.echo(f"  期限：{line}")


applications.add_command(documents.document)
applications.add_command(documents.template)


@applications.command()
@with_office()
def erase(office: Office) -> None:
    """删除到期该删的申请人信息；统计的数字不变。时钟每天也会做。"""
    demand_current(office)
    click.echo(f"删除了 {data_erasure.erase_old(office)} 件申请里的个人信息。")


def _step(name: str, step: Step, words: str, *options: Callable[..., Any]) -> None:
    """A command that takes one step."""

    def command(office: Office, number: str, username: str, on: str | None, **given: Any) -> None:
        demand_current(office)
        wanted = StepToTake(step, day(on) or office.clock.today(), **given)
        handling.take(office, number, wanted, username=username)
        [line] = [
            line for line in register.listing(office, all_of_them=True) if line.application.number == number.strip()
        ]
        click.echo(_line(line))

    for option in (as_person, on_day, with_note, *options):
        command = option(command)
    command = click.argument("number", metavar="NUMBER")(with_office()(command))
    applications.command(name, help=words)(command)


_step("confirm", Step.CONFIRM, "与申请人确认收到（平信、网上、传真）；这天是法定的收到之日。")
_step("ask-correction", Step.ASK_CORRECTION, "一次性通知补正，要在收到后 7 个工作日内；期限停着，收到补正重新起算。",
      click.option("--days", type=int, default=CORRECTION_TERM, show_default=True, help="给申请人几个工作日"))  # fmt: skip
_step("correct", Step.CORRECT, "收到补正，期限从这天重新起算。")
_step("consult", Step.CONSULT, "征求第三方或者别的机关的意见，这段时间不计入期限。")
_step("hear", Step.HEAR, "收到意见，或者对方逾期不答复。")
_step("ask-fee", Step.ASK_FEE, "通知缴纳信息处理费，按国办函〔2020〕109 号算出金额。",
      click.option("--by", "basis", type=click.Choice(list(fees.BASIS_WORDS)), required=True,
                   help="item 按件：申请人当月第几件由登记簿数；page 按量：要写页数"),
      click.option("--pages", type=int, default=0, help="一共多少页"))  # fmt: skip
_step("pay", Step.PAY, "收到缴费，期限从这天重新起算。",
      click.option("--fee", type=int, default=0, help="缴了多少元；不写就是通知上的金额"))  # fmt: skip
_step("ask-reasons", Step.ASK_REASONS, "数量、频次明显超过合理范围，请申请人说明理由（第三十五条）。")
_step("hear-reasons", Step.HEAR_REASONS, "收到申请人的理由。")
_step("delay", Step.DELAY, "理由合理、按期答复不了的，经负责人同意确定延迟的期限，要写理由。",
      click.option("--days", type=int, required=True, help="延迟几个工作日"))  # fmt: skip
_step("ask-extension", Step.ASK_EXTENSION, "请负责人同意延期，要写理由。",
      click.option("--days", type=int, required=True, help="延长几个工作日"))  # fmt: skip
_step("extend", Step.EXTEND, "经负责人同意延长一次，最多 20 个工作日，要写理由。",
      click.option("--days", type=int, required=True, help="延长几个工作日"))  # fmt: skip
_step("answer", Step.ANSWER, "答复办结。结果用表三的行名，例如 g 予以公开、p 部分公开。",
      click.option("--outcome", required=True, metavar="ROW", help="办理结果，表三的行名；写错了会列出可以用的"))  # fmt: skip


def _line(line: RegisterLine) -> str:
    row, clock = line.application, line.clock
    state = STATE_WORDS[ApplicationState(row.state)].replace("您", "申请人")
    parts = [
        str(row.number),
        RULES[ReceiptChannel(row.channel)].words,
        f"收到 {row.received_on or '（待确认）'}",
        state,
    ]
    if row.answered_on:
        label = outcomes.outcomes(row.answered_on).get(row.outcome, row.outcome)
        parts.append(f"{row.answered_on} {label}")
    elif clock and clock.due:
        parts.append(f"答复期限 {clock.due}{'，逾期！' if line.overdue else ''}")
    elif clock and clock.estimate:
        parts.append(f"答复期限大约 {clock.estimate}，还不能定：{clock.why[0]}")
    elif clock and clock.waits_until:
        parts.append(f"等到 {clock.waits_until}")
    return "  ".join(parts)


def _json(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError, OSError) as error:
        raise BadInput(
            f"“{file.name}”不是完好的 JSON{decoding.json_place(error)}。请检查引号、逗号和括号，存成 UTF-8。"
        ) from error
    if not isinstance(found, dict):
        raise BadInput(f'“{file.name}”里要是一件申请：{{"name": …}}。')
    return found
