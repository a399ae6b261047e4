"""台账: every entry of the ledger, by article, person, kind and time; verified, exported, printed."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from flask import Blueprint, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms, long_work
from bot.console.family import NavLink, PageFamily, opened
from bot.console.long_work import Report
from bot.console.wording import plain, said
from bot.web.addresses import with_args
from content.rules.errors import Conflict
from content.rules.people import Right
from content.rules.publishing.limits import one_line
from content.services.figures import ledger_audit, ledger_view
from content.services.figures.ledger_view import LedgerFilter
from content.services.office import Office

pages = Blueprint("ledger", __name__, url_prefix="/ledger")
FAMILY = PageFamily(pages, (NavLink(4, "台账", "console.ledger.listing"),))
PAGE, ON_PAPER = 50, 5000
CONDITIONS = ("article", "subject", "actor", "kind", "from", "to")
LONGEST_ID = 10  # digits of an article's number


@pages.get("/")
@opened()
def listing() -> str:
    """A page of entries, newest first."""
    number = forms.number("page")
    wanted, fault = _asked()
    found = ledger_view.page(context.office(), wanted, number=number, size=PAGE)
    return render_template("console/figures/ledger.html", found=found, number=number, fault=fault,
                           last=max(1, -(-found.total // PAGE)), may_check=context.visitor().may(Right.COUNT),
                           check=ledger_view.last_check(context.office()),
                           **_choices(wanted))  # fmt: skip


@pages.get("/print")
@opened()
def paper() -> str:
    """The same on paper: no navigation, up to so many entries."""
    wanted, _ = _asked()
    found = ledger_view.page(context.office(), wanted, size=ON_PAPER)
    return render_template("console/figures/ledger_print.html", found=found, most=ON_PAPER, **_choices(wanted))


@pages.get("/export.xlsx")
@opened(Right.COUNT)
def export() -> Response:
    """The same as a sheet."""
    wanted, _ = _asked()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        ledger_view.write(context.office(), path, wanted)
        file = path.open("rb")  # stays readable after its folder is gone
    return send_file(file, as_attachment=True, download_name=f"台账-{context.office().clock.today()}.xlsx")


@pages.post("/verify")
@opened(Right.COUNT)
def verify() -> Response:
    """Walks the whole chain, and holds rows and files against it."""
    return long_work.begin(said("verifying"), url_for("console.ledger.listing"), _verify)


def _verify(office: Office, report: Report) -> str:
    report(said("verifying"), 0, 0)
    verdict = ledger_audit.verify(office)
    if verdict.broken is not None:
        raise Conflict(said("ledger_broken", number=verdict.broken, why=verdict.why))
    if verdict.faults:
        raise Conflict(said("ledger_differs", why=plain(verdict.faults[0]), count=len(verdict.faults)))
    return said("ledger_holds", entries=verdict.entries, heads=verdict.heads)


def _choices(wanted: LedgerFilter) -> dict[str, Any]:
    words, names = ledger_view.kind_words(), dict(ledger_view.actors(context.office()))
    given = {name: request.args.get(name, "") for name in CONDITIONS}
    article = given["article"] if wanted.article is None else said("ledger_article", number=wanted.article)
    shown = {"article": article, "actor": names.get(given["actor"], given["actor"]),
             "kind": words.get(given["kind"], given["kind"]), "from": said("from_day", day=given["from"]),
             "to": said("to_day", day=given["to"]), "subject": given["subject"]}  # fmt: skip
    return {
        "given": given,
        "wanted": wanted,
        "kinds": list(words.items()),
        "actors": list(names.items()),
        "chips": [(with_args(**{name: "", "page": ""}), shown[name]) for name, value in given.items() if value],
        "all_off": with_args(**dict.fromkeys(CONDITIONS, ""), page=""),
        "conditions": {name: value for name, value in given.items() if value},
    }


def _asked() -> tuple[LedgerFilter, str]:
    """The conditions of the address, and what could not be read of them."""
    given, faults = {name: request.args.get(name, "").strip() for name in CONDITIONS}, []
    days: dict[str, date | None] = {}
    for name in ("from", "to"):
        try:
            days[name] = date.fromisoformat(given[name]) if given[name] else None
        except ValueError:
            days[name] = None
            faults.append(said("no_day", text=given[name]))
    article = given["article"]
    number = int(article) if article.isascii() and article.isdigit() and len(article) < LONGEST_ID else None
    last = days["to"] if days["to"] != date.max else None
    return LedgerFilter(number, "" if number is not None else one_line(article)[:64], given["subject"][:64],
                        given["actor"], given["kind"], days["from"], last), "".join(faults)  # fmt: skip
