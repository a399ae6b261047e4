"""人员: who works here, who may do what; inviting, changing, handing over, leaving."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.access import attempts
from bot.console.family import NavLink, PageFamily, opened
from bot.console.wording import plain, said
from content.rules.errors import BadInput, GongkaiError
from content.rules.passwords import ROBOT
from content.rules.people import Right, Role
from content.services import first_steps
from content.services.people import duty_roster, handover, invitations, staff, two_step
from content.store import people
from content.store.tables import Person

pages = Blueprint("staff", __name__, url_prefix="/staff")
FAMILY = PageFamily(pages, (NavLink(5, "人员", "console.staff.listing", (Right.MANAGE,)),))
ROLE_TELLS = {
    Role.EDITOR: "写稿、送审；可以做初审，但不能审自己写的",
    Role.REVIEWER: "初审、复审；也能写稿",
    Role.CHIEF: "终审，决定发布；能撤下已发布的文章",
    Role.OFFICE: "看统计、对账、签认；答复来信",
    Role.ADMIN: "管理人员账号",
}


@pages.get("/")
@opened(Right.MANAGE)
def listing() -> str:
    """Everybody, with what each may do and has in hand."""
    return _page()


@pages.post("/")
@opened(Right.MANAGE)
def invite() -> Response:
    """Takes somebody on, and shows the slip with which she sets her password."""
    office, by = context.office(), context.visitor().username
    username = forms.line("username")
    try:
        staff.take_on(office, username, name=forms.line("name"), roles=_roles(), password=None, by=by)
    except GongkaiError as error:
        return Response(_page(fault=plain(error.message)), 400, mimetype="text/html")
    return Response(_slip(username), mimetype="text/html")


@pages.get("/<username>")
@opened(Right.MANAGE)
def person(username: str) -> str:
    """One person: roles, a new slip, handing over, leaving."""
    return _person_page(username)


@pages.post("/<username>/slip")
@opened(Right.MANAGE)
def slip(username: str) -> str:
    """A new slip, for who forgot her password."""
    return _slip(username)


@pages.post("/<username>/roles")
@opened(Right.MANAGE)
def change(username: str) -> Response:
    """What the person is from now on."""
    staff.give_roles(context.office(), username, roles=_roles(), by=context.visitor().username)
    return forms.done(url_for("console.staff.listing"), said("roles_given"))


@pages.post("/<username>/unlock")
@opened(Right.MANAGE)
def unlock(username: str) -> Response:
    """The person may try her password again at once."""
    attempts.forget(context.office(), username)
    return forms.done(url_for("console.staff.listing"), said("unlocked"))


@pages.post("/<username>/two-step")
@opened(Right.MANAGE)
def reset_two_step(username: str) -> Response:
    """The person lost the phone: only the password from now on, until they set it up anew."""
    two_step.turn_off(context.office(), username, by=context.visitor().username)
    return forms.done(url_for("console.staff.person", username=username), said("two_step_reset"))


@pages.post("/<username>/leave")
@opened(Right.MANAGE)
def leave(username: str) -> Response:
    """Hands open work over, if there is any, and disables the person, if that is asked for."""
    office, by, heir = context.office(), context.visitor().username, forms.line("heir")
    leaves = request.form.get("leaves") == "yes"
    if not heir and not leaves:
        raise BadInput(said("no_heir"))
    if not heir:
        staff.leave(office, username, by=by)
        return forms.done(url_for("console.staff.listing"), said("has_left"))
    done = handover.hand_over(office, username, to=heir, by=by, leaves=leaves)
    sentence = said("handed_over", count=len(done.moved))
    if done.kept:
        sentence += said("not_handed_over", count=len(done.kept), titles="".join(f"《{title}》" for title in done.kept),
                         name=_found(heir).name)  # fmt: skip
    return forms.done(url_for("console.staff.listing"), sentence + (said("has_left") if leaves else ""))


def _page(fault: str = "") -> str:
    office = context.office()
    everyone = [person for person in staff.everyone(office) if person.username != ROBOT]
    locked = {person.username: attempts.longest_wait(office, person.username) for person in everyone}
    return render_template(
        "console/staff.html",
        people=everyone,
        locked=locked,
        work=handover.open_work(office),
        away={line.username: line for line in reversed(duty_roster.listing(office))},
        two_step=two_step.people_on(office),
        roles_of=people.roles,
        tells=ROLE_TELLS,
        fault=fault,
        given=request.form,
    )


def _person_page(username: str) -> str:
    office = context.office()
    shown = _found(username)
    heirs = [each for each in staff.everyone(office) if each.username != username and people.holds(each, Right.WRITE)]
    return render_template("console/person.html", person=shown, roles=people.roles(shown), tells=ROLE_TELLS,
                           heirs=heirs, work=handover.open_work(office).get(username, 0),
                           is_two_step=shown.id in two_step.people_on(office))  # fmt: skip


def _slip(username: str) -> str:
    office = context.office()
    token = invitations.invite(office, username, by=context.visitor().username)
    address = f"{office.base_url}{url_for('console.account.join', slip=token)}"
    return render_template("console/slip.html", person=_found(username), address=address,
                           own_machine=first_steps.is_for_this_machine(address))  # fmt: skip


def _found(username: str) -> Person:
    with context.office().store.read() as session:
        return people.find(session, username)


def _roles() -> list[Role]:
    given = set(request.form.getlist("role"))
    return [role for role in Role if role in given]
