"""The one table of states: complete, and without a way from out to unsent."""

import pytest

from content.rules.errors import Conflict
from content.rules.publishing.publication import OPEN, OUT, SEEN_AS, TRANSITIONS, PublicationState, check

P = PublicationState


def test_every_state_has_its_row_and_is_seen_as_something() -> None:
    assert set(TRANSITIONS) == set(SEEN_AS) == set(P)


def test_nothing_leads_from_out_back_to_a_state_that_sends() -> None:
    reached, ahead = set(), {P.PUBLISHED}
    while ahead:
        state = ahead.pop()
        reached.add(state)
        ahead |= TRANSITIONS[state] - reached
    assert reached == OUT


def test_submitting_is_reached_only_from_drafted() -> None:
    assert [state for state, nexts in TRANSITIONS.items() if P.SUBMITTING in nexts] == [P.DRAFTED]


def test_from_every_open_state_publication_can_be_reached() -> None:
    for state in OPEN:
        reached, ahead = set(), {state}
        while ahead:
            now = ahead.pop()
            reached.add(now)
            ahead |= TRANSITIONS[now] - reached
        assert P.PUBLISHED in reached


def test_a_step_that_is_not_in_the_table_is_refused() -> None:
    with pytest.raises(Conflict):
        check(P.PUBLISHED, P.DRAFTED)
