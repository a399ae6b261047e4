"""The sentence of a notice that holds what is asked, to be quoted before its link."""

from __future__ import annotations

from datetime import date

from content.rules.follow_ups import answering_passage
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


def of_an_item(item: NoticeDetails, question: str, *, text: str, before: str, today: date) -> list[Sentence]:
    """The passages of an item's `text` for what a question asks which names no item; empty if it does not say it.

    `before`: the question that found the item, which tells of what a time or a sum is asked.
    """
    result = item.result
    return answering_passage.find(
        text, question, title=result.folded, before=before, published_on=result.published_on, today=today
    )


def telephone(item: NoticeDetails, text: str, today: date) -> str:
    """The sentence of an item that says whom to call; empty if none does."""
    found = answering_sentence.find(
        text, "电话", answering_sentence.asked("电话"), terms=[], is_about=True, published_on=None, today=today
    )
    return found.text if found else ""


def of_a_guide(question: str, text: str, today: date) -> str:
    """The passage of a standing answer that holds what a question asks; empty if there is none."""
    return "\n".join(one.text for one in answering_passage.find(text, question, published_on=None, today=today))
