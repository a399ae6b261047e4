"""两步登录: setting up a second step with a phone, its recovery codes, and turning it off."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import PageFamily, opened
from bot.console.wording import plain, said
from content.render import qr_code
from content.rules.errors import BadInput, GongkaiError
from content.services.people import staff, two_step

pages = Blueprint("two_step", __name__, url_prefix="/two-step")
FAMILY = PageFamily(pages)


@pages.get("/")
@opened()
def show() -> str:
    """Whether it is on; while it is set up, the code for the phone's camera."""
    return _page()


@pages.post("/begin")
@opened()
def begin() -> Response:
    """A secret for the phone."""
    two_step.begin(context.office(), context.visitor().username)
    return forms.done(url_for("console.two_step.show"), said("two_step_begun"), "tell")


@pages.post("/confirm")
@opened()
def confirm() -> Response:
    """The phone's first code; the page tells the recovery codes, this once."""
    try:
        codes = two_step.confirm(context.office(), context.visitor().username, request.form.get("code", ""))
    except GongkaiError as error:
        return make_response(_page(fault=plain(error.message)), 400)
    return make_response(render_template("console/recovery_codes.html", codes=codes))


@pages.post("/off")
@opened()
def off() -> Response:
    """Only the password from now on; it is asked for once more."""
    office, visitor = context.office(), context.visitor()
    try:
        if staff.authenticate(office, visitor.username, request.form.get("password", "")) is None:
            raise BadInput(said("wrong_password"))
        two_step.turn_off(office, visitor.username, by=visitor.username)
    except GongkaiError as error:
        return make_response(_page(fault=plain(error.message)), 400)
    return forms.done(url_for("console.two_step.show"), said("two_step_off"))


def _page(fault: str = "") -> str:
    found = two_step.status(context.office(), context.visitor().username, issuer=context.office().name)
    picture = Markup(qr_code.svg(found.address, title="给验证器扫的二维码")) if found.address else ""
    return render_template("console/two_step.html", found=found, picture=picture, fault=fault)
