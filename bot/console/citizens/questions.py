"""提问: what citizens asked in vain, grouped by likeness; answered once for all who ask alike."""

from __future__ import annotations

import json

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import NavLink, PageFamily, opened
from bot.console.wording import plain, said
from content.rules.errors import GongkaiError
from content.rules.people import Right
from content.services.citizens import taught_answers

pages = Blueprint("questions", __name__, url_prefix="/questions")
FAMILY = PageFamily(pages, (NavLink(3, "提问", "console.questions.listing", (Right.ANSWER,)),))
MOST = 100  # groups on one page


@pages.get("/")
@opened(Right.ANSWER)
def listing() -> str:
    """The groups of the last month, the most frequent first, and what was taught already."""
    return _page()


@pages.post("/")
@opened(Right.ANSWER)
def teach() -> Response:
    """One answer, or one synonym, for all who ask alike; for a group, or for words that the visitor thought of."""
    office, username = context.office(), context.visitor().username
    asked, text, word = forms.line("asked"), request.form.get("text", ""), forms.line("word")
    in_words = bool(request.form.get("in_words"))
    if forms.is_second_press():
        return forms.done(url_for("console.questions.listing"), said("sent_already"), "tell")
    try:
        if word and not text.strip():
            word_said, meant = taught_answers.same_as(office, asked, word=word, username=username, in_words=in_words)
            sentence = said("synonym_taught", word=word_said, meant=meant)
        else:
            taught_answers.answer(office, asked, text=text, username=username, in_words=in_words)
            sentence = said("answer_taught")
    except GongkaiError as error:
        forms.may_come_again()
        return Response(_page(fault=plain(error.message)), 400, mimetype="text/html")
    return forms.done(url_for("console.questions.listing"), sentence)


@pages.post("/withdraw")
@opened(Right.ANSWER)
def withdraw() -> Response:
    """Takes a taught answer or a synonym back."""
    taught_answers.withdraw(context.office(), forms.line("subject"), username=context.visitor().username)
    return forms.done(url_for("console.questions.listing"), said("taught_withdrawn"))


def _page(fault: str = "") -> str:
    groups = taught_answers.in_vain(context.office())
    answers, synonyms = taught_answers.taught(context.office())
    return render_template(
        "console/questions.html",
        groups=groups[:MOST],
        total=len(groups),
        answers=[(row, json.loads(row.forms)) for row in answers],
        synonyms=synonyms,
        longest=taught_answers.LONGEST_ANSWER // 3,
        fault=fault,
        given=request.form,
    )
