"""The switchboard: refused, slow, cut off before or after acting; repeatable by its seed."""

from __future__ import annotations

import pytest
import requests

from bot.emulator import DoorError
from tests.bot.emulator.account_side import Wechat, as_json

ADD = "/cgi-bin/draft/add"


def add(wechat: Wechat, *, timeout: float = 5) -> requests.Response:
    query = {"access_token": wechat.token()}
    body = {"articles": [wechat.article()]}
    return requests.post(f"{wechat.url}{ADD}", params=query, data=as_json(body), timeout=timeout)


@pytest.mark.parametrize("code", [-1, 45009, 53503, 89503])
def test_a_refusal_comes_before_anything_is_done_and_only_so_often(wechat: Wechat, code: int) -> None:
    wechat.door.act("faults", endpoint=ADD, act="refuse", errcode=code, times=1)
    assert add(wechat).json()["errcode"] == code
    assert wechat.get("draft/count") == {"total_count": 0}
    assert "media_id" in add(wechat).json()


def test_acting_and_then_dropping_the_line_leaves_the_draft(wechat: Wechat) -> None:
    wechat.door.act("faults", endpoint="/cgi-bin/draft/*", act="act_then_drop", times=1)
    with pytest.raises(requests.ConnectionError):
        add(wechat)
    assert wechat.get("draft/count") == {"total_count": 1}


def test_acting_and_then_hanging_leaves_the_draft_and_the_caller_without_answer(wechat: Wechat) -> None:
    wechat.door.act("faults", endpoint=ADD, act="act_then_hang", times=1)
    with pytest.raises(requests.Timeout):
        add(wechat, timeout=0.3)
    assert wechat.get("draft/count") == {"total_count": 1}


@pytest.mark.parametrize(("act", "error"), [("drop", requests.ConnectionError), ("hang", requests.Timeout)])
def test_a_line_cut_before_acting_leaves_nothing(wechat: Wechat, act: str, error: type[Exception]) -> None:
    wechat.door.act("faults", endpoint=ADD, act=act, times=1)
    with pytest.raises(error):
        add(wechat, timeout=0.3)
    assert wechat.get("draft/count") == {"total_count": 0}


def test_a_slow_call_is_answered_in_the_end(wechat: Wechat) -> None:
    wechat.door.act("faults", endpoint=ADD, act="slow", seconds=0.2, times=1)
    with pytest.raises(requests.Timeout):
        add(wechat, timeout=0.05)
    assert "media_id" in add(wechat).json()


def test_the_same_seed_brings_the_same_storm(wechat: Wechat) -> None:
    def storm() -> list[int]:
        wechat.door.act("faults", clear=True)
        wechat.door.act("faults", endpoint="/cgi-bin/draft/count", act="refuse", errcode=-1, probability=0.4, seed=7)
        return [wechat.get("draft/count").get("errcode", 0) for _ in range(30)]

    first = storm()
    assert first == storm()
    assert 5 <= first.count(-1) <= 20


def test_every_call_is_counted_with_its_outcome(wechat: Wechat) -> None:
    wechat.door.act("faults", endpoint=ADD, act="refuse", errcode=-1, times=1)
    add(wechat)
    add(wechat)
    calls = wechat.door.look("calls")["calls"]
    assert (calls["counts"][ADD], calls["acted"][ADD], calls["errors"]) == (2, 1, {"-1": 1})
    assert calls["recent"][-1]["fault"] is None


@pytest.mark.parametrize(
    "rule",
    [
        {"act": "refuse", "errcode": 1},
        {"endpoint": ADD, "act": "explode"},
        {"endpoint": ADD, "act": "refuse"},
        {"endpoint": ADD, "act": "lost"},
        {"endpoint": "event:X", "act": "refuse", "errcode": 1},
        {"endpoint": ADD, "act": "drop", "often": True},
    ],
)  # fmt: skip
def test_a_fault_that_makes_no_sense_is_refused(wechat: Wechat, rule: dict[str, object]) -> None:
    with pytest.raises(DoorError, match="400"):
        wechat.door.act("faults", **rule)


def test_the_side_door_refuses_what_it_does_not_know(wechat: Wechat) -> None:
    with pytest.raises(DoorError, match="404"):
        wechat.door.act("dance")
    with pytest.raises(DoorError, match="没有这个开关"):
        wechat.door.act("options", colour="red")
    with pytest.raises(DoorError, match="可看的有"):
        wechat.door.look("secrets")


def test_a_reset_forgets_everything(wechat: Wechat) -> None:
    wechat.published()
    wechat.door.act("options", mode="safe")
    wechat.door.act("reset")
    state = wechat.door.look()
    assert (state["published"], state["drafts"], state["materials"], state["chat"]) == ([], [], [], {})
    assert state["options"]["mode"] == "plain"


def test_a_backlog_can_be_seeded_with_its_own_times(wechat: Wechat) -> None:
    made = wechat.door.act(
        "seed", followers=["小王"], drafts=[{"articles": [{"title": "草稿", "content": "<p>a</p>"}]}],
        published=[
            {"at": "2026-02-03T09:00:00", "articles": [{"title": "甲", "content": "<p>a</p>"}]},
            {"at": "2026-01-05T09:00:00+08:00", "kind": "pushed", "articles": [{"title": "乙", "content": "<p>b</p>"}]},
        ],
    )  # fmt: skip
    shown = wechat.door.look("published", "chat", "drafts")
    assert [(w["published_at"], w["items"][0]["title"], w["kind"]) for w in shown["published"]] == [
        ("2026-01-05T09:00:00+08:00", "乙", "pushed"),
        ("2026-02-03T09:00:00+08:00", "甲", "published"),
    ]
    assert requests.get(made["published"][0]["urls"][0], timeout=5).status_code == 200
    assert shown["chat"]["小王"]["follows"] is True
    assert [draft["media_id"] for draft in shown["drafts"]] == made["drafts"]
    assert wechat.post("freepublish/batchget", {"offset": 0, "count": 20})["total_count"] == 1
