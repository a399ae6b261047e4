"""审核: what waits for the visitor's review, and the page on which she decides, made for a phone.

The order is the rule: what changed, what the checks found, how it looks, then the decision. A pass is taken only for
the wording that this person was shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms, shell
from bot.console.articles.article import CAUTION, demand
from bot.console.family import NavLink, PageFamily, opened
from bot.console.wording import plain, said
from content.rules.errors import BadInput, Conflict, GongkaiError
from content.rules.people import Right
from content.rules.publishing import remark_places
from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.three_reviews import STEPS
from content.services.articles import article_list, reviews, revision_difference
from content.services.articles.article_dossier import seen_before
from content.services.articles.reviews import ReviewOutcome
from content.services.checks import judgement
from content.services.reviewing import remarks

REVIEWERS = (Right.FIRST, Right.SECOND, Right.THIRD)

pages = Blueprint("reviews", __name__, url_prefix="/reviews")
FAMILY = PageFamily(pages, (NavLink(1, "审核", "console.reviews.queue", REVIEWERS, waiting="reviews", icon="review"),))


@pages.get("/")
@opened(*REVIEWERS)
def queue() -> str:
    """What the visitor can review now, then what waits for others."""
    work = shell.work()
    mine = {card.id for card in work.reviews}
    others = [card for card in article_list.cards(context.office(), [ArticleState.REVIEWING]) if card.id not in mine]
    return render_template(
        "console/reviews.html", mine=work.reviews, owed=work.owed, others=others, reports=work.reports
    )


@pages.get("/<int:number>")
@opened(*REVIEWERS)
def show(number: int) -> str:
    """The wording to be reviewed; from now on the server knows that it was shown."""
    return _page(number)


@pages.post("/<int:number>")
@opened(*REVIEWERS)
def decide(number: int) -> Response:
    """Passes, returns, asks the author, or keeps a remark at a place."""
    try:
        decision = request.form.get("decision", "")
        if decision in ("ask", "remark"):
            _remark(number, question=decision == "ask")
            here = url_for("console.reviews.show", number=number, _anchor="decision")
            return forms.done(here, said("asked" if decision == "ask" else "remarked"))
        outcome = _return(number) if decision == "return" else _pass(number, urgent=decision == "urgent")
    except GongkaiError as error:
        page = _page(number, fault=plain(error.message), at_note=isinstance(error, BadInput), given=request.form)
        return Response(page, 409, mimetype="text/html")
    told = f"《{demand(number).card.title}》{plain(outcome.sentence)}"
    return forms.done(url_for("console.reviews.queue"), told, "watch" if CAUTION in told else "done")


def _remark(number: int, *, question: bool) -> None:
    remarks.remark(context.office(), number, username=context.visitor().username, text=request.form.get("note", ""),
                   paragraph=_paragraph(), question=question, sha256=request.form.get("sha256", ""))  # fmt: skip


def _return(number: int) -> ReviewOutcome:
    """Gives it back; what was written for a place becomes a remark there, and the reason names all of them."""
    note = request.form.get("note", "")
    if note.strip() and _paragraph():
        _remark(number, question=False)
        note = ""
    return reviews.return_(context.office(), number, username=context.visitor().username, note=note)


def _pass(number: int, *, urgent: bool) -> ReviewOutcome:
    username, sha256 = context.visitor().username, request.form.get("sha256", "")
    if not context.console().sessions.was_shown(username, sha256):
        raise Conflict(said("not_shown"))
    note, found = request.form.get("note", ""), demand(number)
    if note.strip() and _paragraph():
        note = f"{remark_places.place(found.shown.html, _paragraph()).words}：{note.strip()}"
    return reviews.pass_(context.office(), number, username=username, note=note, sha256=sha256, urgent=urgent)


def _paragraph() -> int:
    given = request.form.get("place", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0


def _page(number: int, fault: str = "", *, at_note: bool = False, given: Mapping[str, str] | None = None) -> str:
    found, visitor, sessions = demand(number), context.visitor(), context.console().sessions
    shown = sessions.seen_before(visitor.username, number, found.shown.number)
    if found.acts.review or found.acts.urgent:
        sessions.note_shown(visitor.username, article=number, revision=found.shown.number, sha256=found.shown.sha256)
    before = seen_before(found, visitor.name, shown)
    queue = [card.id for card in shell.work().reviews]
    return render_template(
        "console/review.html",
        found=found,
        before=before,
        changes=revision_difference.changes(before, found.shown) if before else [],
        checked=judgement.look(context.office(), number),
        places=remark_places.places(found.shown.html),
        fault=fault,
        at=at_note,
        given=given or {},
        place=queue.index(number) + 1 if number in queue else 0,
        total=len(queue),
        following=next((each for each in queue if each != number), None),
        is_last=found.turn is not None and found.card.passed == len(STEPS) - 1 and found.card.owed is None,
    )
