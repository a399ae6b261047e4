"""`gongkai import`: files of disclosures, postings and portal items."""

from __future__ import annotations

import time
from pathlib import Path

import click

from bot.cli.choices import ChineseChoice
from bot.cli.common import fail, json_output, print_json, with_office
from content.services.notices import notice_import
from content.services.notices.notice_import import NoticeImportReceipt
from content.services.office import Office
from content.services.setup import demand_current

KINDS = {"disclosures": "disclosure", "postings": "posting", "portal": "portal"}
KIND_WORDS = {
    "disclosures": ("公开", "政务公开", "政府信息公开"),
    "postings": ("招聘", "招聘信息"),
    "portal": ("门户", "门户网站"),
}
QUIET = 2.0  # seconds between two lines on how far it is
NOTHING_WRITTEN = "已停下，什么都没有写进去。可以放心地再导入一次。"
WRITTEN = "已停下。内容已经全部写进去了，搜索会在下一次提问时自己补上。"
MOST_SHOWN = 20  # warnings and refusals on the screen; --json has all


class ImportProgress:
    """Says on standard error how far an import is, when it takes long."""

    def __init__(self) -> None:
        self.step = ""
        self._said = time.monotonic()

    def tell(self, step: str, done: int, total: int) -> None:
        """Hears of a step."""
        self.step, now = step, time.monotonic()
        if now - self._said >= QUIET:
            self._said = now
            click.echo(f"{step}：{done:,} / {total:,}" if total else f"{step}……", err=True)


@click.command("import")
@click.argument("kind", type=ChineseChoice(KIND_WORDS))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--complete", is_flag=True, help="文件就是全部：已有而文件里没有的会撤下")
@click.option("--even-if-empty", is_flag=True, help="与 --complete 同用：文件里一条都没有时也照样撤下全部")
@click.option("--dry-run", is_flag=True, help="只看会怎样，什么都不改")
@click.option("--as", "username", metavar="USERNAME", help="以谁的名义（可不写）")
@json_output
@with_office()
def import_(
    office: Office,
    kind: str,
    file: Path,
    *,
    complete: bool,
    even_if_empty: bool,
    dry_run: bool,
    username: str | None,
    as_json: bool,
) -> None:
    """导入政务公开信息（disclosures）、招聘信息（postings）或门户网站条目（portal），按编号更新。

    FILE 可以是 .xlsx、.csv 或 .jsonl，至少要有编号（key）和标题（title）两列。
    """
    demand_current(office)
    progress = ImportProgress()
    try:
        receipt = notice_import.import_file(
            office,
            KINDS[kind],
            file,
            complete=complete,
            even_if_empty=even_if_empty,
            dry_run=dry_run,
            username=username,
            on_progress=progress.tell,
        )
    except KeyboardInterrupt:
        fail(WRITTEN if progress.step == notice_import.INDEXING else NOTHING_WRITTEN)
    if as_json:
        print_json(receipt.to_json())
    else:
        _print(receipt, dry_run=dry_run)


def _print(receipt: NoticeImportReceipt, *, dry_run: bool) -> None:
    will = "将会" if dry_run else ""
    click.echo(
        f"{will}新增 {receipt.new} 条，{will}更新 {receipt.changed} 条，不变 {receipt.unchanged} 条，"
        f"{will}撤下 {receipt.withdrawn} 条，没有读进来 {len(receipt.refused)} 行，提醒 {len(receipt.warnings)} 处。"
    )
    for word, faults in (("没有读进来", receipt.refused), ("提醒", receipt.warnings)):
        for fault in faults[:MOST_SHOWN]:
            name = f"，{fault.field} 列" if fault.field and not fault.cell else ""
            click.echo(f"{word}：{fault.where}{name}：{fault.message}")
        if len(faults) > MOST_SHOWN:
            click.echo(f"{word}：还有 {len(faults) - MOST_SHOWN} 处；加上 --json 可以看到全部。")
