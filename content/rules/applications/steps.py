"""What happens to an application, and in which state which step may follow: the one table.

The law: 政府信息公开条例 arts 30 (one correction), 32 and 34 (others are asked), 33 (answer, one extension with the consent of the
head), 35 (very many applications: reasons are asked for; a reasonable delay), 36 (outcomes).
"""

from __future__ import annotations

from enum import StrEnum

from content.rules.errors import Conflict


class ApplicationState(StrEnum):
    """Where an application is."""

    ARRIVED = "arrived"
    HANDLING = "handling"
    CORRECTING = "correcting"
    CONSULTING = "consulting"
    PAYING = "paying"
    ANSWERED = "answered"


STATE_WORDS = {
    ApplicationState.ARRIVED: "已提交，等工作人员与您确认",
    ApplicationState.HANDLING: "正在办理",
    ApplicationState.CORRECTING: "等您补正",
    ApplicationState.CONSULTING: "正在征求有关方面的意见",
    ApplicationState.PAYING: "等您缴费",
    ApplicationState.ANSWERED: "已经办结",
}


class Step(StrEnum):
    """What may be done or may happen."""

    CONFIRM = "confirm"
    ASK_CORRECTION = "ask_correction"
    CORRECT = "correct"
    CONSULT = "consult"
    HEAR = "hear"
    ASK_FEE = "ask_fee"
    PAY = "pay"
    ASK_REASONS = "ask_reasons"
    HEAR_REASONS = "hear_reasons"
    DELAY = "delay"
    ASK_EXTENSION = "ask_extension"
    EXTEND = "extend"
    ANSWER = "answer"


STEP_WORDS = {
    Step.CONFIRM: "确认收到",
    Step.ASK_CORRECTION: "通知补正",
    Step.CORRECT: "收到补正",
    Step.CONSULT: "征求意见",
    Step.HEAR: "收到意见",
    Step.ASK_FEE: "通知缴费",
    Step.PAY: "收到缴费",
    Step.ASK_REASONS: "请申请人说明理由",
    Step.HEAR_REASONS: "收到理由",
    Step.DELAY: "确定延迟答复的期限",
    Step.ASK_EXTENSION: "报请延期",
    Step.EXTEND: "延长期限",
    Step.ANSWER: "答复",
}

A = ApplicationState
LEADS_TO: dict[tuple[ApplicationState, Step], ApplicationState] = {
    (A.ARRIVED, Step.CONFIRM): A.HANDLING,
    (A.HANDLING, Step.ASK_CORRECTION): A.CORRECTING,
    (A.CORRECTING, Step.CORRECT): A.HANDLING,
    (A.HANDLING, Step.CONSULT): A.CONSULTING,
    (A.CONSULTING, Step.HEAR): A.HANDLING,
    (A.HANDLING, Step.ASK_FEE): A.PAYING,
    (A.PAYING, Step.PAY): A.HANDLING,
    (A.HANDLING, Step.ASK_REASONS): A.HANDLING,
    (A.HANDLING, Step.HEAR_REASONS): A.HANDLING,
    (A.HANDLING, Step.DELAY): A.HANDLING,
    (A.HANDLING, Step.ASK_EXTENSION): A.HANDLING,
    (A.CONSULTING, Step.ASK_EXTENSION): A.CONSULTING,
    (A.HANDLING, Step.EXTEND): A.HANDLING,
    (A.CONSULTING, Step.EXTEND): A.CONSULTING,
    (A.HANDLING, Step.ANSWER): A.ANSWERED,
    (A.CORRECTING, Step.ANSWER): A.ANSWERED,  # not corrected, or withdrawn
    (A.CONSULTING, Step.ANSWER): A.ANSWERED,
    (A.PAYING, Step.ANSWER): A.ANSWERED,  # not paid, or withdrawn
}
ONCE = frozenset({Step.ASK_CORRECTION, Step.EXTEND, Step.ASK_REASONS, Step.HEAR_REASONS, Step.DELAY})  # arts 30, 33, 35
AFTER = {Step.HEAR_REASONS: Step.ASK_REASONS, Step.DELAY: Step.HEAR_REASONS}


def next_state(state: ApplicationState, step: Step, *, done: frozenset[Step]) -> ApplicationState:
    """The state after a step; `done`: the steps that were taken. Raises Conflict, in words."""
    if step in ONCE and step in done:
        raise Conflict(f"“{STEP_WORDS[step]}”只能有一次，已经做过了。")
    after = LEADS_TO.get((state, step))
    if after is None:
        may = "、".join(STEP_WORDS[one] for one in possible(state, done)) or "（没有）"
        raise Conflict(
            f"这件申请{STATE_WORDS[state].replace('您', '申请人')}，不能“{STEP_WORDS[step]}”。现在能做的：{may}。"
        )
    needed = AFTER.get(step)
    if needed and needed not in done:
        raise Conflict(f"先要“{STEP_WORDS[needed]}”，才能“{STEP_WORDS[step]}”（《政府信息公开条例》第三十五条）。")
    if step is Step.ASK_EXTENSION and Step.EXTEND in done:
        raise Conflict("期限已经延长过一次，不能再延。")
    return after


def possible(state: ApplicationState, done: frozenset[Step]) -> list[Step]:
    """The steps that may follow, in the order of the table."""
    found = [step for before, step in LEADS_TO if before is state and not (step in ONCE and step in done)]
    found = [step for step in found if step not in AFTER or AFTER[step] in done]
    return [step for step in found if not (step is Step.ASK_EXTENSION and Step.EXTEND in done)]
