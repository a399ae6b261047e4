"""Letters, wishes and guides as rows, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from content.rules.errors import Fault, Refused
from content.services.citizens import answer_feedback, erasure, letters, news, subscriptions, taught_answers
from content.services.citizens.letters import CitizenMessage
from content.services.notices.notice_import import import_file
from content.services.office import Office
from content.store.tables import Question
from tests import world
from tests.fakes.channel import FakeChannel


@pytest.fixture
def either(office_url: str, redis_url: str, tmp_path: Path) -> Iterator[Office]:
    """An office on each kind of database, at noon of 22 November 2026."""
    clock = tmp_path / "clock"
    clock.write_text(world.NOON.isoformat())
    office = Office(
        world.settings(tmp_path / "home", database_url=office_url, redis_url=redis_url, test_clock=str(clock))
    )
    world.furnish(office)
    yield office
    office.close()


def ask(office: Office, text: str) -> None:
    with office.store.write() as session:
        session.add(Question(asked_at=world.NOON, asked_on=world.NOON.date(), asker="a", text=text, answered=False))


def test_letters_wishes_and_guides_go_their_whole_way(either: Office, tmp_path: Path) -> None:
    for _ in range(2):
        letters.hear(either, CitizenMessage("a", "oA", "d1", world.NOON), "停水")
    assert letters.listens(either, "a", world.NOON)
    channel = FakeChannel(faults=[Refused("没有权限", 48001, Fault.PERSON)])
    letters.reply(either, channel, 1, text="正在抢修。", username="sunhao")
    subscriptions.wish(either, asker="a", openid="oA", words="电工", at=world.NOON)
    file = tmp_path / "new.jsonl"
    file.write_text(json.dumps({"key": "p1", "title": "高压电工"}, ensure_ascii=False))
    import_file(either, "posting", file)
    found = news.find(either, "a", world.NOON)
    assert [answer.text for answer in found.answers] == ["正在抢修。"]
    assert [item.title for item in found.items] == ["高压电工"]
    news.told(either, found, world.NOON)
    assert not news.find(either, "a", world.NOON)
    letters.close(either, 1, username="sunhao")
    assert subscriptions.end(either, asker="a", words="", at=world.NOON) == ["电工"]


def test_what_was_asked_in_vain_is_answered(either: Office) -> None:
    ask(either, "骆驼几点睡觉")
    ask(either, "请问骆驼几点睡觉")
    [group] = taught_answers.in_vain(either)
    assert group.asked == 2
    answer_feedback.note_opened(either, "a", world.NOON)
    taught_answers.answer(either, str(group.id), text="晚上八点。", username="sunhao")
    assert taught_answers.in_vain(either) == []
    assert either.board.seen().guide("骆驼几点睡觉") == (1, "晚上八点。")


def test_a_forgotten_person_leaves_only_counts(either: Office) -> None:
    ask(either, "骆驼几点睡觉")
    letters.hear(either, CitizenMessage("a", "oA", "d1", world.NOON), "停水")
    subscriptions.wish(either, asker="a", openid="oA", words="电工", at=world.NOON)
    assert erasure.forget(either, "a") == 1
    assert letters.listing(either) == [] and subscriptions.mine(either, "a") == []
    assert "a" not in either.board.seen().awaiting
