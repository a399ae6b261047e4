"""Checks at the console: what stops the review, masking by a click, a reason that reviewers see, and the words beside the editor."""

from __future__ import annotations

import re

import pytest

from content.intake.articles import attachments
from content.services import articles
from content.services.articles import Upload
from content.services.checks import judgement
from content.services.office import Office
from content.store.articles import articles as rows
from tests.bot.console.colleague import Colleague, words
from tests.bot.console.colleague import shown as sha_shown
from tests.fixtures.post_forms import AUTHOR, post
from tests.fixtures.workbooks import workbook

ID = "11010519491231002X"


@pytest.fixture
def number(office: Office) -> int:
    """An article with an ID number in a table and in an attachment, a mobile number, and a wrong word."""
    sheet = workbook([["姓名", "身份证号", "手机"], ["王某", ID, 13812345678]])
    body = f"截止目前，请联系王科长13912345678。\n\n| 姓名 | 身份证号 |\n|---|---|\n| 王某 | {ID} |"
    upload = Upload("名单.xlsx", sheet)
    title = f"救助对象公示 {len(articles.listing(office))} 号"
    return articles.add(office, post(title=title, body=body, attachments=(upload,)), username=AUTHOR).id


def keys(office: Office, number: int, rule: str) -> list[str]:
    return [each.key for each in judgement.look(office, number).findings if each.finding.rule.name == rule]


def test_an_article_with_an_open_fault_is_not_submitted_and_says_where_it_is(editor: Colleague, number: int) -> None:
    page = editor.reads(f"/console/articles/{number}/")
    assert "有 3 处要改" in page and "正文表格第 2 行第 2 列：完整的身份证号 11*************02X" in page
    assert "附件“名单.xlsx”工作表“Sheet”B2：完整的身份证号" in page and "用错的词 截止目前" in page
    told = editor.sends(f"/console/articles/{number}/submit")
    assert told.status_code in (400, 409) and "检查还有 3 处要改" in words(told)


def test_one_click_masks_all_of_it_in_a_new_wording_with_its_attachments(
    editor: Colleague, office: Office, number: int
) -> None:
    assert "已打上星号 4 处，存为第 2 稿" in editor.does(f"/console/articles/{number}/mask")
    with office.store.read() as session:
        revision = rows.present(session, rows.find(session, number))
        [attached] = revision.attachments
    assert "11*************02X" in revision.html and "139****5678" in revision.html
    assert ID not in revision.html + revision.source
    told = attachments.read("名单.xlsx", office.files.read(attached.file.sha256))
    assert told is not None and [each.text for each in told[-3:]] == ["王某", "11*************02X", "138****5678"]


def test_a_masked_number_in_a_sentence_is_taken_away_by_one_click(editor: Colleague, office: Office) -> None:
    body = f"监督人王某，身份证号：{ID}，电话 0591-83812345。\n\n截止目前没有投诉。"
    number = articles.add(office, post(title="监督公告", body=body), username=AUTHOR).id
    assert "打不通" not in editor.reads(f"/console/articles/{number}/"), "nobody calls an ID number"
    told = editor.does(f"/console/articles/{number}/mask")
    assert "打了星号的身份证号 身份证号：11*************02X" in told and "删掉这一句" in told
    editor.does(f"/console/articles/{number}/correct")
    assert "身份证号：11*" in html_of(office, number), "with the wrong words no sentence goes"
    [key] = keys(office, number, "masked_id_number")
    editor.does(f"/console/articles/{number}/correct", {"finding": key})
    assert "监督人王某，电话 0591-83812345。" in html_of(office, number)


def html_of(office: Office, number: int) -> str:
    with office.store.read() as session:
        return rows.present(session, rows.find(session, number)).html


def test_a_post_that_no_count_will_file_says_so_to_its_author_and_its_reviewers(
    editor: Colleague, first: Colleague, office: Office
) -> None:
    bare = articles.add(office, post(title="没有栏目的一篇", body="正文。"), username=AUTHOR).id
    for colleague in (editor, first):
        assert "没有选栏目、部门" in colleague.reads(f"/console/articles/{bare}/")
    filed = articles.add(
        office, post(title="有栏目", body="正文。", category="通知公告", department="党政办公室"), username=AUTHOR
    ).id
    assert "没有选" not in editor.reads(f"/console/articles/{filed}/")


def test_one_click_puts_a_wrong_word_right_where_the_list_knows_the_right_one(
    editor: Colleague, office: Office, number: int
) -> None:
    assert "改成“截至目前”" in editor.reads(f"/console/articles/{number}/")
    [key] = keys(office, number, "word")
    told = editor.does(f"/console/articles/{number}/correct", {"finding": key})
    assert "已改好 1 处，存为第 2 稿" in told and "改成“截至目前”" not in told
    with office.store.read() as session:
        html = rows.present(session, rows.find(session, number)).html
    assert "截至目前，请联系" in html and "截止" not in html and ID in html


