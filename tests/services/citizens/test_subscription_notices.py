"""Subscription notices: one consent, one notice, one item; refused ones and lost ones are told in the chat, once."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from content.rules.citizens import notice_templates
from content.rules.citizens.letters import AnswerState
from content.rules.errors import Fault, Refused, Unanswered, Unreachable
from content.services.citizens import erasure, news, subscription_notices, subscriptions
from content.services.notices.notice_import import import_file
from content.services.office import Office
from content.services.setup import prepare
from content.store.tables import NewsDelivery, NoticeRight
from tests import world
from tests.fakes.channel import After, FakeChannel

TEMPLATE = "T1"
LATER = world.NOON + timedelta(minutes=11)
NIGHT = world.NOON + timedelta(hours=10)


@pytest.fixture
def ringing(office_url: str, redis_url: str, tmp_path: Path) -> Iterator[Office]:
    """An office with a template, and a citizen who wants to hear of electricians' jobs."""
    clock = tmp_path / "clock"
    clock.write_text(world.NOON.isoformat())
    office = Office(
        world.settings(
            tmp_path / "home",
            database_url=office_url,
            redis_url=redis_url,
            test_clock=str(clock),
            notice_template=TEMPLATE,
        )
    )
    prepare(office)
    subscriptions.wish(office, asker="a", openid="oA", words="电工", at=world.NOON)
    yield office
    office.close()


@pytest.fixture
def channel() -> FakeChannel:
    """A platform on which the citizen has said yes twice."""
    return FakeChannel(consents={("oA", TEMPLATE): 2})


def says_yes(office: Office, times: int = 1) -> None:
    for _ in range(times):
        subscription_notices.consented(office, asker="a", openid="oA", template=TEMPLATE, at=world.NOON)


def comes(office: Office, *titles: str) -> None:
    file = office.home / "new.jsonl"
    rows = [{"key": title, "title": title, "employer": "临江电力", "published_on": "2026-11-21"} for title in titles]
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    import_file(office, "posting", file)


def left(office: Office) -> int:
    with office.store.read() as session:
        return session.scalars(select(NoticeRight.notices)).one()


def in_chat(office: Office) -> list[str]:
    return [item.title for item in news.find(office, "a", LATER, delivery="d").items]


def states(office: Office) -> list[str]:
    with office.store.read() as session:
        return list(session.scalars(select(NewsDelivery.state).order_by(NewsDelivery.id)))


def test_each_yes_brings_one_notice_and_what_is_left_is_told_in_the_chat(ringing: Office, channel: FakeChannel) -> None:
    says_yes(ringing, 2)
    comes(ringing, "文员", "1号电工", "2号电工", "3号电工")
    sent = [subscription_notices.tell_all(ringing, channel, world.NOON) for _ in range(4)]
    assert sent == [1, 1, 0, 0] and left(ringing) == 0
    assert [body["thing1"]["value"] for _, body in channel.notices] == ["1号电工", "2号电工"]
    assert channel.notices[0] == (
        "oA",
        {"page": "http://127.0.0.1:8000/j/2", "thing1": {"value": "1号电工"}, "thing2": {"value": "电工"},
         "time3": {"value": "2026年11月21日"}},
    )  # fmt: skip
    assert in_chat(ringing) == ["3号电工"]


def test_without_a_template_without_a_yes_and_at_night_nothing_is_sent(ringing: Office, channel: FakeChannel) -> None:
    comes(ringing, "高压电工")
    assert subscription_notices.tell_all(ringing, channel, world.NOON) == 0
    subscription_notices.consented(ringing, asker="a", openid="oA", template="another", at=world.NOON)
    assert subscription_notices.tell_all(ringing, channel, world.NOON) == 0
    says_yes(ringing)
    assert subscription_notices.tell_all(ringing, channel, NIGHT) == 0
    assert channel.calls == [] and in_chat(ringing) == ["高压电工"]


def test_a_no_ends_all_of_it(ringing: Office, channel: FakeChannel) -> None:
    says_yes(ringing, 2)
    subscription_notices.refused(ringing, asker="a", template=TEMPLATE, at=world.NOON)
    comes(ringing, "高压电工")
    assert subscription_notices.tell_all(ringing, channel, world.NOON) == 0 and channel.calls == []


def test_what_the_platform_refuses_is_told_in_the_chat_and_the_yes_is_gone(ringing: Office) -> None:
    says_yes(ringing, 3)
    comes(ringing, "高压电工")
    stranger = FakeChannel()
    assert subscription_notices.tell_all(ringing, stranger, world.NOON) == 0
    assert left(ringing) == 0 and in_chat(ringing) == ["高压电工"]
    assert subscription_notices.tell_all(ringing, stranger, world.NOON) == 0 and stranger.calls == ["notify"]


