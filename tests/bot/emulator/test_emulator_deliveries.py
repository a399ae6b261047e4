"""Deliveries to the webhook in three modes, and how strictly the answers are judged."""

from __future__ import annotations

import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.emulator import Options, running
from bot.emulator.phone import citizen
from bot.emulator.push.cipher import signature
from tests.bot.emulator.account_side import (
    CIPHER,
    TOKEN,
    Account,
    Answer,
    Wechat,
    answering,
    inner,
    text_reply,
)

BROKEN = "该公众号提供的服务出现故障，请稍后再试"
GREETING = "<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>在吗</Content><MsgId>7</MsgId></xml>"


def sealed_reply(document: str, *, token: str = TOKEN) -> bytes:
    sealed = CIPHER.seal(document)
    stamp, nonce = "1409735669", "1320562132"
    return (
        f"<xml><Encrypt>{sealed}</Encrypt><MsgSignature>{signature(token, stamp, nonce, sealed)}</MsgSignature>"
        f"<TimeStamp>{stamp}</TimeStamp><Nonce>{nonce}</Nonce></xml>"
    ).encode()


def said(wechat: Wechat, text: str = "招聘") -> Any:
    """What one message brought: the delivery and the bubbles."""
    wechat.door.act("follow", user="小王")
    return wechat.door.act("say", user="小王", text=text)


def test_a_plain_delivery_is_signed_and_carries_the_message(wechat: Wechat) -> None:
    said(wechat, "停车怎么收费]]>？")
    query, body = wechat.account.seen[-1]
    message = ET.fromstring(body)
    assert query["signature"] == signature(TOKEN, query["timestamp"], query["nonce"])
    assert query["openid"] == message.findtext("FromUserName")
    assert "encrypt_type" not in query
    assert message.findtext("Content") == "停车怎么收费]]>？"
    assert int(message.findtext("MsgId") or 0) > 2**53
    assert message.find("Encrypt") is None


def test_a_safe_delivery_hides_everything_but_the_receiver(wechat: Wechat) -> None:
    wechat.door.act("options", mode="safe")
    said(wechat, "你好")
    query, body = wechat.account.seen[-1]
    root = ET.fromstring(body)
    assert [child.tag for child in root] == ["ToUserName", "Encrypt"]
    assert query["encrypt_type"] == "aes"
    assert query["msg_signature"] == signature(
        TOKEN, query["timestamp"], query["nonce"], root.findtext("Encrypt") or ""
    )
    assert inner(body).findtext("Content") == "你好"


def test_a_compatible_delivery_carries_both_bodies(wechat: Wechat) -> None:
    wechat.door.act("options", mode="compatible")
    said(wechat, "你好")
    root = ET.fromstring(wechat.account.seen[-1][1])
    assert root.findtext("Content") == "你好"
    assert ET.fromstring(CIPHER.open(root.findtext("Encrypt") or "")).findtext("Content") == "你好"


@pytest.mark.parametrize("mode", ["plain", "compatible"])
def test_a_plain_reply_becomes_a_bubble(wechat: Wechat, mode: str) -> None:
    wechat.door.act("options", mode=mode)
    wechat.account.reply = answering(lambda message: text_reply(message, "您好").encode())
    assert said(wechat)["bubbles"][-1]["content"] == "您好"


@pytest.mark.parametrize("mode", ["safe", "compatible"])
def test_a_sealed_reply_is_opened(wechat: Wechat, mode: str) -> None:
    wechat.door.act("options", mode=mode)
    wechat.account.reply = answering(lambda message: sealed_reply(text_reply(message, "您好")))
    bubble = said(wechat)["bubbles"][-1]
    assert (bubble["from"], bubble["content"]) == ("account", "您好")


@pytest.mark.parametrize("body", [b"success", b"", b" success\n"])
def test_success_or_nothing_is_silent(wechat: Wechat, body: bytes) -> None:
    wechat.account.reply = lambda query, sent: (200, body)
    result = said(wechat)
    assert result["delivery"]["state"] == "silent"
    assert [bubble["from"] for bubble in result["bubbles"]] == ["citizen"]


