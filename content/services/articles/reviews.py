"""The three reviews as verbs: submit, pass, return, withdraw. Check, change, ledger: one transaction each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from config.clock import local
from content.rules import notes, spoken_times
from content.rules.errors import Conflict, GongkaiError
from content.rules.people import Role
from content.rules.publishing import article_states, schedule, three_reviews
from content.rules.publishing import three_reviews as rules
from content.rules.publishing.article_states import Action, ArticleState
from content.rules.publishing.three_reviews import STEP_WORDS, Pass, ReviewTurn
from content.services.articles import approval, revision_difference
from content.services.checks import judgement
from content.services.checks.judgement import CheckResult
from content.services.office import Office
from content.services.people import replaced_today, review_staff
from content.services.reviewing import dead_ends, remarks
from content.store import people
from content.store.articles import articles, publications, withdrawals
from content.store.figures import ledger
from content.store.people import Actor
from content.store.tables import Article, Person, Review, Revision


@dataclass(frozen=True)
class ReviewOutcome:
    """What a step did: the article's state now, and a sentence for the person who took it."""

    state: ArticleState
    sentence: str


@dataclass(frozen=True)
class _Case:
    """An article in a person's hands, inside a transaction."""

    office: Office
    session: Session
    article: Article
    revision: Revision
    person: Person
    roles: frozenset[Role]
    now: datetime


def submit(office: Office, article_id: int, *, username: str, note: str = "") -> ReviewOutcome:
    """Hands a draft to the reviewers. Raises NotAllowed, Conflict, also while the checks find what must be mended."""
    note, found = notes.note(note), judgement.look(office, article_id)
    with office.store.write() as session:
        case = _open(office, session, article_id, username)
        role = rules.check_submit(case.roles)
        article_states.check_state(Action.SUBMIT, ArticleState(case.article.state))
        _check_seal(case)
        judgement.demand_clear(session, case.article, case.revision, found)
        articles.void_passes(session, case.article)
        _record(case, Action.SUBMIT, role, note)
        _move(case, ArticleState.REVIEWING)
        _enter(case, "article.submitted", role, note=note)
        wanted = None if case.article.reserve else case.article.wanted_at
        concern = schedule.concern(wanted, now=case.now, zone=office.settings.zone)
        return ReviewOutcome(ArticleState.REVIEWING, f"已送审。{_next(case)}{concern}")


def hand_in(office: Office, session: Session, article_id: int, *, username: str) -> None:
    """Submits what the clock has prepared, inside the caller's transaction; its author holds no role."""
    case = _open(office, session, article_id, username)
    article_states.check_state(Action.SUBMIT, ArticleState(case.article.state))
    _record(case, Action.SUBMIT, "", "")
    _move(case, ArticleState.REVIEWING)
    _enter(case, "article.submitted", "", note="")


def pass_(
    office: Office, article_id: int, *, username: str, note: str = "", sha256: str = "", urgent: bool = False
) -> ReviewOutcome:
    """Passes the review that is next, or one that is owed after an emergency; the last sets the due time.

    With a `sha256` only for the wording of that hash. `urgent`: a chief passes before the others, where the office allows
    it. Raises NotAllowed with who may, Conflict with what differs or what the checks find that must be mended, BadInput
    for an emergency without a reason.
    """
    note, found = notes.note(note), judgement.look(office, article_id)
    with office.store.write() as session:
        case = _open(office, session, article_id, username)
        passed, state = articles.passes(session, case.article), ArticleState(case.article.state)
        late = three_reviews.owed(passed, state) is not None
        if urgent:
            three_reviews.check_urgent(on=office.settings.emergency_publishing, state=state, note=note)
        elif not late:
            article_states.check_state(Action.PASS, state)
        done = _pass(case, passed, found, note=note, sha256=sha256, urgent=urgent, late=late)
        words = "、".join(STEP_WORDS[turn.step] for turn in done)
        now_passed = articles.passes(session, case.article)
        if late:
            return ReviewOutcome(state, f"{words}补上了，三审完成。")
        if three_reviews.is_approved(now_passed):
            return _approve(case, done[-1].role, words, passed=now_passed)
        _move(case, ArticleState.REVIEWING)
        said = f"应急{words}通过，还没有发出去：再有一位同事通过，就马上发布" if urgent else f"{words}通过"
        return ReviewOutcome(ArticleState.REVIEWING, f"{said}。{_next(case)}")


