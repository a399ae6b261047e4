"""Writing at the console: files, pasting, what is wrong with a post, two people at once, and what is never lost."""

from __future__ import annotations

import base64
import io
import json
import re
from html import unescape
from typing import Any

import docx
import pytest
from flask import Flask
from PIL import Image

from content.services import articles
from content.services.office import Office
from content.store.articles import articles as store
from tests.bot.console.colleague import Colleague, words
from tests.factories import image

PASTED = (
    '<section style="padding:12px;background-color:rgb(233,244,255);border-left:4px solid rgb(11,79,138)">'
    '<p style="text-align:center;color:rgb(11,79,138);font-size:18px"><strong>报名提醒</strong></p>'
    '<p onclick="alert(1)">12月5日起报名<script>alert(2)</script></p></section>'
)


def word_file(*paragraphs: str) -> bytes:
    """A Word file with these paragraphs and a picture."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.add_picture(io.BytesIO(image()))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def number_of(address: str) -> int:
    """The article's number in an address of its page."""
    found = re.search(r"/articles/(\d+)/", address)
    assert found, address
    return int(found.group(1))


def written(colleague: Colleague, title: str, **more: object) -> int:
    """A new article by the form; its number."""
    answer = colleague.sends("/console/articles/new", {"title": title, "body": "第一段。\n\n第二段。", **more})
    assert answer.status_code == 303, words(answer)
    return number_of(answer.location)


def test_a_word_file_becomes_a_draft_with_its_picture(editor: Colleague, office: Office) -> None:
    file = (io.BytesIO(word_file("幼儿园插班要带什么", "带户口本和接种证。")), "插班.docx")
    number = written(editor, "幼儿园插班", file=file, category="通知公告", delivery="mass", at="2099-12-01T09:00")
    shown = articles.show(office, number)
    assert shown["delivery"] == "mass" and shown["due_at"].startswith("2099-12-01T09:00")
    preview = editor.opens(f"/console/articles/{number}/preview")
    assert "带户口本和接种证" in preview.text and "data:image/png" in preview.text
    assert "sandbox" in preview.headers["Content-Security-Policy"]
    page = editor.reads(f"/console/articles/{number}/")
    assert "草稿" in page and "群发" in page and "通知公告" in page and "送审" in page


def test_a_pasted_layout_keeps_its_styles_and_loses_its_scripts(editor: Colleague) -> None:
    number = written(editor, "报名提醒", body=PASTED)
    kept = editor.opens(f"/console/articles/{number}/preview").text
    for style in ("background-color", "border-left", "text-align: ?center", "font-size: ?18px"):
        assert re.search(style, kept), style
    assert "alert" not in kept and "12月5日起报名" in kept


def test_everything_that_is_wrong_is_told_at_once_and_all_that_was_typed_is_kept(editor: Colleague) -> None:
    answer = editor.sends("/console/articles/new", {"title": "长" * 40, "digest": "摘" * 130, "body": "写好的正文。"})
    assert answer.status_code == 400
    told = words(answer)
    assert "标题有 40 个字" in told and "摘要有 130 个字" in told and "有 2 处要改" in told
    assert "写好的正文。" in answer.text and "长" * 40 in answer.text


