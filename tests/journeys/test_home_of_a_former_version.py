"""A home that the code of 2026-11 (commit f001b29, schema 0006) made is opened, counted and answered from.

The rows, the Redis keys and the secrets in `home_0006.json` were written by that code: five people, an article that was
published, notices, a guide, a wish, and in Redis two questions on their way, a late answer, counters and the day's calls.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.dialogue.state.conversation_memory import Memory
from bot.dialogue.state.pseudonyms import Pseudonyms
from bot.dialogue.state.repeated_deliveries import DeliveryState
from bot.wechat.messages import read
from content.services.answers import notice_search
from content.services.citizens import question_log, subscriptions
from content.services.figures import ledger_audit, yearly_tally
from content.services.office import Office
from content.services.setup import demand_current, prepare
from content.store import schema
from content.store.articles import articles
from content.store.redis import keys
from scheduler.runner.lease import Lease
from tests import world

FORMER = json.loads((Path(__file__).parents[1] / "fixtures/former/home_0006.json").read_text(encoding="utf-8"))
NEXT = {"MsgType": "text", "FromUserName": "oCitizen", "ToUserName": "gh", "CreateTime": "1795320100", "MsgId": "8",
        "Content": "电工"}  # fmt: skip


@pytest.fixture
def former(tmp_path: Path) -> Iterator[Office]:
    """The home as the former code left it."""
    office = Office(world.settings(tmp_path / "home"))
    (office.home / "keys").mkdir(parents=True, mode=0o700)
    for name, secret in FORMER["keys"].items():
        file = office.home / "keys" / name
        file.touch(mode=0o600)
        file.write_text(secret, encoding="ascii")
    schema.migrate(office.store, "0006")
    _fill_tables(office)
    _fill_redis(office)
    yield office
    office.close()


def _fill_tables(office: Office) -> None:
    with office.store.engine.execution_options(gongkai_write=True).begin() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        for table, rows in FORMER["tables"].items():
            names = list(rows[0])
            values = ", ".join(f":{name}" for name in names)
            connection.execute(text(f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({values})'), rows)


def _fill_redis(office: Office) -> None:
    client = office.redis.client
    for name, (kind, value) in FORMER["redis"].items():
        key = name.replace("2026-11-22", str(office.clock.today()))
        if kind == "list":
            client.rpush(key, *value)
        elif kind == "hash":
            client.hset(key, mapping=value)
        else:
            client.set(key, value)


def taken_over(office: Office) -> Office:
    """What an upgrade does: `gongkai init`, and a clock that takes the lead."""
    prepare(office)
    demand_current(office)
    lease = Lease(office)
    assert lease.take()
    lease.close()
    return office


def test_it_is_opened_and_counted(former: Office) -> None:
    office = taken_over(former)
    figures: dict[str, Any] = yearly_tally.read(office, 2026, world.NOON)
    assert figures == yearly_tally.recount(office, 2026, world.NOON)
    assert (figures["articles"], figures["by_channel"]) == (1, {"wechat": 1, "portal": 1})
    assert figures["questions"] == {"asked": 3, "answered": 2, "unanswered": 1}, "two of them were on their way"
    assert ledger_audit.verify(office).broken is None


def test_every_seal_of_its_articles_holds(former: Office) -> None:
    office = taken_over(former)
    with office.store.read() as session:
        revision = articles.present(session, articles.find(session, 1))
        assert articles.seal(revision) == revision.sha256


def test_it_is_answered_from(former: Office) -> None:
    office = taken_over(former)
    [first, *_] = notice_search.shown(office, notice_search.find(office, "公租房怎么申请").hits)
    assert first.title == "公租房申请指南"
    assert office.board.seen().guide("公租房怎么退租") is not None
    asker = Pseudonyms(office.home).name("oCitizen")
    assert subscriptions.mine(office, asker) == ["公租房"]


def test_a_late_answer_that_waited_is_told_with_the_next_message(former: Office) -> None:
    office = taken_over(former)
    claim = Memory(office, Pseudonyms(office.home)).claim(read(NEXT))
    assert claim.state is DeliveryState.MINE
    assert [late.text for late in claim.late] == ["先前问的公租房：请看公租房申请指南。"]


def test_questions_on_their_way_arrive_once(former: Office) -> None:
    office = taken_over(former)
    assert (question_log.bring_in(office), question_log.bring_in(office)) == (2, 0)


def test_the_calls_and_the_token_of_the_day_go_on_and_no_former_name_is_left(former: Office) -> None:
    for _ in range(2):
        client = taken_over(former).redis.client
    assert client.get(keys.calls("batchget", former.clock.today())) == "71"
    assert client.get(keys.token(former.settings.wechat_app_id)) == "TOKEN"
    assert [key for key in client.scan_iter("*") if not key.startswith(keys.PREFIX)] == []
