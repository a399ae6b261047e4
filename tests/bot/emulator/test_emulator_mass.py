"""群发: allowance, clientmsgid, the administrator's word, the event, and what followers see; and the statistics."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
import requests

from bot.emulator import DoorError
from tests.bot.emulator.account_side import Wechat


def push(wechat: Wechat, media_id: str = "", **more: Any) -> Any:
    body = {"filter": {"is_to_all": True}, "msgtype": "mpnews", "mpnews": {"media_id": media_id or wechat.draft()}}
    return wechat.post("message/mass/sendall", {**body, "send_ignore_reprint": 0, **more})


def at(wechat: Wechat, now: str) -> None:
    """Holds the emulator's clock; tokens of another time are worth nothing."""
    wechat.door.act("time", now=now, hold=True)
    wechat._token = ""


def event(wechat: Wechat) -> ET.Element:
    return ET.fromstring(wechat.account.seen[-1][1])


def test_a_push_reaches_followers_consumes_the_draft_and_is_announced(wechat: Wechat) -> None:
    wechat.door.act("seed", followers=["小王"])
    media_id = wechat.draft(wechat.article(title="甲"), wechat.article(title="乙"))
    done = push(wechat, media_id)
    wechat.door.act("settle")
    assert wechat.post("message/mass/get", {"msg_id": str(done["msg_id"])}) == {
        "msg_id": done["msg_id"], "msg_status": "SEND_SUCCESS",
    }  # fmt: skip
    assert wechat.post("draft/get", {"media_id": media_id})["errcode"] == 40007
    told = event(wechat)
    assert (told.findtext("Event"), told.findtext("Status")) == ("MASSSENDJOBFINISH", "send success")
    assert told.findtext("MsgID") == str(done["msg_id"])
    assert (told.findtext("TotalCount"), told.findtext("SentCount")) == ("1", "1")
    assert told.findtext("CopyrightCheckResult/CheckState") == "1"
    urls = [item.findtext("ArticleUrl") or "" for item in told.findall("ArticleUrlResult/ResultList/item")]
    card = wechat.door.look("chat")["chat"]["小王"]["bubbles"][-1]
    assert [article["url"] for article in card["articles"]] == urls
    assert "乙" in requests.get(urls[1], timeout=5).text
    assert wechat.post("freepublish/batchget", {"offset": 0, "count": 1})["total_count"] == 0


def test_a_subscription_account_pushes_once_a_day(wechat: Wechat) -> None:
    at(wechat, "2026-04-01T09:00:00")
    assert push(wechat)["errcode"] == 0
    assert push(wechat)["errcode"] == 45028
    at(wechat, "2026-04-02T00:00:00")
    assert push(wechat)["errcode"] == 0


def test_a_service_account_pushes_four_times_a_month(wechat: Wechat) -> None:
    wechat.door.act("options", account="service")
    at(wechat, "2026-04-30T09:00:00")
    assert [push(wechat)["errcode"] for _ in range(5)] == [0, 0, 0, 0, 45028]
    at(wechat, "2026-05-01T00:00:00")
    assert push(wechat)["errcode"] == 0


def test_a_push_by_hand_uses_up_the_same_allowance(wechat: Wechat) -> None:
    wechat.door.act("push_draft", media_id=wechat.draft())
    assert push(wechat)["errcode"] == 45028
    with pytest.raises(DoorError, match="masssend quota"):
        wechat.door.act("push_draft", media_id=wechat.draft())


def test_a_failed_push_leaves_draft_and_allowance(wechat: Wechat) -> None:
    wechat.door.act("options", mass_status="err(20013)")
    media_id = wechat.draft()
    done = push(wechat, media_id)
    wechat.door.act("settle")
    assert event(wechat).findtext("Status") == "err(20013)"
    assert wechat.post("message/mass/get", {"msg_id": done["msg_id"]})["msg_status"] == "SEND_FAIL"
    wechat.door.act("options", mass_status="send success")
    assert push(wechat, media_id)["errcode"] == 0


def test_a_repeated_clientmsgid_brings_the_earlier_msg_id_and_sends_nothing(wechat: Wechat) -> None:
    at(wechat, "2026-04-01T09:00:00")
    media_id = wechat.draft()
    first = push(wechat, media_id, clientmsgid="gk-1")
    wechat.door.act("settle")
    assert push(wechat, media_id, clientmsgid="gk-1")["errcode"] == 45066
    at(wechat, "2026-04-01T09:01:00")
    again = push(wechat, media_id, clientmsgid="gk-1")
    assert (again["errcode"], again["msg_id"], "msg_data_id" in again) == (45065, first["msg_id"], False)
    assert len(wechat.door.look("published")["published"]) == 1
    at(wechat, "2026-04-02T08:59:59")
    assert push(wechat, clientmsgid="gk-1")["errcode"] == 45065
    at(wechat, "2026-04-02T09:00:00")
    assert push(wechat, clientmsgid="gk-1")["errcode"] == 0
    assert push(wechat, clientmsgid="x" * 33)["errcode"] == 45067


def test_a_refused_call_does_not_use_up_its_clientmsgid(wechat: Wechat) -> None:
    at(wechat, "2026-04-01T09:00:00")
    push(wechat)
    assert push(wechat, clientmsgid="gk-2")["errcode"] == 45028
    at(wechat, "2026-04-02T09:00:00")
    assert push(wechat, clientmsgid="gk-2")["errcode"] == 0


