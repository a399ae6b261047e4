"""写稿: a new article, or a new wording of one, with the phone beside it. Nothing typed is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.console import context, forms, policies
from bot.console.articles import post_form
from bot.console.articles.article import demand
from bot.console.family import PageFamily, opened
from bot.console.formatting import DELIVERY_WORDS, clock_words, field_time, here
from bot.console.wording import plain, said
from bot.outside import remote_pictures
from content.rules.checks import checklist
from content.rules.checks.finding import SEVERITY_WORDS, CheckFinding
from content.rules.errors import BadInput, Conflict, GongkaiError, NotFound
from content.rules.figures import counted_publications
from content.rules.people import Right
from content.rules.publishing import limits, schedule
from content.rules.publishing.markup import words
from content.rules.publishing.publication import Delivery
from content.services import articles, coded_names
from content.services.articles import FaultyPost, PostForm, QueuedPost, editor_body
from content.services.articles.article_dossier import ArticleDossier
from content.services.checks import judgement
from content.services.reviewing import emergencies

pages = Blueprint("writing", __name__)
FAMILY = PageFamily(pages)
LIMITS = {"title": limits.TITLE, "digest": limits.DIGEST, "author": limits.AUTHOR, "picture": limits.INPUT_IMAGE_BYTES}
CHOICES = (Delivery.PUBLISH, Delivery.MASS, Delivery.DRAFT)
PICTURES = {"image/jpeg", "image/png"}
MOST_FINDINGS = 50  # beside the editor
MOST_TYPED = 1_000_000  # characters that are kept of a form while somebody writes
NEW = "new"  # the name of the form of an article that is not there yet
Faults = list[tuple[str, str]]


@pages.get("/articles/new")
@opened(Right.WRITE)
def new() -> str:
    """An empty form, one that a template has begun, or what was typed into it and not sent."""
    on = request.args.get("on", "")
    begun = {"at": _usual_time(on), **_template(request.args.get("template", "")), **_used_again()}
    return _page(None, begun if "body" in begun else _typed(NEW) or begun)


@pages.post("/articles/new")
@opened(Right.WRITE)
def add() -> AnyResponse:
    """A draft, made once however often the button is pressed."""
    if forms.is_second_press():
        return forms.done(url_for("console.article_list.listing", tab="mine"), said("saved_already"), "tell")
    try:
        post = PostForm(**post_form.read())
        queued = articles.add(context.office(), post, username=_me(), fetch=_fetch())
    except GongkaiError as error:
        forms.may_come_again()
        return _again(None, error)
    return _saved(queued, NEW)


@pages.get("/articles/<int:number>/edit")
@opened(Right.WRITE)
def edit(number: int) -> str:
    """The present wording in the form, or what was typed since and not sent."""
    found = demand(number)
    return _page(found, _typed(str(number)) or post_form.values(found))


@pages.post("/articles/<int:number>/edit")
@opened(Right.WRITE)
def revise(number: int) -> AnyResponse:
    """A new wording; the passes given before are void."""
    found = demand(number)
    based_on = request.form.get("revision", "")
    try:
        queued = articles.edit(context.office(), number, post_form.read(found), username=_me(), fetch=_fetch(),
                               based_on=forms.whole(based_on) or None)  # fmt: skip
    except GongkaiError as error:
        return _again(found, error)
    return _saved(queued, str(number))


@pages.post("/articles/look")
@opened(Right.WRITE)
def look() -> AnyResponse:
    """What is in the form as a phone will show it, after the platform's filter; nothing is kept."""
    values = post_form.read()
    values["title"] = values["title"] or said("no_title")
    own = request.form.get("number", "")
    try:
        page, draft = editor_body.look(context.office(), PostForm(**{**values, "attachments": ()}),
                                       article_id=forms.whole(own))  # fmt: skip
    except FaultyPost as error:
        begun = bool(words(request.form.get("body", "")))  # an empty page is not scolded for it
        told = [sentence for name, sentence in error.faults if begun or name != "body"]
        return jsonify(page="", time="".join(_time_concern(values)), faults=told, warnings=[], findings=[])
    if request.headers.get("X-Requested-With"):
        told = checklist.sentences(draft.findings)
        return jsonify(page=page, faults=[], time="".join(_time_concern(values)), warnings=[*counted_publications.unfiled(values["category"], values["department"]),
                                                         *(each for each in draft.warnings if each not in told)],
                       findings=[_finding(each) for each in draft.findings[:MOST_FINDINGS]])  # fmt: skip
    policies.choose(policies.FRAME_POLICY)
    return Response(page, mimetype="text/html")


