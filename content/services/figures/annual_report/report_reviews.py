"""The three reviews of a year's report: by the rules of posts, for figures and text as they stand.

A step holds for the hash of what was passed. Whoever changes a figure or a word afterwards voids it, with no row written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from content.rules import notes
from content.rules.errors import Conflict
from content.rules.figures.annual_report import drafted_text
from content.rules.people import Right, Role
from content.rules.publishing import three_reviews
from content.rules.publishing.article_states import Action
from content.rules.publishing.three_reviews import STEP_WORDS, STEPS, Pass, ReviewTurn
from content.services.figures.annual_report import report_difference, report_files, report_seal, year_figures
from content.services.figures.annual_report.year_figures import YearFigures
from content.services.office import Office
from content.services.people import review_staff
from content.store import people
from content.store.figures import ledger
from content.store.figures import report_entries as rows
from content.store.tables import ReportReview

KINDS = {Action.SUBMIT: "report.submitted", Action.PASS: "report.passed", Action.RETURN: "report.returned"}


class ReportStage(StrEnum):
    """How far a report is."""

    WRITING = "writing"
    REVIEWING = "in_review"
    PASSED = "passed"
    SIGNED = "signed"


STAGE_WORDS = {ReportStage.WRITING: "编写中", ReportStage.REVIEWING: "审核中", ReportStage.PASSED: "三审通过，等签发",
               ReportStage.SIGNED: "已签发"}  # fmt: skip


@dataclass(frozen=True)
class ReportStanding:
    """Where a report stands: passed steps, who may take the next (name by username), all steps so far.

    `changed`: it was handed in, and a figure or a word was changed since. `authors`: who may not review it.
    """

    stage: ReportStage
    sha256: str
    passed: tuple[Pass, ...]
    waits_for: dict[str, str]
    trail: tuple[ReportReview, ...]
    authors: frozenset[str]
    changed: bool = False

    @property
    def words(self) -> str:
        """待复审 2/3, or the stage's name."""
        step = len(self.passed)
        return f"待{STEP_WORDS[step]} {step + 1}/3" if self.stage is ReportStage.REVIEWING else STAGE_WORDS[self.stage]


def standing(office: Office, figures: YearFigures) -> ReportStanding:
    """Where the report stands as it is now."""
    with office.store.read() as session:
        return _standing(office, session, figures)


def waiting(office: Office, username: str) -> tuple[int, ...]:
    """The years whose report waits for this person's review."""
    with office.store.read() as session:
        handed_in = [year for year, action in rows.last_steps(session).items() if action != Action.RETURN]
    found = ((year, standing(office, year_figures.gather(office, year))) for year in handed_in)
    return tuple(year for year, one in found if username in one.waits_for)


def submit(office: Office, year: int, *, username: str, note: str = "") -> str:
    """Hands the report to the reviewers; what comes next. Raises NotAllowed, Conflict while something is wrong or not written."""
    note = notes.note(note)
    figures = year_figures.gather(office, year)
    report_difference.keep(office, figures)
    with office.store.write() as session:
        actor = people.actor(session, username, Right.WRITE, Right.COUNT, what="把年度报告送审")
        report_files.refuse_errors(figures, to="不能送审")
        if found := drafted_text.gaps(figures.sections):
            raise Conflict(f"正文还有 {len(found)} 处没有写：{'、'.join(found)}。写好以后再送审。")
        if _standing(office, session, figures).stage is not ReportStage.WRITING:
            raise Conflict("这份报告已经送审，数字和正文都没有变，不用再送。")
        _record(office, session, figures, Action.SUBMIT, actor, note)
        return f"已送审。{_next(_standing(office, session, figures))}"


def pass_(office: Office, year: int, *, username: str, note: str = "", sha256: str = "") -> str:
    """Passes the review that is next; with a `sha256` only for what has this hash. Raises NotAllowed, Conflict."""
    note = notes.note(note)
    figures = year_figures.gather(office, year)
    with office.store.write() as session:
        people.find(session, username)
        found = _standing(office, session, figures)
        _demand(found, ReportStage.REVIEWING, "审核")
        if sha256 and sha256 != found.sha256:
            raise Conflict("您看过以后，数字或正文又改了，没有通过。请看过现在的再审。")
        report_files.refuse_errors(figures, to="不能通过")
        staff = review_staff.on(office, session, office.clock.today())
        turns = three_reviews.next_pass(staff.reviewer(username), authors=found.authors, passed=found.passed,
                                       chief_twice=staff.chief_twice)  # fmt: skip
        for turn in turns:
            _record(office, session, figures, Action.PASS, people.Actor(people.find(session, username), turn.role), note, turn=turn,
                    twice=len(turns) > 1)  # fmt: skip
        done = "、".join(STEP_WORDS[turn.step] for turn in turns)
        now = _standing(office, session, figures)
        then = "三审完成，可以签发了。" if now.stage is ReportStage.PASSED else _next(now)
        return f"{done}通过。{then}"