@pytest.mark.parametrize(
    "build",
    [
        lambda m: b'{"ok": true}',
        lambda m: b"<xml>",
        lambda m: text_reply(m, "字" * 683).encode(),
        lambda m: text_reply(m, "").encode(),
        lambda m: text_reply(m, "您好", ToUserName="o_other").encode(),
        lambda m: text_reply(m, "您好", FromUserName="gh_other").encode(),
        lambda m: text_reply(m, "您好", CreateTime="1409735669000").encode(),
        lambda m: text_reply(m, "您好", MsgType="postcard").encode(),
        lambda m: text_reply(m, "a]]></Content><Content><![CDATA[b").encode(),
        lambda m: sealed_reply(text_reply(m, "您好")),
        lambda m: b'<!DOCTYPE x [<!ENTITY a "b">]>' + text_reply(m, "您好").encode(),
    ],
)  # fmt: skip
def test_an_unusable_reply_shows_the_fault_once_and_is_not_asked_for_again(
    wechat: Wechat, build: Callable[[ET.Element], bytes]
) -> None:
    wechat.account.reply = answering(build)
    result = said(wechat)
    assert (result["bubbles"][-1]["from"], result["bubbles"][-1]["content"]) == ("notice", BROKEN)
    assert len(result["delivery"]["attempts"]) == 1


def test_a_text_of_exactly_2048_bytes_is_shown(wechat: Wechat) -> None:
    wechat.account.reply = answering(lambda message: text_reply(message, "字" * 682 + "ab").encode())
    assert said(wechat)["delivery"]["state"] == "reply"


def test_in_safe_mode_an_open_or_badly_signed_reply_is_unusable(wechat: Wechat) -> None:
    wechat.door.act("options", mode="safe")
    wechat.account.reply = answering(lambda message: text_reply(message, "您好").encode())
    assert said(wechat)["delivery"]["attempts"][0]["reason"] == "安全模式下的回复没有加密"
    wechat.account.reply = answering(lambda message: sealed_reply(text_reply(message, "您好"), token="other"))
    assert "MsgSignature" in said(wechat)["delivery"]["attempts"][0]["reason"]


def news(message: ET.Element, count: int) -> bytes:
    items = (
        "<item><Title>题</Title><Description>述</Description><PicUrl></PicUrl><Url>https://a.cn/</Url></item>" * count
    )
    head = text_reply(message, "", MsgType="news").replace("<Content><![CDATA[]]></Content></xml>", "")
    return f"{head}<ArticleCount>{count}</ArticleCount><Articles>{items}</Articles></xml>".encode()


def test_a_message_is_answered_with_one_news_article_and_an_event_with_up_to_eight(wechat: Wechat) -> None:
    wechat.account.reply = answering(lambda message: news(message, 1))
    assert said(wechat)["bubbles"][-1]["articles"][0]["title"] == "题"
    wechat.account.reply = answering(lambda message: news(message, 2))
    assert said(wechat)["delivery"]["state"] == "broken"
    wechat.account.reply = answering(lambda message: news(message, 8))
    assert len(wechat.door.act("follow", user="小李")["bubbles"][-1]["articles"]) == 8
    wechat.account.reply = answering(lambda message: news(message, 9))
    assert wechat.door.act("follow", user="小张")["delivery"]["state"] == "broken"


def test_a_failing_webhook_gets_three_deliveries_of_the_same_message_with_fresh_signatures(wechat: Wechat) -> None:
    wechat.door.act("follow", user="小王")
    wechat.account.seen.clear()
    wechat.account.reply = lambda query, body: (500, b"oops")
    result = wechat.door.act("say", user="小王", text="在吗")
    seen = wechat.account.seen
    assert len(seen) == 3
    assert len({body for _, body in seen}) == 1
    assert len({query["nonce"] for query, _ in seen}) == 3
    assert result["bubbles"][-1]["content"] == BROKEN


def test_a_webhook_that_is_too_slow_is_asked_again_and_its_second_answer_counts(wechat: Wechat) -> None:
    wechat.door.act("options", webhook_timeout=0.3)
    wechat.door.act("follow", user="小王")
    wechat.account.seen.clear()

    def slow_once(query: dict[str, str], body: bytes) -> Answer:
        if len(wechat.account.seen) == 1:
            time.sleep(0.6)
        return 200, text_reply(inner(body), "来了").encode()

    wechat.account.reply = slow_once
    result = wechat.door.act("say", user="小王", text="在吗")
    assert [attempt["outcome"] for attempt in result["delivery"]["attempts"]] == ["timeout", "reply"]
    assert result["bubbles"][-1]["content"] == "来了"


