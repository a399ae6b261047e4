"""Uploads and drafts, with the limits that the documentation gives."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.bot.emulator.account_side import Wechat, picture

MEGA = 1024 * 1024


def test_a_picture_for_bodies_gets_an_address_that_shows_it(wechat: Wechat) -> None:
    data = picture("JPEG")
    url = wechat.upload("media/uploadimg", data, name="a.jpg")["url"]
    shown = requests.get(url, timeout=5)
    assert (shown.headers["Content-Type"], shown.content) == ("image/jpeg", data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (picture("GIF"), 40005),
        (picture("WEBP"), 40005),
        (b"hello", 40005),
        (picture("PNG", size=(600, 600))[:-200], 40137),
        (picture("PNG", noise=MEGA), 40009),
        (b"", 41005),
    ],
)
def test_body_pictures_are_really_looked_at(wechat: Wechat, data: bytes, code: int) -> None:
    assert wechat.upload("media/uploadimg", data)["errcode"] == code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP"])
def test_a_permanent_picture_has_an_id_and_an_address(wechat: Wechat, kind: str) -> None:
    made = wechat.upload("material/add_material", picture(kind), type="image")
    assert len(made["media_id"]) <= 128
    assert requests.get(made["url"], timeout=5).content == picture(kind)
    assert wechat.get("material/get_materialcount")["image_count"] == 1


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("image", picture("WEBP"), 40005),
        ("image", picture("PNG", noise=10 * MEGA), 40009),
        ("thumb", picture("PNG"), 40005),
        ("thumb", picture("JPEG", noise=64 * 1024), 40009),
        ("voice", b"x" * (2 * MEGA + 1), 40006),
        ("song", b"x", 40004),
    ],
)
def test_permanent_materials_keep_their_limits(wechat: Wechat, kind: str, data: bytes, code: int) -> None:
    assert wechat.upload("material/add_material", data, type=kind)["errcode"] == code


def test_a_draft_comes_back_as_it_was_given(wechat: Wechat) -> None:
    article = wechat.article(content_source_url="https://gk.example.gov.cn/a/7", digest="摘要")
    media_id = wechat.draft(article)
    item = wechat.post("draft/get", {"media_id": media_id})["news_item"][0]
    assert {k: item[k] for k in article} == article
    assert requests.get(item["url"], timeout=5).text.count("园区停水通知") >= 1
    assert wechat.get("draft/count") == {"total_count": 1}


def test_an_account_that_does_not_give_the_source_url_back_can_be_rehearsed(wechat: Wechat) -> None:
    wechat.door.act("options", gives_source_url_back=False)
    media_id = wechat.draft(wechat.article(content_source_url="https://gk.example.gov.cn/a/7"))
    assert wechat.post("draft/get", {"media_id": media_id})["news_item"][0]["content_source_url"] == ""


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "题" * 33}, 45003),
        ({"author": "人" * 17}, 45110),
        ({"digest": "摘" * 121}, 45004),
        ({"content": "<p>" + "字" * 20_000 + "</p>"}, 45002),
        ({"content": "<p>字</p>" + "<!--" + "x" * MEGA + "-->"}, 45002),
        ({"content": " "}, 44004),
        ({"thumb_media_id": "none"}, 40007),
        ({"thumb_media_id": ""}, 40007),
        ({"content_source_url": "gk.example.gov.cn/a/7"}, 41039),
        ({"content_source_url": "https://gk.example.gov.cn/" + "a" * 1024}, 41039),
    ],
)
def test_articles_over_a_limit_are_refused(wechat: Wechat, changes: dict[str, Any], code: int) -> None:
    assert wechat.post("draft/add", {"articles": [wechat.article(**changes)]})["errcode"] == code
    assert wechat.get("draft/count") == {"total_count": 0}


def test_articles_at_the_limit_are_taken(wechat: Wechat) -> None:
    longest = {"title": "题" * 32, "author": "人" * 16, "digest": "摘" * 120, "content": "<p>" + "字" * 19_999 + "</p>"}
    assert "media_id" in wechat.post("draft/add", {"articles": [wechat.article(**longest)]})


def test_a_draft_holds_one_to_eight_articles(wechat: Wechat) -> None:
    article = wechat.article()
    assert wechat.post("draft/add", {"articles": []})["errcode"] == 44003
    assert wechat.post("draft/add", {"articles": [article] * 9})["errcode"] == 45008
    assert "media_id" in wechat.post("draft/add", {"articles": [article] * 8})


def test_only_a_single_article_has_a_digest_and_an_empty_one_is_cut_from_the_text(wechat: Wechat) -> None:
    long = wechat.article(content="<p>" + "甲乙丙丁戊己庚辛壬癸" * 10 + "</p>")
    single = wechat.post("draft/get", {"media_id": wechat.draft(long)})["news_item"]
    assert single[0]["digest"] == ("甲乙丙丁戊己庚辛壬癸" * 6)[:54]
    several = wechat.post("draft/get", {"media_id": wechat.draft(long, long)})["news_item"]
    assert [item["digest"] for item in several] == ["", ""]


def test_escaped_letters_are_stored_as_they_were_typed(wechat: Wechat) -> None:
    body = b'{"articles":[{"title":"\\u505c\\u6c34","content":"<p>a</p>\\n","thumb_media_id":"%s"}]}'
    made = wechat.post("draft/add", body % wechat.cover().encode())
    assert wechat.post("draft/get", made)["news_item"][0]["title"] == "\\u505c\\u6c34"


def test_update_counts_from_zero_and_takes_one_object(wechat: Wechat) -> None:
    media_id = wechat.draft(wechat.article(title="甲"), wechat.article(title="乙"))
    changed = wechat.article(title="丙")
    assert wechat.post("draft/update", {"media_id": media_id, "index": 1, "articles": changed})["errcode"] == 0
    items = wechat.post("draft/get", {"media_id": media_id})["news_item"]
    assert [item["title"] for item in items] == ["甲", "丙"]
    assert wechat.post("draft/update", {"media_id": media_id, "index": 2, "articles": changed})["errcode"] == 40114
    assert wechat.post("draft/update", {"media_id": media_id, "index": 0, "articles": [changed]})["errcode"] == 47001


def test_the_list_shows_the_newest_first_page_by_page(wechat: Wechat) -> None:
    made = [wechat.draft(wechat.article(title=f"第{n}篇")) for n in range(3)]
    first = wechat.post("draft/batchget", {"offset": 0, "count": 2, "no_content": 1})
    assert (first["total_count"], first["item_count"]) == (3, 2)
    assert [item["media_id"] for item in first["item"]] == [made[2], made[1]]
    assert "content" not in first["item"][0]["content"]["news_item"][0]
    rest = wechat.post("draft/batchget", {"offset": 2, "count": 2})
    assert rest["item"][0]["content"]["news_item"][0]["content"] == "<p>明天停水。</p>"
    assert wechat.post("draft/batchget", {"offset": 0, "count": 21})["errcode"] == 40035


def test_a_deleted_draft_is_gone(wechat: Wechat) -> None:
    media_id = wechat.draft()
    assert wechat.post("draft/delete", {"media_id": media_id})["errcode"] == 0
    assert wechat.post("draft/get", {"media_id": media_id})["errcode"] == 40007
    assert wechat.post("draft/delete", {"media_id": media_id})["errcode"] == 40007


def test_a_body_that_is_no_json_object_is_refused(wechat: Wechat) -> None:
    assert wechat.post("draft/add", b"")["errcode"] == 44002
    assert wechat.post("draft/add", b"{")["errcode"] == 47001
    assert wechat.post("draft/add", b"[]")["errcode"] == 47001
    assert wechat.post("draft/add", "\xff".encode("latin-1"))["errcode"] == 47001


def test_a_picture_message_needs_pictures_and_keeps_only_text(wechat: Wechat) -> None:
    article = {"article_type": "newspic", "title": "春天", "content": "<b>花</b>开了"}
    assert wechat.post("draft/add", {"articles": [article]})["errcode"] == 40007
    article |= {"image_info": {"image_list": [{"image_media_id": wechat.cover()}]}}
    item = wechat.post("draft/get", wechat.post("draft/add", {"articles": [article]}))["news_item"][0]
    assert (item["article_type"], item["content"]) == ("newspic", "花开了")


def test_a_temporary_picture_lives_three_days_and_is_no_cover(wechat: Wechat) -> None:
    wechat.door.act("time", now="2026-04-01T09:00:00", hold=True)
    made = wechat.upload("media/upload", picture("PNG"), type="image")
    assert (made["type"], made["created_at"]) == ("image", 1775005200)
    article = wechat.article(thumb_media_id=made["media_id"])
    assert wechat.post("draft/add", {"articles": [article]})["errcode"] == 40007
    query = {"access_token": wechat.token(), "media_id": made["media_id"]}
    assert requests.get(f"{wechat.url}/cgi-bin/media/get", params=query, timeout=5).content == picture("PNG")
    wechat.door.act("time", now="2026-04-04T09:00:00", hold=True)
    wechat._token = ""
    assert wechat.get("media/get", media_id=made["media_id"])["errcode"] == 40007
