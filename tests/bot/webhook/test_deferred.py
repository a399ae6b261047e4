"""What could not be done in time is done afterwards, once: whoever is killed, whatever the platform says, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.dialogue import router
from bot.dialogue.state.conversation_memory import Memory
from bot.dialogue.state.pseudonyms import Pseudonyms
from bot.webhook import deferred
from bot.webhook.deliveries import Webhook
from bot.wechat.envelope import Stamp
from bot.wechat.messages import Message, parse
from bot.wechat.messages import read as message_of
from content.rules.errors import Fault, Refused, Unanswered
from content.services.office import Office
from content.store.disk.spool import Spool
from content.store.session import Store
from content.store.tables import LetterMessage, Question
from tests import world
from tests.bot import platform_side
from tests.bot.platform_side import Side, read
from tests.fixtures.office_processes import until

SIDE = Side()


@dataclass
class Platform:
    """The way to the platform, as far as it is used here: notes what is sent, and fails as it is told to."""

    fails: Exception | None = None
    told: list[str] = field(default_factory=list)

    def tell(self, openid: str, text: str) -> None:
        """Takes a text, or fails; an unanswered one may have gone out."""
        if not isinstance(self.fails, Refused):
            self.told.append(text)
        if self.fails:
            raise self.fails


@dataclass
class Desk:
    """An office, its door, and the platform behind its back."""

    office: Office
    platform: Platform
    webhook: Webhook

    def says(self, words: str, msg_id: int | None = None) -> str:
        """The answer's text."""
        query, body = SIDE.safe(platform_side.text(words, msg_id=msg_id))
        stamp = Stamp(**{name: query.get(name, "") for name in Stamp.__dataclass_fields__})
        return read(SIDE.unseal(self.webhook.receive(stamp, body.encode())))["Content"]

    def await_done(self) -> None:
        """Returns when nothing is put off any more."""
        until(lambda: not waiting(self.office), what="what was put off to be done")


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds follow each other at once: they pause to save work, not to be right."""
    monkeypatch.setattr(deferred, "PAUSE", 0.05)


@pytest.fixture
def office(tmp_path: Path, office_url: str, redis_url: str) -> Iterator[Office]:
    """An office on each kind of database."""
    office = Office(world.settings(tmp_path / "home", database_url=office_url, redis_url=redis_url))
    world.furnish(office)
    office.redis.client.ping()
    yield office
    office.close()


@pytest.fixture
def desk(office: Office) -> Desk:
    """The door of that office."""
    return door(office, Platform(Refused("没有权限", 48001, Fault.PERSON)))


def door(office: Office, platform: Any) -> Desk:
    askers = Pseudonyms(office.home)
    memory = Memory(office, askers)
    return Desk(office, platform, Webhook(office, askers=askers, memory=memory, channel=platform))


def waiting(office: Office) -> list[str]:
    return [path.name for path in (office.home / "spool").glob("[!.]*")]


@contextmanager
def locked(office: Office) -> Iterator[None]:
    """Another program writes and does not end; on PostgreSQL it holds the tables, too."""
    other = Store(office.settings.sql_url)
    with other.write() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("LOCK TABLE letter, letter_message, wish, question IN ACCESS EXCLUSIVE MODE"))
        else:
            session.execute(text("SELECT 1"))
        yield
    other.close()


def letters(office: Office) -> list[str]:
    with office.store.read() as session:
        return list(session.scalars(select(LetterMessage.text).order_by(LetterMessage.id)))


def test_a_letter_is_kept_and_the_citizen_told_with_the_next_message_once(desk: Desk) -> None:
    with locked(desk.office):
        assert "收到" in desk.says("人工 路灯坏了", msg_id=1)
        assert "收到" in desk.says("人工 路灯坏了", msg_id=1), "a repeat"
        assert len(waiting(desk.office)) == 1
    desk.await_done()
    assert letters(desk.office) == ["路灯坏了"]
    told = desk.says("在东湖路")
    assert "答复来了" in told and "转给工作人员" in told and "补充的话" in told
    assert "答复来了" not in desk.says("结果")
    assert letters(desk.office) == ["路灯坏了", "在东湖路", "结果"]


def test_who_may_be_written_to_gets_the_answer_at_once_and_not_again(office: Office) -> None:
    desk = door(office, Platform())
    with locked(office):
        desk.says("人工 路灯坏了")
    desk.await_done()
    [told] = desk.platform.told
    assert "转给工作人员" in told
    assert "答复来了" not in desk.says("返回")


def test_an_answer_of_which_nobody_knows_whether_it_went_out_is_not_sent_again(office: Office) -> None:
    desk = door(office, Platform(Unanswered("没有回音")))
    with locked(office):
        desk.says("人工 路灯坏了")
    desk.await_done()
    assert len(desk.platform.told) == 1
    assert "答复来了" not in desk.says("返回")


@pytest.mark.parametrize("step", ["before the work", "after the work", "while it was being sent"])
def test_a_process_that_dies_over_it_leaves_the_rest_to_the_next(office: Office, step: str) -> None:
    message = message_of(parse(platform_side.text("人工 路灯坏了").encode()))
    spool = Spool(office.home)
    put_off(office, message)
    with spool.working():
        [entry] = spool.waiting()
        if step != "before the work":
            asker = Pseudonyms(office.home).name(message.sender)
            router.take(office, message, now=office.clock.now(), asker=asker)
            entry = spool.change(entry, answer="已经转给工作人员了", answer_recall="")
        if step == "while it was being sent":
            spool.change(entry, sending=True)
    desk = door(office, Platform())  # a new process finds what the last one left
    desk.await_done()
    assert letters(office) == ["路灯坏了"]
    assert len(desk.platform.told) == (0 if step == "while it was being sent" else 1)


def put_off(office: Office, message: Message) -> None:
    """As a process does that is killed right afterwards."""
    askers, now = Pseudonyms(office.home), office.clock.now()  # the citizen may be written to for two days only
    data = {"kind": "message", "fields": message.fields, "talk": "", "at": now.isoformat()}
    Spool(office.home).put(askers.name(message.sender), f"message{askers.name(message.identity)}", data, at=now)


def test_a_question_that_neither_redis_nor_the_database_took_is_kept_once(office: Office) -> None:
    blind = Office(office.settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"}))
    desk = door(blind, Platform(Refused("没有权限", 48001, Fault.PERSON)))
    with locked(office):
        assert desk.says("公租房怎么申请", msg_id=5)
        assert desk.says("公租房怎么申请", msg_id=5), "the platform repeats it"
    until(lambda: asked(office), what="the question to be kept")
    assert asked(office) == ["公租房怎么申请"]
    blind.close()


def asked(office: Office) -> list[str]:
    with office.store.read() as session:
        return list(session.scalars(select(Question.text)))


def test_without_an_index_the_answer_comes_later(office: Office) -> None:
    desk = door(office, Platform(Refused("没有权限", 48001, Fault.PERSON)))
    with office.index.building():  # somebody builds, and takes long
        assert "收到" in desk.says("公租房怎么申请")
        assert "还在查" in desk.says("结果")
    desk.await_done()
    assert "“公租房怎么申请”，答复来了" in desk.says("结果")
    assert asked(office) == ["公租房怎么申请"]