def _pass(
    case: _Case, passed: list[Pass], found: CheckResult, *, note: str, sha256: str, urgent: bool, late: bool
) -> list[ReviewTurn]:
    """Writes the passes that this person gives now."""
    replaced_today.check(case.office, case.session, case.person, case.now)
    staff = review_staff.on(case.office, case.session, case.office.clock.day(case.now))
    done = three_reviews.next_pass(
        staff.reviewer(case.person.username),
        authors=articles.authors(case.session, case.article),
        passed=passed,
        chief_twice=staff.chief_twice,
        urgent=urgent,
    )
    _check_seal(case)
    _demand_wording(case, sha256)
    if not late:  # what is out already is mended by taking it down
        judgement.demand_clear(case.session, case.article, case.revision, found)
    for step, role, covers in done:
        _record(case, Action.PASS, role, note, step=step + 1, covers=covers, urgent=urgent)
        _enter(case, "article.passed", role, step=step + 1, note=note, chief_twice=len(done) > 1, urgent=urgent,
               late=late, covers=covers)  # fmt: skip
    return done


def return_(office: Office, article_id: int, *, username: str, note: str = "") -> ReviewOutcome:
    """Gives an article back to its author; its passes are void. The reason: a note, or remarks at places of this wording.

    Raises NotAllowed, BadInput, Conflict.
    """
    note = notes.note(note)
    with office.store.write() as session:
        case = _open(office, session, article_id, username)
        note = "；".join(filter(None, (note, remarks.summary(session, case.revision, case.person))))[: notes.LONGEST]
        article_states.check_state(Action.RETURN, ArticleState(case.article.state))
        role = rules.check_return(case.roles, note)
        publications.cancel_open(session, case.article, case.now)
        voided = articles.void_passes(session, case.article)
        _record(case, Action.RETURN, role, note)
        _move(case, ArticleState.DRAFT, reason=note)
        _enter(case, "article.returned", role, note=note)
        return ReviewOutcome(ArticleState.DRAFT, "已退回作者。" + (f"先前的 {voided} 次通过作废。" if voided else ""))


def withdraw(office: Office, article_id: int, *, username: str, note: str = "") -> ReviewOutcome:
    """Gives up an article that is not out yet: its author or the chief may. Raises NotAllowed, Conflict."""
    note = notes.note(note)
    with office.store.write() as session:
        case = _open(office, session, article_id, username)
        role = _may_withdraw(case, note)
        article_states.check_state(Action.WITHDRAW, ArticleState(case.article.state))
        publications.cancel_open(session, case.article, case.now)
        articles.void_passes(session, case.article)
        case.article.due_at = None
        withdrawals.withdraw(session, case.article, case.revision, actor=Actor(case.person, role), note=note,
                             at=case.now)  # fmt: skip
        return ReviewOutcome(ArticleState.WITHDRAWN, "已撤下，不会发布。")


def is_published(office: Office, article_id: int, *, username: str, note: str = "") -> bool:
    """Whether withdrawing means taking it down on the platform; then who asks must be a chief with a note."""
    with office.store.read() as session:
        case = _open(office, session, article_id, username, locked=False)
        if case.article.state != ArticleState.PUBLISHED:
            return False
        _may_withdraw(case, note)
        return True


def _open(office: Office, session: Session, article_id: int, username: str, *, locked: bool = True) -> _Case:
    article = articles.lock(session, article_id) if locked else articles.find(session, article_id)
    person, revision = people.find(session, username), articles.present(session, article)
    return _Case(office, session, article, revision, person, people.roles(person), office.clock.now())


def _may_withdraw(case: _Case, note: str) -> Role:
    return rules.check_withdraw(
        is_author=case.article.author_id == case.person.id,
        roles=case.roles,
        state=ArticleState(case.article.state),
        note=note,
    )


