"""The office's own answers edited at the console: checked with their examples, never lost, never overwritten unseen."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from lxml import html

from content.rules.citizens import triage
from content.rules.people import Role
from content.services.citizens import entry_forms, file_entries, office_files
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
    [found] = re.findall(
        r'name="begun_with" value="(\w{64})"', colleague.opens(f"/console/office-files/{name}/text").text
    )
    return str(found)


@pytest.fixture
def clerk(app: Flask) -> Colleague:
    return Colleague(app, "linxiaoyu")


def test_what_is_saved_is_answered_at_once_and_the_former_text_is_kept(clerk: Colleague, office: Office) -> None:
    assert "自带的" in clerk.reads("/console/office-files/")
    said = clerk.does("/console/office-files/guides/text", {"text": GUIDES, "begun_with": begun(clerk, "guides")})
    assert "保存好了" in said and "本单位的" in said
    found = office.guides.read().find("停车场")
    assert found and "大门左边" in found.answer
    again = {"text": GUIDES.replace("左边", "右边"), "begun_with": begun(clerk, "guides")}
    clerk.does("/console/office-files/guides/text", again)
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
    answer = clerk.sends("/console/office-files/guides/text", {"text": text, "begun_with": begun(clerk, "guides")})
    assert answer.status_code == 400 and said in words(answer) and text.split("\n")[0] in unescape(answer.text)
    assert office_files.one(office, "guides").text == before


def test_the_examples_of_the_triage_are_tried_before_it_is_kept(clerk: Colleague, office: Office) -> None:
    text = office_files.one(office, "triage").text
    wrong = re.sub(r"(?m)^yes = \[", 'yes = ["今天的天气预报表在哪里下载", ', text, count=1)
    assert wrong != text
    answer = clerk.sends("/console/office-files/triage/text", {"text": wrong, "begun_with": begun(clerk, "triage")})
    assert answer.status_code == 400 and "今天的天气预报表在哪里下载" in words(answer)
    assert not office_files.one(office, "triage").is_own


def test_the_second_of_two_sees_the_difference(clerk: Colleague, app: Flask, office: Office) -> None:
    other, start = Colleague(app, "sunhao"), begun(clerk, "directory")
    text = office_files.one(office, "directory").text
    clerk.does("/console/office-files/directory/text", {"text": f"# 甲改的\n{text}", "begun_with": start})
    late = other.sends("/console/office-files/directory/text", {"text": f"# 乙改的\n{text}", "begun_with": start})
    assert late.status_code == 409 and "-# 甲改的" in words(late) and "+# 乙改的" in words(late)
    [now] = re.findall(r'name="begun_with" value="(\w{64})"', late.text)
    other.does("/console/office-files/directory/text", {"text": f"# 乙改的\n{text}", "begun_with": now})
    assert office_files.one(office, "directory").text.startswith("# 乙改的")


def filled(colleague: Colleague, address: str, **changes: str) -> dict[str, str]:
    """What the form of a page would send, with some fields filled in otherwise."""
    form = html.fromstring(colleague.opens(address).text).xpath("//main//form[@class='form-wide']")[0]
    return {name: value for name, value in form.form_values() if name not in ("csrf", "form_key")} | changes


def place(office: Office, file: str, table: str, title: str) -> str:
    """The address of an entry."""
    [found] = [entry.place for each in file_entries.every(office, file) if each.table.name == table
               for entry in each.entries if entry.title == title]  # fmt: skip
    return f"/console/office-files/{file}/{table}/{found}"


def test_each_file_has_forms_whose_fields_hold_all_that_it_says(office: Office) -> None:
    for name in office_files.KINDS:
        for table, entry in (
            (each.table, entry) for each in file_entries.every(office, name) for entry in each.entries
        ):
            fields = {field.name: field for field in table.of(entry.place).fields}
            for key, value in entry.values.items():
                if table.coded and key == "code":  # no form shows it
                    continue
                read = entry_forms.read(fields[key], entry_forms.shown(fields[key], value))
                meant = list(dict.fromkeys(value)) if isinstance(value, list) else value
                assert (read or "") == (meant.strip("\n") if isinstance(meant, str) else meant or ""), (entry, key)


def test_an_entry_is_added_changed_moved_and_removed_and_all_else_stays(clerk: Colleague, office: Office) -> None:
    before = office_files.one(office, "guides").text
    new = {"name": "停车费", "words": "停车费、停车多少钱", "answer": "{office}停车\n不收费。", "position": "1"}
    assert "“停车费”保存好了" in clerk.does("/console/office-files/guides/guide/new", new)
    found = office.guides.read().find("停车多少钱")
    assert found is office.guides.read().guides[0] and "停车\n不收费" in found.answer
    twice = clerk.sends(
        "/console/office-files/guides/guide/new", {**new, "name": "另一条", "words": "停车费", "position": ""}
    )
    assert twice.status_code == 400 and "“群众怎么说”里“停车费”在“停车费”那条已经有了" in words(twice)
    where = place(office, "guides", "guide", "停车费")
    clerk.does(where, filled(clerk, where, answer="园区停车一律不收费。"))
    found = office.guides.read().find("停车费")
    assert found and found.answer == "园区停车一律不收费。"
    clerk.does(f"{where}/remove", filled(clerk, where))
    assert office.guides.read().find("停车多少钱") is None
    assert office_files.one(office, "guides").text.split() == before.split()  # comments too


@pytest.mark.parametrize(
    ("where", "changes", "field", "said"),
    [
        ("guides/guide/new", {"name": "甲", "words": "停", "answer": "好"}, "words", "“群众怎么说”至少要有一个词，每个词至少两个字"),
        ("guides/guide/new", {"name": "甲", "words": "门牌号码", "answer": "{nope}"}, "answer", "不认识的 {nope}"),
        ("directory/department/new", {"name": "党政办公室"}, "name", "已经有一个叫“党政办公室”"),
        ("directory/leader/new", {"name": "张三"}, "post", "请写上“职务”"),
        ("triage/hotline/new", {"number": "12399", "what": "试试", "checked": "2026-13-01"}, "checked", "不是日期"),
        ("triage/matter/new", {"name": "甲", "kind": "elsewhere", "words": "车管所", "answer": "请打 88997766。"}, "answer", "88997766 没有写进"),
        ("wrong_words/group/1", {"words": "布署"}, "words", "左边 = 右边"),
    ],
)  # fmt: skip
def test_a_faulty_entry_is_told_at_its_field_and_stays_typed(
    clerk: Colleague, office: Office, where: str, changes: dict[str, str], field: str, said: str
) -> None:
    address = f"/console/office-files/{where}"
    answer = clerk.sends(address, filled(clerk, address, **changes))
    page = html.fromstring(answer.text)
    assert answer.status_code == 400 and said in page.xpath(f"string(//*[@id='{field}-error'])"), words(answer)
    for name, value in changes.items():
        [control] = page.xpath(f"//main//*[@name='{name}']")
        assert (control.value or "").strip() == value


def test_an_example_that_would_be_told_otherwise_is_shown_and_nothing_is_saved(
    clerk: Colleague, office: Office
) -> None:
    new = {
        "name": "宠物走失",
        "kind": "elsewhere",
        "words": "猫丢了",
        "answer": "请问问物业。",
        "yes": "我家猫丢了\n楼下着火了",
    }
    answer = clerk.sends("/console/office-files/triage/matter/new", new)
    told = html.fromstring(answer.text).xpath("string(//*[@id='yes-error'])")
    assert answer.status_code == 400 and "楼下着火了（着火）" in told and "我家猫丢了" not in told
    assert "“宠物走失”保存好了" in clerk.does("/console/office-files/triage/matter/new", {**new, "yes": "我家猫丢了"})
    found = triage.told("我家猫丢了", office.triage.read())
    assert found and found.matter.name == "宠物走失"


def test_messages_teach_and_a_message_that_words_tell_otherwise_is_refused(clerk: Colleague, office: Office) -> None:
    where = "/console/office-files/messages/lists/2"
    now = filled(clerk, where)["complaint"]
    wrong = clerk.sends(where, filled(clerk, where, complaint=f"{now}\n楼下着火了火好大呀"))
    assert wrong.status_code == 400 and "“楼下着火了火好大呀”会归到“着火”" in words(wrong)
    said = "门口摆摊的把盲道占得满满当当"
    clerk.does(where, filled(clerk, where, complaint=f"{now}\n{said}"))
    assert said in office.triage.read().examples["complaint"]


def test_two_who_save_at_once_lose_nothing(clerk: Colleague, app: Flask, office: Office) -> None:
    other = Colleague(app, "sunhao")
    for title in ("甲局", "乙局"):
        clerk.does("/console/office-files/directory/department/new", {"name": title, "phone": "111"})
    mine, theirs = place(office, "directory", "department", "甲局"), place(office, "directory", "department", "乙局")
    first, second, late = (
        filled(clerk, mine, phone="112"),
        filled(other, theirs, phone="113"),
        filled(other, mine, phone="114"),
    )
    clerk.does(
        f"{place(office, 'directory', 'department', '党政办公室')}/remove",
        filled(clerk, place(office, "directory", "department", "党政办公室")),
    )
    clerk.does(mine, first)
    other.does(theirs, second)  # another entry, which stands elsewhere now: no conflict
    answer = other.sends(mine, late)
    assert answer.status_code == 409 and "“电话”现在是112" in words(answer) and 'value="114"' in answer.text
    page = html.fromstring(answer.text).xpath("//main//form[@class='form-wide']")[0]
    other.does(page.action, {name: value for name, value in page.form_values() if name != "csrf"})
    phones = {entry.name: entry.phone for entry in office.directory.read().departments}
    assert (phones["甲局"], phones["乙局"]) == ("114", "113") and "党政办公室" not in phones
    gone = filled(other, place(office, "directory", "department", "甲局"), phone="115")
    clerk.does(
        f"{place(office, 'directory', 'department', '甲局')}/remove",
        filled(clerk, place(office, "directory", "department", "甲局")),
    )
    answer = other.sends(mine, gone)
    assert answer.status_code == 409 and "作为新的一条加上" in words(answer) and 'value="115"' in answer.text


def test_a_file_written_in_another_way_is_changed_rightly_or_not_at_all(clerk: Colleague, office: Office) -> None:
    """An office may write a table on one line, or its tables in any order."""
    for text in ('department = [{name = "甲局", phone = "111"}]\n',
                 '[[department]]\nname = "甲局"\nphone = "111"\n[[leader]]\nname = "张三"\npost = "主任"\n[[department]]\nname = "乙局"\n'):  # fmt: skip
        now = begun(clerk, "directory")
        clerk.sends("/console/office-files/directory/text", {"text": text, "begun_with": now})
        kept = office_files.one(office, "directory").text
        where = place(office, "directory", "department", office.directory.read().departments[0].name)
        answer = clerk.sends(where, filled(clerk, where, phone="112"))
        changed = office.directory.read()
        if answer.status_code == 303:
            assert changed.departments[0].phone == "112"
        else:
            assert "请在“整份文字”里改" in words(answer) and office_files.one(office, "directory").text == kept
    clerk.does("/console/office-files/directory/built-in")


def test_a_second_press_adds_nothing(clerk: Colleague, office: Office) -> None:
    where = "/console/office-files/directory/leader/new"
    form = html.fromstring(clerk.opens(where).text).xpath("//main//form[@class='form-wide']")[0]
    sent = {**dict(form.form_values()), "name": "张三", "post": "主任"}
    clerk.does(where, sent)
    assert "刚才" in clerk.does(where, sent)
    assert [each.name for each in office.directory.read().leaders] == ["张三"]


def test_a_former_text_and_the_one_that_comes_along_are_brought_back(clerk: Colleague, office: Office) -> None:
    for answer in ("一", "二"):
        clerk.does(
            "/console/office-files/guides/text",
            {"text": GUIDES.replace("左边", answer), "begun_with": begun(clerk, "guides")},
        )
    [key] = [
        each.key
        for each in office_files.former(office, "guides")
        if "大门一" in office_files.former_text(office, "guides", each.key)
    ]
    where = f"/console/office-files/guides/former/{key}"
    assert '+answer = "停车场在大门一' in clerk.reads(where)
    assert "改回去了" in clerk.does(where)
    found = office.guides.read().find("停车场")
    assert found and "大门一" in found.answer
    clerk.does("/console/office-files/guides/built-in")
    assert not office_files.one(office, "guides").is_own and office.guides.read().find("停车场") is not found
    assert any(
        "大门一" in office_files.former_text(office, "guides", each.key)
        for each in office_files.former(office, "guides")
    )


def test_who_does_not_answer_citizens_changes_nothing(app: Flask, office: Office) -> None:
    admin = Colleague(app, one_of_each_role(office)[Role.ADMIN])
    assert admin.sends("/console/office-files/guides/text", {"text": GUIDES, "begun_with": "x"}).status_code == 403


def test_a_telephone_that_can_be_none_is_asked_about(clerk: Colleague) -> None:
    new = "/console/office-files/directory/department/new"
    for phone in ("85-5a", "没有"):
        answer = clerk.sends(new, {"name": "丙局", "phone": phone})
        assert answer.status_code == 400 and f'value="{phone}"' in answer.text
        assert "不像电话号码" in words(answer), words(answer)[180:]
    clerk.does(new, {"name": "丙局", "phone": "0591-83812345 转 801"})
