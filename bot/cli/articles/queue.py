"""`gongkai queue`: posts on their way to the reviews."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bot.cli.articles.check import check, dismiss, mask
from bot.cli.articles.settle import settle
from bot.cli.choices import ChineseChoice
from bot.cli.common import as_person, json_output, moment, print_json, with_office
from bot.outside import remote_pictures
from content.intake.articles.documents import PostBody, read, read_bytes
from content.intake.rows import place_words
from content.rules.errors import BadInput
from content.rules.publishing.article_states import ACTION_WORDS, STATE_WORDS, Action, ArticleState
from content.rules.publishing.limits import ATTACHMENT_BYTES, INPUT_IMAGE_BYTES
from content.services import articles
from content.services.articles import FaultyPost, PostForm, QueuedPost, Upload
from content.services.office import Office
from content.services.setup import demand_current

DELIVERY_WORDS = {"publish": ("发布", "直接发布"), "mass": ("群发",), "draft": ("草稿箱", "草稿", "只放草稿箱")}
STEP_WORDS = {"upload": "上传图片", "draft": "建立草稿", "submit": "提交发布", "withdraw": "撤下"}
OUTCOME_WORDS = {"begun": "已发出", "ok": "成功", "refused": "微信没有同意", "unanswered": "没有回音", "lost": "中断",
                 "unreachable": "连不上"}  # fmt: skip
A_FILE = click.Path(path_type=Path)
number_argument = click.argument("number", type=click.IntRange(min=1), metavar="ID")


@click.group()
def queue() -> None:
    """稿件：写入、修改、成批导入、查看、预览。"""


for command in (settle, check, dismiss, mask):
    queue.add_command(command)


def _fields(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that `add` and `edit` share."""
    options = (
        click.option("--at", metavar="TIME", help="什么时候发布，如 2026-11-22T09:30；不给则终审通过就发"),
        click.option("--category", metavar="C", help="分类"),
        click.option("--department", metavar="D", help="部门"),
        click.option("--delivery", type=ChineseChoice(DELIVERY_WORDS), help="发布、群发，或只放草稿箱"),
        click.option("--cover", type=A_FILE, metavar="F", help="封面图片；不给则用分类的默认封面"),
        click.option("--digest", metavar="T", help="摘要，最多 120 字；不给则取正文前 54 字"),
        click.option("--author", metavar="T", help="署名，最多 16 字"),
        click.option("--source-url", metavar="U", help="“阅读原文”的网址"),
        click.option(
            "--attach", type=A_FILE, multiple=True, metavar="F…", help="附件，放在文章自己的页面上，可以给几个"
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@queue.command()
@click.argument("more", nargs=-1, type=A_FILE, metavar="")
@click.option("--title", required=True, metavar="T", help="标题，最多 32 字")
@click.option("--body", required=True, type=A_FILE, metavar="FILE", help="正文：.md、.txt、.html 或 .docx")
@_fields
@click.option("--reserve", is_flag=True, help="备用稿：哪天没有稿件就由它补上")
@click.option("--key", default="", metavar="KEY", help="自己的编号，不能重复")
@as_person
@json_output
@with_office()
def add(office: Office, more: tuple[Path, ...], *, username: str, as_json: bool, **given: Any) -> None:
    """写入一篇草稿。"""
    demand_current(office)
    changes = _changes(office, more, given)
    queued = _told(
        lambda: articles.add(office, PostForm(**changes), username=username, fetch=remote_pictures.pictures(office))
    )
    _report(queued, as_json, f"已写入草稿，编号 {queued.id}。送审：gongkai review submit {queued.id}")


@queue.command()
@number_argument
@click.argument("more", nargs=-1, type=A_FILE, metavar="")
@click.option("--title", metavar="T", help="标题，最多 32 字")
@click.option("--body", type=A_FILE, metavar="FILE", help="正文：.md、.txt、.html 或 .docx")
@_fields
@click.option("--reserve/--no-reserve", default=None, help="是不是备用稿")
@as_person
@json_output
@with_office()
def edit(office: Office, number: int, more: tuple[Path, ...], *, username: str, as_json: bool, **given: Any) -> None:
    """修改一篇稿件，没给的项不变；先前的通过作废，要重新送审。--at "" 取消定时。"""
    demand_current(office)
    changes = _changes(office, more, given)
    queued = _told(
        lambda: articles.edit(office, number, changes, username=username, fetch=remote_pictures.pictures(office))
    )
    voided = f"先前的 {queued.voided} 次通过作废，" if queued.voided else ""
    done = f"稿件 {number} 已存为第 {queued.revision} 稿，{voided}请重新送审。改过的人不能再审这一篇。"
    _report(queued, as_json, done if queued.changed else f"稿件 {number} 没有变化，原样保留。")


@queue.command("import")
@click.argument("file", type=A_FILE)
@as_person
@json_output
@with_office()
def import_(office: Office, file: Path, username: str, as_json: bool) -> None:
    """成批写入草稿：.jsonl、.xlsx 或 .csv，每行一篇，body（正文）直接写正文。"""
    demand_current(office)
    receipt = articles.import_posts(office, file, username=username, fetch=remote_pictures.pictures(office))
    if as_json:
        print_json(vars(receipt))
        return
    click.echo(f"新增 {receipt.new} 篇，没有变化 {receipt.unchanged} 篇，没有收下 {receipt.refused_rows} 行。")
    for fault in receipt.refused:
        click.echo(
            f"{place_words(fault['row'], fault.get('cell', ''), fault.get('column', ''))}没有收下：{fault['message']}",
            err=True,
        )
    for warning in receipt.warnings:
        click.echo(f"第 {warning['row']} 行请注意：{warning['message']}", err=True)


@queue.command("list")
@click.option(
    "--state", type=ChineseChoice({str(state): (word,) for state, word in STATE_WORDS.items()}), help="只看这种状态的"
)
@json_output
@with_office()
def list_(office: Office, state: str | None, as_json: bool) -> None:
    """列出稿件，先写的在前。"""
    demand_current(office)
    rows = articles.listing(office, ArticleState(state) if state else None)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        words = STATE_WORDS[ArticleState(row["state"])]
        click.echo(f"{row['id']}\t{words}\t{(row['due_at'] or '')[:16].replace('T', ' ')}\t{row['title']}")


@queue.command()
@number_argument
@json_output
@with_office()
def show(office: Office, number: int, as_json: bool) -> None:
    """一篇稿件的状态、网址、审核和发布经过。"""
    demand_current(office)
    shown = articles.show(office, number)
    if as_json:
        print_json(shown)
        return
    _print(shown)
    for concern in articles.concerns(office, number):
        click.echo(f"请注意：{concern}")


@queue.command()
@number_argument
@click.option("-o", "--output", required=True, type=A_FILE, metavar="FILE", help="写到这个网页文件")
@with_office()
def preview(office: Office, number: int, output: Path) -> None:
    """预览：微信过滤以后的样子，一个可以直接打开的网页。"""
    demand_current(office)
    page = articles.preview(office, number)
    try:
        output.write_text(page, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"“{output}”写不进去（{error.strerror}）。") from error
    click.echo(f"已写到 {output}，用浏览器打开就能看。")


def _changes(office: Office, more: tuple[Path, ...], given: dict[str, Any]) -> dict[str, Any]:
    """The fields of a Post that were given, with the files read; what could not be read is among its faults."""
    if more and not given["attach"]:
        raise click.UsageError(f"多出了“{more[0]}”。请检查引号，有空格的文字要加引号。")
    changes = {name: given[name] for name in ("title", "category", "department", "delivery", "digest", "author",
               "source_url", "reserve", "key") if given.get(name) is not None}  # fmt: skip
    faults: list[tuple[str, str]] = []
    readers: dict[str, tuple[str, Callable[[], Any], Any]] = {  # option → field, how to read it, what stands for it
        "at": ("wanted_at", lambda: moment(office, given["at"] or None), None),
        "body": ("body", lambda: read(given["body"]), PostBody("", "", "")),
        "cover": ("cover", lambda: _upload(given["cover"], "封面", INPUT_IMAGE_BYTES), None),
        "attach": ("attachments", lambda: _uploads((*given["attach"], *more)), ()),
    }
    for option, (name, reader, otherwise) in readers.items():
        if given[option] in (None, ()):
            continue
        try:
            changes[name] = reader()
        except BadInput as error:
            changes[name] = otherwise
            faults.append((option, error.message))
    return {**changes, "faults": tuple(faults)}


def _upload(path: Path, what: str, largest: int) -> Upload:
    return Upload(path.name, read_bytes(path, what, largest))


def _uploads(paths: tuple[Path, ...]) -> tuple[Upload, ...]:
    return tuple(_upload(path, "附件", ATTACHMENT_BYTES) for path in paths)


def _told(act: Callable[[], QueuedPost]) -> QueuedPost:
    """The result; what is wrong with a post is told line by line, all at once."""
    try:
        return act()
    except FaultyPost as error:
        for _, sentence in error.faults[:-1]:
            click.echo(sentence, err=True)
        raise BadInput(error.faults[-1][1]) from error


def _report(queued: QueuedPost, as_json: bool, sentence: str) -> None:
    if as_json:
        print_json({"id": queued.id, "revision": queued.revision, "changed": queued.changed,
                    "warnings": list(queued.warnings)})  # fmt: skip
        return
    click.echo(sentence)
    for warning in queued.warnings:
        click.echo(f"请注意：{warning}")


def _print(shown: dict[str, Any]) -> None:
    click.echo(f"{shown['id']}　{shown['title']}")
    due = _minute(shown["due_at"]) if shown["due_at"] else "未定"
    click.echo(f"状态：{STATE_WORDS[ArticleState(shown['state'])]}　时间：{due}")
    if reason := shown["platform"].get("reason"):
        click.echo(f"原因：{reason}")
    if shown["url"]:
        click.echo(f"网址：{shown['url']}")
    click.echo(f"封存码：{shown['body_sha256']}")
    for review in shown["reviews"]:
        void = "（已作废）" if review["void"] else ""
        note = f"：{review['note']}" if review["note"] else ""
        click.echo(f"{_minute(review['at'])}　{review['who']}　{_action(review)}{void}{note}")
    for attempt in shown["attempts"]:
        step, outcome = (
            words.get(attempt[name], attempt[name])
            for words, name in ((STEP_WORDS, "step"), (OUTCOME_WORDS, "outcome"))
        )
        code = f"（微信返回 {attempt['code']}）" if attempt["code"] else ""
        click.echo(f"{_minute(attempt['at'])}　{step}：{outcome}{code}")


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _action(review: dict[str, Any]) -> str:
    return "通过" if review["action"] == Action.PASS else ACTION_WORDS[Action(review["action"])]