@pages.post("/articles/typing")
@opened(Right.WRITE)
def typing() -> AnyResponse:
    """Keeps what is being typed, and says who else is writing the same article."""
    form, sessions = _form(), context.console().sessions
    fields = post_form.typed()
    if sum(map(len, fields.values())) > MOST_TYPED:
        raise BadInput(said("too_long_to_keep"))
    sessions.keep_typing(_me(), form, {**fields, "kept_at": context.now().isoformat()})
    other = sessions.take_pen(int(form), context.visitor().name) if form != NEW else ""
    return jsonify(
        kept=said("kept", time=clock_words(context.now())), other=said("other_writes", name=other) if other else ""
    )


@pages.post("/articles/typing/forget")
@opened(Right.WRITE)
def forget() -> AnyResponse:
    """They do not want what they typed."""
    form = _form()
    context.console().sessions.forget_typing(_me(), form)
    target = url_for("console.writing.new") if form == NEW else url_for("console.writing.edit", number=int(form))
    return forms.done(target, said("forgotten"))


@pages.post("/pictures")
@opened(Right.WRITE)
def picture() -> AnyResponse:
    """Keeps a picture that was put into the editor, or brings one by its address; where it is now, or why not."""
    given, url = request.files.get("picture"), forms.line("url")
    if given is None and not url:
        raise BadInput(said("no_picture"))
    try:
        if given is None:
            return jsonify(address=editor_body.bring_picture(context.office(), url, _fetch()))
        return jsonify(address=editor_body.keep_picture(context.office(), given.filename or "", given.stream.read()))
    except BadInput as error:
        return make_response(jsonify(fault=error.message), 400)


@pages.post("/articles/read")
@opened(Right.WRITE)
def read() -> AnyResponse:
    """What a Word, Markdown or HTML file holds, for the editor; its pictures are kept."""
    given = request.files.get("file")
    if given is None:
        raise BadInput(said("no_file"))
    try:
        html, notes, title = editor_body.read_file(
            context.office(), given.filename or "", given.stream.read(), title=forms.line("title")
        )
    except BadInput as error:
        return make_response(jsonify(fault=error.message), 400)
    return jsonify(html=html, notes=notes, title=title)


@pages.get("/files/<sha256>")
@opened()
def file(sha256: str) -> Response:
    """A picture of an article, for the editor and its preview."""
    kind = articles.picture_kind(context.office(), sha256)
    if kind not in PICTURES:
        raise NotFound(said("no_such_page"))
    return send_file(context.office().files.path(sha256), mimetype=kind, etag=sha256, max_age=300)


def _page(
    found: ArticleDossier | None, values: dict[str, str], *, faults: Faults | None = None, before: str = ""
) -> str:
    policies.choose(policies.EDITOR_POLICY)
    sessions = context.console().sessions
    other = sessions.take_pen(found.card.id, context.visitor().name) if found else ""
    usual = context.office().settings.wechat_delivery
    return render_template(
        "console/editor.html",
        found=found,
        form=str(found.card.id) if found else NEW,
        values=values,
        faults=faults or [],
        wrong=dict(reversed(faults or [])),
        other=other,
        before=before,  # the wording that somebody else has changed since
        limits=LIMITS,
        categories=[(each.name, each.name) for each in coded_names.categories(context.office())],
        departments=[(each.name, each.name) for each in coded_names.departments(context.office())],
        deliveries=[(str(each), DELIVERY_WORDS[each]) for each in CHOICES],
        usual=usual,
        themes=[(each.name, each.name) for each in context.office().themes.read()],
        templates=[each.name for each in context.office().post_templates.read()] if found is None else [],
        is_kept="kept_at" in values,
        emergency=found.outlook.emergency if found else emergencies.way_of(context.office(), _me()),
    )