@pytest.mark.parametrize("fault", [Refused("模板不对", 40037, Fault.PERSON), Unreachable("连不上")])
def test_what_did_not_go_out_costs_no_yes_and_is_not_tried_again(
    ringing: Office, channel: FakeChannel, fault: Refused | Unreachable
) -> None:
    says_yes(ringing)
    comes(ringing, "高压电工")
    channel.faults = [fault]
    assert subscription_notices.tell_all(ringing, channel, world.NOON) == 0
    assert left(ringing) == 1 and in_chat(ringing) == ["高压电工"]
    assert subscription_notices.tell_all(ringing, channel, world.NOON) == 0 and channel.notices == []


def test_an_unknown_outcome_is_never_sent_again_and_the_event_decides(ringing: Office, channel: FakeChannel) -> None:
    says_yes(ringing, 2)
    comes(ringing, "高压电工")
    channel.faults = [After(Unanswered("没有回音"))]
    assert subscription_notices.tell_all(ringing, channel, world.NOON) == 0 and len(channel.notices) == 1
    assert subscription_notices.tell_all(ringing, channel, world.NOON) == 0 and len(channel.notices) == 1
    subscription_notices.arrived(ringing, asker="a", platform_id="77", failed="")
    assert states(ringing) == [AnswerState.SENT] and in_chat(ringing) == []


@pytest.mark.parametrize("crash", [Unanswered("没有回音"), KeyboardInterrupt()])
def test_without_an_event_the_chat_tells_it_after_a_while(
    ringing: Office, channel: FakeChannel, crash: BaseException
) -> None:
    says_yes(ringing)
    comes(ringing, "高压电工")
    channel.faults = [crash]
    with contextlib.suppress(KeyboardInterrupt):
        subscription_notices.tell_all(ringing, channel, world.NOON)
    assert news.find(ringing, "a", world.NOON, delivery="d").items == (), "it may be on its way"
    assert in_chat(ringing) == ["高压电工"] and left(ringing) == 0


def test_an_event_that_says_it_failed_sends_it_to_the_chat(ringing: Office, channel: FakeChannel) -> None:
    says_yes(ringing)
    comes(ringing, "高压电工")
    subscription_notices.tell_all(ringing, channel, world.NOON)
    subscription_notices.arrived(ringing, asker="a", platform_id="1001", failed="")
    assert in_chat(ringing) == []
    subscription_notices.arrived(ringing, asker="a", platform_id="1001", failed="user reject")
    assert in_chat(ringing) == ["高压电工"]


def test_of_a_message_and_a_notice_at_once_one_tells_it(ringing: Office, channel: FakeChannel) -> None:
    says_yes(ringing)
    comes(ringing, "高压电工")
    found = news.find(ringing, "a", world.NOON, delivery="d1")
    assert subscription_notices.tell_all(ringing, channel, world.NOON) == 1
    assert news.take(ringing, found, world.NOON, delivery="d1") is None


def test_who_leaves_has_said_yes_to_nothing(ringing: Office, channel: FakeChannel) -> None:
    says_yes(ringing)
    erasure.forget(ringing, "a")
    comes(ringing, "高压电工")
    assert subscription_notices.tell_all(ringing, channel, world.NOON) == 0 and channel.calls == []
    with ringing.store.read() as session:
        row = session.scalars(select(NoticeRight)).one()
        assert row.openid == "" and row.asker != "a"


@given(
    st.dictionaries(
        st.sampled_from(["thing1", "thing22", "phrase3", "time4"]), st.sampled_from(notice_templates.FACTS), min_size=1
    ),
    st.text(),
)
def test_every_field_is_filled_and_fits(template: dict[str, str], title: str) -> None:
    spelt = ",".join(f"{name}={fact}" for name, fact in template.items())
    assert notice_templates.fields(spelt) == template
    filled = notice_templates.filled(template, {"标题": title})
    for name, value in filled.items():
        assert 0 < len(value["value"]) <= (notice_templates.MOST_THING if name.startswith("thing") else 32)


@pytest.mark.parametrize("wrong", ["", "thing1", "thing1=天气", "1=标题", "thing1=标题;thing2=订阅"])
def test_wrong_fields_are_refused_in_words(wrong: str) -> None:
    with pytest.raises(ValueError, match="字段"):
        notice_templates.fields(wrong)
