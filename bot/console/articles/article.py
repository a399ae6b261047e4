"""One article: where it stands and why, what can be done now, how it looks, and its whole trail."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms, policies
from bot.console.access.gate import status_of
from bot.console.family import PageFamily, opened
from bot.console.wording import plain, said
from content.rules.errors import BadInput, Conflict, NotAllowed, NotFound
from content.rules.people import Right
from content.rules.publishing.three_reviews import NEEDS_REASON
from content.services import articles
from content.services.alarms import correction_request
from content.services.articles import reviews, revision_difference
from content.services.articles.article_dossier import ArticleDossier, dossier
from content.services.checks import judgement
from content.services.figures import ledger_view
from content.services.figures.ledger_view import LedgerFilter
from content.services.publishing import manual_outcome, withdrawal
from content.services.publishing.manual_outcome import ManualWord
from content.services.reviewing import remarks
from content.store.tables import Revision

pages = Blueprint("article", __name__, url_prefix="/articles/<int:number>")
FAMILY = PageFamily(pages)
CAUTION = "注意："  # a sentence of what was done that also warns
ON_PAPER = 500  # lines of the ledger on one sheet


@pages.get("/")
@opened()
def show(number: int) -> str:
    """The article as it stands."""
    return page(number)


@pages.get("/preview")
@opened()
def preview(number: int) -> str:
    """What the platform's filter leaves of it, for the frame of a phone."""
    policies.choose(policies.FRAME_POLICY)
    demand(number)
    return articles.preview(context.office(), number, with_concerns=False)


@pages.get("/history")
@opened()
def history(number: int) -> str:
    """Two wordings side by side: what was taken away, what was added."""
    found = demand(number)
    revisions = [revision for revision, _ in found.revisions]
    new = _chosen(revisions, "new", len(revisions))
    old = _chosen(revisions, "old", max(1, new.number - 1))
    return render_template("console/history.html", found=found, old=old, new=new,
                           changes=revision_difference.changes(old, new))  # fmt: skip


@pages.get("/sheet")
@opened()
def sheet(number: int) -> str:
    """审核单: the article with everything the ledger says of it, for paper and signatures."""
    found = demand(number)
    told = ledger_view.page(context.office(), LedgerFilter(article=number), size=ON_PAPER)
    return render_template("console/sheet.html", found=found, lines=told.lines[::-1])


@pages.post("/submit")
@opened(Right.WRITE)
def submit(number: int) -> Response:
    """Hands it to the reviewers; one that was given back and is as it was only with a word on why."""
    note = forms.line("note")

    def deed() -> str:
        if demand(number).card.returned and not note:
            raise BadInput(said("as_it_was"))
        return reviews.submit(context.office(), number, username=_me(), note=note).sentence

    return _done(number, "note", deed)


@pages.post("/return")
@opened(Right.FIRST, Right.SECOND, Right.THIRD)
def send_back(number: int) -> Response:
    """Gives it back to its author."""
    note = request.form.get("note", "")
    return _done(number, "note", lambda: reviews.return_(context.office(), number, username=_me(), note=note).sentence)


@pages.post("/withdraw")
@opened(Right.WRITE, Right.WITHDRAW)
def withdraw(number: int) -> Response:
    """Gives it up; a published one is deleted on the platform. What three people passed only after a second word."""
    return _done(number, "why", lambda: _withdraw(number, forms.line("note")))


@pages.post("/correction")
@opened(Right.WRITE)
def ask_correction(number: int) -> Response:
    """Asks the chief to put right, or take down, what is out."""

    def deed() -> str:
        correction_request.ask(context.office(), number, username=_me(), text=forms.line("note"))
        return said("correction_asked")

    return _done(number, "note", deed)


@pages.post("/settle")
@opened(Right.SETTLE)
def settle(number: int) -> Response:
    """A person's word on what became of it."""

    def deed() -> str:
        _settle(number, ManualWord(_me(), forms.line("note")))
        return said("settled")

    return _done(number, "settle-note", deed)


@pages.post("/answer/<int:remark>")
@opened(Right.WRITE)
def answer(number: int, remark: int) -> Response:
    """An author's answer to a reviewer's question."""

    def deed() -> str:
        remarks.answer(context.office(), number, remark, username=_me(), text=forms.line("answer"))
        return said("answered")

    return _done(number, f"answer-{remark}", deed)


def page(number: int, fault: str = "", at: str = "") -> str:
    """The article's page; with what was wrong with a form on it, at the field of that name, or at its top."""
    found = demand(number)
    checked = judgement.look(context.office(), number)
    shown = render_template("console/article.html", found=found, checked=checked, fault=fault, at=at,
                            given=request.form)  # fmt: skip
    return page(number, fault) if at and f'id="{at}-error"' not in shown else shown


def demand(number: int) -> ArticleDossier:
    """The article, for who is here. Raises NotFound."""
    return dossier(context.office(), number, username=context.visitor().username)


def _done(number: int, at: str, deed: Callable[[], str]) -> Response:
    """Does it and says so; or says at the field of the form what was wrong."""
    try:
        sentence = deed()
    except (BadInput, Conflict, NotAllowed) as error:
        told = page(number, plain(error.message), at if isinstance(error, BadInput) else "")
        return Response(told, status_of(error), mimetype="text/html")
    tone = "watch" if CAUTION in sentence else "done"
    return forms.done(url_for("console.article.show", number=number), plain(sentence), tone)


def _withdraw(number: int, note: str) -> str:
    office, username = context.office(), _me()
    is_out = reviews.is_published(office, number, username=username, note=note)
    if demand(number).card.state in NEEDS_REASON and request.form.get("sure") != "yes":
        raise BadInput(said("not_sure"))
    if not is_out:
        return reviews.withdraw(office, number, username=username, note=note).sentence
    withdrawal.withdraw_published(office, context.console().channel, number, username=username, note=note)
    return said("taken_down")


def _me() -> str:
    return context.visitor().username


def _settle(number: int, word: ManualWord) -> None:
    office, verdict = context.office(), request.form.get("verdict", "")
    if verdict == "published":
        manual_outcome.published(office, number, word, url=forms.line("url"), at=forms.moment("at"))
    elif verdict == "not_published":
        manual_outcome.not_published(office, number, word)
    elif verdict == "again":
        manual_outcome.again(office, number, word)
    else:
        raise NotFound(said("no_verdict"))


def _chosen(revisions: list[Revision], name: str, otherwise: int) -> Revision:
    number = forms.number(name) if request.args.get(name) else otherwise
    found = next((revision for revision in revisions if revision.number == number), None)
    if found is None:
        raise NotFound(said("no_such_revision"))
    return found
