"""What happens to an application, and in which state which step may follow: the one table.

The law: 政府信息公开条例 arts 30 (one correction), 32 and 34 (others are asked), 33 (answer, one extension), 36 (outcomes).
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
    (A.HANDLING, Step.EXTEND): A.HANDLING,
    (A.CONSULTING, Step.EXTEND): A.CONSULTING,
    (A.HANDLING, Step.ANSWER): A.ANSWERED,
    (A.CORRECTING, Step.ANSWER): A.ANSWERED,  # not corrected, or withdrawn
    (A.CONSULTING, Step.ANSWER): A.ANSWERED,
    (A.PAYING, Step.ANSWER): A.ANSWERED,  # not paid, or withdrawn
}
ONCE = frozenset({Step.ASK_CORRECTION, Step.EXTEND})  # arts 30 and 33


def next_state(state: ApplicationState, step: Step, *, done: frozenset[Step]) -> ApplicationState:
    """The state after a step; `done`: the steps that were taken. Raises Conflict, in words."""
    if step in ONCE and step in done:
        raise Conflict(f"“{STEP_WORDS[step]}”只能有一次，已经做过了。")
    after = LEADS_TO.get((state, step))
    if after is None:
        may = "、".join(STEP_WORDS[one] for (before, one) in LEADS_TO if before is state) or "（没有）"
        raise Conflict(
            f"这件申请{STATE_WORDS[state].replace('您', '申请人')}，不能“{STEP_WORDS[step]}”。现在能做的：{may}。"
        )
    return after
