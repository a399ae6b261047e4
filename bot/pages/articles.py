"""The list of published articles, and each article's own page, with its images and attachments."""

from __future__ import annotations

import logging
import re

from flask import Blueprint, Response, render_template, request, send_file, url_for

from bot.dialogue.reply_text import untagged
from bot.pages.long_texts import asked_for
from bot.pages.safe_html import article_body, web_link
from bot.web.addresses import with_args
from bot.web.paging import PAGE, code_asked, page_count, page_number
from content.rules.alarms import AlarmKind
from content.rules.errors import NotFound
from content.rules.language.plain_text import fit, one_line
from content.services.alarms import lifecycle
from content.services.articles import public_list
from content.services.articles.public_list import ArticleCounts, Month, PublicArticleFilter
from content.services.notices import catalogue
from content.services.notices.catalogue import Altered, PublicArticle
from content.services.office import Office

PICTURES = {"image/jpeg", "image/png", "image/gif", "image/webp"}  # shown; everything else is saved
LARGEST_ID = 2**31
OTHERS = 4  # articles named beside one
log = logging.getLogger(__name__)
MONTH = re.compile(r"(20\d\d|19\d\d)-(0[1-9]|1[0-2])", re.ASCII)


def blueprint(office: Office) -> Blueprint:
    """`/articles`, `/a/<id>` and `/files/<article>/<sha256>`."""
    pages = Blueprint("articles", __name__)

    @pages.get("/articles")
    def articles() -> str:
        chosen = PublicArticleFilter(_month(), code_asked("category"), code_asked("department"))
        counts = public_list.counts(office, chosen)
        last = page_count(counts.total)
        number = min(page_number(), last)
        rows = public_list.articles(office, chosen, limit=PAGE, offset=PAGE * (number - 1))
        return render_template(
            "articles.html", rows=rows, number=number, pages_count=last, total=counts.total,
            page_argument=number if number > 1 else "", **_filters(chosen, counts),
        )  # fmt: skip

    @pages.get("/a/<int:number>")
    def article(number: int) -> str:
        found = _found(office, number)
        if found is None:
            raise NotFound("没有这篇文章。")
        if found.revision is None:
            return render_template("withdrawn.html", on=found.withdrawn_at)
        revision = found.revision
        newer = [each for each in public_list.articles(office, limit=OTHERS + 1) if each.id != number]
        return render_template(
            "article.html",
            article=found,
            revision=revision,
            part=asked_for(article_body(revision.html, lambda sha256: _address(number, sha256))),
            summary=revision.digest or fit(one_line(untagged(revision.html, 1000)), 200),
            attachments=[
                (each.name, each.file.size, _address(number, each.file.sha256)) for each in revision.attachments
            ],
            source=web_link(revision.source_url) if revision.source_url != office.article_url(number) else "",
            newer=newer[:OTHERS],
        )

    @pages.get("/files/<int:number>/<sha256>")
    def file(number: int, sha256: str) -> Response:
        found = catalogue.article_file(office, number, sha256) if _found(office, number) else None
        if found is None:
            raise NotFound("没有这个文件。")
        if not office.files.is_whole(sha256):
            log.error(
                "a file of a published article is gone or was altered",
                extra={"fields": {"article": number, "sha256": sha256}},
            )
            raise NotFound("这个文件坏了，没有给出。请打电话告诉我们。")
        path, row = found
        shown = row.kind in PICTURES
        return send_file(
            path, mimetype=row.kind if shown else "application/octet-stream", as_attachment=not shown,
            download_name=row.name or sha256, etag=sha256, max_age=300,
        )  # fmt: skip

    return pages


def _found(office: Office, number: int) -> PublicArticle | None:
    """The article, if it was ever published. Raises Altered, with an alarm, for one that is not what was passed."""
    try:
        return catalogue.article(office, number) if number < LARGEST_ID else None
    except Altered:
        message = f"稿件 {number} 在数据库里的内容与审核通过的不一样，网页上不再显示。请用 gongkai ledger verify 核对，从备份恢复。"
        lifecycle.raise_alarm(office, AlarmKind.LEDGER_BROKEN, subject=f"article:{number}", message=message,
                              now=office.clock.now())  # fmt: skip
        raise


def _month() -> Month | None:
    found = MONTH.fullmatch(request.args.get("month", ""))
    return (int(found[1]), int(found[2])) if found else None


def _filters(chosen: PublicArticleFilter, counts: ArticleCounts) -> dict[str, object]:
    month = f"{chosen.month[0]}-{chosen.month[1]:02}" if chosen.month else ""
    names = {code: name for code, name, _ in (*counts.categories, *counts.departments)}
    chips = []
    if chosen.month:
        chips.append((with_args(month="", page=""), f"{chosen.month[0]}年{chosen.month[1]}月"))
    for argument, code in (("category", chosen.category), ("department", chosen.department)):
        if code:
            chips.append((with_args(page="", **{argument: ""}), names.get(code, code)))
    return {
        "chips": chips,
        "month": month,
        "category": chosen.category,
        "department": chosen.department,
        "months": [
            (with_args(month=f"{year}-{its:02}", page=""), f"{year}年{its}月", count, f"{year}-{its:02}")
            for (year, its), count in counts.months
        ],
        **{
            f"{kind}": [(with_args(page="", **{argument: code}), name, count, code) for code, name, count in rows]
            for kind, argument, rows in (
                ("categories", "category", counts.categories),
                ("departments", "department", counts.departments),
            )
        },
    }


def _address(number: int, sha256: str) -> str:
    return url_for("articles.file", number=number, sha256=sha256)
