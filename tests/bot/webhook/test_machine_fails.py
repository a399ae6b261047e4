"""While the machine fails citizens are answered as long as it can be done, and nothing of theirs is lost."""

from __future__ import annotations

from bot.app import _warm_up, create_app
from content.services.citizens import question_log
from content.services.office import Office
from content.store.disk.spool import Spool
from content.store.redis import keys
from content.store.tables import Question
from tests.bot.citizen import Citizen
from tests.fixtures.office_processes import until

LATER = "正在查"


def test_with_a_damaged_database_questions_are_answered_or_kept(told: Office) -> None:
    citizen = Citizen(create_app(told).test_client())
    assert "/d/2" in citizen.says("公租房")
    file = told.home / "gongkai.db"
    told.store.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:100] + b"\xa5" * (len(whole) - 100))
    answers = [citizen.says(words) for words in ("公租房", "维修电工", "安全生产检查通报", "1")]
    assert all(LATER in answer or "/d/" in answer or "/j/" in answer for answer in answers), answers
    told.store.close()
    file.write_bytes(whole)
    until(lambda: not len(Spool(told.home)), what="what was kept to be worked on")
    question_log.bring_in(told)
    with told.store.read() as session:
        asked = [row.text for row in session.query(Question).order_by(Question.id)]
    assert asked.count("公租房") == 2 and {"维修电工", "安全生产检查通报"} <= set(asked)


def test_with_a_full_redis_questions_are_answered_and_counted(told: Office) -> None:
    citizen = Citizen(create_app(told).test_client())
    told.redis.client.config_set("maxmemory", "1")
    try:
        assert "/d/2" in citizen.says("公租房") and "/j/1" in citizen.says("维修电工")
    finally:
        told.redis.client.config_set("maxmemory", "0")
    with told.store.read() as session:
        assert {row.text for row in session.query(Question)} == {"公租房", "维修电工"}


def test_questions_that_a_process_left_are_counted_by_the_next_start(told: Office) -> None:
    packed = question_log.pack(mark="0" * 12 + "left", text="电工", asker="a" * 64, answered=True, offered=(), kind="text",
                               at=told.clock.now())  # fmt: skip
    told.redis.client.rpush(keys.QUESTIONS, packed)
    _warm_up(told)
    with told.store.read() as session:
        assert "电工" in {row.text for row in session.query(Question)}
