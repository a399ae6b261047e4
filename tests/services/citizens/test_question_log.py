"""A question that was answered is kept and counted once, whoever brings it in and whatever dies in between."""

from __future__ import annotations

import json
import threading
from datetime import date

from sqlalchemy import select

from content.services.citizens import question_log
from content.services.figures import yearly_tally
from content.services.office import Office
from content.store.redis import keys
from content.store.tables import Question
from tests import world


def packed(number: int, *, answered: bool = True) -> str:
    return question_log.pack(mark=f"delivery-{number}", text=f"第{number}问", asker="f00d", answered=answered,
                       offered=["disclosure:3"], kind="text", at=world.NOON)  # fmt: skip


def rows(office: Office) -> list[Question]:
    with office.store.read() as session:
        return list(session.scalars(select(Question).order_by(Question.id)))


def test_a_question_is_kept_without_numbers_that_name_a_person(office: Office) -> None:
    question_log.keep(office, question_log.pack(mark="d", text="我的电话13812341234，身份证350102199003078515", asker="f00d",
                                    answered=False, offered=["disclosure:3"], kind="text", at=world.NOON))  # fmt: skip
    (row,) = rows(office)
    assert row.text == "我的电话138****1234，身份证35*************515"
    assert (row.asked_on, row.answered, json.loads(row.offered)) == (date(2026, 11, 22), False, ["disclosure:3"])


def test_waiting_questions_are_brought_in_and_counted_once(office: Office) -> None:
    office.redis.client.rpush(keys.QUESTIONS, *[packed(n, answered=n % 2 == 0) for n in range(500)])
    assert question_log.bring_in(office) == 500
    assert question_log.bring_in(office) == 0
    assert yearly_tally.read(office, 2026, world.NOON)["questions"] == {
        "asked": 500,
        "answered": 250,
        "unanswered": 250,
    }


def test_what_was_written_before_a_kill_is_not_written_again(office: Office) -> None:
    office.redis.client.rpush(keys.QUESTIONS, packed(1), packed(2))
    question_log.keep(office, packed(1))  # its row was committed, and the process died before it took the entry out
    assert question_log.bring_in(office) == 2
    assert [row.text for row in rows(office)] == ["第1问", "第2问"]
    assert office.redis.client.llen(keys.QUESTIONS) == 0


def test_a_tally_knows_the_questions_that_wait(office: Office) -> None:
    office.redis.client.rpush(keys.QUESTIONS, packed(1))
    assert yearly_tally.read(office, 2026, world.NOON)["questions"]["asked"] == 1


def test_many_who_bring_in_at_once_keep_each_question_once(office: Office) -> None:
    office.redis.client.rpush(keys.QUESTIONS, *[packed(n) for n in range(300)])
    threads = [threading.Thread(target=question_log.bring_in, args=(office,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rows(office)) == 300
    assert office.redis.client.llen(keys.QUESTIONS) == 0
    assert yearly_tally.read(office, 2026, world.NOON)["questions"]["asked"] == 300
