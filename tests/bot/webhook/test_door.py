"""The door: whose body is read, which times are let in, and what one sender, one address and one flood can do."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from bot.app import create_app
from bot.dialogue.state.conversation_memory import Memory
from bot.dialogue.state.pseudonyms import Pseudonyms
from bot.webhook.deliveries import Admission, Webhook
from bot.wechat.channel import WeChatChannel
from bot.wechat.envelope import Stamp
from content.rules.alarms import AlarmKind
from content.services.alarms import alarm_watch, lifecycle
from content.services.office import Office
from tests import world
from tests.bot.citizen import Citizen
from tests.bot.platform_side import CITIZEN, SUCCESS, Side, event, read, text
from tests.fixtures.office_processes import until

SIDE = Side()
WINDOW = 600
NOON = world.NOON.timestamp()


class NobodyReads(io.BytesIO):
    """A body that has not come yet: whoever reads it waits for ever, here: fails."""

    def read(self, *_size: Any) -> bytes:
        raise AssertionError("the body was read")

    readinto = readline = readlines = read  # type: ignore[assignment]


def door(office: Office) -> Webhook:
    """The webhook without Flask."""
    askers = Pseudonyms(office.home)
    return Webhook(office, askers=askers, memory=Memory(office, askers), channel=WeChatChannel(office))


def sealed(xml: str, at: float | None = None) -> tuple[Stamp, bytes]:
    """A delivery in safe mode of that time."""
    query, body = SIDE.at(at or NOON).safe(xml)
    return Stamp(**{name: query.get(name, "") for name in Stamp.__dataclass_fields__}), body.encode()


def deliver(client: FlaskClient, xml: str, side: Side) -> int:
    """The status that a plain delivery gets."""
    return client.post("/wechat", query_string=side.query(), data=xml.encode()).status_code


@pytest.mark.parametrize("wrong", [{"signature": "0" * 40}, {"signature": ""}, {"timestamp": "1"}, {"timestamp": "x"}])
def test_a_strangers_body_is_not_read(client: FlaskClient, wrong: dict[str, str]) -> None:
    answer = client.post("/wechat", query_string=SIDE.query() | wrong, input_stream=NobodyReads(b"x" * 300))
    assert (answer.status_code, answer.text) == (403, "")


@pytest.mark.parametrize("off", [WINDOW - 5, 5 - WINDOW])
def test_a_time_within_ten_minutes_is_let_in_whenever_the_message_was_made(client: FlaskClient, off: int) -> None:
    assert deliver(client, text("公租房", created=1_400_000_000), SIDE.at(NOON + off)) == 200


@pytest.mark.parametrize("off", [WINDOW + 5, -WINDOW - 5, 10**9])
def test_a_time_far_off_is_refused_and_the_check_of_the_address_is_not(client: FlaskClient, off: int) -> None:
    side = SIDE.at(NOON + off)
    assert deliver(client, text("公租房"), side) == 403
    assert client.get("/wechat", query_string=side.query(echostr="1")).text == "1"


@pytest.mark.parametrize("changes", [{"wechat_window": 30}])
def test_the_window_is_the_offices(client: FlaskClient) -> None:
    assert deliver(client, text("公租房"), SIDE.at(NOON - 40)) == 403
    assert deliver(client, text("公租房"), SIDE.at(NOON - 20)) == 200


def test_ten_refusals_in_a_row_ring_an_alarm_that_names_the_difference(told: Office) -> None:
    clients = [create_app(told).test_client() for _ in range(2)]
    strange = SIDE.at(NOON).query() | {"timestamp": "5", "signature": "0"}
    for number in range(9):
        assert deliver(clients[number % 2], text("x"), SIDE.at(NOON - 900)) == 403
        assert clients[0].post("/wechat", query_string=strange, data="x").status_code == 403, "no right signature"
    assert not lifecycle.listing(told)
    assert deliver(clients[1], text("x"), SIDE.at(NOON - 900)) == 403
    [alarm] = lifecycle.listing(told)
    assert alarm.kind == AlarmKind.CLOCK and ("900" in alarm.message or "901" in alarm.message)
    alarm_watch.watch(told, told.clock.now())
    assert lifecycle.listing(told), "it is not over yet"
    assert deliver(clients[0], text("公租房"), SIDE.at(NOON)) == 200
    alarm_watch.watch(told, told.clock.now())
    assert not lifecycle.listing(told)


@pytest.mark.parametrize("mode", ["plain", "safe"])
def test_one_address_serves_one_message(client: FlaskClient, mode: str) -> None:
    side = SIDE.at(NOON)

    def send(xml: str) -> tuple[int, str]:
        query, body = side.safe(xml) if mode == "safe" else (side.query(), xml)
        answer = client.post("/wechat", query_string=query, data=body.encode())
        return answer.status_code, side.unseal(answer.text) if mode == "safe" and answer.text else answer.text

    asked = text("公租房", msg_id=77)
    first = send(asked)
    assert first[0] == 200
    assert send(asked) == first, "a repeat, sealed anew"
    assert send(text("公租房", msg_id=77, sender="oAnother"))[0] == 403
    assert send(asked.replace("公租房", "电工"))[0] == 403, "other words under the same number"
    assert send(event("CLICK", "<EventKey>help</EventKey>"))[0] == 403
    assert client.post("/wechat", query_string=side.query(), data=text("电工").encode()).status_code == 403


@pytest.mark.parametrize("changes", [{"redis_url": "redis://127.0.0.1:1/0"}])
def test_without_redis_nobody_can_tell_and_everybody_is_answered(client: FlaskClient) -> None:
    side = SIDE.at(NOON)
    assert [deliver(client, text(words), side) for words in ("公租房", "电工")] == [200, 200]


@pytest.mark.parametrize("changes", [{"wechat_accept": "safe"}])
def test_an_office_may_take_encrypted_deliveries_only(client: FlaskClient) -> None:
    assert deliver(client, text("公租房"), SIDE.at(NOON)) == 403
    for mode in ("safe", "compatible"):
        assert Citizen(client, mode).says("公租房")


def test_a_name_that_is_no_openid_is_passed_over_and_leaves_nothing(told: Office) -> None:
    client = create_app(told).test_client()
    before = told.redis.client.dbsize()
    answer = client.post("/wechat", query_string=SIDE.query(), data=text("公租房", sender="o" * 65).encode())
    assert (answer.status_code, answer.text, told.redis.client.dbsize()) == (200, SUCCESS, before)
    assert Citizen(client, sender="o" * 64).says("公租房")


def test_a_hundred_quick_messages_pass_and_of_more_the_first_is_told(told: Office) -> None:
    client = create_app(told).test_client()
    citizen = Citizen(client)
    answers = [citizen.sends(text("谢谢")) for _ in range(130)]
    quick = [bool(answer) and "稍后再发" not in read(answer)["Content"] for answer in answers]
    allowed = quick.index(False)
    assert allowed >= 100 and "稍后再发" in read(answers[allowed])["Content"]
    assert answers[allowed + 1 :] == [""] * (129 - allowed)
    assert citizen.does("CLICK", "<EventKey>help</EventKey>"), "taps are not messages"
    assert Citizen(client, sender="oOther").says("谢谢")
    counted = f'gongkai_deliveries_total{{kind="limited"}} {130 - allowed}.0'
    assert counted in client.get("/metrics").text


def test_no_openid_stands_in_redis(told: Office) -> None:
    citizen = Citizen(create_app(told).test_client())
    for words in ("公租房", "1", "人工", "路灯坏了", "订阅 招聘", "电工"):
        citizen.says(words)
    citizen.does("CLICK", "<EventKey>help</EventKey>")
    client = told.redis.client
    kept = []
    for key in client.scan_iter("*"):
        read_all = {"string": client.get, "hash": client.hgetall, "list": lambda key: client.lrange(key, 0, -1)}
        kept.append(f"{key} {read_all[client.type(key)](key)}")
    assert len(kept) > 5 and CITIZEN not in "\n".join(kept)


def test_a_message_past_its_time_is_kept_and_answered_later(told: Office) -> None:
    webhook = door(told)
    stamp, body = sealed(text("公租房"))
    webhook.admit(stamp)
    assert webhook.receive(stamp, body, waited=4.5) == SUCCESS
    until(lambda: told.redis.client.keys("gongkai:late:*"), what="the answer to what was kept")
    told.redis.client.delete(*told.redis.client.keys("gongkai:late:*"))
    stamp, body = sealed(text("公租房"))
    assert webhook.receive(stamp, body, waited=3.0) != SUCCESS
    stamp, body = sealed(event("CLICK", "<EventKey>help</EventKey>"))
    assert webhook.receive(stamp, body, waited=4.5) != SUCCESS, "an event is not a question"


def test_an_old_stamp_counts_only_while_there_is_too_much_to_do(told: Office) -> None:
    webhook = door(told)
    webhook.admit(sealed(text("x"))[0])  # our clock and the platform's agree
    stamp, body = sealed(text("公租房"), NOON - 20)
    webhook.admit(stamp)
    assert webhook.receive(stamp, body) != SUCCESS
    stamp, body = sealed(text("电工"), NOON - 20)
    webhook.admit(stamp)
    assert webhook.receive(stamp, body, waited=1.0) == SUCCESS


@given(st.lists(st.integers(-400, 400), min_size=1, max_size=20))
def test_the_difference_of_the_clocks_is_the_smallest_seen_lately(offs: list[int]) -> None:
    office = Office(world.settings(Path("/nonexistent")))
    admission = Admission(office, None)  # type: ignore[arg-type]
    now = office.clock.now().timestamp()
    for off in offs:
        admission.demand_fresh(Stamp(timestamp=str(int(now - off))), signed=True)
    age = admission.age(Stamp(timestamp=str(int(now - min(offs)))))
    assert -0.01 <= age < 2