def test_a_finding_is_left_for_a_reason_that_the_reviewer_sees_and_the_ledger_keeps(
    editor: Colleague, first: Colleague, office: Office, number: int
) -> None:
    editor.does(f"/console/articles/{number}/mask")
    [word] = keys(office, number, "word")
    address = f"/console/articles/{number}/dismiss"
    assert "请写明理由" in words(editor.sends(address, {"finding": word}))
    assert "记下了" in editor.does(address, {"finding": word, "note": "引用上级文件的原话"})
    [word] = keys(office, number, "word")
    assert "理由收回了" in editor.does(f"/console/articles/{number}/reopen", {"finding": word})
    editor.does(address, {"finding": word, "note": "引用上级文件的原话"})
    assert "已送审" in editor.does(f"/console/articles/{number}/submit")
    page = first.reads(f"/console/reviews/{number}")
    assert "写明理由留下的" in page and "引用上级文件的原话" in page and "林晓雨" in page
    assert "不改，写明理由" not in page, "a reviewer reads it; the author sees to it"
    first.does(f"/console/reviews/{number}", {"sha256": sha_shown(first, number), "decision": "pass"})
    assert "检查结果写明理由留下" in first.reads("/console/ledger/")


def test_a_day_in_words_is_told_with_the_new_time_and_asked_about_where_it_does_not_fit(
    editor: Colleague, office: Office
) -> None:
    number = articles.add(office, post(title="下周一起正式受理", body="2098年12月1日起受理。"), username=AUTHOR).id
    asked = editor.reads(f"/console/articles/{number}/time?at=2098-12-02T09:00")
    assert "标题里的“下周一”到时是 2098年12月8日 周一。" in asked
    editor.does(f"/console/articles/{number}/time", {"at": "2098-12-02T09:00"})
    page = editor.reads(f"/console/articles/{number}/")
    assert "标题里的“下周一”就是 12月8日 周一；文中写的是 12月1日 周一。" in page


def test_a_full_number_of_an_id_card_is_not_left_for_any_reason(editor: Colleague, office: Office, number: int) -> None:
    told = editor.sends(f"/console/articles/{number}/dismiss",
                        {"finding": keys(office, number, "personal.id_number")[0], "note": "本人同意"})  # fmt: skip
    assert told.status_code == 409 and "必须改，不能写理由留下" in words(told)


def test_a_reviewer_does_not_pass_what_a_new_word_of_the_list_stops(
    editor: Colleague, first: Colleague, office: Office
) -> None:
    number = articles.add(office, post(title="园区便民服务", body="园区便民服哈务点开放。"), username=AUTHOR).id
    editor.does(f"/console/articles/{number}/submit")
    own = office.home / "wrong_words.toml"
    own.write_text('[[group]]\nwhy = "写错了"\n[group.words]\n"服哈务" = "服务"\n', encoding="utf-8")
    try:
        told = first.sends(f"/console/reviews/{number}", {"sha256": sha_shown(first, number), "decision": "pass"})
        assert told.status_code == 409 and "改成“服务”" in words(told)
    finally:
        own.unlink()


def test_the_words_beside_the_editor_come_with_their_paragraph(editor: Colleague) -> None:
    fields = {"title": "招聘公告", "body": "<p>第一段。</p><p>招女性收银员2名。</p>", "form": "new"}
    told = editor.client.post("/console/articles/look", data={"csrf": editor.token(), **fields},
                              headers={"X-Requested-With": "fetch"}).get_json()  # fmt: skip
    [found] = [each for each in told["findings"] if each["what"] == "限制性别"]
    assert (found["place"], found["words"], found["severity"]) == ("正文第 2 段", "招女性", "error")
    assert "妇女权益保障法" in found["why"]
    assert re.search(rf'id="{found["anchor"]}"[^>]*>招女性', told["page"])


def test_a_time_that_is_over_is_said_while_it_is_being_written(editor: Colleague) -> None:
    form = {"title": "晚了", "body": "<p>正文。</p>", "at": "2020-01-02T09:00"}
    sent = {**form, "csrf": editor.token()}
    told = editor.client.post("/console/articles/look", data=sent, headers={"X-Requested-With": "fetch"})
    assert "已经过去，三审都通过后马上发布" in told.get_json()["time"]


def test_the_paragraphs_are_counted_as_reviewers_count_them() -> None:
    from content.rules.checks import html_passages
    from content.rules.publishing import remark_places

    html = ("<p>一</p><table><tr><td>甲</td><td>乙</td></tr><tr><td><p>丙</p></td><td><p>丁</p></td></tr></table>"
            "<p>二<br>三</p><ul><li>四</li></ul><p>五</p>")  # fmt: skip
    places = {each.quote: each.number for each in remark_places.places(html)}
    for passage in html_passages.read(html)[0]:
        if passage.place.endswith("段"):
            assert passage.place == f"第 {places[passage.text.splitlines()[0]]} 段"
