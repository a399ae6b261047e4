"""Article pages and pictures at their own addresses, as a reader of WeChat opens them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, render_template
from markupsafe import Markup

from bot.emulator.articles import published
from bot.emulator.platform import Platform

POLICY = "default-src 'none'; img-src * data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'"


def blueprint(platform: Platform) -> Blueprint:
    """/s/<id>, /s/draft/<media_id>/<idx>, /mmbiz_…"""
    pages = Blueprint("pages", __name__)

    @pages.get("/s/<page_id>")
    def article(page_id: str) -> Response:
        found = published.page(platform, page_id)
        if found is None:
            abort(404)
        whole, item = found
        if item["is_deleted"] or item["banned"]:
            why = "此内容因违规无法查看" if item["banned"] else "该内容已被发布者删除"
            return Response(render_template("gone.html", why=why), 200)
        return _page(platform, item, platform.state.text(page_id), at=whole["at"])

    @pages.get("/s/draft/<media_id>/<int:index>")
    def draft(media_id: str, index: int) -> Response:
        found = platform.state.shelf("drafts").get(media_id)
        if found is None or not 1 <= index <= len(found["articles"]):
            return Response(render_template("gone.html", why="临时链接已失效"), 200)
        item = found["articles"][index - 1]
        return _page(platform, item, item["content"], at=found["update_time"], draft=True)

    @pages.get("/mmbiz_<kind>/<id>/0")
    def picture(kind: str, id: str) -> Response:
        found = platform.state.blob(id)
        if found is None or found[0] != f"image/{kind}":
            abort(404)
        response = Response(found[1], content_type=found[0])
        response.headers["Cache-Control"] = "max-age=31536000, immutable"
        return response

    return pages


def _page(platform: Platform, item: dict[str, Any], content: str, *, at: float, draft: bool = False) -> Response:
    day = datetime.fromtimestamp(at, platform.clock.zone)
    page = render_template(
        "article.html", item=item, content=Markup(content), account=platform.options.named(), draft=draft,
        day=f"{day.year}年{day.month}月{day.day}日 {day:%H:%M}",
    )  # fmt: skip
    response = Response(page)
    response.headers["Content-Security-Policy"] = POLICY
    return response
