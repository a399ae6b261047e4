"""The sentence of a notice that holds what is asked, to be quoted before its link."""

from __future__ import annotations

from datetime import date

from content.rules.language import answering_sentence, plain_text
from content.rules.language.answering_sentence import Sentence
from content.services.answers import notice_search
from content.services.answers.notice_search import Result
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
    return answering_sentence.find(
        body, answering_sentence.asked(question), own, is_about=is_about, published_on=result.published_on, today=today
    )
