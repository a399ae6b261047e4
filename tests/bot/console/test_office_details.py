"""What the office is called and how it is reached: one form, and every place that says it follows at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from bot.dialogue import router
from content.services.figures.annual_report import year_figures
from content.services.office import Office
from tests.bot.console.colleague import Colleague, words

NAME = "北河经济开发区管理委员会"
PAGE = "/console/office-files/office/lists/1"


@pytest.fixture
def clerk(app: Flask, office: Office) -> Iterator[Colleague]:
    """Who answers citizens, in an office that has written nothing of itself."""
    own = office.home / "office.toml"
    own.unlink(missing_ok=True)
    yield Colleague(app, "linxiaoyu")
    own.unlink(missing_ok=True)


def saved(clerk: Colleague, **values: str) -> str:
    """Fills the form in as it stands, but for these values; what is said then."""
    page = clerk.opens(PAGE).text
    begun = re.search(r'name="begun_with" value="(\w{64})"', page)
    standing = dict(re.findall(r'<input id="(\w+)" name="\w+" type="text" value="([^"]*)"', page))
    assert begun and {"name", "phone", "icp"} <= standing.keys()
    answer = clerk.sends(PAGE, {**standing, **values, "begun_with": begun[1]})
    return clerk.reads(answer.location) if answer.status_code == 303 else words(answer)


def test_the_name_is_said_at_once_by_chat_pages_feeds_and_the_annual_report(clerk: Colleague, office: Office) -> None:
    assert "保存好了" in saved(clerk, name=NAME, phone="0591-83812345")
    reply = str(router.consult(office, "你们的电话是多少", office.clock.now()).reply)
    greeting = str(router.consult(office, "你是谁", office.clock.now()).reply)
    assert "0591-83812345" in reply and NAME in greeting and "临江" not in greeting
    for path in ("/", "/apply", "/feeds/articles.xml", "/console/"):
        assert NAME in clerk.client.get(path).text, path
    assert year_figures.gather(office, 2026).report.org == NAME
    with_name = str(router.consult(office, f"{NAME}电话", office.clock.now()).reply)
    assert "0591-83812345" in with_name


def test_what_is_wrong_stands_at_its_field_and_what_was_empty_stays_so(clerk: Colleague, office: Office) -> None:
    assert "请写上“单位名称”" in saved(clerk, name="", phone="12345")
    assert "太长了" in saved(clerk, name=NAME, address="路" * 201)
    assert not (office.home / "office.toml").exists()
    saved(clerk, name=NAME, address='滨江路 "东" 1号')
    text = (office.home / "office.toml").read_text(encoding="utf-8")
    assert "# 办公地址，也是邮寄地址" in text and 'fax = ""' in text
    assert office.details.read().address == '滨江路 "东" 1号'