def return_(office: Office, year: int, *, username: str, note: str = "") -> str:
    """Gives the report back to those who wrote it, with a note. Raises NotAllowed, BadInput, Conflict."""
    note = notes.note(note, needed="退回要写明原因，写的人才知道改什么。请加上 --note。")
    figures = year_figures.gather(office, year)
    with office.store.write() as session:
        found = _standing(office, session, figures)
        actor = people.actor(session, username, *STEPS, what="退回年度报告")
        if found.stage not in (ReportStage.REVIEWING, ReportStage.PASSED):
            _demand(found, ReportStage.REVIEWING, "退回")
        _record(office, session, figures, Action.RETURN, actor, note)
        return "已退回。改好以后再送审。"


def demand_passed(office: Office, session: Session, figures: YearFigures) -> None:
    """Raises Conflict unless three reviews have passed what stands now, and the ledger holds them."""
    found = _standing(office, session, figures)
    if found.stage in (ReportStage.PASSED, ReportStage.SIGNED):
        return
    if found.stage is ReportStage.REVIEWING:
        raise Conflict(f"三审还没有完成：{found.words}。{_next(found)}")
    why = "送审以后数字或正文又改了，先前的通过作废。" if found.changed else ""
    raise Conflict(f"{why}签发以前要先送审，由三个人审过：gongkai report review submit。")


def _standing(office: Office, session: Session, figures: YearFigures) -> ReportStanding:
    year, digest = figures.report.year or 0, report_seal.seal(figures)[1]
    trail = rows.reviews(session, year)
    last = next((at for at in range(len(trail) - 1, -1, -1) if trail[at].action == Action.SUBMIT), None)
    given = trail[last:] if last is not None else []
    returned = any(row.action == Action.RETURN for row in given)
    changed = bool(given) and not returned and given[0].sha256 != digest
    authors = frozenset(rows.writers(session, year) | {row.person for row in given[:1]})
    if not given or returned or changed:
        return ReportStanding(ReportStage.WRITING, digest, (), {}, tuple(trail), authors, changed)
    passed = _passed(session, year, [row for row in given if row.action == Action.PASS and row.sha256 == digest])
    if len(passed) < len(STEPS):
        able = review_staff.on(office, session, office.clock.today()).able(authors=authors, passed=passed)
        return ReportStanding(ReportStage.REVIEWING, digest, passed, dict(able), tuple(trail), authors)
    signature = rows.signature(session, year)
    signed = signature is not None and signature.sha256 == digest
    stage = ReportStage.SIGNED if signed else ReportStage.PASSED
    return ReportStanding(stage, digest, passed, {}, tuple(trail), authors)


def _passed(session: Session, year: int, given: Sequence[ReportReview]) -> tuple[Pass, ...]:
    """The passes that the ledger holds too."""
    if not given:
        return ()
    told = {
        (entry.actor, entry.at) for entry in ledger.about(session, f"report:{year}") if entry.kind == KINDS[Action.PASS]
    }
    return tuple(
        Pass(row.person, Role(row.role), row.step - 1, row.covers) for row in given if (row.person, row.at) in told
    )


def _record(
    office: Office, session: Session, figures: YearFigures, action: Action, actor: people.Actor, note: str,
    *, turn: ReviewTurn | None = None, twice: bool = False,
) -> None:  # fmt: skip
    year, digest, at = figures.report.year or 0, report_seal.seal(figures)[1], office.clock.now()
    step, covers = (turn.step + 1, turn.covers) if turn else (0, "")
    username = actor.person.username
    session.add(ReportReview(year=year, action=action, step=step, person=username, role=actor.role, covers=covers, note=note,
                             sha256=digest, at=at))  # fmt: skip
    session.flush()
    more = {"step": step, "chief_twice": twice, "covers": covers} if turn else {}
    ledger.append(session, kind=KINDS[action], actor=username, role=actor.role, subject=f"report:{year}", at=at,
                  sha256=digest, note=note, **more)  # fmt: skip


def _demand(found: ReportStanding, stage: ReportStage, what: str) -> None:
    if found.stage is not stage:
        why = (
            "送审以后又改过，要重新送审。"
            if found.changed
            else "还没有送审。"
            if found.stage is ReportStage.WRITING
            else ""
        )
        raise Conflict(f"这份报告现在是“{found.words}”，不能{what}。{why}")


def _next(found: ReportStanding) -> str:
    word = STEP_WORDS[len(found.passed)]
    if not found.waits_for:
        return f"注意：现在没有人能做{word}（写过的、填过数的和审过的人不能审）。请退回重新安排，或者增加人员。"
    return f"接下来{word}，可以由{'、'.join(found.waits_for.values())}来做。"
