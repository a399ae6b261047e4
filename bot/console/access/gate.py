"""The gate before every page of the console: who is it, may they, and does the form come from our own page?"""

from __future__ import annotations

import hmac
import logging
from contextlib import ExitStack
from urllib.parse import urlsplit

from flask import Blueprint, current_app, g, make_response, redirect, render_template, request, url_for
from flask import Response as FlaskResponse
from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response

from bot.console import context, policies, sessions
from bot.console.context import Console, Visitor
from bot.console.family import access_of
from bot.console.wording import plain, said
from bot.web import headers
from content.rules.errors import BadInput, Conflict, GongkaiError, NotAllowed, NotFound, PlatformError
from content.rules.people import who_may
from content.services.people import staff
from content.store import people
from content.store.session import is_away

HURRY = 6.0  # seconds for the database, for all that one page asks of it
LARGEST = 200 * 1024 * 1024  # bytes of a form with its files
LARGEST_TEXTS = 8 * 1024 * 1024  # bytes of a form without its files: a pasted layout is long
LARGEST_UNKNOWN = 1024 * 1024  # … from somebody who is not logged in: a login with what waits for it
LARGEST_CARRIED = 256 * 1024  # … that waits for a login
CARRIED = "carried."  # before the names of fields that wait for a login
SECRETS = {"csrf", "password", "again", "old", "code"}
SAFE = ("GET", "HEAD")
STATUS: tuple[tuple[type[GongkaiError], int], ...] = (
    (BadInput, 400), (NotAllowed, 403), (NotFound, 404), (Conflict, 409), (PlatformError, 502),
)  # fmt: skip

log = logging.getLogger(__name__)


def guard(pages: Blueprint, console: Console) -> None:
    """Puts the gate before a blueprint and all that are registered on it."""

    @pages.before_request
    def enter() -> Response | None:
        g.hurry = ExitStack()
        if request.method in SAFE:  # a form with files may take longer to come than any page may wait
            g.hurry.enter_context(console.office.store.in_a_hurry(HURRY))
        request.max_content_length, request.max_form_memory_size = LARGEST_UNKNOWN, LARGEST_TEXTS
        g.console_session, g.console_visitor = _known(console)
        return _refusal()

    @pages.teardown_request
    def leave(_error: BaseException | None) -> None:
        if "hurry" in g:
            g.hurry.close()

    pages.after_request(lambda response: _with_headers(response, console))
    pages.register_error_handler(GongkaiError, _told)
    pages.register_error_handler(HTTPException, _http)
    pages.register_error_handler(Exception, _failed)


def _known(console: Console) -> tuple[sessions.ConsoleSession | None, Visitor | None]:
    session = console.sessions.find(request.cookies.get(sessions.COOKIE, ""))
    if session is None:
        return None, None
    person = staff.visitor(console.office, session.username)
    if person is None or sessions.stamp(person) != session.stamp:
        console.sessions.end(session.token)
        return None, None
    return session, Visitor(person.username, person.name, people.roles(person))


def _refusal() -> Response | None:
    """Why the visitor does not get in, as a page; None if she does."""
    how = access_of(current_app.view_functions.get(request.endpoint or ""))
    if request.method not in SAFE and not _is_from_here():
        return _problem(403, said("foreign_form"))
    if how is not None and not how.login:
        return None
    if g.console_visitor is None:
        return _to_login()
    if how is None:
        return _problem(404, said("no_such_page"))
    if not g.console_visitor.may(*how.rights):
        return _problem(
            403, said("closed_page", who=who_may(*how.rights), names=staff.who_can(context.office(), *how.rights))
        )
    request.max_content_length = LARGEST
    if request.method not in SAFE and not _has_token():
        return _old_form()
    return None


def _old_form() -> Response:
    """A form from before the present login: its fields wait on a page, to be sent again by who wrote them."""
    if request.headers.get("X-Requested-With"):
        return make_response(said("session_over"), 401)
    page = render_template(
        "console/carry_on.html", target=request.path, carried=_carried(), token=g.console_session.csrf
    )
    return make_response(page, 403)


def _to_login() -> Response:
    """To the login page, which leads back; what was typed is carried along, so that nothing is lost."""
    if request.method in SAFE:
        here = request.full_path.rstrip("?")
        return redirect(url_for("console.account.login", next=here), 303)
    if request.headers.get("X-Requested-With"):
        return make_response(said("session_over"), 401)
    request.max_content_length = LARGEST_CARRIED
    try:
        carried = _carried()
    except RequestEntityTooLarge:
        fault = said("too_large_to_wait")
        return make_response(render_template("console/login.html", target=request.path, fault=fault), 413)
    return make_response(render_template("console/login.html", target=request.path, carried=carried, over=True), 401)


def _carried() -> list[tuple[str, str]]:
    """The fields of a form that came without a login; no secret is carried about."""
    return [(name, value) for name, values in request.form.lists() if name not in SECRETS for value in values]


def _is_from_here() -> bool:
    """Browsers say which page sent a form; one that comes from elsewhere is not taken."""
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
    ours = {request.host, urlsplit(current_app.extensions["console"].office.base_url).netloc}
    return urlsplit(origin).netloc in ours


def _has_token() -> bool:
    given = request.headers.get("X-CSRF") or request.form.get("csrf", "")
    return hmac.compare_digest(given.encode(), g.console_session.csrf.encode())


def _problem(status: int, sentence: str) -> Response:
    return make_response(render_template("console/problem.html", sentence=sentence), status)


def _told(error: GongkaiError) -> Response:
    return _problem(status_of(error), plain(error.message))


def status_of(error: GongkaiError) -> int:
    """The status of a page that says so."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 503)


def _http(error: HTTPException) -> Response:
    if isinstance(error, RequestEntityTooLarge):
        return _problem(413, said("too_large", most=(request.max_content_length or LARGEST) // 1024 // 1024))
    status = error.code or 500
    if status < 400:
        return Response(error.get_response().get_data(), status, error.get_response().headers)
    return _problem(status, said("no_such_page" if status in (404, 405) else "bad_request"))


def _failed(error: Exception) -> Response:
    away = isinstance(error, RedisError) or (isinstance(error, SQLAlchemyError) and is_away(error))
    log.error("a page of the console failed", exc_info=error, extra={"fields": {"path": request.path}})
    return _problem(503 if away else 500, said("away" if away else "trouble"))


def _with_headers(response: FlaskResponse, console: Console) -> FlaskResponse:
    response.headers.setdefault("Content-Security-Policy", policies.chosen())
    response.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if policies.framed_by_us() else "DENY")
    response.headers.setdefault("X-Robots-Tag", "noindex")
    response.headers["Cache-Control"] = "private, no-cache"
    return headers.secure(response, console.office.base_url)
