"""来信: what citizens wrote to a person of the office, answered within the 48 hours that the platform allows."""

from __future__ import annotations

from datetime import date, datetime

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import NavLink, PageFamily, opened
from bot.console.wording import plain, said
from config import reference
from content.rules.citizens.letters import LONGEST_ANSWER, TOLD_WORDS, WINDOW, AnswerState
from content.rules.errors import BadInput, GongkaiError, NotFound
from content.rules.figures import working_days
from content.rules.figures.holiday_calendar import UnknownYear
from content.rules.people import Right
from content.services.checks import post_check
from content.services.citizens import letters
from content.services.figures import terms
from content.services.people import staff
from content.store.tables import Letter, LetterMessage

pages = Blueprint("letters", __name__, url_prefix="/letters")
FAMILY = PageFamily(pages, (NavLink(3, "来信", "console.letters.listing", (Right.ANSWER,), waiting="letters"),))
Said = list[LetterMessage]


@pages.get("/")
@opened(Right.ANSWER)
def listing() -> str:
    """The open letters."""
    return _page(None)


@pages.get("/<int:number>")
@opened(Right.ANSWER)
def show(number: int) -> str:
    """One letter with all that was said."""
    return _page(number)


@pages.post("/<int:number>")
@opened(Right.ANSWER)
def answer(number: int) -> Response:
    """Answers, ends, or both."""
    office, username, text = context.office(), context.visitor().username, request.form.get("text", "")
    sentence, closes = "", request.form.get("close") == "yes"
    if forms.is_second_press():
        return forms.done(url_for("console.letters.show", number=number), said("sent_already"), "tell")
    try:
        if text.strip() and request.form.get("sure") != "yes":
            _check(text)
        if text.strip() or not closes:
            outcome = letters.reply(office, context.console().channel, number, text=text, username=username)
            sentence = (
                said("answer_sent") if outcome.state is AnswerState.SENT else said("answer_kept", why=outcome.why)
            )
        if closes:
            letters.close(office, number, username=username)
            sentence += said("letter_closed")
    except GongkaiError as error:
        forms.may_come_again()
        return Response(_page(number, fault=plain(error.message), text=text), 400, mimetype="text/html")
    target = url_for("console.letters.listing") if closes else url_for("console.letters.show", number=number)
    return forms.done(target, sentence)


def _check(text: str) -> None:
    """Raises BadInput if an answer holds personal data that nobody has looked at."""
    found = post_check.personal_data_in(context.office(), text, part=said("answer_part"))
    if found:
        raise BadInput(said("answer_is_personal", found="".join(found)))


def _page(number: int | None, fault: str = "", text: str = "") -> str:
    rows = sorted(letters.listing(context.office()), key=_urgency)
    chosen = next((row for row in rows if row[0].id == number), None)
    if number is not None and chosen is None:
        raise NotFound(said("no_such_letter"))
    return render_template(
        "console/letters.html",
        rows=[(letter, _first(said_), _waits(said_), letter.heard_at + WINDOW) for letter, said_ in rows],
        chosen=chosen,
        until=chosen[0].heard_at + WINDOW if chosen else None,
        promised=_promised(chosen[0].heard_at) if chosen and _waits(chosen[1]) else None,
        names={person.username: person.name for person in staff.everyone(context.office())},
        told_words=TOLD_WORDS,
        longest=LONGEST_ANSWER // 3,
        phrases=reference.table("letter_phrases")["phrases"],
        fault=fault,
        asks_twice=bool(fault and text),
        text=text,
    )


def _promised(heard_at: datetime) -> date | None:
    """The next working day after a letter came; None in a year whose holidays are not known."""
    office = context.office()
    try:
        return working_days.add(terms.calendar(office.home), office.clock.day(heard_at), days=1).end
    except UnknownYear:
        return None


def _urgency(row: tuple[Letter, Said]) -> tuple[bool, object]:
    return (not _waits(row[1]), row[0].heard_at)


def _first(said_: Said) -> str:
    return next((message.text for message in said_ if message.text and not message.author), "")


def _waits(said_: Said) -> bool:
    """Whether the last word is the citizen's."""
    standing = [message for message in said_ if message.text]
    return bool(standing) and not standing[-1].author