@pytest.mark.parametrize(("name", "data", "told"), [
    ("旧稿.doc", b"\xd0\xcf\x11\xe0", "请另存为 .docx"),
    ("坏的.docx", b"no zip at all", "docx"),
    ("扫描.pdf", b"%PDF-1.4", "请另存为 .docx"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_says_what_to_do(editor: Colleague, name: str, data: bytes, told: str) -> None:
    answer = editor.sends("/console/articles/new", {"title": "一篇", "body": "", "file": (io.BytesIO(data), name)})
    assert answer.status_code == 400 and told in words(answer)


def test_two_presses_make_one_article(editor: Colleague, office: Office) -> None:
    form = {"title": "按了两下", "body": "正文。", "form_key": "pressed-twice"}
    one, other = (editor.sends("/console/articles/new", form) for _ in range(2))
    assert one.status_code == other.status_code == 303
    assert [row["title"] for row in articles.listing(office)].count("按了两下") == 1


def test_a_form_that_was_refused_may_come_again(editor: Colleague) -> None:
    form = {"title": "", "body": "正文。", "form_key": "refused-once"}
    assert editor.sends("/console/articles/new", form).status_code == 400
    assert editor.sends("/console/articles/new", {**form, "title": "补上了标题"}).status_code == 303


def test_of_two_who_edit_at_once_the_second_is_told_and_loses_nothing(editor: Colleague, first: Colleague) -> None:
    number = written(editor, "两个人同时改")
    form = {"title": "两个人同时改", "body": "甲改的正文。", "revision": "1"}
    assert editor.sends(f"/console/articles/{number}/edit", form).status_code == 303
    late = first.sends(f"/console/articles/{number}/edit", {**form, "body": "乙改的正文。"})
    assert late.status_code == 400
    assert "别人刚刚改过" in words(late) and "乙改的正文。" in late.text
    compared = re.search(r'href="(/console/articles/\d+/history\?[^"]+)"', late.text)
    assert compared and "甲改的正文。" in first.reads(unescape(compared.group(1)))
    again = {**form, "body": "甲改的正文。乙改的正文。", "revision": "2"}
    assert first.sends(f"/console/articles/{number}/edit", again).status_code == 303
    assert "您在别的窗口刚刚改过" in words(first.sends(f"/console/articles/{number}/edit", form))


def test_an_empty_page_is_not_scolded_and_a_time_that_is_past_is_told_while_one_types(editor: Colleague) -> None:
    def looks(**fields: str) -> dict[str, Any]:
        sent = {"csrf": editor.token(), "form": "new", **fields}
        found: dict[str, Any] = editor.client.post("/console/articles/look", data=sent,
                                                   headers={"X-Requested-With": "fetch"}).get_json()  # fmt: skip
        return found

    assert looks(title="", body="<p><br></p>")["faults"] == []
    assert looks(title="长" * 40, body="<p>字。</p>")["faults"]
    assert "已经过去" in looks(title="题", body="<p>字。</p>", at="2020-01-01T09:00")["time"]


def test_an_edit_without_a_change_makes_no_new_wording(editor: Colleague, office: Office) -> None:
    number = written(editor, "原样交回")
    page = editor.opens(f"/console/articles/{number}/edit").text
    found = re.search(r'<textarea id="body"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found
    told = editor.does(f"/console/articles/{number}/edit", {"title": "原样交回", "body": unescape(found.group(1)),
                       "delivery": "publish", "revision": "1"})  # fmt: skip
    assert "没有变化" in told


def test_pictures_and_attachments_stay_through_an_edit(editor: Colleague, office: Office) -> None:
    file = (io.BytesIO(word_file("有图的一段")), "图.docx")
    number = written(editor, "图和附件", file=file, attach=(io.BytesIO(b"%PDF-1.4 table"), "名单.pdf"))
    page = editor.opens(f"/console/articles/{number}/edit").text
    picture = re.search(r"/console/files/[0-9a-f]{64}", page)
    assert picture
    assert editor.opens(picture.group()).mimetype == "image/png"
    kept = re.search(r'name="keep" value="([0-9a-f]{64})"', page)
    assert kept
    body = f'<p>改过的一段</p><p><img src="{picture.group()}"></p>'
    editor.does(f"/console/articles/{number}/edit", {"title": "图和附件", "body": body, "keep": kept.group(1)})
    assert "data:image/png" in editor.opens(f"/console/articles/{number}/preview").text
    assert "名单.pdf" in editor.reads(f"/console/articles/{number}/edit")
    editor.does(f"/console/articles/{number}/edit", {"title": "图和附件", "body": body})
    assert "名单.pdf" not in editor.reads(f"/console/articles/{number}/edit")


def test_a_cover_is_cut_where_the_form_says(editor: Colleague, office: Office) -> None:
    halves = Image.new("RGB", (2000, 400), "#c00000")
    halves.paste("#1a6440", (1000, 0, 2000, 400))
    file = io.BytesIO()
    halves.save(file, "PNG")
    colours = []
    for across in ("0", "100"):
        file.seek(0)
        number = written(editor, f"封面 {across}", cover=(io.BytesIO(file.getvalue()), "横幅.png"), cut_across=across,
                         cut_size="80", cover_square="100")  # fmt: skip
        page = editor.opens(f"/console/articles/{number}/edit").text
        found = re.search(r'data-cover="([^"]+)"', page)
        assert found and 'name="cover_square" min="0" max="100" step="1" value="100"' in page
        cut = Image.open(io.BytesIO(editor.opens(found.group(1)).data))
        assert abs(cut.width / cut.height - 2.35) < 0.01
        colours.append(cut.getpixel((cut.width // 2, 10)))
    (red, *_), (_, green, _) = colours
    assert red > 150 and 80 < green < 120
    form = {"title": "封面 100", "body": "第一段。\n\n第二段。", "cover_square": "20", "revision": "1"}
    assert "第 2 稿" in editor.does(f"/console/articles/{number}/edit", form)
    with office.store.read() as session:
        revision = store.present(session, store.find(session, number))
        assert revision.cover_square == 20 and revision.sha256 == store.seal(revision)


def test_a_cover_that_is_far_too_large_says_so(editor: Colleague) -> None:
    huge = (io.BytesIO(b"\xff" * 41_000_000), "原图.jpg")
    answer = editor.sends("/console/articles/new", {"title": "大封面", "body": "正文。", "cover": huge})
    assert answer.status_code == 400 and "39.1 MB，超过 10 MB" in words(answer)


def test_a_file_that_is_no_picture_is_not_served(editor: Colleague) -> None:
    assert editor.opens(f"/console/files/{'0' * 64}").status_code == 404


def test_a_picture_is_kept_when_it_is_put_in_and_one_that_cannot_be_used_says_why(editor: Colleague) -> None:
    kept = editor.sends("/console/pictures", {"picture": (io.BytesIO(image("WEBP")), "手机.webp")})
    address = json.loads(kept.text)["address"]
    assert editor.opens(address).mimetype in ("image/png", "image/jpeg")
    number = written(editor, "贴图", body=f'<p>看图</p><p><img src="{address}" alt="大厅"></p>')
    assert "data:image/" in editor.opens(f"/console/articles/{number}/preview").text
    huge = editor.sends("/console/pictures", {"picture": (io.BytesIO(b"\xff" * 41_000_000), "原图.jpg")})
    assert huge.status_code == 400 and "39.1 MB，超过 10 MB" in json.loads(huge.text)["fault"]
    assert editor.sends("/console/pictures").status_code == 400


# A green field with a note of where it was taken, as an iPhone would write it; nothing here can write such a file.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAA"
    "AAAERAAAIAAQAAAAAB4gABAAAAAAAAABkAAgAAAAAB+wABAAAAAAAAACoAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVp"
    "bmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGE"
    "ABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkA"
    "AAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEH"
    "BpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAAS21kYXQAAAAVKAGvGYDvSaW/"
    "/+OMn8n+/tK1pj5uAAAABkV4aWYAAE1NACoAAAAIAAEBDgACAAAABgAAABoAAAAAd2hlcmUA"
)


def test_a_picture_of_an_iphone_is_taken_without_what_it_tells(editor: Colleague) -> None:
    kept = editor.sends("/console/pictures", {"picture": (io.BytesIO(HEIC), "IMG_0001.HEIC")})
    picture = Image.open(io.BytesIO(editor.opens(json.loads(kept.text)["address"]).data))
    assert picture.format == "JPEG" and picture.size == (64, 48) and not picture.getexif()
    broken = editor.sends("/console/pictures", {"picture": (io.BytesIO(HEIC[:300]), "IMG_0002.HEIC")})
    assert broken.status_code == 400 and "图片“IMG_0002.HEIC”" in json.loads(broken.text)["fault"]


def test_a_picture_of_another_site_that_cannot_be_had_says_so(editor: Colleague) -> None:
    answer = editor.sends("/console/pictures", {"url": "http://127.0.0.1:1/a.png"})
    assert answer.status_code == 400 and "图片取不到" in json.loads(answer.text)["fault"]


def test_a_file_becomes_text_that_one_goes_on_writing(editor: Colleague) -> None:
    file = (io.BytesIO(word_file("带户口本和接种证。")), "插班.docx")
    told = json.loads(editor.sends("/console/articles/read", {"file": file}).text)
    assert "带户口本和接种证。" in told["html"] and told["title"] == "", "no heading opens it"
    titled = {"file": (io.BytesIO(b"<h1>\xe6\x8f\x92\xe7\x8f\xad\xe9\xa1\xbb\xe7\x9f\xa5</h1><p>...</p>"), "lib.html")}
    headed = json.loads(editor.sends("/console/articles/read", titled).text)
    assert headed["title"] == "插班须知" and "插班须知" not in headed["html"]
    picture = re.search(r"/console/files/[0-9a-f]{64}", told["html"])
    assert picture and editor.opens(picture.group()).status_code == 200
    bad = editor.sends("/console/articles/read", {"file": (io.BytesIO(b"%PDF"), "扫描.pdf")})
    assert bad.status_code == 400 and "请另存为 .docx" in json.loads(bad.text)["fault"]


@pytest.mark.parametrize("name", ["公示", "招聘", "通知", "每日要点"])
def test_a_post_begins_with_a_template(editor: Colleague, name: str) -> None:
    page = unescape(editor.opens(f"/console/articles/new?template={name}").text)
    assert f">{name}</a>" in page and "〔" in page and "<h2" in page


def test_templates_and_themes_are_files_of_the_office(editor: Colleague, office: Office) -> None:
    own = office.home / "post_templates.toml"
    own.write_text('[[template]]\nname = "停电"\nbody = "今晚停电。"\n', encoding="utf-8")
    assert "今晚停电。" in editor.opens("/console/articles/new?template=停电").text
    own.write_text("[[template]]\nname = 3\n", encoding="utf-8")
    assert "公示" in editor.reads("/console/articles/new")
    own.unlink()


def test_a_theme_dresses_plain_text_and_leaves_a_layout_alone(editor: Colleague) -> None:
    body = f'{PASTED}<h2>报名</h2><p style="text-align:right">社会事务局</p>'
    number = written(editor, "换装", body=body, theme="清爽")
    kept = editor.opens(f"/console/articles/{number}/preview").text
    assert re.search(r'<h2 style="[^"]*border-bottom:2px solid #0b4f8a', kept)
    assert re.search(r'<p style="[^"]*line-height:1.9[^"]*text-align:right', kept)
    assert "font-size:18px" in kept and "background-color:#e9f4ff" in kept
    form = {"title": "换装", "body": body, "theme": "醒目", "revision": "1"}
    editor.does(f"/console/articles/{number}/edit", form)
    again = editor.opens(f"/console/articles/{number}/preview").text
    assert "#1a6440" in again and "border-bottom:2px solid #0b4f8a" not in again


def test_what_would_run_is_named(editor: Colleague) -> None:
    token = editor.token()
    form = {"title": "看一眼", "body": PASTED}
    answer = editor.client.post("/console/articles/look", data=form, headers={"X-CSRF": token, "X-Requested-With": "x"})
    assert any("会自己运行的代码" in warning for warning in json.loads(answer.text)["warnings"])


def test_what_is_being_typed_is_kept_and_offered_again(editor: Colleague, app: Flask) -> None:
    kept = editor.sends("/console/articles/typing", {"form": "new", "title": "写到一半", "body": "<p>半篇</p>"})
    assert "已存" in json.loads(kept.text)["kept"]
    later = Colleague(app, "linxiaoyu")
    page = later.opens("/console/articles/new")
    assert "您上次写到一半" in words(page) and 'value="写到一半"' in page.text and "半篇" in page.text
    later.does("/console/articles/typing/forget", {"form": "new"})
    assert "您上次写到一半" not in later.reads("/console/articles/new")


def test_typing_is_kept_for_forms_that_there_are_and_so_much_of_it(editor: Colleague) -> None:
    for path in ("/console/articles/typing", "/console/articles/typing/forget"):
        for form in ("made-up", "999999", "²", "٣", "1" * 5000, "-1", ""):
            assert editor.sends(path, {"form": form, "body": "x"}).status_code == 404, form
    assert editor.sends("/console/articles/typing", {"form": "new", "body": "x" * 1_000_001}).status_code == 400
    for odd in ("²", "1" * 5000):
        assert editor.sends("/console/articles/look", {"title": "看", "body": "x", "number": odd}).status_code == 200


def test_who_else_is_writing_is_told(editor: Colleague, first: Colleague) -> None:
    number = written(editor, "谁在改")
    editor.opens(f"/console/articles/{number}/edit")
    assert "林晓雨也在改这一篇" in first.reads(f"/console/articles/{number}/edit")


def test_the_look_is_what_the_filter_leaves_and_nothing_is_kept(editor: Colleague, office: Office) -> None:
    before = len(articles.listing(office))
    picture = json.loads(editor.sends("/console/pictures", {"picture": (io.BytesIO(image()), "a.png")}).text)["address"]
    body = f'<p>联系人身份证 11010519491231002X</p><video src="x"></video><img src="{picture}">'
    form = {"title": "看一眼", "body": body}
    token = editor.token()
    answer = editor.client.post("/console/articles/look", data=form, headers={"X-CSRF": token, "X-Requested-With": "x"})
    told = json.loads(answer.text)
    assert "看一眼" in told["page"] and "<video" not in told["page"]
    assert any("身份证" in finding["what"] for finding in told["findings"])
    assert any("图片没有文字说明" in finding["what"] for finding in told["findings"])
    page = editor.sends("/console/articles/look", form)
    assert "sandbox" in page.headers["Content-Security-Policy"] and "看一眼" in page.text
    assert len(articles.listing(office)) == before


def test_the_history_shows_what_was_taken_away_and_what_was_added(editor: Colleague) -> None:
    number = written(editor, "租金", body="一居室每月500元。另有押金。")
    editor.does(f"/console/articles/{number}/edit", {"title": "租金", "body": "<p>一居室每月600元。另有押金。</p>"})
    page = editor.opens(f"/console/articles/{number}/history").text
    assert "<del>一居室每月500元。</del>" in page and "<ins>一居室每月600元。</ins>" in page
    assert editor.opens(f"/console/articles/{number}/history?old=9").status_code == 404


def test_the_list_finds_by_tab_words_and_author(editor: Colleague, first: Colleague) -> None:
    written(first, "孙浩写的防汛通知", category="通知公告")
    assert "孙浩写的防汛通知" not in editor.reads("/console/articles/?tab=mine")
    assert "孙浩写的防汛通知" in editor.reads("/console/articles/?q=防汛&author=sunhao")
    found = editor.reads("/console/articles/?q=防汛&category=通知公告")
    assert "1 篇，先发的在前" in found and "栏目：通知公告" in found
    assert "没有符合条件的稿件" in editor.reads("/console/articles/?q=没有这样的标题")
