"""Reviews in an emergency and in a colleague's place: never an author, never one person twice, always three in the end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.errors import BadInput, Conflict, GongkaiError, NotAllowed
from content.rules.people import Role
from content.rules.publishing import three_reviews
from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.three_reviews import STEPS, Pass, Reviewer, ReviewTurn, StandIn, next_pass
from tests import world

ROLES = {username: frozenset(roles) for username, (_, roles) in world.PEOPLE.items()}
AUTHOR = {"linxiaoyu"}
FIRST = Pass("sunhao", Role.EDITOR, 0)
CHIEF = Pass("zhaominghua", Role.CHIEF, 2, urgent=True)


def person(name: str, *away: str) -> Reviewer:
    """One of the world's people, who stands in for others."""
    return Reviewer(name, ROLES[name], tuple(StandIn(each, ROLES[each]) for each in away))


def test_in_an_emergency_the_chief_passes_first_and_anybody_else_completes_it() -> None:
    assert next_pass(person("zhaominghua"), authors=AUTHOR, passed=[], urgent=True) == [ReviewTurn(2, Role.CHIEF)]
    assert next_pass(person("sunhao"), authors=AUTHOR, passed=[CHIEF]) == [ReviewTurn(0, Role.EDITOR)]
    assert next_pass(person("zhoujianguo"), authors=AUTHOR, passed=[CHIEF]) == [ReviewTurn(1, Role.REVIEWER)]
    assert not three_reviews.is_approved([CHIEF])
    assert three_reviews.is_approved([CHIEF, FIRST])


def test_what_is_missing_is_owed_until_it_is_given() -> None:
    for state in ArticleState:
        wanted = 1 if state in three_reviews.OWED_IN else None
        assert three_reviews.owed([FIRST, CHIEF], state) == wanted
    late = Pass("zhoujianguo", Role.REVIEWER, 1)
    assert three_reviews.owed([FIRST, late, CHIEF], ArticleState.PUBLISHED) is None
    with pytest.raises(NotAllowed, match="三审须是三个人"):
        next_pass(person("sunhao"), authors=AUTHOR, passed=[FIRST, CHIEF])


@pytest.mark.parametrize(
    ("who", "passed", "why"),
    [("zhoujianguo", [], "能做终审的是：终审"), ("zhaominghua", [CHIEF], "再有一人"),
     ("zhaominghua", [FIRST, Pass("zhoujianguo", Role.REVIEWER, 1)], "不用应急")],
)  # fmt: skip
def test_only_a_chief_hurries_and_only_where_it_helps(who: str, passed: list[Pass], why: str) -> None:
    with pytest.raises((NotAllowed, Conflict), match=why):
        next_pass(person(who), authors=AUTHOR, passed=passed, urgent=True)


def test_a_chief_who_wrote_it_does_not_hurry_it_out() -> None:
    with pytest.raises(NotAllowed, match="自己写过"):
        next_pass(person("zhaominghua"), authors={"zhaominghua"}, passed=[FIRST], urgent=True)


def test_an_emergency_wants_the_setting_a_submitted_article_and_a_reason() -> None:
    with pytest.raises(NotAllowed, match="没有开启应急发布"):
        three_reviews.check_urgent(on=False, state=ArticleState.REVIEWING, note="停水")
    with pytest.raises(Conflict, match="要先送审"):
        three_reviews.check_urgent(on=True, state=ArticleState.DRAFT, note="停水")
    with pytest.raises(BadInput, match="什么急事"):
        three_reviews.check_urgent(on=True, state=ArticleState.REVIEWING, note=" ")
    three_reviews.check_urgent(on=True, state=ArticleState.REVIEWING, note="爆管停水")


def test_who_stands_in_reviews_in_the_others_place_and_is_named_so() -> None:
    assert next_pass(person("sunhao", "zhoujianguo"), authors=AUTHOR, passed=[Pass("hejing", Role.EDITOR, 0)]) == [
        ReviewTurn(1, Role.REVIEWER, "zhoujianguo")
    ]
    assert next_pass(person("sunhao", "zhoujianguo"), authors=AUTHOR, passed=[]) == [ReviewTurn(0, Role.EDITOR)]


def test_nobody_reviews_in_an_authors_place_nor_twice_through_a_colleague() -> None:
    passed = [Pass("zhoujianguo", Role.REVIEWER, 0)]
    with pytest.raises(NotAllowed):
        next_pass(person("sunhao", "zhoujianguo"), authors=AUTHOR, passed=passed)
    with pytest.raises(NotAllowed):
        next_pass(person("sunhao", "zhoujianguo"), authors={"zhoujianguo"}, passed=[Pass("hejing", Role.EDITOR, 0)])
    covered = [Pass("sunhao", Role.EDITOR, 0, covers="zhoujianguo")]
    with pytest.raises(NotAllowed, match="您已经审过"):
        next_pass(person("zhoujianguo"), authors=AUTHOR, passed=covered)


@given(st.data())
def test_however_people_pass_stand_in_and_hurry_every_round_is_of_different_people(data: st.DataObject) -> None:
    names = "甲乙丙丁戊己"
    roles = st.frozensets(st.sampled_from([Role.EDITOR, Role.REVIEWER, Role.CHIEF]), min_size=1)
    staff = {name: data.draw(roles) for name in names}
    away = data.draw(st.dictionaries(st.sampled_from(names), st.sampled_from(names), max_size=3))
    authors = data.draw(st.sets(st.sampled_from(names), min_size=1, max_size=2))
    passed: list[Pass] = []
    for name in data.draw(st.lists(st.sampled_from(names), max_size=12)):
        covered = tuple(StandIn(one, staff[one]) for one, cover in away.items() if cover == name and one != name)
        urgent = data.draw(st.booleans())
        try:
            turns = next_pass(Reviewer(name, staff[name], covered), authors=authors, passed=passed, urgent=urgent)
        except GongkaiError:
            continue
        passed += [Pass(name, turn.role, turn.step, turn.covers, urgent) for turn in turns]
    involved = [one for done in passed for one in (done.person, done.covers) if one]
    assert len(set(involved)) == len(involved) and not set(involved) & authors
    assert len({done.step for done in passed}) == len(passed) <= len(STEPS)
    if three_reviews.is_approved(passed):
        assert len({done.person for done in passed}) >= 2
        assert any(done.step == 2 and Role.CHIEF in staff[done.covers or done.person] for done in passed)
