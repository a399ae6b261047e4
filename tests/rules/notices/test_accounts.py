"""Budget or final account, and how long a notice holds."""

from __future__ import annotations

from datetime import date

import pytest

from content.rules.notices import accounts, validity

TITLES = ["2026年部门预算公开", "2025年部门预算公开", "2025年度部门决算公开"]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("去年三公经费花了多少", "2025年度部门决算公开"),
        ("2025年实际用了多少钱", "2025年度部门决算公开"),
        ("2025年三公预算多少 实际花了多少", "2025年度部门决算公开"),
        ("今年打算花多少", "2026年部门预算公开"),
        ("今年接待费安排了多少", "2026年部门预算公开"),
        ("三公经费多少", "2026年部门预算公开"),
    ],
)
def test_what_was_spent_stands_in_the_account_and_what_is_planned_in_the_budget(asked: str, first: str) -> None:
    assert accounts.in_order(asked, TITLES, str)[0] == first


def test_a_question_after_a_budget_may_ask_of_the_account() -> None:
    assert accounts.asks_of_the_other("实际花了多少", "2025年部门预算公开")
    assert not accounts.asks_of_the_other("花了多少", "2025年度部门决算公开")
    assert not accounts.asks_of_the_other("比预算多还是少", "2025年度部门决算公开")


@pytest.mark.parametrize(
    ("body", "published_on", "told"),
    [
        ("本通知有效期1年。", date(2025, 5, 30), "有效期1年"),
        ("本通知有效期2年。", date(2025, 5, 30), ""),
        ("本办法自2024年2月1日起试行，有效期二年。", date(2024, 1, 23), "有效期二年"),
        ("本措施自2026年4月1日起施行，有效期三年。", date(2026, 3, 10), ""),
        ("居住证有效期为1年，每年签注一次。", date(2024, 7, 19), ""),
        ("本办法自2025年13月40日起施行，有效期1年。", date(2025, 1, 2), ""),
    ],
)
def test_a_notice_that_has_run_out_says_so_itself(body: str, published_on: date, told: str) -> None:
    assert validity.run_out(body, published_on, date(2026, 12, 1)) == told
