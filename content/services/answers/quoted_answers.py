"""The sentence of a notice that holds what is asked, to be quoted before its link."""

from __future__ import annotations

from datetime import date

from content.rules.language import answering_sentence, plain_text
from content.rules.language.answering_sentence import Sentence
from content.services.answers import notice_search
from content.services.answers.notice_search import NoticeDetails, Result
from content.services.office import Office

ABOUT = 0.5  # of a question that a title must say for a notice to be about nothing else


def quoted(office: Office, question: str, result: Result, today: date) -> Sentence | None:
    """The sentence of a notice that holds what a folded question asks for.

    None if there is none, or it is repealed or no disclosure.
    """
    if result.kind != "disclosure" or result.status != notice_search.IN_FORCE:
        return None
    item = notice_search.one(office, result.kind, result.id, today=today)
    body = str(item.fields.get("body") or "")
    sought = notice_search.wanted(office, question)
    terms = [term for term in sought.terms if len(term) > 1]
    said = {term for term in terms if term in result.folded}
    own = [term for term in dict.fromkeys(plain_text.terms_of(sought.pieces)) if len(term) > 1 and term not in said]
    is_about = sought.share(said) >= ABOUT
    aspects = answering_sentence.asked(question)
    return answering_sentence.find(
        body, question, aspects, terms=own, is_about=is_about, published_on=result.published_on, today=today
    )


def of_an_item(
    office: Office, question: str, item: NoticeDetails, *, text: str, before: str, today: date
) -> Sentence | None:
    """The sentence of an item's `text` that holds what a question asks which names no item; None if there is none.

    `before`: the question that found the item, which tells of what a time or a sum is asked.
    """
    aspects = answering_sentence.asked_of_an_item(question)
    rest = question
    for aspect in aspects:
        rest = aspect.asked.sub(" ", rest)
    pieces = [] if notice_search.says_nothing(rest) else notice_search.wanted(office, rest).terms
    terms = [term for term in pieces if len(term) > 1 and term not in item.result.folded]
    if not aspects:
        return answering_sentence.saying(text, terms)
    told = [terms, *([notice_search.wanted(office, before).terms] if not terms and before else [])]
    tried = (
        answering_sentence.find(
            text, question, aspects, terms=some, is_about=True, published_on=item.result.published_on, today=today
        )
        for some in told
    )
    return next(filter(None, tried), None)


def telephone(item: NoticeDetails, text: str, today: date) -> str:
    """The sentence of an item that says whom to call; empty if none does."""
    found = answering_sentence.find(
        text, "电话", answering_sentence.asked("电话"), terms=[], is_about=True, published_on=None, today=today
    )
    return found.text if found else ""


def of_a_guide(question: str, text: str, today: date) -> str:
    """The sentence of a standing answer that holds what a question asks; empty if there is none."""
    aspects = answering_sentence.asked_of_an_item(question)
    found = answering_sentence.find(text, question, aspects, terms=[], is_about=True, published_on=None, today=today)
    return found.text if found else ""
