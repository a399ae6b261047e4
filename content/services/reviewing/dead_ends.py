"""审不下去: articles for whose reviews there are not people enough, told before it comes to that, with the way out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from content.rules.people import Right, may, who_may
from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.three_reviews import STEP_WORDS, STEPS, Pass
from content.services.office import Office
from content.services.people import review_staff
from content.services.people.review_staff import ReviewStaff
from content.store.articles import article_lists
from content.store.articles.article_lists import ArticleConditions

MOST_NAMED = 3  # people in a sentence


@dataclass(frozen=True)
class DeadEnd:
    """What cannot be done, and what can be done about it, as sentences."""

    what: str
    way_out: str

    @property
    def words(self) -> str:
        """Both."""
        return f"{self.what}{self.way_out}"


@dataclass(frozen=True)
class StrandedArticle:
    """An article in the reviews that they cannot come to the end of."""

    number: int
    title: str
    dead_end: DeadEnd


def find(staff: ReviewStaff, *, authors: Collection[str], passed: Sequence[Pass]) -> DeadEnd | None:
    """The dead end that an article by these authors with these passes is in, or runs into; None if it does not."""
    lacking = staff.lacking(authors=authors, passed=passed)
    if not lacking:
        return None
    word = "或".join(STEP_WORDS[step] for step in lacking)
    if staff.able(authors=authors, passed=passed):
        what = f"照现在的人手，审到{word}就没有人能审了（作者和审过别的一审的人不能再审）。"
    else:
        what = f"现在没有人能做{word}了（作者和已审过的人不能再审）。"
    return DeadEnd(what, _way_out(staff, word, lacking, authors))


def after_pass(staff: ReviewStaff, username: str, *, authors: Collection[str], passed: Sequence[Pass]) -> str:
    """What this person should know before they pass: whom the next review would lack then. Empty if it would not."""
    mine = staff.turns(authors=authors, passed=passed).get(username)
    advised = staff.advised(authors=authors, passed=passed)
    if mine is None or username in dict(advised):
        return ""
    done = [*passed, Pass(username, mine.role, mine.step, mine.covers)]
    lost = "或".join(STEP_WORDS[step] for step in staff.lacking(authors=authors, passed=done))
    return f"您审了{STEP_WORDS[mine.step]}，{lost}就没有人能审了。请让{_names(advised)}来审{STEP_WORDS[mine.step]}。"


def standing(office: Office, session: Session) -> list[StrandedArticle]:
    """All articles in the reviews that cannot come to the end of them with the people of today."""
    rows = article_lists.page(session, ArticleConditions(states=[ArticleState.REVIEWING]), most=1000)
    numbers = [article.id for article, _, _ in rows]
    if not numbers:
        return []
    passes, authors = article_lists.passes_of(session, numbers), article_lists.authors_of(session, numbers)
    staff = review_staff.on(office, session, office.clock.today())
    return [
        StrandedArticle(article.id, revision.title, dead_end)
        for article, revision, _ in rows
        if (dead_end := find(staff, authors=authors[article.id], passed=passes.get(article.id, [])))
    ]


def _way_out(staff: ReviewStaff, word: str, lacking: Sequence[int], authors: Collection[str]) -> str:
    """To begin anew with another order, where that helps; else another colleague, or another author."""
    if not staff.lacking(authors=authors, passed=()):
        names = _names(staff.advised(authors=authors, passed=()))
        return f"请退回，再送审一次：{STEP_WORDS[0]}由{names}来做，后面就有人审。"
    roles = who_may(*(STEPS[step] for step in lacking))
    others = [
        (each.person, staff.called(each.person))
        for each in staff.reviewers
        if may(each.roles, Right.WRITE) and not staff.lacking(authors={each.person}, passed=())
    ]
    written = f"，或者撤下这篇，由{_names(others)}另写一篇" if others else ""
    return f"请管理员在“人员”页再安排一位能做{word}的同事（角色“{roles}”）{written}。"


def _names(found: Sequence[tuple[str, str]]) -> str:
    return "、".join(name for _, name in found[:MOST_NAMED]) + ("等" if len(found) > MOST_NAMED else "")
