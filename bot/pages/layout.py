"""What all pages share: the frame around them, large type, safe headers, and kind pages for what went wrong."""

from __future__ import annotations

import logging
import re
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Flask,
    Response,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from bot.dialogue.reply_text import say, speak_for
from bot.pages.safe_html import with_sliding_tables
from bot.web import assets, headers
from bot.web.addresses import own_path, with_args
from bot.web.assets import YEAR
from config.contact import UNNAMED, contact
from content.rules import notice_kinds
from content.rules.errors import NotFound
from content.services.answers import notice_search
from content.services.answers.index_upkeep import NotReady
from content.services.notices.catalogue import Altered
from content.services.office import Office
from content.store.notices.notices import IN_FORCE

STATIC = Path(__file__).parent / "static"
SECTIONS = {"": "/", "disclosures": "/disclosures", "d": "/disclosures", "jobs": "/jobs", "j": "/jobs",
            "articles": "/articles", "a": "/articles", "departments": "/departments", "apply": "/apply",
            "search": "/search"}  # fmt: skip
HURRY = 1.5  # seconds for the database, for all that one page asks of it: pages that hang would hold up messages
APOLOGIES = {  # by status: the phrase, and the heading
    400: ("page_wrong", "这个地址写得不对"),
    404: ("page_missing", "没有这个页面"),
    405: ("page_wrong", "这个地址写得不对"),
    500: ("page_trouble", "这一页没能打开"),
}
COME_BACK = "5"  # seconds
LARGE = "big"  # the cookie and the class of large type

log = logging.getLogger(__name__)


def install(app: Flask, office: Office, *static: Path) -> None:
    """Gives the app what is beside its pages: large type, static files (of `static` too), and kind pages for what went wrong."""
    assets.install(app, STATIC, *static)
    app.register_blueprint(framed(_frame(office), office))
    app.context_processor(lambda: _everywhere(office))
    app.register_error_handler(NotFound, lambda error: _apology(404, office))
    app.register_error_handler(Altered, lambda error: _apology(404, office, error.message))
    app.register_error_handler(HTTPException, lambda error: _http_error(error, office))
    app.register_error_handler(NotReady, lambda _: _not_yet(office))
    app.register_error_handler(Exception, lambda error: _failure(error, office))


def framed(pages: Blueprint, office: Office) -> Blueprint:
    """Pages for people: with safe headers, and none of them waits long for the database."""

    @pages.before_request
    def hurry() -> None:
        speak_for(office.name)
        g.hurry = ExitStack()
        g.hurry.enter_context(office.store.in_a_hurry(HURRY))

    @pages.teardown_request
    def rest(_error: BaseException | None) -> None:
        g.hurry.close()

    pages.after_request(lambda response: _with_headers(response, office))
    return pages


def dialled(phone: str) -> str:
    """What a telephone dials for a number that is nothing but a number; empty for anything else."""
    digits = re.sub(r"[\s()（）－–-]", "", phone)
    return digits if re.fullmatch(r"\+?\d{5,15}", digits) else ""


def spelt(on: date | str, today: date) -> str:
    """A day in words, with its year only if it is another: 11月28日, 2025年9月11日."""
    day = date.fromisoformat(on) if isinstance(on, str) else on
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"


def file_size(size: int) -> str:
    """A number of bytes as phones show it: 180 KB, 2.4 MB."""
    kilobytes = max(1, round(size / 1024))
    return f"{kilobytes} KB" if kilobytes < 1024 else f"{size / 1024**2:.1f} MB"


def _frame(office: Office) -> Blueprint:
    frame = Blueprint("frame", __name__, template_folder="templates")

    @frame.get("/size")
    def size() -> AnyResponse:
        """Switches between large and ordinary type, and goes back to where the citizen was."""
        response = redirect(own_path(request.args.get("back", "")), 303)
        secure = office.base_url.startswith("https://")
        if request.args.get("to") == LARGE:
            response.set_cookie(LARGE, "1", max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
        else:
            response.delete_cookie(LARGE, httponly=True, samesite="Lax", secure=secure)
        return response

    return frame


def _everywhere(office: Office) -> dict[str, Any]:
    large = request.cookies.get(LARGE) == "1"
    here = request.full_path.rstrip("?")
    return {
        "say": say,
        "office_name": office.name,
        "is_named": office.name != UNNAMED,
        "base_url": office.base_url,
        "large": large,
        "switch": url_for("frame.size") + "?" + urlencode({"to": "normal" if large else LARGE, "back": here}),
        "contact": contact(office.home),
        "section": SECTIONS.get(request.path.split("/")[1], ""),
        "in_force": IN_FORCE,
        "pages": notice_search.PAGES,
        "kinds": notice_kinds.SHORT,
        "titles": notice_kinds.TITLES,
        "when": lambda on: spelt(on, office.clock.today()),
        "digits": lambda text: re.sub(r"\D", "", text),
        "dialled": dialled,
        "day": lambda moment: office.clock.day(moment).isoformat(),
        "file_size": file_size,
        "with_sliding_tables": with_sliding_tables,
        "with_args": with_args,
    }


def _with_headers(response: Response, office: Office) -> Response:
    secured = headers.secure(response, office.base_url)
    return headers.asked_again(secured) if secured.mimetype == "text/html" else secured


def _apology(status: int, office: Office, words: str = "") -> Response:
    """A page for what went wrong, said in these words if any; one that the database may fail again asks nothing of it."""
    phrase, heading = APOLOGIES.get(status, APOLOGIES[500] if status >= 500 else APOLOGIES[400])
    html = render_template("apology.html", words=words or say(phrase), heading=heading, searchable=status < 500)
    return _with_headers(make_response(html, status), office)


def _http_error(error: HTTPException, office: Office) -> AnyResponse:
    status = error.code or 500
    return error.get_response() if status < 400 else _apology(status, office)


def _not_yet(office: Office) -> Response:
    """The first question of a new home may come before its index is built."""
    response = _apology(503, office)
    response.headers["Retry-After"] = COME_BACK
    return response


def _failure(error: Exception, office: Office) -> Response:
    log.error("a page failed", exc_info=error, extra={"fields": {"path": request.path}})
    return _apology(500, office)
