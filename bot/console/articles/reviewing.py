"""审核: what waits for the visitor's review, and the page on which she decides, made for a phone.

The order is the rule: what changed, what the checks found, how it looks, then the decision. A pass is taken only for
the wording that this person was shown.
"""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms, shell
from bot.console.articles.article import demand
from bot.console.family import NavLink, PageFamily, opened
from bot.console.wording import plain, said
from content.rules.errors import BadInput, GongkaiError
from content.rules.people import Right
from content.rules.publishing.three_reviews import STEPS, ArticleState
from content.services import articles
from content.services.articles import article_list, reviews, revision_difference
from content.services.articles.article_dossier import seen_before

REVIEWERS = (Right.FIRST, Right.SECOND, Right.THIRD)

pages = Blueprint("reviews", __name__, url_prefix="/reviews")
FAMILY = PageFamily(pages, (NavLink(1, "审核", "console.reviews.queue", REVIEWERS, waiting="reviews", icon="review"),))


@pages.get("/")
@opened(*REVIEWERS)
def queue() -> str:
    """What the visitor can review now, then what waits for others."""
    mine = {card.id for card in shell.work().reviews}
    others = [card for card in article_list.cards(context.office(), [ArticleState.REVIEWING]) if card.id not in mine]
    return render_template("console/reviews.html", mine=shell.work().reviews, others=others)


@pages.get("/<int:number>")
@opened(*REVIEWERS)
def show(number: int) -> str:
    """The wording to be reviewed; from now on the server knows that it was shown."""
    return _page(number)


@pages.post("/<int:number>")
@opened(*REVIEWERS)
def decide(number: int) -> Response:
    """Passes or returns."""
    office, visitor = context.office(), context.visitor()
    sha256, note = request.form.get("sha256", ""), request.form.get("note", "")
    try:
        if request.form.get("decision") == "return":
            outcome = reviews.return_(office, number, username=visitor.username, note=note)
        else:
            if not context.console().sessions.was_shown(visitor.username, sha256):
                raise BadInput(said("not_shown"))
            outcome = reviews.pass_(office, number, username=visitor.username, note=note, sha256=sha256)
    except GongkaiError as error:
        return Response(_page(number, fault=plain(error.message), note=note), 409, mimetype="text/html")
    return forms.done(url_for("console.reviews.queue"), f"《{demand(number).card.title}》{plain(outcome.sentence)}")


def _page(number: int, fault: str = "", note: str = "") -> str:
    found, visitor = demand(number), context.visitor()
    if found.acts.review:
        context.console().sessions.note_shown(visitor.username, found.shown.sha256)
    before = seen_before(found, visitor.name)
    queue = [card.id for card in shell.work().reviews]
    return render_template(
        "console/review.html",
        found=found,
        before=before,
        changes=revision_difference.changes(before, found.shown) if before else [],
        concerns=articles.concerns(context.office(), number),
        fault=fault,
        note=note,
        place=queue.index(number) + 1 if number in queue else 0,
        total=len(queue),
        following=next((each for each in queue if each != number), None),
        is_last=found.step == len(STEPS) - 1,
    )
