"""An article's own page, with its images and attachments, as long as it is published."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, send_file, url_for

from bot.dialogue.reply_text import untagged
from bot.pages.long_texts import asked_for
from bot.pages.safe_html import article_body, web_link
from content.rules.errors import NotFound
from content.rules.language.plain_text import fit, one_line
from content.services.notices import catalogue
from content.services.office import Office

PICTURES = {"image/jpeg", "image/png", "image/gif", "image/webp"}  # shown; everything else is saved
LARGEST_ID = 2**31


def blueprint(office: Office) -> Blueprint:
    """`/a/<id>` and `/files/<article>/<sha256>`."""
    pages = Blueprint("articles", __name__)

    @pages.get("/a/<int:number>")
    def article(number: int) -> str:
        found = catalogue.article(office, number) if number < LARGEST_ID else None
        if found is None:
            raise NotFound("没有这篇文章。")
        if found.revision is None:
            return render_template("withdrawn.html", on=found.withdrawn_at)
        revision = found.revision
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
        )

    @pages.get("/files/<int:number>/<sha256>")
    def file(number: int, sha256: str) -> Response:
        found = catalogue.article_file(office, number, sha256) if number < LARGEST_ID else None
        if found is None or not found[0].exists():
            raise NotFound("没有这个文件。")
        path, row = found
        shown = row.kind in PICTURES
        return send_file(
            path, mimetype=row.kind if shown else "application/octet-stream", as_attachment=not shown,
            download_name=row.name or sha256, etag=sha256, max_age=300,
        )  # fmt: skip

    return pages


def _address(number: int, sha256: str) -> str:
    return url_for("articles.file", number=number, sha256=sha256)
