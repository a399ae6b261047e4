"""The three reviews: whatever anybody does in whatever order, three people who did not write it pass an article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from content.rules.errors import BadInput, Conflict, GongkaiError, NotAllowed
from content.rules.people import RIGHTS, Right, Role
from content.rules.publishing import article_states, review_outlook, three_reviews
from content.rules.publishing.article_states import Action, ArticleState
from content.rules.publishing.three_reviews import Pass, Reviewer, next_pass
from tests import world

PEOPLE = {username: frozenset(roles) for username, (_, roles) in world.PEOPLE.items()}
ROLES_OF_WRITERS = st.frozensets(st.sampled_from([Role.EDITOR, Role.REVIEWER, Role.CHIEF, Role.OFFICE]), min_size=1)
SOME_ROLES = st.frozensets(st.sampled_from(list(Role)), max_size=5)


def may_pass(person: str, *passed: str, authors: tuple[str, ...] = ("linxiaoyu",)) -> list[tuple[int, Role]]:
    given_passes = [Pass(name, sorted(PEOPLE[name])[0], step) for step, name in enumerate(passed)]
    turns = next_pass(Reviewer(person, PEOPLE[person]), authors=authors, passed=given_passes)
    return [(turn.step, turn.role) for turn in turns]


def test_an_editor_then_a_reviewer_then_the_chief_pass() -> None:
    assert may_pass("sunhao") == [(0, Role.EDITOR)]
    assert may_pass("zhoujianguo", "sunhao") == [(1, Role.REVIEWER)]
    assert may_pass("zhaominghua", "sunhao", "zhoujianguo") == [(2, Role.CHIEF)]


def test_the_author_may_not_pass_her_own_article_and_reads_who_may() -> None:
    with pytest.raises(NotAllowed, match="自己写过或改过的稿件不能自己审。初审须由另一位“编辑、审核”来做"):
        may_pass("linxiaoyu")


def test_nobody_passes_twice() -> None:
    with pytest.raises(NotAllowed, match="三审须是三个人"):
        may_pass("zhoujianguo", "zhoujianguo")


@pytest.mark.parametrize(
    ("person", "passed", "who"),
    [
        ("zhaominghua", (), "编辑、审核"),
        ("linxiaoyu", ("sunhao",), "审核"),
        ("hejing", ("sunhao", "zhoujianguo"), "终审"),
    ],
)
def test_who_has_the_wrong_role_reads_which_is_wanted(person: str, passed: tuple[str, ...], who: str) -> None:
    with pytest.raises(NotAllowed, match=f"是：{who}。"):
        may_pass(person, *passed, authors=())


def test_after_the_third_pass_there_is_nothing_to_pass() -> None:
    with pytest.raises(Conflict, match="已经全部通过"):
        may_pass("zhaominghua", "sunhao", "zhoujianguo", "zhaominghua")


def test_in_a_small_office_the_chiefs_pass_may_be_the_second_too() -> None:
    passed = [Pass("sunhao", Role.EDITOR, 0)]
    chief, authors = Reviewer("zhaominghua", PEOPLE["zhaominghua"]), ("linxiaoyu",)
    turns = next_pass(chief, authors=authors, passed=passed, chief_twice=True)
    assert [(turn.step, turn.role) for turn in turns] == [(1, Role.CHIEF), (2, Role.CHIEF)]
    with pytest.raises(NotAllowed):
        next_pass(chief, authors=authors, passed=passed, chief_twice=False)
    with pytest.raises(NotAllowed):
        next_pass(chief, authors=authors, passed=[], chief_twice=True)


def test_those_who_can_go_on_are_named() -> None:
    staff = [Reviewer(person, roles) for person, roles in PEOPLE.items()]
    assert list(three_reviews.turns(staff, authors={"linxiaoyu"}, passed=[])) == ["sunhao", "zhoujianguo"]
    taken = [Pass("zhoujianguo", Role.REVIEWER, 0)]
    assert not three_reviews.turns(staff, authors={"linxiaoyu"}, passed=taken)


@given(st.lists(ROLES_OF_WRITERS, max_size=6), st.sets(st.integers(0, 5), max_size=2), st.booleans())
def test_whoever_is_advised_leaves_somebody_for_the_rest_if_anybody_can(
    roles: list[frozenset[Role]], authors: set[int], chief_twice: bool
) -> None:
    staff = [Reviewer(str(number), each) for number, each in enumerate(roles)]
    wrote = {str(number) for number in authors}

    def ends_well(passed: list[Pass]) -> bool:
        """Every way is tried, pass by pass."""
        if len(passed) == len(three_reviews.STEPS):
            return True
        return any(ends_well([*passed, *done]) for each in staff if (done := passes(each, passed)))

    def passes(reviewer: Reviewer, passed: list[Pass]) -> list[Pass]:
        try:
            turns = next_pass(reviewer, authors=wrote, passed=passed, chief_twice=chief_twice)
        except (NotAllowed, Conflict):
            return []
        return [Pass(reviewer.person, turn.role, turn.step) for turn in turns]

    able = [each.person for each in staff if passes(each, [])]
    good = [each.person for each in staff if (done := passes(each, [])) and ends_well(done)]
    assert list(review_outlook.advised(staff, authors=wrote, passed=[], chief_twice=chief_twice)) == (good or able)
    lacking = review_outlook.lacking(staff, authors=wrote, passed=[], chief_twice=chief_twice)
    assert bool(lacking) is not bool(good)


@given(st.sampled_from(ArticleState), st.sampled_from(Action))
def test_a_step_from_the_wrong_state_is_refused_with_what_to_do(state: ArticleState, action: Action) -> None:
    if state in article_states.FROM[action]:
        article_states.check_state(action, state)
        return
    with pytest.raises(Conflict) as refused:
        article_states.check_state(action, state)
    assert article_states.STATE_WORDS[state] in refused.value.message
    assert article_states.WHAT_NOW[state] in refused.value.message


@given(SOME_ROLES, st.booleans(), st.sampled_from(sorted({*article_states.EDITABLE, ArticleState.PUBLISHED})),
       st.text(max_size=3))  # fmt: skip
def test_only_the_author_or_a_chief_withdraws_what_is_passed_with_a_note_and_only_a_chief_what_is_out(
    roles: frozenset[Role], is_author: bool, state: ArticleState, note: str
) -> None:
    published = state == ArticleState.PUBLISHED
    reasoned = bool(note.strip()) or state not in (ArticleState.SCHEDULED, ArticleState.PUBLISHED)
    chief = Role.CHIEF in roles
    writes = bool(roles & RIGHTS[Right.WRITE])
    allowed = reasoned and (chief or (is_author and not published and writes))
    try:
        role = three_reviews.check_withdraw(is_author=is_author, roles=roles, state=state, note=note)
    except (NotAllowed, BadInput):
        assert not allowed
    else:
        assert allowed
        assert role in roles & (RIGHTS[Right.WITHDRAW] if chief else RIGHTS[Right.WRITE])


@given(SOME_ROLES, st.text(max_size=3))
def test_a_return_wants_a_reviewing_role_and_a_note(roles: frozenset[Role], note: str) -> None:
    may = bool(roles & (RIGHTS[Right.FIRST] | RIGHTS[Right.SECOND] | RIGHTS[Right.THIRD]))
    try:
        assert three_reviews.check_return(roles, note) in roles
    except NotAllowed:
        assert not may
    except BadInput:
        assert may
        assert not note.strip()
    else:
        assert may
        assert note.strip()


class Reviews(RuleBasedStateMachine):
    """An office of any people, who submit, edit, pass and return in any order, one article."""

    @initialize(staff=st.dictionaries(st.sampled_from("甲乙丙丁戊己"), ROLES_OF_WRITERS, min_size=4), author=st.data())
    def begin(self, staff: dict[str, frozenset[Role]], author: st.DataObject) -> None:
        self.staff = staff
        self.authors = {author.draw(st.sampled_from(sorted(staff)))}
        self.state = ArticleState.DRAFT
        self.passed: list[Pass] = []

    @rule(data=st.data())
    def submit(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(sorted(self.staff)))
        self.tries(Action.SUBMIT, lambda: three_reviews.check_submit(self.staff[person]))
        if self.did:
            self.state, self.passed = ArticleState.REVIEWING, []

    @rule(data=st.data())
    def pass_it(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(sorted(self.staff)))

        def act() -> None:
            turns = next_pass(Reviewer(person, self.staff[person]), authors=self.authors, passed=self.passed)
            self.passed += [Pass(person, turn.role, turn.step) for turn in turns]

        self.tries(Action.PASS, act)
        if self.did and len(self.passed) == len(three_reviews.STEPS):
            self.state = ArticleState.SCHEDULED

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(sorted(self.staff)))
        if self.state in article_states.EDITABLE and self.staff[person] & RIGHTS[Right.WRITE]:
            self.authors.add(person)
            self.state, self.passed = ArticleState.DRAFT, []

    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(sorted(self.staff)))
        self.tries(Action.RETURN, lambda: three_reviews.check_return(self.staff[person], "请核对数字"))
        if self.did:
            self.state, self.passed = ArticleState.DRAFT, []

    def tries(self, action: Action, act: object) -> None:
        assert callable(act)
        try:
            article_states.check_state(action, self.state)
            act()
            self.did = True
        except GongkaiError:
            self.did = False

    @invariant()
    def whoever_passed_is_another_person_with_the_role_and_not_an_author(self) -> None:
        names = [done.person for done in getattr(self, "passed", [])]
        assert len(set(names)) == len(names)
        for step, done in enumerate(getattr(self, "passed", [])):
            assert done.person not in self.authors
            assert done.role in self.staff[done.person] & RIGHTS[three_reviews.STEPS[step]]

    @invariant()
    def what_is_approved_was_passed_by_three(self) -> None:
        if getattr(self, "state", None) == ArticleState.SCHEDULED:
            assert len({done.person for done in self.passed} - self.authors) == 3


TestReviews = Reviews.TestCase
TestReviews.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
