"""The count in WeChat: for a phone that staff have bound by a code from the console, and for nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from content.services.office import Office
from content.services.people import staff
from content.store.tables import LedgerEntry, StaffPhone
from tests.bot.citizen import Citizen
from tests.bot.console.colleague import Colleague, one_of_each_role, words
from tests.bot.platform_side import Side
from tests.services import ledger_entries


@pytest.fixture(scope="module", autouse=True)
def posts(office: Office) -> None:
    """Seven posts of this year and two of the last month."""
    today = office.clock.today()
    before = date.fromordinal(today.replace(day=1).toordinal() - 1)
    for number, day in enumerate([date(today.year, 1, 1)] * 5 + [before] * 2):
        ledger_entries.published(office, number, published_on=day.isoformat())


@pytest.fixture(scope="module")
def by_role(app: Flask, office: Office) -> dict[str, Colleague]:
    return {str(role): Colleague(app, username) for role, username in one_of_each_role(office).items()}


def code(colleague: Colleague) -> str:
    """The code that the page shows."""
    page = words(colleague.sends("/console/phone", {"what": "code"}))
    [found] = re.findall(r"绑定 (\d{8})", page)
    return str(found)


@pytest.fixture
def citizen(app: Flask, office: Office) -> Callable[[str], Citizen]:
    """Somebody who follows the account, by a name."""

    def called(name: str) -> Citizen:
        found = Citizen(app.test_client(), sender=f"o{name:_<27}")
        found.side = Side(clock=lambda: office.clock.now().timestamp())
        return found

    return called


def test_a_bound_phone_gets_the_figures_with_what_is_counted(
    citizen: Callable[[str], Citizen], office: Office, by_role: dict[str, Colleague]
) -> None:
    office_phone, stranger = citizen("office"), citizen("stranger")
    assert "公众号发布" not in office_phone.says("年度统计")
    assert "绑定好了" in office_phone.says(f"绑定 {code(by_role['office'])}")
    year = office.clock.today().year
    for text in ("年度统计", "今年统计", f"{year}年统计", "本年度统计"):
        said = office_phone.says(text)
        assert f"{year}年：公众号发布" in said and "口径：平台确认发出才计" in said and "/console/count/" in said, said
    assert "公众号发布 2 篇" in office_phone.says("上月统计")
    assert "公众号发布" not in stranger.says("年度统计")
    assert "现在绑定着一部手机" in by_role["office"].reads("/console/phone")


def test_a_code_holds_once_and_only_the_last_phone_counts(
    citizen: Callable[[str], Citizen], by_role: dict[str, Colleague]
) -> None:
    first, second, given = citizen("first"), citizen("second"), code(by_role["chief"])
    assert "绑定好了" in first.says(f"绑定{given}")
    assert "重新取一个" in second.says(f"绑定 {given}")
    assert "绑定好了" in second.says(f"绑定 {code(by_role['chief'])}")
    assert "公众号发布" not in first.says("去年统计") and "公众号发布" in second.says("去年统计")
    assert "已经解除" in second.says("解除绑定") and "公众号发布" not in second.says("年度统计")
    assert "没有绑定过" in second.says("解绑")


def test_who_may_not_count_gets_no_code(by_role: dict[str, Colleague]) -> None:
    assert by_role["editor"].opens("/console/phone").status_code == 403


def test_leaving_undoes_it_and_the_ledger_knows_no_citizen(
    citizen: Callable[[str], Citizen], office: Office, by_role: dict[str, Colleague]
) -> None:
    phone, username = citizen("leaver"), by_role["office"].username
    assert "绑定好了" in phone.says(f"绑定 {code(by_role['office'])}")
    staff.leave(office, username)
    assert "公众号发布" not in phone.says("年度统计")
    with office.store.read() as session:
        assert session.query(StaffPhone).count() == 0
        told = [entry for entry in session.query(LedgerEntry) if entry.kind.startswith("phone.")]
    assert {entry.kind for entry in told} == {"phone.bound", "phone.unbound"}
    assert all("asker" not in entry.data for entry in told)