@pytest.mark.parametrize(
    ("word", "status", "result"),
    [("confirm", "SEND_SUCCESS", "send success"), ("refuse", "SEND_FAIL", "err(40001)"), ("", "SEND_FAIL", "err(40002)")],
)  # fmt: skip
def test_the_administrator_confirms_refuses_or_stays_silent(
    wechat: Wechat, word: str, status: str, result: str
) -> None:
    at(wechat, "2026-04-01T09:00:00")
    wechat.door.act("options", mass_confirmation=True)
    done = push(wechat)
    wechat.door.act("settle")
    assert wechat.post("message/mass/get", {"msg_id": done["msg_id"]})["msg_status"] == "SENDING"
    at(wechat, "2026-04-01T09:30:00")
    assert wechat.account.seen == []
    if word:
        wechat.door.act("mass", msg_id=done["msg_id"], do=word)
    else:
        at(wechat, "2026-04-01T09:30:01")
    wechat.door.act("settle")
    assert wechat.post("message/mass/get", {"msg_id": done["msg_id"]})["msg_status"] == status
    assert event(wechat).findtext("Status") == result


def test_a_deleted_push_is_gone_for_readers_and_its_allowance_stays_used(wechat: Wechat) -> None:
    done = push(wechat)
    wechat.door.act("settle")
    url = event(wechat).findtext("ArticleUrlResult/ResultList/item/ArticleUrl") or ""
    assert wechat.post("message/mass/delete", {"msg_id": done["msg_id"], "article_idx": 0})["errcode"] == 0
    assert "已被发布者删除" in requests.get(url, timeout=5).text
    assert wechat.post("message/mass/get", {"msg_id": done["msg_id"]})["msg_status"] == "DELETE"
    assert wechat.post("message/mass/delete", {"msg_id": 5})["errcode"] == 40059
    assert push(wechat)["errcode"] == 45028


def test_a_preview_shows_the_draft_to_one_person_and_keeps_it(wechat: Wechat) -> None:
    media_id = wechat.draft(wechat.article(title="先看看"))
    body = {"towxname": "小王", "msgtype": "mpnews", "mpnews": {"media_id": media_id}}
    assert wechat.post("message/mass/preview", body)["errcode"] == 0
    card = wechat.door.look("chat")["chat"]["小王"]["bubbles"][-1]
    assert "草稿预览" in requests.get(card["articles"][0]["url"], timeout=5).text
    assert wechat.get("draft/count") == {"total_count": 1}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"mpnews": {"media_id": "none"}}, 40007),
        ({"filter": None}, 40035),
        ({"filter": {"is_to_all": False}}, 40152),
        ({"msgtype": "text", "text": {"content": ""}}, 44004),
        ({"msgtype": "dance"}, 40035),
    ],
)
def test_a_push_that_makes_no_sense_is_refused(wechat: Wechat, changes: dict[str, Any], code: int) -> None:
    assert push(wechat, **changes)["errcode"] == code


def stats(wechat: Wechat, first: str, last: str = "") -> Any:
    return wechat.post("../datacube/getarticletotaldetail", {"begin_date": first, "end_date": last or first})


def test_the_statistics_of_a_day_know_published_and_pushed_alike(wechat: Wechat) -> None:
    at(wechat, "2026-04-01T09:00:00")
    quiet = wechat.published(title="没人读")["article_detail"]["item"][0]["article_url"]
    job = wechat.post("freepublish/submit", {"media_id": wechat.draft(wechat.article(title="发布的"))})
    pushed = push(wechat, wechat.draft(wechat.article(title="群发的")))
    wechat.door.act("settle")
    wechat.door.act("article", do="reads", url=quiet, reads=2)
    at(wechat, "2026-04-02T08:00:00")
    found = stats(wechat, "2026-04-01")
    assert [(row["title"], row["publish_type"], row["msgid"]) for row in found["list"]] == [
        ("发布的", 1, f"{job['msg_data_id']}_1"),
        ("群发的", 0, f"{pushed['msg_data_id']}_1"),
    ]
    assert found["is_delay"] is False
    assert found["list"][0]["detail_list"][0]["stat_date"] == "2026-04-01"
    assert stats(wechat, "2026-03-31") == {"list": [], "is_delay": False}
    wechat.door.act("options", delayed_days=["2026-04-01"])
    assert stats(wechat, "2026-04-01") == {"list": [], "is_delay": True}


@pytest.mark.parametrize(
    ("now", "first", "last", "code"),
    [
        ("2026-04-02T09:00:00", "2026-04-02", "", 61501),
        ("2026-04-03T09:00:00", "2026-04-01", "2026-04-02", 61501),
        ("2026-04-02T09:00:00", "2025-10-31", "", 61501),
        ("2026-04-02T09:00:00", "yesterday", "", 61500),
        ("2026-04-02T07:59:00", "2026-04-01", "", 61503),
    ],
)
def test_statistics_are_had_for_one_finished_day(wechat: Wechat, now: str, first: str, last: str, code: int) -> None:
    at(wechat, now)
    assert stats(wechat, first, last)["errcode"] == code
