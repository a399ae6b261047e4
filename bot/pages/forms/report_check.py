"""Anybody's annual report, checked in memory and not kept: what cannot be right, what a person should look at, and where."""

from __future__ import annotations

import logging

from flask import Blueprint, make_response, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from bot.dialogue.state.pseudonyms import Pseudonyms
from bot.web import uploads
from bot.web.visitors import VisitLimit, Visitors
from bot.web.work_place import without_place
from content.intake import reports
from content.render.annual_report import marked_tables
from content.rules.errors import BadInput
from content.services.applications.receiving import IncomingFile
from content.services.figures import report_check
from content.services.office import Office
from content.store.disk.file_lock import alone

MOST_BYTES = 2 * reports.LARGEST + 64 * 1024
LIMIT = VisitLimit("report-check", 20, 600)
LOCK = "report-check.lock"  # under HOME: one check at a time on this machine, so that messages are still answered
COME_BACK = "60"  # seconds
TOO_LARGE = f"文件太大，没有收到。每份最多 {reports.LARGEST // 1024**2} MB，请去掉里面的图片。"
TOO_OFTEN = "核对得太勤了，请过十分钟再试。"
BUSY = "正在核对别人的报告，请过一会儿再试。"
NOTHING = "请先选一份年度报告。"
UNREADABLE = "这份文件程序读不懂。请另存一份，或者把文字连表格一起复制到 .txt 里再试。"

log = logging.getLogger(__name__)


def blueprint(office: Office) -> Blueprint:
    """`/report-check`."""
    pages = Blueprint("report_check", __name__)
    visitors = Visitors(office, Pseudonyms(office.home).name)

    @pages.get("/report-check")
    def form() -> str:
        return render_template("report_check.html", trouble="")

    @pages.post("/report-check")
    def check() -> Response:
        request.max_content_length = MOST_BYTES
        try:
            files = [uploads.incoming(request.files.getlist(name))[:1] for name in ("file", "previous")]
        except RequestEntityTooLarge:
            return _trouble(TOO_LARGE, 413)
        if not files[0]:
            return _trouble(NOTHING, 422)
        if not visitors.may(LIMIT):
            return _trouble(TOO_OFTEN, 429)
        with alone(office.home / LOCK) as first:
            if first:
                return _checked(files[0][0], files[1][0] if files[1] else None)
        response = _trouble(BUSY, 503)
        response.headers["Retry-After"] = COME_BACK
        return response

    return pages


def _checked(file: IncomingFile, previous: IncomingFile | None) -> Response:
    try:
        last = (previous.data, previous.name) if previous else None
        with without_place():
            found = report_check.check_bytes(file.data, file.name, previous=last)
    except BadInput as error:
        return _trouble(error.message, 422)
    except Exception:  # a stranger's file must not show its insides, whatever it is made of
        log.exception("a report could not be checked")
        return _trouble(UNREADABLE, 422)
    told = marked_tables.mark(found.report, found.findings)
    return _unkept(render_template("report_checked.html", found=found, told=told))


def _trouble(words: str, status: int) -> Response:
    return _unkept(render_template("report_check.html", trouble=words), status)


def _unkept(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
