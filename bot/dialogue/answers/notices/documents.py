"""A document asked for by its number, in whatever spelling."""

from __future__ import annotations

from bot.dialogue.answers.cards import one
from bot.dialogue.answers.lists import FOUND, in_vain, offer
from bot.dialogue.reply_text import plain, say
from bot.dialogue.turn import ListedItem, Recall, Scene, Turn
from content.rules.language.document_numbers import DocumentNumber
from content.services.answers import notice_search


def by_number(scene: Scene) -> Turn:
    """The document of that number; several of that number as a list; what is like it if there is none."""
    number, _ = scene.number
    assert number is not None  # names_a_document
    exact = notice_search.numbered(scene.office, number, today=scene.today)
    ranked = notice_search.rank(scene.office, scene.text, FOUND, today=scene.today)
    others = [result for result in ranked if result not in exact]
    if not exact:
        return _no_such(scene, number, others)
    if len(exact) > 1:
        return offer(scene, exact[:FOUND], head=say("found_number"))
    turn = offer(scene, exact, head="")
    reply = one(scene, exact[0])
    rest = tuple(ListedItem(result.kind, result.id) for result in others)
    recall = Recall("search", scene.text, (ListedItem(exact[0].kind, exact[0].id),), rest)
    return Turn(reply, recall=recall, question=turn.question, results=(*exact, *others)[:FOUND])


def _no_such(scene: Scene, number: DocumentNumber, others: list[notice_search.Result]) -> Turn:
    near = notice_search.fitting(scene.office, scene.text, others[:FOUND])
    if not near:
        return in_vain(scene, "no_number", others, number=plain(str(number), 90))
    turn = offer(scene, near, head=say("near_number", number=plain(str(number), 90)))
    return Turn(turn.reply, recall=turn.recall, question=turn.question, results=tuple(others))
