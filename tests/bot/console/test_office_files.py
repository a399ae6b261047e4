"""The office's own answers edited at the console: checked with their examples, never lost, never overwritten unseen."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask

from content.rules.people import Role
from content.services.citizens import office_files
from content.services.office import Office
from content.store.tables import LedgerEntry
from tests.bot.console.colleague import Colleague, one_of_each_role, words

GUIDES = """around = ["请问"]
[[guide]]
name = "停车"
words = ["停车", "停车场"]
answer = "停车场在大门左边，{office}的客人免费。"
"""


def begun(colleague: Colleague, name: str) -> str:
    """The hash of the text that the page shows."""
    [found] = re.findall(r'name="begun_with" value="(\w{64})"', colleague.opens(f"/console/office-files/{name}").text)
    return str(found)


@pytest.fixture
def clerk(app: Flask) -> Colleague:
    return Colleague(app, "linxiaoyu")


def test_what_is_saved_is_answered_at_once_and_the_former_text_is_kept(clerk: Colleague, office: Office) -> None:
    assert "自带的" in clerk.reads("/console/office-files/")
    said = clerk.does("/console/office-files/guides", {"text": GUIDES, "begun_with": begun(clerk, "guides")})
    assert "保存好了" in said and "本单位的" in said
    found = office.guides.read().find("停车场")
    assert found and "大门左边" in found.answer
    again = {"text": GUIDES.replace("左边", "右边"), "begun_with": begun(clerk, "guides")}
    clerk.does("/console/office-files/guides", again)
    assert [path.read_text() for path in (office.home / "former").glob("guides-*.toml")] == [GUIDES]
    with office.store.read() as session:
        assert [each.actor for each in session.query(LedgerEntry) if each.kind == "file.edited"] == ["linxiaoyu"] * 2


@pytest.mark.parametrize(
    ("text", "said"),
    [("[[guide]\nname = 1", "line 1"), ("[[guide]]\nname = \"停车\"\nwords = [\"停车\"]", "第 1 条（停车）"),
     (GUIDES.replace("{office}", "{不认识}"), "不认识的")],
)  # fmt: skip
def test_a_fault_is_named_with_its_place_and_nothing_typed_is_lost(
    clerk: Colleague, office: Office, text: str, said: str
) -> None:
    before = office_files.one(office, "guides").text
    answer = clerk.sends("/console/office-files/guides", {"text": text, "begun_with": begun(clerk, "guides")})
    assert answer.status_code == 400 and said in words(answer) and text.split("\n")[0] in unescape(answer.text)
    assert office_files.one(office, "guides").text == before


def test_the_examples_of_the_triage_are_tried_before_it_is_kept(clerk: Colleague, office: Office) -> None:
    text = office_files.one(office, "triage").text
    wrong = re.sub(r"(?m)^yes = \[", 'yes = ["今天的天气预报表在哪里下载", ', text, count=1)
    assert wrong != text
    answer = clerk.sends("/console/office-files/triage", {"text": wrong, "begun_with": begun(clerk, "triage")})
    assert answer.status_code == 400 and "今天的天气预报表在哪里下载" in words(answer)
    assert not office_files.one(office, "triage").is_own


def test_the_second_of_two_sees_the_difference(clerk: Colleague, app: Flask, office: Office) -> None:
    other, start = Colleague(app, "sunhao"), begun(clerk, "directory")
    text = office_files.one(office, "directory").text
    clerk.does("/console/office-files/directory", {"text": f"# 甲改的\n{text}", "begun_with": start})
    late = other.sends("/console/office-files/directory", {"text": f"# 乙改的\n{text}", "begun_with": start})
    assert late.status_code == 409 and "-# 甲改的" in words(late) and "+# 乙改的" in words(late)
    [now] = re.findall(r'name="begun_with" value="(\w{64})"', late.text)
    other.does("/console/office-files/directory", {"text": f"# 乙改的\n{text}", "begun_with": now})
    assert office_files.one(office, "directory").text.startswith("# 乙改的")


def test_who_does_not_answer_citizens_changes_nothing(app: Flask, office: Office) -> None:
    admin = Colleague(app, one_of_each_role(office)[Role.ADMIN])
    assert admin.sends("/console/office-files/guides", {"text": GUIDES, "begun_with": "x"}).status_code == 403
