"""Coming in and going out: the first administrator, logging in, invitations, one's own password."""

from __future__ import annotations

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from redis import RedisError
from werkzeug.wrappers import Response

from bot.console import context, forms, sessions
from bot.console.access import attempts
from bot.console.access.gate import CARRIED, SAFE
from bot.console.family import PageFamily, opened, opened_without_login
from bot.console.wording import plain, said
from content.rules.errors import BadInput, GongkaiError, WrongPassword
from content.rules.people import Right
from content.services import first_steps
from content.services.people import first_admin, invitations, phone_binding, staff, two_step
from content.store.tables import Person

pages = Blueprint("account", __name__)
FAMILY = PageFamily(pages)


@pages.route("/setup", methods=["GET", "POST"])
@opened_without_login
def setup() -> Response:
    """The very first login: whoever can read the code on the server becomes the administrator."""
    office = context.office()
    if not first_admin.is_wanted(office):
        return redirect(url_for("console.account.login"), 303)
    if request.method in SAFE:
        first_admin.code(office)
        return _setup_page()
    try:
        forms.same_twice(request.form.get("password", ""), request.form.get("again", ""))
        first_admin.take_on(office, request.form.get("code", ""), username=forms.line("username"),
                            name=forms.line("name"), password=request.form.get("password", ""), office_name=forms.line("office_name"))  # fmt: skip
    except GongkaiError as error:
        return make_response(_setup_page(plain(error.message)), 400)
    return _welcome(_person(forms.line("username")), url_for("console.home.show"), said("set_up"))


def _setup_page(fault: str = "") -> Response:
    office = context.office()
    named = "" if first_steps.is_unnamed(office) else office.name
    return make_response(render_template("console/setup.html", named=named, fault=fault))


@pages.route("/login", methods=["GET", "POST"])
@opened_without_login
def login() -> Response:
    """Name and password; then to the page that was asked for."""
    if request.method in SAFE:
        if first_admin.is_wanted(context.office()):
            return redirect(url_for("console.account.setup"), 303)
        if g.console_visitor is not None:
            return redirect(_target(request.args.get("next", "")), 303)
        return make_response(render_template("console/login.html", target=_target(request.args.get("next", ""))))
    username, target = forms.line("username"), _target(request.form.get("next", ""))
    office = context.office()
    visitors = context.console().visitors
    if wait := attempts.wait_here(office, username):
        return _login_again(said("wait", seconds=_lasting(wait)), target, 429)
    known, wait = attempts.is_known(office, username), attempts.wait_left(office, username)
    if not attempts.may_try(visitors, known=known):
        return _login_again(said("too_many_logins"), target, 429)
    person = staff.authenticate(office, username, request.form.get("password", ""))
    if wait and not (
        person and two_step.is_on(office, person)
    ):  # others guess this name: its second step lets its owner in
        return _login_again(said("wait", seconds=_lasting(wait)), target, 429)
    if person is None:
        wait = attempts.failed(office, username)
        return _login_again(said("wrong_then_wait", seconds=_lasting(wait)) if wait else said("wrong"), target, 403)
    attempts.fitted(visitors, known=known)
    if two_step.is_on(office, person):
        return _ask_for_code(context.console().sessions.begin_step(person), target)
    attempts.succeeded(office, username)
    return _carry_on(person, target) if _waiting() else _welcome(person, target)


@pages.post("/login/code")
@opened_without_login
def login_code() -> Response:
    """The second step: the phone's six digits, or a recovery code."""
    office, step, target = context.office(), request.form.get("step", ""), _target(request.form.get("next", ""))
    username, stamp = context.console().sessions.step(step)
    person = next((each for each in staff.everyone(office) if each.username == username and not each.disabled_at), None)
    if person is None or sessions.stamp(person) != stamp:
        return _login_again(said("step_over"), target, 403)
    if wait := attempts.wait_left(office, attempts.of_code(username)):
        return _ask_for_code(step, target, said("wait", seconds=_lasting(wait)), 429)
    if not two_step.passes(office, person, request.form.get("code", "")):
        wait = attempts.failed(office, attempts.of_code(username))
        fault = said("wrong_code_then_wait", seconds=_lasting(wait)) if wait else said("wrong_code")
        return _ask_for_code(step, target, fault, 403)
    context.console().sessions.end_step(step)
    attempts.succeeded(office, username)
    return _carry_on(person, target) if _waiting() else _welcome(person, target)


@pages.post("/logout")
@opened()
def logout() -> Response:
    """Ends the session."""
    session = context.session()
    if session:
        context.console().sessions.end(session.token)
    response = redirect(url_for("console.account.login"), 303)
    response.delete_cookie(sessions.COOKIE, path="/console")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@pages.route("/join/<slip>", methods=["GET", "POST"])
