"""The clock of an application: by when the office must answer, and by when everything else must be done.

政府信息公开条例: art. 30 (a correction is asked for within 7 working days, once; the clock begins anew when it comes), art. 32 (a third
party has 15 working days), art. 33 (an answer within 20 working days, one extension by at most 20; the time for which others are
asked is not counted), art. 34 (other agencies have 15 working days), art. 35 (a reasonable delay for very many applications). 国办函〔2020〕109号: who is asked for a fee has 20 working days;
the clock begins anew when it is paid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from content.rules.applications.steps import Step
from content.rules.errors import BadInput
from content.rules.figures import working_days
from content.rules.figures.holiday_calendar import EstimatedCalendar, UnknownYear, WorkCalendar

ANSWER, EXTENSION, CORRECTION, CONSULTATION, PAYMENT = 20, 20, 7, 15, 20  # working days
CORRECTION_TERM, LONGEST_TERM = 10, 60  # working days that an applicant is given for a correction: usually, at most
LONGEST_DELAY = 250  # working days, a year: more is a slip of the pen


@dataclass(frozen=True)
class DatedStep:
    """A step and its day; `days` of an extension or a delay, or that the applicant has for a correction."""

    step: Step
    on: date
    days: int = 0


@dataclass(frozen=True)
class AnswerClock:
    """`due`: by when to answer; None while it stands still or its year is not known. `why`: in words, each part of the sum.

    `correct_by`: by when a correction may be asked for. `waits_until`: by when others must have answered, corrected or paid.
    `estimate`: where the holidays of a year are not known yet, the day without what its notice will say; never final.
    """

    due: date | None
    why: tuple[str, ...]
    correct_by: date | None = None
    waits_until: date | None = None
    unknown_year: int | None = None
    estimate: date | None = None

    @property
    def day(self) -> date | None:
        """The day to keep in mind: the term, else its estimate."""
        return self.due or self.estimate

    @property
    def final(self) -> bool:
        """Whether no later notice can change the term."""
        return self.due is not None and self.unknown_year is None


def clock(calendar: WorkCalendar, received: date, steps: Sequence[DatedStep]) -> AnswerClock:
    """The clock of an application received on that day. Where the calendar ends there is no term, only an estimate."""
    try:
        found = _clock(calendar, received, steps)
    except UnknownYear as error:
        guessed = _clock(EstimatedCalendar(calendar.table), received, steps)
        return replace(
            guessed, due=None, why=(error.message, *guessed.why), unknown_year=error.year, estimate=guessed.due
        )
    later = found.due.year + 1 if found.due and working_days.may_change(calendar, found.due) else None
    return replace(found, unknown_year=later)


def _clock(calendar: WorkCalendar, received: date, steps: Sequence[DatedStep]) -> AnswerClock:
    start, why = received, [f"{received} 收到，当天不计"]
    uncounted, extension, since = 0, 0, None
    waits: date | None = None
    for one in steps:
        if one.step in (Step.CORRECT, Step.PAY):
            start, uncounted, extension, waits = one.on, 0, 0, None
            why = [f"{one.on} {'收到补正' if one.step is Step.CORRECT else '缴费'}，重新起算，当天不计"]
        elif one.step in (Step.ASK_CORRECTION, Step.ASK_FEE):
            given = PAYMENT if one.step is Step.ASK_FEE else one.days
            waits = working_days.add(calendar, one.on, days=given).end if given else None
            since = one.on
        elif one.step is Step.CONSULT:
            since = one.on
            waits = working_days.add(calendar, one.on, days=CONSULTATION).end
        elif one.step is Step.HEAR and since:
            passed = working_days.between(calendar, since, one.on).count
            uncounted, waits, since = uncounted + passed, None, None
            why.append(f"{one.on} 前征求意见的 {passed} 个工作日不计")
        elif one.step is Step.EXTEND:
            extension += one.days
            why.append(f"延长 {one.days} 个工作日")
        elif one.step is Step.DELAY:
            extension += one.days
            why.append(f"申请过多，延迟 {one.days} 个工作日（第三十五条）")
    asked = any(one.step is Step.ASK_CORRECTION for one in steps)
    correct_by = None if asked else working_days.add(calendar, received, days=CORRECTION).end
    standing = _standing(steps)
    if standing:
        return AnswerClock(None, (*why, standing), correct_by, waits)
    days = ANSWER + uncounted + extension
    due = working_days.add(calendar, start, days=days).end
    why.append(
        f"{ANSWER}{f' + {uncounted}' if uncounted else ''}{f' + {extension}' if extension else ''} 个工作日，到 {due}"
    )
    return AnswerClock(due, tuple(why), correct_by, waits)


def _standing(steps: Sequence[DatedStep]) -> str:
    """Why the clock stands still now; empty if it runs."""
    waiting = {Step.ASK_CORRECTION: "等申请人补正，期限停着", Step.ASK_FEE: "等申请人缴费，期限停着",
               Step.CONSULT: "正在征求意见，期限停着"}  # fmt: skip
    ends = {Step.CORRECT, Step.PAY, Step.HEAR}
    for one in reversed(steps):
        if one.step in ends:
            return ""
        if one.step in waiting:
            return waiting[one.step]
    return ""


def check_days(step: Step, days: int) -> None:
    """Raises BadInput for a span that a step may not have."""
    if step is Step.EXTEND or step is Step.ASK_EXTENSION:
        check_extension(days)
    elif step is Step.DELAY and not 1 <= days <= LONGEST_DELAY:
        raise BadInput(f"延迟的期限要写几个工作日，1 到 {LONGEST_DELAY}（《政府信息公开条例》第三十五条）。")
    elif step is Step.ASK_CORRECTION and not 1 <= days <= LONGEST_TERM:
        raise BadInput(f"给申请人补正的时间要写几个工作日，1 到 {LONGEST_TERM}。")


def check_extension(days: int) -> None:
    """Raises BadInput for an extension that the law does not know."""
    if not 1 <= days <= EXTENSION:
        raise BadInput(f"延长的期限最多 {EXTENSION} 个工作日，最少 1 个（《政府信息公开条例》第三十三条）。")
