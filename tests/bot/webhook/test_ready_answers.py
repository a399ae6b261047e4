"""Answers that were just given: what is asked for again stays, and there are never more than so many."""

from __future__ import annotations

import time

from bot.webhook.ready_answers import GOOD_FOR, MOST, Ready, Shelf
from tests import world

DAY = world.NOON.date()


def ready(words: str, age: float = 0.0) -> Ready:
    return Ready(time.monotonic() - age, words, "", words)


def test_what_is_asked_for_again_stays_and_the_rest_goes() -> None:
    shelf = Shelf()
    for number in range(3 * MOST):
        shelf.put((str(number), "gh", DAY), ready(str(number)))
        if number % 100 == 0:
            assert shelf.get(("0", "gh", DAY)) is not None
    kept = [number for number in range(3 * MOST) if shelf.get((str(number), "gh", DAY))]
    assert kept[0] == 0 and len(kept) <= MOST
    assert kept[-1] == 3 * MOST - 1 and kept[1] >= 2 * MOST - 1


def test_an_old_answer_is_not_given_again() -> None:
    shelf = Shelf()
    shelf.put(("a", "gh", DAY), ready("a", age=GOOD_FOR + 1))
    assert shelf.get(("a", "gh", DAY)) is None
