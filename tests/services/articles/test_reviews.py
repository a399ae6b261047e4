"""The three reviews on a real store: who, in what order, at the same instant, and over unchanged content only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from content.intake.articles import documents
from content.rules.errors import BadInput, Conflict, GongkaiError, NotAllowed, NotFound
from content.rules.people import Role
from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.publication import Delivery, PublicationState
from content.services import articles
from content.services.articles import PostForm
from content.services.articles import reviews as review_steps
from content.services.office import Office
from content.store import people
from content.store.articles import publications
from content.store.tables import Article, File, LedgerEntry, Publication, Review, Revision
from tests import world

AUTHOR, FIRST, SECOND, THIRD = "linxiaoyu", "sunhao", "zhoujianguo", "zhaominghua"


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    """A clock that the test sets; it says noon."""
    path = tmp_path / "clock"
    path.write_text(world.NOON.isoformat())
    return path


@pytest.fixture
def office(tmp_path: Path, office_url: str, redis_url: str, clock: Path) -> Iterator[Office]:
    """The office on each kind of database."""
    office = Office(
        world.settings(tmp_path / "home", database_url=office_url, redis_url=redis_url, test_clock=str(clock))
    )
    world.furnish(office)
    yield office
    office.close()


def submitted(office: Office, **changes: Any) -> int:
    post = PostForm(title="园区停水通知", body=documents.from_text("明早八点停水。"), **changes)
    number = articles.add(office, post, username=AUTHOR).id
    review_steps.submit(office, number, username=AUTHOR)
    return number


def approved(office: Office, **changes: Any) -> int:
    number = submitted(office, **changes)
    for username in (FIRST, SECOND, THIRD):
        review_steps.pass_(office, number, username=username)
    return number


def article(office: Office, number: int) -> Article:
    with office.store.read() as session:
        return session.get_one(Article, number)


def ledger_of(office: Office, number: int) -> list[tuple[str, str, str]]:
    with office.store.read() as session:
        rows = session.scalars(
            select(LedgerEntry).where(LedgerEntry.subject == f"article:{number}").order_by(LedgerEntry.number)
        )
        return [(row.kind, row.actor, row.role) for row in rows]


def test_three_people_approve_and_the_ledger_tells_who(office: Office) -> None:
    number = approved(office)
    found = article(office, number)
    assert (found.state, found.due_at) == (ArticleState.SCHEDULED, world.NOON)
    assert ledger_of(office, number) == [
        ("article.queued", AUTHOR, "editor"),
        ("article.submitted", AUTHOR, "editor"),
        ("article.passed", FIRST, "editor"),
        ("article.passed", SECOND, "reviewer"),
        ("article.passed", THIRD, "chief"),
        ("article.approved", THIRD, "chief"),
    ]
    shown = articles.show(office, number)
    assert {review["sha256"] for review in shown["reviews"]} == {shown["body_sha256"]}


def test_each_step_says_who_is_next_by_name(office: Office) -> None:
    number = articles.add(office, PostForm("题", documents.from_text("文")), username=AUTHOR).id
    assert "初审，可以由孙浩来做" in review_steps.submit(office, number, username=AUTHOR).sentence
    assert "复审，可以由周建国来做" in review_steps.pass_(office, number, username=FIRST).sentence
    assert "终审，可以由赵明华来做" in review_steps.pass_(office, number, username=SECOND).sentence


def test_a_dead_end_is_told_while_it_can_be_helped(office: Office) -> None:
    number = submitted(office)
    told = review_steps.pass_(office, number, username=SECOND).sentence
    assert "没有人能做复审" in told and "请退回，再送审一次：初审由孙浩来做" in told


def test_who_submits_what_nobody_can_finish_is_told_at_once_and_how_to_go_on(office: Office) -> None:
    number = articles.add(office, PostForm("题", documents.from_text("文")), username=THIRD).id
    told = review_steps.submit(office, number, username=THIRD).sentence
    assert "审到终审就没有人能审了" in told
    assert "再安排一位能做终审的同事（角色“终审”），或者撤下这篇，由林晓雨、孙浩另写一篇" in told


def test_the_author_may_not_pass_her_own_article_and_reads_who_may(office: Office) -> None:
    number = submitted(office)
    with pytest.raises(NotAllowed, match="初审须由另一位“编辑、审核”来做"):
        review_steps.pass_(office, number, username=AUTHOR)
    assert article(office, number).state == ArticleState.REVIEWING


def test_who_edited_may_not_pass_even_after_the_author_saved_once_more(office: Office) -> None:
    number = submitted(office)
    articles.edit(office, number, {"title": "孙浩改的标题"}, username=FIRST)
    articles.edit(office, number, {"digest": "作者再存一次"}, username=AUTHOR)
    review_steps.submit(office, number, username=AUTHOR)
    with pytest.raises(NotAllowed, match="写过或改过"):
        review_steps.pass_(office, number, username=FIRST)


@pytest.mark.parametrize(
    ("wanted", "due", "said"),
    [
        (None, world.NOON, "马上发布"),
        (world.NOON - timedelta(minutes=1), world.NOON, "已经过去，马上发布"),
        (world.NOON + timedelta(hours=2), world.NOON + timedelta(hours=2), "将于 11月22日 周日 14:00 发布"),
    ],
)
def test_the_third_pass_sets_the_due_time(office: Office, wanted: datetime | None, due: datetime, said: str) -> None:
    number = submitted(office, wanted_at=wanted)
    for username in (FIRST, SECOND):
        review_steps.pass_(office, number, username=username)
    outcome = review_steps.pass_(office, number, username=THIRD)
    assert article(office, number).due_at == due
    assert outcome.state == ArticleState.SCHEDULED
    assert said in outcome.sentence


def test_a_reserve_article_waits_without_a_time(office: Office) -> None:
    found = article(office, approved(office, reserve=True, wanted_at=world.NOON))
    assert (found.state, found.due_at, found.reserve) == (ArticleState.SCHEDULED, None, True)


def test_a_return_needs_a_note_and_voids_the_passes(office: Office) -> None:
    number = approved(office)
    with pytest.raises(BadInput, match="原因"):
        review_steps.return_(office, number, username=SECOND)
    review_steps.return_(office, number, username=SECOND, note="数字不对")
    found = article(office, number)
    assert (found.state, found.due_at, found.reason) == (ArticleState.DRAFT, None, "数字不对")
    review_steps.submit(office, number, username=AUTHOR)
    assert "初审通过" in review_steps.pass_(office, number, username=FIRST).sentence


def test_a_note_may_be_long_but_not_a_book(office: Office) -> None:
    number = submitted(office)
    review_steps.pass_(office, number, username=FIRST, note="好" * 1000)
    with pytest.raises(BadInput, match="1001 个字"):
        review_steps.withdraw(office, number, username=AUTHOR, note="好" * 1001)
    review_steps.withdraw(office, number, username=AUTHOR, note="好" * 1000)


def test_one_who_passed_the_last_round_may_pass_the_next(office: Office) -> None:
    number = approved(office)
    review_steps.return_(office, number, username=THIRD, note="再看一遍")
    review_steps.submit(office, number, username=AUTHOR)
    for username in (FIRST, SECOND, THIRD):
        review_steps.pass_(office, number, username=username)
    assert article(office, number).state == ArticleState.SCHEDULED
    with office.store.read() as session:
        reviews = session.scalars(select(Review).where(Review.article_id == number, Review.action == "pass")).all()
        assert [review.void for review in reviews] == [True] * 3 + [False] * 3


@pytest.mark.parametrize("username", [FIRST, SECOND, "hejing"])
def test_before_it_is_out_only_author_and_chief_withdraw(office: Office, username: str) -> None:
    number = approved(office)
    with pytest.raises(NotAllowed, match="作者本人和终审"):
        review_steps.withdraw(office, number, username=username)


@pytest.mark.parametrize("username", [AUTHOR, THIRD])
def test_a_withdrawn_article_keeps_who_when_and_why(office: Office, username: str) -> None:
    number = approved(office)
    review_steps.withdraw(office, number, username=username, note="不再需要")
    found = article(office, number)
    assert (found.state, found.withdrawn_at, found.withdrawn_why) == (ArticleState.WITHDRAWN, world.NOON, "不再需要")
    with pytest.raises(Conflict, match="已撤下"):
        review_steps.submit(office, number, username=AUTHOR)


@pytest.mark.parametrize("state", ["publishing", "waiting", "unknown", "published", "withdrawn"])
def test_what_is_on_its_way_out_takes_no_review_step(office: Office, state: str) -> None:
    number = approved(office)
    with office.store.write() as session:
        session.execute(update(Article).where(Article.id == number).values(state=state))
    for act, username in (
        (review_steps.submit, AUTHOR),
        (review_steps.pass_, THIRD),
        (review_steps.return_, THIRD),
        (review_steps.withdraw, THIRD),
    ):
        with pytest.raises(Conflict):
            act(office, number, username=username, note="原因")
    assert article(office, number).state == state


def test_taking_down_what_is_out_is_for_the_chief_with_a_note(office: Office) -> None:
    number = approved(office)
    assert not review_steps.is_published(office, number, username=AUTHOR)
    with office.store.write() as session:
        session.execute(update(Article).where(Article.id == number).values(state=ArticleState.PUBLISHED))
    with pytest.raises(NotAllowed, match="能撤下的是：终审"):
        review_steps.is_published(office, number, username=AUTHOR, note="原因")
    with pytest.raises(BadInput, match="原因"):
        review_steps.is_published(office, number, username=THIRD)
    assert review_steps.is_published(office, number, username=THIRD, note="内容有误")


def test_content_changed_behind_our_back_is_not_passed(office: Office) -> None:
    number = submitted(office)
    with office.store.write() as session:
        session.execute(update(Revision).where(Revision.article_id == number).values(html="<p>别的</p>"))
    with pytest.raises(Conflict, match="与封存的不符"):
        review_steps.pass_(office, number, username=FIRST)


def test_a_pass_holds_only_for_the_wording_that_it_names(office: Office) -> None:
    number = submitted(office)
    with office.store.read() as session:
        seen = session.scalars(select(Revision.sha256)).one()
    articles.edit(
        office, number, {"title": "园区停电通知", "body": documents.from_text("明早九点停电。")}, username=AUTHOR
    )
    review_steps.submit(office, number, username=AUTHOR)
    with pytest.raises(Conflict) as refusal:
        review_steps.pass_(office, number, username=FIRST, sha256=seen)
    for word in ("第 1 稿", "第 2 稿", "“园区停水通知”", "“园区停电通知”", "明早八点停水。", "明早九点停电。"):
        assert word in refusal.value.message
    with office.store.read() as session:
        present = session.scalars(select(Revision.sha256).order_by(Revision.id.desc())).first() or ""
        assert session.scalars(select(Review).where(Review.action == "pass")).all() == []
    with pytest.raises(Conflict, match="没有封存码"):
        review_steps.pass_(office, number, username=FIRST, sha256="ab" * 32)
    assert "初审通过" in review_steps.pass_(office, number, username=FIRST, sha256=present.upper()).sentence


def test_a_lost_or_rotten_file_is_found_before_it_is_passed(office: Office) -> None:
    number = submitted(office)
    with office.store.read() as session:
        [cover] = session.scalars(select(File))
    office.files.path(cover.sha256).write_bytes(b"rotten")
    with pytest.raises(GongkaiError, match="不见了或者坏了"):
        review_steps.pass_(office, number, username=FIRST)
    office.files.path(cover.sha256).unlink()
    with pytest.raises(GongkaiError, match="不见了或者坏了"):
        review_steps.pass_(office, number, username=FIRST)


def test_an_unknown_article_is_told(office: Office) -> None:
    with pytest.raises(NotFound, match="没有编号为 77 的稿件"):
        review_steps.pass_(office, 77, username=FIRST)


def test_a_disabled_person_passes_nothing(office: Office) -> None:
    number = submitted(office)
    with office.store.write() as session:
        people.disable(session, FIRST, world.NOON)
    with pytest.raises(NotFound, match="已经停用"):
        review_steps.pass_(office, number, username=FIRST)


def test_a_prepared_publication_is_given_up_by_a_return(office: Office) -> None:
    number = approved(office)
    with office.store.write() as session:
        made = publications.prepare(session, [session.get_one(Article, number)], delivery=Delivery.PUBLISH,
                                    due_at=world.NOON, now=world.NOON)  # fmt: skip
        publications.show_overdue(session, made, "微信没有回应", world.NOON)
    review_steps.return_(office, number, username=THIRD, note="先停下")
    with office.store.read() as session:
        assert session.get_one(Publication, made.id).state == PublicationState.CANCELLED
    assert article(office, number).state == ArticleState.DRAFT


def test_in_a_small_office_the_chiefs_pass_counts_twice_and_the_ledger_says_so(tmp_path: Path, office: Office) -> None:
    small = Office(office.settings.model_copy(update={"chief_may_pass_twice": True}))
    number = submitted(small)
    review_steps.pass_(small, number, username=FIRST)
    assert "复审、终审通过" in review_steps.pass_(small, number, username=THIRD).sentence
    with small.store.read() as session:
        marks = [row.data for row in session.scalars(select(LedgerEntry)) if row.kind == "article.passed"]
        steps = session.scalars(select(Review.step).where(Review.action == "pass").order_by(Review.step)).all()
    small.close()
    assert ['"chief_twice":true' in mark for mark in marks] == [False, True, True]
    assert steps == [1, 2, 3]


@pytest.mark.parametrize("step", [0, 1, 2])
def test_of_those_who_press_at_the_same_instant_exactly_one_wins(office: Office, step: int) -> None:
    role = (Role.EDITOR, Role.REVIEWER, Role.CHIEF)[step]
    rivals = [f"rival{number}" for number in range(6)]
    with office.store.write() as session:
        for username in rivals:
            people.add(session, username=username, name="", given=[role], password_hash="", at=world.NOON)
    number = submitted(office)
    for username in (FIRST, SECOND, THIRD)[:step]:
        review_steps.pass_(office, number, username=username)
    start = threading.Barrier(len(rivals))

    def press(username: str) -> str:
        start.wait()
        try:
            return review_steps.pass_(office, number, username=username).state
        except (Conflict, NotAllowed):
            return "refused"

    with ThreadPoolExecutor(len(rivals)) as pool:
        outcomes = list(pool.map(press, rivals))
    assert outcomes.count("refused") == len(rivals) - 1
    with office.store.read() as session:
        steps = session.scalars(select(Review.step).where(Review.article_id == number, Review.action == "pass")).all()
        assert sorted(steps) == list(range(1, step + 2))


def test_an_edit_and_the_third_pass_at_the_same_instant_never_let_unseen_words_out(office: Office) -> None:
    for round_ in range(5):
        number = submitted(office)
        for username in (FIRST, SECOND):
            review_steps.pass_(office, number, username=username)
        start = threading.Barrier(2)

        def edit(number: int = number, title: str = f"第 {round_} 次改", start: threading.Barrier = start) -> None:
            start.wait()
            articles.edit(office, number, {"title": title}, username=AUTHOR)

        def pass_(number: int = number, start: threading.Barrier = start) -> None:
            start.wait()
            try:
                review_steps.pass_(office, number, username=THIRD)
            except Conflict:
                return

        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(edit), pool.submit(pass_)]:
                done.result()
        found = article(office, number)
        assert (found.state, found.revision_number, found.due_at) == (ArticleState.DRAFT, 2, None)