@opened_without_login
def join(slip: str) -> Response:
    """An invited person sets her password."""
    office, fault = context.office(), ""
    person = invitations.guest(office, slip)
    if request.method not in SAFE:
        password = request.form.get("password", "")
        try:
            forms.same_twice(password, request.form.get("again", ""))
            person = invitations.accept(office, slip, password=password)
        except GongkaiError as error:
            fault = plain(error.message)
        else:
            attempts.forget(office, person.username)
            if two_step.is_on(office, person):
                return _ask_for_code(context.console().sessions.begin_step(person), url_for("console.home.show"))
            return _welcome(person, url_for("console.home.show"), said("joined", name=person.name))
    return make_response(render_template("console/join.html", person=person, fault=fault), 400 if fault else 200)


@pages.route("/password", methods=["GET", "POST"])
@opened()
def password() -> Response:
    """One's own password."""
    fault = ""
    if request.method not in SAFE:
        username = context.visitor().username
        try:
            _change_password(username, request.form.get("password", ""))
        except GongkaiError as error:
            fault = plain(error.message)
        else:
            return _welcome(_person(username), url_for("console.home.show"), said("password_set"))
    return make_response(render_template("console/password.html", fault=fault), 400 if fault else 200)


def _change_password(username: str, new: str) -> None:
    """Sets it if the old one is right; guessing the old one costs as much as at the door. Raises GongkaiError."""
    office = context.office()
    forms.same_twice(new, request.form.get("again", ""))
    if wait := attempts.wait_left(office, username):
        raise BadInput(said("wait", seconds=_lasting(wait)))
    try:
        staff.change_password(office, username, old=request.form.get("old", ""), new=new)
    except WrongPassword:
        attempts.failed(office, username)
        raise


@pages.route("/phone", methods=["GET", "POST"])
@opened(Right.COUNT)
def phone() -> Response:
    """One's own phone, with which the count may be asked for: a code to bind it, or none any more."""
    office, username, code = context.office(), context.visitor().username, ""
    if request.method not in SAFE:
        if request.form.get("what") == "unbind":
            phone_binding.unbind(office, username)
            return forms.done(url_for("console.account.phone"), said("phone_unbound"))
        code = phone_binding.begin(office, username)
    page = render_template("console/phone.html", phone=phone_binding.phone_of(office, username), code=code)
    return make_response(page)


def _person(username: str) -> Person:
    return next(person for person in staff.everyone(context.office()) if person.username == username)


def _target(given: str) -> str:
    """A page of the console, whatever was asked for."""
    safe = given.startswith("/console") and "\\" not in given and "\n" not in given
    return given if safe and not given.startswith("/console/log") else url_for("console.home.show")


def _lasting(seconds: int) -> str:
    return f"{seconds} 秒" if seconds < 90 else f"{-(-seconds // 60)} 分钟"


def _login_again(fault: str, target: str, status: int) -> Response:
    page = render_template("console/login.html", target=target, fault=fault, carried=_waiting(),
                           username=forms.line("username"))  # fmt: skip
    return make_response(page, status)


def _welcome(person: Person, target: str, sentence: str = "") -> Response:
    """A new session, and on to the page."""
    try:
        session = context.console().sessions.begin(person)
    except (RedisError, GongkaiError):
        return _login_again(said("away"), target, 503)
    if sentence:
        context.console().sessions.tell(session, "done", sentence)
    return _with_cookie(redirect(target, 303), session.token)


def _ask_for_code(step: str, target: str, fault: str = "", status: int = 200) -> Response:
    """The page of the second step; what waits for the login is carried along."""
    page = render_template("console/login_code.html", step=step, target=target, carried=_waiting(), fault=fault)
    return make_response(page, status)


def _waiting() -> list[tuple[str, str]]:
    """The fields of the form that came without a login."""
    carried = ((name, values) for name, values in request.form.lists() if name.startswith(CARRIED))
    return [(name.removeprefix(CARRIED), value) for name, values in carried for value in values]


def _carry_on(person: Person, target: str) -> Response:
    """A form was sent without a session: it waits on a page of its own, to be sent again by its writer."""
    session = context.console().sessions.begin(person)
    page = render_template("console/carry_on.html", target=target, carried=_waiting(), token=session.csrf)
    return _with_cookie(make_response(page), session.token)


def _with_cookie(response: Response, token: str) -> Response:
    secure = context.office().base_url.startswith("https://")
    response.set_cookie(sessions.COOKIE, token, path="/console", httponly=True, samesite="Lax", secure=secure)
    return response