def test_any_document_can_be_delivered_in_any_mode_and_the_raw_answer_is_shown(wechat: Wechat) -> None:
    wechat.account.reply = lambda query, body: (200, b"<xml>what")
    for mode in ("plain", "compatible", "safe"):
        attempt = wechat.door.act("deliver", xml=GREETING, mode=mode)["attempts"][0]
        assert (attempt["status"], attempt["body"], attempt["outcome"]) == (200, "<xml>what", "broken")
        assert inner(wechat.account.seen[-1][1]).findtext("MsgId") == "7"
    wechat.door.act("deliver", xml="<xml>torn", mode="plain")
    assert wechat.account.seen[-1][1] == b"<xml>torn"


def test_the_last_delivery_can_be_repeated_with_a_fresh_signature(wechat: Wechat) -> None:
    said(wechat, "同一句话")
    query, body = wechat.account.seen[-1]
    repeated = wechat.door.act("repeat")
    assert repeated["attempts"][0]["outcome"] == "silent"
    again, same = wechat.account.seen[-1]
    assert (again["nonce"] != query["nonce"], same == body) == (True, True)


def test_each_act_on_the_phone_is_the_documented_message_or_event(wechat: Wechat) -> None:
    wechat.door.act("follow", user="小王", scene="hall")
    told = inner(wechat.account.seen[-1][1])
    assert (told.findtext("Event"), told.findtext("EventKey")) == ("subscribe", "qrscene_hall")
    wechat.door.act("tap", user="小王", button={"type": "click", "key": "JOBS"})
    told = inner(wechat.account.seen[-1][1])
    assert (told.findtext("Event"), told.findtext("EventKey"), told.find("MsgId")) == ("CLICK", "JOBS", None)
    wechat.door.act("tap", user="小王", button={"type": "view", "url": "https://a.cn/"})
    told = inner(wechat.account.seen[-1][1])
    assert (told.findtext("Event"), told.findtext("EventKey")) == ("VIEW", "https://a.cn/")
    wechat.door.act("tap", user="小王", button={"type": "location_select", "key": "PLACE"})
    assert inner(wechat.account.seen[-1][1]).findtext("SendLocationInfo/Label") == "临江路"
    wechat.door.act("say", user="小王", text="更多", menu_id="m1")
    assert inner(wechat.account.seen[-1][1]).findtext("bizmsgmenuid") == "m1"
    wechat.door.act("unfollow", user="小王")
    assert inner(wechat.account.seen[-1][1]).findtext("Event") == "unsubscribe"


def test_events_can_be_lost_doubled_or_late(wechat: Wechat) -> None:
    def events(act: str) -> list[str | None]:
        wechat.account.seen.clear()
        wechat.door.act("faults", endpoint="event:PUBLISHJOBFINISH", act=act, times=1, seconds=0.05)
        wechat.published()
        return [inner(body).findtext("PublishEventInfo/publish_id") for _, body in wechat.account.seen]

    assert events("lost") == []
    twice = events("doubled")
    assert len(twice) == 2
    assert twice[0] == twice[1]
    assert len(events("late")) == 1


def test_a_delivery_that_a_stop_interrupted_is_carried_at_the_next_start(
    account: Account, options: Options, tmp_path: Path
) -> None:
    kept = replace(options, state_file=tmp_path / "emulator.db")
    with running(kept) as up:
        up.door.act("faults", endpoint="event:subscribe", act="late", seconds=3600)
        citizen.follow(up.platform, "小王")
        assert account.seen == []
    with running(kept) as up:
        up.door.act("settle")
        assert inner(account.seen[-1][1]).findtext("Event") == "subscribe"


def test_the_address_is_verified_as_when_it_is_saved(wechat: Wechat) -> None:
    wechat.account.echo = lambda query: query["echostr"].encode()
    assert wechat.door.act("verify")["verified"] is True
    wechat.account.echo = lambda query: b"success"
    assert wechat.door.act("verify") == {"verified": False, "status": 200, "body": "success"}
