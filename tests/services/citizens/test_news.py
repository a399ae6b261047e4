"""News for a citizen is told exactly once: two messages at once, a crash between, a repeat; on both databases."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from content.rules.citizens.letters import AnswerState
from content.rules.errors import Fault, Refused
from content.services.citizens import erasure, letters, news, subscriptions
from content.services.citizens.letters import CitizenMessage
from content.services.citizens.news import WaitingNews
from content.services.notices.notice_import import import_file
from content.services.office import Office
from content.store.tables import NewsDelivery
from tests import world
from tests.fakes.channel import FakeChannel

LATER = world.NOON + timedelta(minutes=2)


@pytest.fixture
def either(office_url: str, redis_url: str, tmp_path: Path) -> Iterator[Office]:
    """An office on each kind of database, with a citizen who wants to hear of electricians' jobs."""
    clock = tmp_path / "clock"
    clock.write_text(world.NOON.isoformat())
    office = Office(
        world.settings(tmp_path / "home", database_url=office_url, redis_url=redis_url, test_clock=str(clock))
    )
    world.furnish(office)
    subscriptions.wish(office, asker="a", openid="oA", words="电工", at=world.NOON)
    yield office
    office.close()


def comes(office: Office, *titles: str) -> None:
    """New postings."""
    file = office.home / "new.jsonl"
    file.write_text("\n".join(json.dumps({"key": title, "title": title}, ensure_ascii=False) for title in titles))
    import_file(office, "posting", file)


def taken(office: Office, delivery: str, at: object = world.NOON) -> WaitingNews | None:
    """What a message takes, as it would before its reply."""
    moment = LATER if at is LATER else world.NOON
    found = news.find(office, "a", moment, delivery=delivery)
    got = news.take(office, found, moment, delivery=delivery)
    return got if got and (got.items or got.answers) else None


def titles(found: WaitingNews | None) -> list[str]:
    return [item.title for item in found.items] if found else []


def test_of_many_messages_at_once_one_tells_it(either: Office) -> None:
    comes(either, "高压电工")
    start, told, errors = threading.Barrier(8), list[str](), list[BaseException]()

    def message(number: int) -> None:
        try:
            start.wait()
            told.extend(titles(taken(either, f"d{number}")))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=message, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors and told == ["高压电工"]


def test_two_that_found_the_same_do_not_both_take_it(either: Office) -> None:
    comes(either, "高压电工")
    one, other = (news.find(either, "a", world.NOON, delivery=name) for name in ("d1", "d2"))
    assert titles(one) == titles(other) == ["高压电工"]
    assert news.take(either, one, world.NOON, delivery="d1")
    assert news.take(either, other, world.NOON, delivery="d2") is None


def test_what_was_found_before_more_came_is_not_told_twice(either: Office) -> None:
    comes(either, "高压电工")
    early = news.find(either, "a", world.NOON, delivery="d1")
    comes(either, "维修电工")
    assert titles(taken(either, "d2")) == ["高压电工", "维修电工"]
    assert news.take(either, early, world.NOON, delivery="d1") is None


def test_a_repeat_of_the_message_tells_the_same_again_and_no_other_does(either: Office) -> None:
    comes(either, "高压电工")
    assert titles(taken(either, "d1")) == ["高压电工"], "and then its process is killed"
    assert taken(either, "d2") is None
    repeat = taken(either, "d1")
    assert titles(repeat) == ["高压电工"] and repeat
    news.told(either, repeat, world.NOON)
    assert taken(either, "d3", LATER) is None and taken(either, "d1", LATER) is None


def test_what_a_killed_process_took_is_told_by_the_next_message_once_no_repeat_can_come(either: Office) -> None:
    comes(either, "高压电工")
    taken(either, "d1")
    comes(either, "维修电工", "过期")
    got = taken(either, "d2", LATER)
    assert titles(got) == ["高压电工", "维修电工"] and got
    news.told(either, got, LATER)
    assert taken(either, "d3", LATER) is None
    with either.store.read() as session:
        assert set(session.scalars(select(NewsDelivery.state))) == {AnswerState.READ}


def test_no_more_than_three_are_told_at_once_lost_ones_included(either: Office) -> None:
    comes(either, *(f"{number}号电工" for number in range(1, 6)))
    taken(either, "d1")
    seen = []
    for number in range(2, 6):
        got = taken(either, f"d{number}", LATER)
        seen.append(titles(got))
        if got:
            news.told(either, got, LATER)
    assert seen == [["1号电工", "2号电工", "3号电工"], ["4号电工", "5号电工"], [], []]


def test_an_answer_to_a_letter_is_told_by_one_message(either: Office) -> None:
    letters.hear(either, CitizenMessage("a", "oA", "h1", world.NOON), "停水")
    channel = FakeChannel(faults=[Refused("没有权限", 48001, Fault.PERSON)])
    letters.reply(either, channel, 1, text="正在抢修。", username="sunhao")
    got = taken(either, "d1")
    assert got and [answer.text for answer in got.answers] == ["正在抢修。"]
    assert taken(either, "d2") is None
    with either.store.read() as session:
        assert session.get_one(type(got.answers[0]), got.answers[0].id).state == AnswerState.WAITING, (
            "not told until it is"
        )
    news.told(either, got, world.NOON)
    assert taken(either, "d3", LATER) is None


def test_what_was_withdrawn_meanwhile_is_not_told_again(either: Office) -> None:
    comes(either, "高压电工")
    taken(either, "d1")
    file = either.home / "none.jsonl"
    file.write_text(json.dumps({"key": "文员", "title": "文员"}, ensure_ascii=False))
    import_file(either, "posting", file, complete=True)
    assert titles(taken(either, "d2", LATER)) == []


def test_nothing_is_left_of_who_was_forgotten(either: Office) -> None:
    comes(either, "高压电工")
    taken(either, "d1")
    erasure.forget(either, "a")
    with either.store.read() as session:
        row = session.scalars(select(NewsDelivery)).one()
        assert (row.asker, row.items, row.delivery) == ("", "[]", "")