def _time_concern(values: dict[str, Any]) -> list[str]:
    """What will really happen at the time that the form asks for."""
    at = None if values.get("reserve") else values.get("wanted_at")
    told = schedule.concern(at, now=context.now(), zone=context.office().settings.zone)
    return [told] if told else []


def _usual_time(on: str) -> str:
    """The time with which a post for that day begins."""
    try:
        return field_time(schedule.usual_time(date.fromisoformat(on), here(context.now())))
    except ValueError:
        return ""


def _used_again() -> dict[str, str]:
    """The wording of an article that is over, as the beginning of another; its files and its time are not taken along."""
    number = request.args.get("again", "")
    if not (number.isascii() and number.isdigit()):
        return {}
    return {**post_form.values(demand(int(number))), "at": "", "reserve": "", "cover_square": "50"}


def _template(name: str) -> dict[str, str]:
    """The fields that a template fills; none for a name that no template has."""
    found = next((each for each in context.office().post_templates.read() if each.name == name), None)
    if found is None:
        return {}
    return {"title": found.title, "category": found.category, "body": editor_body.from_markdown(found.body)}


def _finding(found: CheckFinding) -> dict[str, str]:
    """A finding for the editor: beside its words it stands by the passage and the words as they are there."""
    rule = found.rule
    return {"severity": str(rule.severity), "word": SEVERITY_WORDS[rule.severity], "place": found.passage.where,
            "what": rule.what, "shown": found.shown, "why": rule.why, "advice": f"{found.detail}{rule.advice}",
            "anchor": found.passage.anchor, "passage": found.passage.text, "words": found.words,
            "stands": found.stands, "instead": "".join(found.instead),
            "before": str(found.passage.text[: found.start].count(found.stands) if found.instead else 0),
            "press": _press(found)}  # fmt: skip


def _press(found: CheckFinding) -> str:
    """What one press would do; empty where a person has to write."""
    if not found.instead:
        return ""
    if found.is_personal:
        return said("press_mask")
    return said("press_right", word="".join(found.instead)) if any(found.instead) else said("press_delete")


def _form() -> str:
    """The form that is written in: of a new article, or of one that is there. Raises NotFound for any other."""
    form = request.form.get("form", NEW)
    if form == NEW:
        return NEW
    number = forms.whole(form)
    demand(number)
    return str(number)


def _typed(form: str) -> dict[str, str]:
    return context.console().sessions.typed(_me(), form)


def _again(found: ArticleDossier | None, error: GongkaiError) -> AnyResponse:
    """The form once more with all that was typed, and what is wrong with it."""
    faults = error.faults if isinstance(error, FaultyPost) else [("", error.message)]
    told = [(name, plain(sentence)) for name, sentence in faults]
    before = request.form.get("revision", "") if found and isinstance(error, Conflict) else ""
    return Response(_page(found, post_form.typed(), faults=told, before=before), 400, mimetype="text/html")


def _saved(queued: QueuedPost, form: str) -> AnyResponse:
    context.console().sessions.forget_typing(_me(), form)
    stopping = len(judgement.look(context.office(), queued.id).stopping)
    name = "not_changed" if not queued.changed else "saved_with_faults" if stopping else "saved"
    told = said(name, number=queued.revision, count=stopping)
    if queued.voided:
        told += said("voided", count=queued.voided)
    return forms.done(url_for("console.article.show", number=queued.id), told, "watch" if stopping else "done")


def _me() -> str:
    return context.visitor().username


def _fetch() -> Any:
    return remote_pictures.pictures(context.office())