def _approve(case: _Case, role: Role, words: str, *, passed: list[Pass]) -> ReviewOutcome:
    """The last pass that is needed: from now on only the clock has to come. An emergency goes out at once."""
    article, zone = case.article, case.office.settings.zone
    spoken = partial(spoken_times.time_words, now=case.now, zone=zone)
    owed = three_reviews.owed(passed, ArticleState.SCHEDULED)
    wanted = None if article.reserve or owed is not None else article.wanted_at
    late = wanted is not None and wanted <= case.now
    due_at = None if article.reserve and owed is None else max(wanted or case.now, case.now)
    _move(case, ArticleState.SCHEDULED)
    article.due_at = due_at
    _enter(case, "article.approved", role, due_at=local(due_at, zone) if due_at else None,
           owed=None if owed is None else owed + 1, delivery=article.delivery)  # fmt: skip
    if owed is not None:
        return ReviewOutcome(
            ArticleState.SCHEDULED, f"{words}通过。应急发布，马上发出。{STEP_WORDS[owed]}要在 24 小时内补上。"
        )
    if due_at is None:
        then = "这是备用稿，哪天没有稿件就由它补上。"
    elif late and wanted is not None:
        then = f"原定时间 {spoken(wanted)} 已经过去，马上发布。"
    elif wanted is None:
        then = "没有定时间，马上发布。"
    else:
        then = f"将于 {spoken(due_at)} 发布。"
    return ReviewOutcome(ArticleState.SCHEDULED, f"{words}通过，三审完成。{then}")


def _check_seal(case: _Case) -> None:
    """What reviewers pass must be what was written: the seal holds, and every file is there unchanged."""
    if articles.seal(case.revision) != case.revision.sha256:
        raise Conflict(
            "这一稿的内容与封存的不符，可能有人直接改过数据库。请用 gongkai queue edit 重新存一稿，并告诉管理员。"
        )
    if approval.damaged_files(case.office, case.revision):
        raise GongkaiError("这一稿有图片或附件的文件不见了或者坏了。请从备份恢复，或者用 gongkai queue edit 重新放入。")


def _demand_wording(case: _Case, sha256: str) -> None:
    """What the reviewer read must be what she passes."""
    if not sha256 or sha256.lower() == case.revision.sha256:
        return
    read = next((each for each in reversed(case.article.revisions) if each.sha256 == sha256.lower()), None)
    if read is None:
        raise Conflict(f"这篇稿件没有封存码为 {sha256} 的一稿。请用 gongkai queue show 看现在的一稿和它的封存码。")
    raise Conflict(
        f"您看的是第 {read.number} 稿，之后改过，现在是第 {case.revision.number} 稿："
        f"{revision_difference.words_on(read, case.revision)}。没有通过，请看过新的一稿再审。"
    )


def _record(
    case: _Case, action: Action, role: str, note: str, *, step: int = 0, covers: str = "", urgent: bool = False
) -> None:
    case.session.add(
        Review(
            article_id=case.article.id,
            revision_id=case.revision.id,
            action=action,
            step=step,
            person_id=case.person.id,
            role=role,
            urgent=urgent,
            covers_id=people.find(case.session, covers).id if covers else None,
            note=note,
            sha256=case.revision.sha256,
            at=case.now,
        )
    )
    case.session.flush()


def _move(case: _Case, state: ArticleState, *, reason: str = "") -> None:
    article = case.article
    article.state, article.due_at, article.reason, article.changed_at = state, None, reason[:1000], case.now


def _enter(case: _Case, kind: str, role: str, **data: object) -> None:
    ledger.append(case.session, kind=kind, actor=case.person.username, role=role, subject=f"article:{case.article.id}",
                  at=case.now, revision=case.revision.number, sha256=case.revision.sha256, **data)  # fmt: skip


def _next(case: _Case) -> str:
    """Who may take the next step, by name; a dead end is told while it can still be helped."""
    passed = articles.passes(case.session, case.article)
    staff = review_staff.on(case.office, case.session, case.office.clock.day(case.now))
    authors = articles.authors(case.session, case.article)
    if dead_end := dead_ends.find(staff, authors=authors, passed=passed):
        return f"注意：{dead_end.words}"
    word = "或".join(STEP_WORDS[step] for step in three_reviews.open_steps(passed))
    return f"接下来{word}，可以由{'、'.join(name for _, name in staff.advised(authors=authors, passed=passed))}来做。"
