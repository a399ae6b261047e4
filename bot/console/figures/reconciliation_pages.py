"""对账: what our list and the platform's disagree about, signed here; and comparing them now."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms, long_work
from bot.console.family import NavLink, PageFamily, opened
from bot.console.long_work import Report
from bot.console.wording import plain, said
from content.rules.errors import BadInput, GongkaiError
from content.rules.people import Right
from content.rules.publishing.comparison import DifferenceKind
from content.services import reconciliation
from content.services.office import Office
from content.services.reconciliation import signing

pages = Blueprint("reconciliation", __name__, url_prefix="/reconciliation")
FAMILY = PageFamily(pages, (NavLink(4, "对账", "console.reconciliation.listing", (Right.COUNT,)),))
USUAL_DAYS = 7
KIND_WORDS = {
    DifferenceKind.ONLY_OURS: "我们有，微信上没有",
    DifferenceKind.ONLY_THEIRS: "微信上有，我们没有",
    DifferenceKind.DIFFERENT: "两边都有，说的不一样",
}


@pages.get("/")
@opened(Right.COUNT)
def listing() -> str:
    """The open differences, and what was signed lately."""
    return _page()


@pages.post("/<int:number>")
@opened(Right.COUNT)
def sign(number: int) -> Response:
    """Says what is so; the ledger keeps who said it."""
    verdict, note = forms.line("verdict"), forms.line("note")
    try:
        if verdict not in reconciliation.VERDICTS:
            raise BadInput(said("no_sign_verdict"))
        reconciliation.resolve(
            context.office(), number, verdict=verdict, username=context.visitor().username, note=note
        )
    except GongkaiError as error:
        return Response(_page(fault=plain(error.message), at=number), 400, mimetype="text/html")
    return forms.done(url_for("console.reconciliation.listing"), said("difference_signed"))


@pages.post("/run")
@opened(Right.COUNT)
def run() -> Response:
    """Compares some days now."""
    try:
        first, last = date.fromisoformat(forms.line("from")), date.fromisoformat(forms.line("to"))
    except ValueError:
        return Response(_page(fault=said("no_days")), 400, mimetype="text/html")
    channel = context.console().channel

    def compare(office: Office, report: Report) -> str:
        report(said("comparing"), 0, 0)
        found = reconciliation.reconcile(office, channel, first=first, last=last, now=office.clock.now())
        differing = sum(len(found[kind.value]) for kind in DifferenceKind)
        return said("compared", matched=found["matched"], differing=differing)

    return long_work.begin(said("comparing"), url_for("console.reconciliation.listing"), compare)


def _page(fault: str = "", at: int = 0) -> str:
    yesterday = context.office().clock.today() - timedelta(days=1)
    found = signing.overview(context.office())
    return render_template(
        "console/figures/reconciliation.html", found=found, fault=fault, at=at, given=request.form,
        kind_words=KIND_WORDS, first=yesterday - timedelta(days=USUAL_DAYS - 1), last=yesterday,
        verdicts={kind: [(name, words) for name, (kinds, words) in reconciliation.VERDICTS.items() if kind in kinds]
                  for kind in DifferenceKind},
        verdict_words={name: words for name, (_, words) in reconciliation.VERDICTS.items()},
    )  # fmt: skip
