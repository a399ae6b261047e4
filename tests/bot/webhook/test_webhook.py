"""The platform's door, in all modes: who gets in, what comes out, and that nothing is done twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.app import create_app
from bot.dialogue.state.conversation_memory import Memory
from bot.dialogue.state.pseudonyms import Pseudonyms
from bot.dialogue.state.repeated_deliveries import CloseResult, DeliveryState
from bot.dialogue.turn import Turn
from bot.wechat.envelope import MAX_BODY
from bot.wechat.messages import Text, parse
from bot.wechat.messages import read as message_of
from content.services.citizens import question_log
from content.services.office import Office
from content.store.tables import PlatformEvent, Question
from tests.bot.citizen import Citizen
from tests.bot.platform_side import CITIZEN, SUCCESS, Side, event, message, read, text

SIDE = Side()
ALL_MODES = pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])


def questions(office: Office) -> int:
    """How many questions were kept."""
    question_log.bring_in(office)
    with office.store.read() as session:
        return session.scalar(select(func.count()).select_from(Question)) or 0


def test_the_platform_verifies_the_address(client: FlaskClient) -> None:
    answer = client.get("/wechat", query_string=SIDE.query(echostr="4375120948345356249"))
    assert (answer.status_code, answer.text) == (200, "4375120948345356249")


@pytest.mark.parametrize("wrong", [{"signature": "0" * 40}, {"nonce": "1"}, {"signature": ""}])
def test_a_stranger_does_not_verify_it(client: FlaskClient, wrong: dict[str, str]) -> None:
    answer = client.get("/wechat", query_string=SIDE.query(echostr="1") | wrong)
    assert (answer.status_code, answer.text) == (403, "")


@ALL_MODES
def test_an_answer_goes_back_to_who_asked_in_the_mode_it_came_in(client: FlaskClient, mode: str) -> None:
    answer = read(Citizen(client, mode).sends(text("维修电工")))
    assert (answer["ToUserName"], answer["FromUserName"], answer["MsgType"]) == (CITIZEN, "gh_linjiang", "text")
    assert answer["CreateTime"].isdigit() and len(answer["CreateTime"]) == 10
    assert "/j/1" in answer["Content"]


@ALL_MODES
def test_a_repeat_gets_the_same_answer_sealed_anew_and_counts_once(told: Office, mode: str) -> None:
    client = create_app(told).test_client()
    asked = text("公租房")
    first = Citizen(client, mode).sends(asked)
    assert Citizen(create_app(told).test_client(), mode).sends(asked) == first, "another process answers the same"
    for other in ("plain", "safe"):
        assert Citizen(client, other).sends(asked) == first
    assert questions(told) == 1
    bodies = {client.post("/wechat", query_string=query, data=body).text for query, body in [SIDE.safe(asked)] * 2}
    assert len(bodies) == 2, "sealed with new random bytes"


def test_a_repeated_event_is_one_event_and_another_key_is_another(citizen: Citizen) -> None:
    first = citizen.sends(event("CLICK", "<EventKey>help</EventKey>", created=1795000001))
    assert citizen.sends(event("CLICK", "<EventKey>help</EventKey>", created=1795000001)) == first
    other = citizen.sends(event("CLICK", "<EventKey>newest_posting</EventKey>", created=1795000001))
    assert read(other)["Content"] != read(first)["Content"]


def test_messages_of_two_citizens_with_one_number_are_two_messages(client: FlaskClient) -> None:
    one = Citizen(client, sender="oOne").says("公租房", msg_id=42)
    assert Citizen(client, sender="oTwo").says("维修电工", msg_id=42) != one


def test_five_results_that_share_all_but_the_job_are_five() -> None:
    def job(number: int) -> str:
        return event("PUBLISHJOBFINISH", f"<PublishEventInfo><publish_id>{number}</publish_id></PublishEventInfo>",
                     created=1795000002)  # fmt: skip

    known = {message_of(parse(job(number).encode())).identity for number in (1, 2, 3, 4, 5, 5)}
    assert len(known) == 5


@pytest.mark.parametrize(
    ("name", "inner"),
    [
        ("PUBLISHJOBFINISH", "<PublishEventInfo><publish_id>7</publish_id><publish_status>0</publish_status>"
                             "</PublishEventInfo>"),
        ("MASSSENDJOBFINISH", "<MsgID>7</MsgID><Status>send success</Status>"),
    ],
)  # fmt: skip
def test_a_job_result_is_kept_once_and_its_sender_gets_no_words(told: Office, name: str, inner: str) -> None:
    citizen = Citizen(create_app(told).test_client())
    result = event(name, inner, created=1795000003)
    assert citizen.sends(result) == citizen.sends(result) == ""
    with told.store.read() as session:
        assert [(row.kind, row.job_id) for row in session.scalars(select(PlatformEvent))] == [(name, "7")]


def test_it_stands_among_the_addresses_and_takes_no_other_method(client: FlaskClient) -> None:
    methods = {name for rule in client.application.url_map.iter_rules("wechat.verify") for name in rule.methods or ()}
    methods |= {name for rule in client.application.url_map.iter_rules("wechat.deliver") for name in rule.methods or ()}
    assert methods == {"GET", "HEAD", "POST"}
    for other in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert client.open("/wechat", method=other, query_string=SIDE.query()).status_code == 405
    answer = client.head("/wechat", query_string=SIDE.query(echostr="1"))
    assert (answer.status_code, answer.text) == (200, "")


def test_a_body_that_is_too_long_is_refused_unread(client: FlaskClient) -> None:
    query = SIDE.query()
    assert client.post("/wechat", query_string=query, data="x" * (MAX_BODY + 1)).status_code == 413
    padded = message("<MsgType>text</MsgType><Content>公租房</Content><MsgId>1</MsgId>")
    padded += " " * (MAX_BODY - len(padded.encode()))
    assert client.post("/wechat", query_string=query, data=padded.encode()).status_code == 200


def test_what_is_refused_says_nothing(client: FlaskClient) -> None:
    answer = client.post("/wechat", query_string=SIDE.query(), data="<!DOCTYPE x><xml/>")
    assert (answer.status_code, answer.text) == (400, "")


@pytest.mark.parametrize(
    "said", ["<![CDATA[a ]]]]><![CDATA[> b]]>", "😀👨‍👩‍👧 emoji 电工", "&#x9;tab &lt;b&gt; &amp;amp;"]
)
def test_what_was_said_comes_back_intact(citizen: Citizen, said: str) -> None:
    answer = citizen.sends(text(said))
    assert read(answer)["ToUserName"] == CITIZEN


def test_names_that_nobody_knows_are_counted_as_one(told: Office) -> None:
    citizen, memory = Citizen(create_app(told).test_client()), Memory(told, Pseudonyms(told.home))
    before = memory.counts()
    for at, name in enumerate(("made_up_1", "made_up_2", "CLICK")):
        citizen.sends(event(name, created=1795000400 + at))
    after = memory.counts()
    assert after["other"] - before.get("other", 0) == 2 and set(after) - set(before) <= {"other", "click"}


def test_a_delivery_without_sender_kind_or_time_is_passed_over(client: FlaskClient) -> None:
    for xml in ("<xml/>", "<xml><MsgType>text</MsgType></xml>", "<other><a>1</a></other>",
                "<xml><InfoType>unauthorized</InfoType><AppId>wx</AppId></xml>"):  # fmt: skip
        answer = client.post("/wechat", query_string=SIDE.query(), data=xml)
        assert (answer.status_code, answer.text) == (200, SUCCESS)
    odd = message("<MsgType>text</MsgType><MsgType>image</MsgType><Content>电工</Content>").replace(
        "1795000000", "soon"
    )
    assert client.post("/wechat", query_string=SIDE.query(), data=odd).status_code == 200


def test_of_many_deliveries_at_once_one_is_worked_on(told: Office) -> None:
    clients = [create_app(told).test_client() for _ in range(3)]
    asked = text("公租房")
    with ThreadPoolExecutor(9) as pool:
        answers = set(pool.map(lambda number: Citizen(clients[number % 3]).sends(asked), range(9)))
    assert len(answers) == 1
    assert questions(told) == 1


def test_a_repeat_waits_for_whoever_is_working_on_it(told: Office) -> None:
    memory = Memory(told, Pseudonyms(told.home))
    asked = message_of(parse(text("公租房").encode()))
    claim = memory.claim(asked)
    assert claim.state is DeliveryState.MINE
    found: list[str] = []
    waiter = threading.Thread(target=lambda: found.append(memory.wait(asked, 10).answer))
    waiter.start()
    assert memory.close(asked, claim, answer="<the answer/>", turn=Turn(Text("x"))) is CloseResult.KEPT
    waiter.join(10)
    assert found == ["<the answer/>"]


def test_a_claim_whose_process_died_is_taken_over_and_its_late_answer_is_dropped(told: Office) -> None:
    memory = Memory(told, Pseudonyms(told.home))
    asked = message_of(parse(text("公租房").encode()))
    dead = memory.claim(asked)
    for key in told.redis.client.scan_iter("gongkai:seen:*"):
        told.redis.client.pexpire(key, 1)
    taken = memory.wait(asked, 10)
    assert taken.state is DeliveryState.MINE
    assert memory.close(asked, dead, answer="<late/>", turn=Turn(Text("late"))) is CloseResult.LOST
    assert memory.close(asked, taken, answer="<mine/>", turn=Turn(Text("mine"))) is CloseResult.KEPT
    assert memory.claim(asked).answer == "<mine/>"


def test_an_answer_that_took_long_is_kept_if_nobody_else_took_it_over(told: Office) -> None:
    memory = Memory(told, Pseudonyms(told.home))
    asked = message_of(parse(text("公租房").encode()))
    slow = memory.claim(asked)
    for key in told.redis.client.scan_iter("gongkai:seen:*"):
        told.redis.client.delete(key)  # its lease has run out
    assert memory.close(asked, slow, answer="<slow/>", turn=Turn(Text("slow"))) is CloseResult.KEPT
    assert memory.claim(asked).answer == "<slow/>"


def test_an_answer_that_failed_is_an_apology_and_a_repeat_is_tried_anew(told: Office) -> None:
    citizen = Citizen(create_app(told).test_client())
    asked = text("1")
    citizen.says("公租房")
    with told.store.write() as session:
        session.connection().exec_driver_sql("ALTER TABLE disclosure RENAME TO hidden")
    assert "再发一次" in read(citizen.sends(asked))["Content"]
    with told.store.write() as session:
        session.connection().exec_driver_sql("ALTER TABLE hidden RENAME TO disclosure")
    assert "再发一次" not in read(citizen.sends(asked))["Content"]


@pytest.fixture
def without_redis(told: Office) -> Iterator[Office]:
    """The same office, told to use a Redis that is not there."""
    settings = told.settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"})
    office = Office(settings)
    yield office
    office.close()


def test_without_redis_a_citizen_still_gets_an_answer(without_redis: Office) -> None:
    citizen = Citizen(create_app(without_redis).test_client())
    began = time.monotonic()
    assert "/d/2" in citizen.says("公租房")
    assert "请先提问" in citizen.says("2")
    assert time.monotonic() - began < 30, "not a measurement: only that it does not hang"
    assert questions(without_redis) == 1


def test_who_leaves_is_forgotten(listed: Citizen, told: Office) -> None:
    Citizen(listed.client, sender="oStays").says("公租房")
    listed.does("unsubscribe")
    assert len(list(told.redis.client.scan_iter("gongkai:talk:*"))) == 1
    with told.store.read() as session:
        assert [row.text for row in session.scalars(select(Question).order_by(Question.id))] == ["", "公租房"]
    assert "请先提问" in listed.says("1")


def test_nothing_in_redis_or_in_the_log_tells_who_asked(listed: Citizen, told: Office) -> None:
    client = told.redis.client
    keys = list(client.scan_iter("gongkai:*"))
    own_words = [client.get(key) for key in keys if key.startswith("gongkai:talk:")]
    assert own_words and CITIZEN not in "".join(keys + own_words)
    question_log.bring_in(told)
    with told.store.read() as session:
        [question] = session.scalars(select(Question))
    assert len(question.asker) == 64 and CITIZEN not in question.asker
    secret = told.home / "keys" / "asker"
    assert secret.stat().st_mode & 0o777 == 0o600


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.sampled_from(["plain", "safe"]))
def test_whatever_is_said_gets_one_well_formed_answer_that_fits(client: FlaskClient, said: str, mode: str) -> None:
    content = "".join(f"&#{ord(char)};" for char in said if char in "\t\n\r" or ord(char) >= 32
                      if not 0xD800 <= ord(char) <= 0xDFFF and ord(char) not in (0xFFFE, 0xFFFF))  # fmt: skip
    answer = read(Citizen(client, mode).sends(text(content)))
    assert 0 < len(answer["Content"].encode()) <= 1800


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_no_bytes_break_the_door(client: FlaskClient, body: bytes) -> None:
    for query, sent in ((SIDE.query(), body), SIDE.safe(body)):
        assert client.post("/wechat", query_string=query, data=sent).status_code in {200, 400}
