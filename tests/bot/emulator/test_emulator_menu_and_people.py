"""The menu's checks, followers, and customer-service messages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.emulator.account_side import Wechat

CLICK = {"type": "click", "name": "招聘", "key": "JOBS"}
MENU = {"button": [CLICK, {"name": "公开", "sub_button": [{"type": "view", "name": "目录", "url": "https://a.cn/"}]}]}


def test_a_menu_is_kept_shown_and_deleted(wechat: Wechat) -> None:
    assert wechat.get("menu/get")["errcode"] == 46003
    assert wechat.get("get_current_selfmenu_info") == {"is_menu_open": 0}
    assert wechat.post("menu/create", MENU)["errcode"] == 0
    kept = wechat.get("menu/get")["menu"]["button"]
    assert (kept[0]["key"], kept[0]["sub_button"], kept[1]["sub_button"][0]["name"]) == ("JOBS", [], "目录")
    current = wechat.get("get_current_selfmenu_info")["selfmenu_info"]["button"]
    assert current[1]["sub_button"]["list"][0]["url"] == "https://a.cn/"
    assert wechat.get("menu/delete")["errcode"] == 0
    assert wechat.get("menu/get")["errcode"] == 46003


def sub(**changes: Any) -> dict[str, Any]:
    return {
        "button": [
            {"name": "公开", "sub_button": [{"type": "view", "name": "目录", "url": "https://a.cn/", **changes}]}
        ]
    }


@pytest.mark.parametrize(
    ("menu", "code"),
    [
        ({"button": []}, 40016),
        ({"button": [CLICK] * 4}, 40016),
        ({"button": [{**CLICK, "type": "shout"}]}, 40017),
        ({"button": [{**CLICK, "name": "信息公开啊啊"}]}, 40018),
        ({"button": [{**CLICK, "key": ""}]}, 40019),
        ({"button": [{**CLICK, "key": "k" * 129}]}, 40019),
        ({"button": [{"type": "view", "name": "目录", "url": "https://a.cn/" + "a" * 1024}]}, 40020),
        ({"button": [{"type": "view", "name": "目录", "url": "a.cn"}]}, 40055),
        ({"button": [{"name": "公开", "sub_button": [CLICK] * 6}]}, 40023),
        ({"button": [{"name": "公开", "sub_button": [{"name": "再深", "sub_button": [CLICK]}]}]}, 40022),
        (sub(type="shout"), 40024),
        (sub(name="名" * 21), 40025),
        (sub(type="click"), 40026),
        (sub(url=""), 40027),
        (sub(url="ftp://a.cn/"), 40054),
        ({"button": [{"type": "media_id", "name": "图"}]}, 40007),
    ],
)
def test_a_menu_that_breaks_a_rule_is_refused(wechat: Wechat, menu: dict[str, Any], code: int) -> None:
    assert wechat.post("menu/create", menu)["errcode"] == code


def test_an_escaped_menu_is_refused(wechat: Wechat) -> None:
    body = b'{"button":[{"type":"click","name":"\\u516c\\u5f00","key":"A"}]}'
    assert wechat.post("menu/create", body)["errcode"] == 40033


def test_names_at_the_byte_limits_are_taken(wechat: Wechat) -> None:
    menu = {"button": [{"name": "五个汉字啊x", "sub_button": [{**CLICK, "name": "名" * 20}] * 5}] * 3}
    assert wechat.post("menu/create", menu)["errcode"] == 0


def test_a_follower_is_known_without_name_or_picture(wechat: Wechat) -> None:
    openid = wechat.door.act("follow", user="小王")["openid"]
    found = wechat.get("user/info", openid=openid)
    assert (found["subscribe"], found["openid"], "nickname" in found) == (1, openid, False)
    assert wechat.get("user/get")["data"]["openid"] == [openid]
    wechat.door.act("unfollow", user="小王")
    assert wechat.get("user/info", openid=openid) == {"subscribe": 0, "openid": openid}
    assert wechat.get("user/get") == {"total": 0, "count": 0, "next_openid": ""}
    assert wechat.get("user/info", openid="o_nobody")["errcode"] == 40003


def write(wechat: Wechat, openid: str, **more: Any) -> Any:
    body = {"touser": openid, "msgtype": "text", "text": {"content": "办好了"}, **more}
    return wechat.post("message/custom/send", body)["errcode"]


def test_a_message_opens_five_answers_within_two_days(wechat: Wechat) -> None:
    wechat.door.act("time", now="2026-04-01T09:00:00", hold=True)
    wechat.door.act("seed", followers=["小王"])
    openid = wechat.door.act("say", user="小王", text="在吗")["openid"]
    assert [write(wechat, openid) for _ in range(6)] == [0, 0, 0, 0, 0, 45047]
    assert wechat.door.look("chat")["chat"]["小王"]["bubbles"][-1]["content"] == "办好了"
    wechat.door.act("say", user="小王", text="谢谢")
    wechat.door.act("time", now="2026-04-03T09:00:01", hold=True)
    wechat._token = ""
    assert write(wechat, openid) == 45015


def test_following_or_a_tap_opens_three_answers_within_a_minute(wechat: Wechat) -> None:
    wechat.door.act("time", now="2026-04-01T09:00:00", hold=True)
    openid = wechat.door.act("follow", user="小王")["openid"]
    assert [write(wechat, openid) for _ in range(4)] == [0, 0, 0, 45047]
    wechat.door.act("tap", user="小王", button=CLICK)
    assert write(wechat, openid) == 0
    wechat.door.act("time", now="2026-04-01T09:01:01", hold=True)
    assert write(wechat, openid) == 45015


def test_a_menu_message_becomes_links_to_tap(wechat: Wechat) -> None:
    openid = wechat.door.act("follow", user="小王")["openid"]
    menu = {"head_content": "满意吗？", "list": [{"id": "1", "content": "满意"}], "tail_content": "谢谢"}
    assert write(wechat, openid, msgtype="msgmenu", msgmenu=menu) == 0
    content = wechat.door.look("chat")["chat"]["小王"]["bubbles"][-1]["content"]
    link = '<a href="weixin://bizmsgmenu?msgmenucontent=%E6%BB%A1%E6%84%8F&msgmenuid=1">满意</a>'
    assert content == f"满意吗？\n{link}\n谢谢"


def test_answers_to_strangers_and_to_those_who_left_are_refused(wechat: Wechat) -> None:
    openid = wechat.door.act("follow", user="小王")["openid"]
    wechat.door.act("unfollow", user="小王")
    assert write(wechat, openid) == 43004
    assert write(wechat, "o_nobody") == 40003
