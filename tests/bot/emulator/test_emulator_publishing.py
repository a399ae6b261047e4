"""freepublish: accepted, then out; the event, the lists, and what happens to an article afterwards."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
import requests

from bot.emulator import Options, running
from tests.bot.emulator.account_side import Account, Wechat


def event(account: Account) -> ET.Element:
    return ET.fromstring(account.seen[-1][1])


def test_a_submitted_draft_is_published_announced_and_consumed(wechat: Wechat) -> None:
    wechat.door.act("options", publish_delay=0.4)
    media_id = wechat.draft(wechat.article(title="甲", content_source_url="https://gk.example.gov.cn/a/7"))
    job = wechat.post("freepublish/submit", {"media_id": media_id})
    assert (job["errcode"], job["errmsg"]) == (0, "ok")
    publishing = wechat.post("freepublish/get", {"publish_id": job["publish_id"]})
    assert publishing == {"publish_id": job["publish_id"], "publish_status": 1, "fail_idx": []}
    wechat.door.act("settle")

    done = wechat.post("freepublish/get", {"publish_id": job["publish_id"]})
    url = done["article_detail"]["item"][0]["article_url"]
    assert (done["publish_status"], done["article_detail"]["count"]) == (0, 1)
    assert wechat.post("draft/get", {"media_id": media_id})["errcode"] == 40007
    told = event(wechat.account)
    assert told.findtext("Event") == "PUBLISHJOBFINISH"
    assert told.findtext("PublishEventInfo/publish_id") == job["publish_id"]
    assert told.findtext("PublishEventInfo/article_id") == done["article_id"]
    assert told.findtext("PublishEventInfo/article_detail/item/article_url") == url

    item = wechat.post("freepublish/getarticle", {"article_id": done["article_id"]})["news_item"][0]
    assert (item["title"], item["url"], item["is_deleted"]) == ("甲", url, False)
    assert item["content_source_url"] == "https://gk.example.gov.cn/a/7"
    page = requests.get(url, timeout=5).text
    assert "明天停水。" in page
    assert 'href="https://gk.example.gov.cn/a/7"' in page


def test_each_article_of_a_draft_has_its_own_address(wechat: Wechat) -> None:
    media_id = wechat.draft(wechat.article(title="甲"), wechat.article(title="乙"))
    job = wechat.post("freepublish/submit", {"media_id": media_id})
    wechat.door.act("settle")
    items = wechat.post("freepublish/get", {"publish_id": job["publish_id"]})["article_detail"]["item"]
    assert [item["idx"] for item in items] == [1, 2]
    assert [
        ("甲" in page, "乙" in page) for page in (requests.get(i["article_url"], timeout=5).text for i in items)
    ] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(("status", "failed"), [(2, [1]), (3, []), (4, [1])])
def test_a_refused_job_says_which_article_and_leaves_the_draft(wechat: Wechat, status: int, failed: list[int]) -> None:
    wechat.door.act("options", publish_status=status, publish_fail_idx=[1])
    media_id = wechat.draft()
    job = wechat.post("freepublish/submit", {"media_id": media_id})
    wechat.door.act("settle")
    assert wechat.post("freepublish/get", {"publish_id": job["publish_id"]}) == {
        "publish_id": job["publish_id"], "publish_status": status, "fail_idx": failed,
    }  # fmt: skip
    told = event(wechat.account)
    assert [int(e.text or 0) for e in told.findall("PublishEventInfo/fail_idx")] == failed
    assert told.find("PublishEventInfo/article_id") is None
    assert "news_item" in wechat.post("draft/get", {"media_id": media_id})


def test_unknown_ids_have_codes_of_their_own(wechat: Wechat) -> None:
    assert wechat.post("freepublish/submit", {"media_id": "none"})["errcode"] == 40007
    assert wechat.post("freepublish/get", {"publish_id": "1"})["errcode"] == 53502
    assert wechat.post("freepublish/getarticle", {"article_id": "none"})["errcode"] == 53600
    assert wechat.post("freepublish/delete", {"article_id": "none"})["errcode"] == 53600


def test_the_list_is_ordered_by_the_time_of_publication(wechat: Wechat) -> None:
    for day, title in (("2026-03-02", "三月"), ("2026-01-05", "一月"), ("2026-02-03", "二月")):
        wechat.door.act("time", now=f"{day}T09:00:00+08:00", hold=True)
        wechat._token = ""
        wechat.published(title=title)
    listed = wechat.post("freepublish/batchget", {"offset": 0, "count": 20, "no_content": 1})
    assert [item["content"]["news_item"][0]["title"] for item in listed["item"]] == ["三月", "二月", "一月"]
    assert [item["update_time"] for item in listed["item"]] == [1772413200, 1770080400, 1767574800]
    assert "content" not in listed["item"][0]["content"]["news_item"][0]
    body = wechat.post("freepublish/batchget", {"offset": 1, "count": 1})["item"][0]
    assert body["content"]["news_item"][0]["content"] == "<p>明天停水。</p>"


def test_a_deleted_article_says_so_on_its_page_and_in_the_list(wechat: Wechat) -> None:
    done = wechat.published()
    assert wechat.post("freepublish/delete", {"article_id": done["article_id"], "index": 2})["errcode"] == 40114
    assert wechat.post("freepublish/delete", {"article_id": done["article_id"], "index": 1})["errcode"] == 0
    assert "该内容已被发布者删除" in requests.get(done["article_detail"]["item"][0]["article_url"], timeout=5).text
    listed = wechat.post("freepublish/batchget", {"offset": 0, "count": 1})
    assert listed["item"][0]["content"]["news_item"][0]["is_deleted"] is True
    assert wechat.post("freepublish/get", {"publish_id": done["publish_id"]})["publish_status"] == 5


def test_the_operator_can_delete_ban_and_retitle(wechat: Wechat) -> None:
    first, second = wechat.published(title="甲"), wechat.published(title="乙")
    url = first["article_detail"]["item"][0]["article_url"]
    wechat.door.act("article", do="retitle", url=url, title="新题")
    assert wechat.post("freepublish/getarticle", first)["news_item"][0]["title"] == "新题"
    wechat.door.act("article", do="delete", url=url)
    assert wechat.post("freepublish/get", {"publish_id": first["publish_id"]})["publish_status"] == 5
    wechat.door.act("article", do="ban", article_id=second["article_id"])
    assert wechat.post("freepublish/get", {"publish_id": second["publish_id"]})["publish_status"] == 6
    assert "因违规" in requests.get(second["article_detail"]["item"][0]["article_url"], timeout=5).text


def test_a_draft_published_by_hand_is_listed_and_brings_no_event_unless_told(wechat: Wechat) -> None:
    made = wechat.door.act("publish_draft", media_id=wechat.draft(), at="2026-01-31T08:30:00+08:00")
    wechat.door.act("settle")
    assert wechat.account.seen == []
    assert (made["by"], made["published_at"]) == ("hand", "2026-01-31T08:30:00+08:00")
    assert wechat.post("freepublish/batchget", {"offset": 0, "count": 1})["item"][0]["article_id"] == made["article_id"]
    assert wechat.get("draft/count") == {"total_count": 0}
    wechat.door.act("options", hand_event=True)
    wechat.door.act("publish_draft", media_id=wechat.draft())
    wechat.door.act("settle")
    assert event(wechat.account).findtext("Event") == "PUBLISHJOBFINISH"


def test_submissions_closer_than_the_gap_are_too_frequent(wechat: Wechat) -> None:
    wechat.door.act("options", submit_gap=30)
    first, second = wechat.draft(), wechat.draft()
    assert wechat.post("freepublish/submit", {"media_id": first})["errcode"] == 0
    assert wechat.post("freepublish/submit", {"media_id": second})["errcode"] == 53501
    wechat.door.act("time", offset=31)
    assert wechat.post("freepublish/submit", {"media_id": second})["errcode"] == 0


def test_a_restart_takes_up_the_job_and_keeps_everything(
    options: Options, account: Account, tmp_path_factory: pytest.TempPathFactory
) -> None:

    kept = replace(options, state_file=tmp_path_factory.mktemp("state") / "emulator.db")
    with running(kept) as up:
        wechat = Wechat(up.url, up.door, account)
        left = wechat.draft(wechat.article(title="留着"))
        up.door.act("options", publish_delay=3600)
        job = wechat.post("freepublish/submit", {"media_id": wechat.draft()})
        token = wechat.token()
    with running(kept) as up:
        wechat = Wechat(up.url, up.door, account, token)
        up.door.act("options", publish_delay=0.01)
        assert wechat.post("draft/get", {"media_id": left})["news_item"][0]["title"] == "留着"
        assert wechat.post("freepublish/get", {"publish_id": job["publish_id"]})["publish_status"] == 1
    with running(kept) as up:
        up.door.act("settle")
        wechat = Wechat(up.url, up.door, account, token)
        assert wechat.post("freepublish/get", {"publish_id": job["publish_id"]})["publish_status"] == 0
        assert event(account).findtext("PublishEventInfo/publish_id") == job["publish_id"]
