"""What is asked of those who apply very often or for very much, and applications whose term runs into an unknown year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from config import holidays
from content.rules.applications.receipt import ReceiptChannel
from content.rules.applications.steps import Step
from content.rules.errors import BadInput, Conflict, NotAllowed
from content.services.applications import fee_demand, handling, receiving, register, reminders
from content.services.applications.handling import StepToTake
from content.services.office import Office
from content.store import applications
from tests.services.applications.applicants import form as filled

On = Callable[[date], None]
START = date(2026, 3, 2)


def take(office: Office, number: str, step: Step, on: date = START, username: str = "hejing", **more: Any) -> None:
    """A step on that day."""
    handling.take(office, number, StepToTake(step, on, **more), username=username)


def add(office: Office, on: date = START, **changes: Any) -> str:
    """An application that somebody hands in."""
    return receiving.by_hand(office, filled(**changes), channel=ReceiptChannel.COUNTER, arrived=on, username="hejing")


def asked_for(office: Office, number: str) -> int:
    """What the newest notice asks for, in yuan."""
    return register.page(office, number, username="hejing").line.steps[-1].amount


def test_the_eleventh_application_of_a_month_costs_and_the_first_of_the_next_does_not(office: Office, on: On) -> None:
    on(date(2026, 4, 2))
    other = add(office, identity="350103198001011234")
    numbers = [
        add(office, identity="350103199001011234" if at % 2 else "３５０１０３１９９００１０１１２３４")
        for at in range(32)
    ]
    later = add(office, date(2026, 4, 1))
    for number in (numbers[9], other, later):
        with pytest.raises(BadInput, match="不收费"):
            take(office, number, Step.ASK_FEE, date(2026, 4, 1), basis="item")
    for at, amount in ((10, 100), (29, 100), (30, 200), (31, 200)):
        take(office, numbers[at], Step.ASK_FEE, basis="item")
        assert asked_for(office, numbers[at]) == amount, at
    with office.store.read() as session:
        assert fee_demand.count(office, session, applications.find(session, later)) == fee_demand.ApplicantCount(1, 33)


def test_pages_are_counted_instead_and_exactly_what_was_asked_is_paid(office: Office, on: On) -> None:
    on(date(2026, 4, 2))
    number = add(office)
    with pytest.raises(BadInput, match="一种算法"):
        take(office, number, Step.ASK_FEE)
    with pytest.raises(BadInput, match="30 页"):
        take(office, number, Step.ASK_FEE, basis="page", pages=30)
    take(office, number, Step.ASK_FEE, basis="page", pages=201)
    assert asked_for(office, number) == 70 * 10 + 100 * 20 + 40
    with pytest.raises(BadInput, match="2740 元"):
        take(office, number, Step.PAY, fee=2000)
    take(office, number, Step.PAY)
    [line] = register.listing(office)
    assert line.application.fee == 2740


def test_very_many_applications_are_asked_for_reasons_and_delayed_with_consent(office: Office, on: On) -> None:
    on(date(2026, 4, 2))
    number = add(office)
    with pytest.raises(BadInput, match="要先请申请人说明理由"):
        take(office, number, Step.ANSWER, outcome="n4")
    take(office, number, Step.ASK_REASONS, note="一个月 40 件")
    with pytest.raises(Conflict, match="收到理由"):
        take(office, number, Step.DELAY, username="zhaominghua", days=30, note="材料多")
    take(office, number, Step.HEAR_REASONS)
    with pytest.raises(NotAllowed, match="终审"):
        take(office, number, Step.DELAY, days=30, note="材料多")
    take(office, number, Step.DELAY, username="zhaominghua", days=30, note="材料多")
    [line] = register.listing(office)
    assert (
        str(line.clock.due if line.clock else "") == "2026-05-14"
    )  # 21 in March, 21 in April, 6 to 8, 9 (Saturday, worked) and 11 to 14 May


def test_an_extension_is_asked_for_by_the_office_and_consented_to_by_the_head(office: Office, on: On) -> None:
    on(date(2026, 3, 10))
    number = add(office)
    take(office, number, Step.ASK_EXTENSION, date(2026, 3, 9), days=10, note="要到档案馆查")
    [line] = register.listing(office)
    assert line.asks_extension and str(line.clock.due if line.clock else "") == "2026-03-30"
    take(office, number, Step.EXTEND, date(2026, 3, 10), "zhaominghua", days=10, note="同意")
    [line] = register.listing(office)
    assert not line.asks_extension and str(line.clock.due if line.clock else "") == "2026-04-14"


def test_a_term_that_runs_into_an_unknown_year_is_no_term_until_the_notice_comes(office: Office, on: On) -> None:
    on(date(2026, 12, 30))
    number = add(office, date(2026, 12, 4))
    [line] = register.listing(office)
    assert line.to_json()["due_on"] is None and line.to_json()["estimated_on"] == "2027-01-04"
    assert any("快到了" in one.message for one in reminders.reminders(office))
    (office.home / holidays.NAME).write_text(NOTICE_2027, encoding="utf-8")
    [line] = register.listing(office)
    assert (line.to_json()["due_on"], line.to_json()["estimated_on"], line.application.number) == (
        "2027-01-05",
        None,
        number,
    )


NOTICE_2027 = """[[notice]]
year = 2027
entered = 2026-12-28
source = "made up for a test"
holiday = [
  { name = "元旦", from = 2027-01-01, to = 2027-01-04 }, { name = "春节", from = 2027-02-05, to = 2027-02-11 },
  { name = "清明节", from = 2027-04-03, to = 2027-04-05 }, { name = "劳动节", from = 2027-05-01, to = 2027-05-05 },
  { name = "端午节", from = 2027-06-09, to = 2027-06-09 }, { name = "中秋节", from = 2027-09-15, to = 2027-09-15 },
  { name = "国庆节", from = 2027-10-01, to = 2027-10-07 },
]
workdays = [2027-01-30, 2027-02-14, 2027-05-08, 2027-09-26]
exception = "4 January off"
"""
