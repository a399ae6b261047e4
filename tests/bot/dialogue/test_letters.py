"""Letters: a citizen asks for a person, staff answer, and whatever was not sent is told with the next message."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from sqlalchemy import select

from bot.cli import cli
from bot.dialogue.matchers import to_a_person
from bot.dialogue.reply_text import MAX_BYTES
from bot.dialogue.router import consult
from bot.emulator import Options, running
from bot.wechat.messages import Text
from content.rules.citizens.letters import LONGEST_ANSWER, AnswerState
from content.rules.errors import BadInput, Conflict, Fault, NotAllowed, NotFound, PlatformError, Refused, Unanswered
from content.rules.people import Role
from content.services.citizens import letters
from content.services.office import Office
from content.store import people
from content.store.tables import LedgerEntry, Letter, LetterMessage, Question
from tests import world
from tests.bot.citizen import Citizen
from tests.bot.platform_side import CITIZEN, text
from tests.fakes.channel import After, FakeChannel


@pytest.fixture
def channel() -> FakeChannel:
    """A platform that our citizen follows."""
    return FakeChannel(followers={CITIZEN})


def later(office: Office, by: timedelta) -> None:
    path = Path(office.settings.test_clock)
    path.write_text((world.NOON + by).isoformat())


def kept(office: Office) -> list[LetterMessage]:
    with office.store.read() as session:
        return list(session.scalars(select(LetterMessage).order_by(LetterMessage.id)))


@pytest.mark.parametrize("words", ["人工", "转人工", "人工客服", "人工服务。", "转人工 ", "我要人工", "请转人工服务"])
def test_a_person_is_asked_for_in_many_words(citizen: Citizen, told: Office, words: str) -> None:
    assert "请把要说的事写给我" in citizen.says(words)
    assert letters.listing(told) == [], "a letter without a word is none"


@pytest.mark.parametrize("words", ["人工智能产业园在哪", "人工湖几点开放", "要不要人工", "转人"])
def test_other_words_with_the_same_characters_are_questions(words: str) -> None:
    assert to_a_person(words) is None


def test_what_follows_within_minutes_goes_to_the_same_letter(citizen: Citizen, told: Office) -> None:
    assert "转给工作人员了" in citizen.says("人工，我家停水三天了")
    assert "补充的话也转过去了" in citizen.says("电话 0512-5555 0100")
    assert "欢迎" not in citizen.says("帮助"), "commands still work"
    later(told, timedelta(minutes=9))
    assert "补充的话也转过去了" in citizen.says("三号楼")
    later(told, timedelta(minutes=20))
    assert "补充" not in citizen.says("公租房怎么申请")
    assert "转给工作人员了" in citizen.says("转人工：还没有来水")
    [(_, said)] = letters.listing(told)
    assert [message.text for message in said] == ["我家停水三天了", "电话 0512-5555 0100", "三号楼", "还没有来水"]


def test_going_back_makes_the_next_message_a_question(citizen: Citizen, told: Office) -> None:
    citizen.says("人工 停水")
    assert "接着提问" in citizen.says("返回")
    assert "园区公共租赁住房申请指南" in citizen.says("公租房怎么申请")
    assert [message.text for message in kept(told)] == ["停水"]


def test_a_complaint_is_handed_over_with_all_that_was_said_of_it(citizen: Citizen, told: Office) -> None:
    citizen.says("对面工地凌晨两点还在打桩")
    assert "一起转给工作人员" in citizen.says("就在江湾苑3号楼对面")
    reply = citizen.says("打过12345了，没用")
    assert "12388" in reply and "可以打 12345" not in reply
    assert "不用写真名" in citizen.says("能匿名吗，怕他们报复")
    assert "转给工作人员了" in citizen.says("行，帮我转过去吧")
    assert "转给工作人员了" in citizen.says("转给工作人员"), "tapped twice it goes out once"
    assert [one.text for one in kept(told)] == ["对面工地凌晨两点还在打桩\n就在江湾苑3号楼对面\n打过12345了，没用"]
    assert "最晚下一个工作日" in citizen.says("大概几天有人回我")
    assert "已撤回" in citizen.says("算了别转了，他们改了")


def test_an_employer_writes_the_posting_and_has_it_handed_over(citizen: Citizen, told: Office) -> None:
    assert "单位名称、岗位、人数" in citizen.says("我们店想招个服务员")
    posting = "湘味小馆，服务员两名，四千五包吃住，地址东港路8号，电话0591-85512345"
    assert "这条招聘收到了" in citizen.says(posting)
    assert "不收费" in citizen.says("要多久能发出来，收钱吗")
    assert "不能写" in citizen.says("只要35岁以下男的可以写吗")
    citizen.says("好的帮我发给工作人员")
    assert [one.text for one in kept(told)] == [posting]


def test_a_repeat_by_the_platform_is_kept_once_even_without_redis(told: Office, citizen: Citizen) -> None:
    asked = text("人工 停水三天", msg_id=4711)
    for _ in range(3):
        assert "转给工作人员了" in citizen.sends(asked)
        told.redis.client.flushdb()
    assert len(kept(told)) == 1


def test_the_command_ask_keeps_no_letter(told: Office) -> None:
    reply = consult(told, "人工 停水", world.NOON).reply
    assert isinstance(reply, Text) and "转给工作人员" in reply.content
    assert letters.listing(told) == []


def test_the_openid_is_kept_encrypted_and_erased_at_the_close(
    citizen: Citizen, told: Office, channel: FakeChannel
) -> None:
    citizen.says("人工 停水")
    assert CITIZEN.encode() not in b"".join(path.read_bytes() for path in told.home.rglob("*.db*"))
    letters.reply(told, channel, 1, text="正在抢修。", username="sunhao")
    assert channel.told == [(CITIZEN, "工作人员回复：\n正在抢修。")]
    letters.close(told, 1, username="sunhao")
    with told.store.read() as session:
        assert session.scalars(select(Letter.openid)).all() == [""]
    for act in (lambda: letters.close(told, 1, username="sunhao"),
                lambda: letters.reply(told, channel, 1, text="又", username="sunhao")):  # fmt: skip
        with pytest.raises(Conflict):
            act()


def test_an_answer_that_was_sent_is_not_told_again(citizen: Citizen, told: Office, channel: FakeChannel) -> None:
    citizen.says("人工 停水")
    assert letters.reply(told, channel, 1, text="正在抢修。", username="sunhao").state is AnswerState.SENT
    later(told, timedelta(hours=1))
    assert "正在抢修" not in citizen.says("公租房怎么申请")
    assert [message.state for message in kept(told)] == ["", "sent"]


@pytest.mark.parametrize(
    "fault",
    [
        Refused("超过 48 小时", 45015, Fault.GONE), Refused("没有权限", 48001, Fault.PERSON),
        After(Unanswered("没有回音")),
    ],
)  # fmt: skip
def test_an_answer_that_was_refused_or_in_doubt_is_told_with_the_next_message_once(
    citizen: Citizen, told: Office, channel: FakeChannel, fault: PlatformError | After
) -> None:
    citizen.says("人工 停水")
    channel.faults = [fault]
    outcome = letters.reply(told, channel, 1, text="正在抢修。\n<a>请稍等</a>", username="sunhao")
    assert outcome.state is AnswerState.WAITING and outcome.why
    assert [message.told_at for message in kept(told)] == [None, None], "never called sent"
    letters.close(told, 1, username="sunhao")
    later(told, timedelta(days=9))
    answer = citizen.says("公租房怎么申请")
    assert answer.startswith("【工作人员11月22日的回复】\n正在抢修。\n＜a＞请稍等＜/a＞\n\n") and "/d/2" in answer
    assert "正在抢修" not in citizen.says("公租房怎么申请")
    assert kept(told)[1].state == AnswerState.READ


def test_after_48_hours_nothing_is_even_tried(citizen: Citizen, told: Office, channel: FakeChannel) -> None:
    citizen.says("人工 停水")
    later(told, timedelta(hours=48))
    assert letters.reply(told, channel, 1, text="正在抢修。", username="sunhao").state is AnswerState.WAITING
    assert channel.calls == []
    assert "正在抢修" in citizen.says("你好")


def test_an_answer_lost_with_its_process_is_told_after_a_while(
    citizen: Citizen, told: Office, channel: FakeChannel
) -> None:
    citizen.says("人工 停水")
    channel.faults = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        letters.reply(told, channel, 1, text="正在抢修。", username="sunhao")
    assert "正在抢修" not in citizen.says("帮助"), "it may be on its way"
    later(told, timedelta(minutes=3))
    assert "正在抢修" in citizen.says("帮助")


def test_a_repeat_gets_the_same_answer_with_the_same_news(citizen: Citizen, told: Office, channel: FakeChannel) -> None:
    citizen.says("人工 停水")
    channel.faults = [Refused("没有权限", 48001, Fault.PERSON)]
    letters.reply(told, channel, 1, text="正在抢修。", username="sunhao")
    asked = text("帮助")
    first = citizen.sends(asked)
    assert "正在抢修" in first and citizen.sends(asked) == first


def test_long_answers_and_long_lists_fit_and_lose_no_word_of_staff(
    citizen: Citizen, told: Office, channel: FakeChannel
) -> None:
    citizen.says("人工 停水")
    answers = ["长" * (LONGEST_ANSWER // 3), "短。", "完" * (LONGEST_ANSWER // 3)]
    for answer in answers:
        channel.faults = [Refused("没有权限", 48001, Fault.PERSON)]
        letters.reply(told, channel, 1, text=answer, username="sunhao")
    later(told, timedelta(hours=1))
    replies = [citizen.says("安全生产检查通报") for _ in range(3)]
    assert all(len(reply.encode()) <= MAX_BYTES for reply in replies)
    assert all(sum(answer in reply for reply in replies) == 1 for answer in answers)
    assert all(reply.count("<a ") == reply.count("</a>") for reply in replies)


def test_other_citizens_hear_nothing_of_it(client: FlaskClient, told: Office, channel: FakeChannel) -> None:
    Citizen(client).says("人工 停水")
    channel.faults = [Refused("没有权限", 48001, Fault.PERSON)]
    letters.reply(told, channel, 1, text="正在抢修。", username="sunhao")
    assert "正在抢修" not in Citizen(client, sender="oOther").says("帮助")


def test_who_leaves_the_account_is_forgotten(citizen: Citizen, told: Office, channel: FakeChannel) -> None:
    citizen.says("公租房怎么申请")
    citizen.says("人工 我是王小明")
    channel.faults = [Refused("没有权限", 48001, Fault.PERSON)]
    letters.reply(told, channel, 1, text="王小明您好。", username="sunhao")
    assert citizen.does("unsubscribe") == ""
    with told.store.read() as session:
        letter = session.scalars(select(Letter)).one()
        assert (letter.asker, letter.openid, letter.closed_at is not None) == ("", "", True)
        assert [(row.asker, row.text) for row in session.scalars(select(Question))] == [("", "")]
    assert [message.text for message in kept(told)] == ["", ""]
    assert "王小明" not in citizen.does("subscribe")
    assert not list(told.redis.client.scan_iter("gongkai:talk:*"))


def test_nothing_of_a_letter_enters_the_ledger(citizen: Citizen, told: Office, channel: FakeChannel) -> None:
    citizen.says("人工 停水三天")
    letters.reply(told, channel, 1, text="正在抢修。", username="sunhao")
    letters.close(told, 1, username="sunhao")
    with told.store.read() as session:
        entries = [(entry.kind, entry.actor, entry.data) for entry in session.scalars(select(LedgerEntry))]
    assert ("letter.answered", "sunhao", '{"message":2,"outcome":"sent"}') in entries
    assert ("letter.closed", "sunhao", "{}") in entries
    assert not any("停水" in data or "抢修" in data or CITIZEN in data for _, _, data in entries)


def test_what_cannot_be_answered_is_refused(citizen: Citizen, told: Office, channel: FakeChannel) -> None:
    citizen.says("人工 停水")
    with told.store.write() as session:
        people.add(session, username="admin", name="管理员", given=[Role.ADMIN], password_hash="", at=world.NOON)
    for number, words, who, error in (
        (1, "好", "admin", NotAllowed), (9, "好", "sunhao", NotFound), (1, " ", "sunhao", BadInput),
        (1, "长" * LONGEST_ANSWER, "sunhao", BadInput),
    ):  # fmt: skip
        with pytest.raises(error):
            letters.reply(told, channel, number, text=words, username=who)
    assert len(kept(told)) == 1 and channel.calls == []


def test_staff_list_and_answer_at_the_command_line(
    told: Office, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    credentials: dict[str, Any] = {name.removeprefix("wechat_"): value for name, value in world.WECHAT.items()}
    with running(Options(**credentials, bind="127.0.0.1:0")) as platform:
        for name, value in {
            **world.WECHAT,
            "home": str(told.home),
            "wechat_api_url": platform.url,
            "test_clock": told.settings.test_clock,
        }.items():
            monkeypatch.setenv(f"GONGKAI_{name.upper()}", value)

        def gongkai(*words: str) -> Result:
            return CliRunner().invoke(cli, words)

        openid = platform.door.act("follow", user="li")["openid"]
        Citizen(client, sender=openid).says("人工 停水")
        [letter] = json.loads(gongkai("letters", "list", "--json").stdout)
        assert [message["text"] for message in letter["messages"]] == ["停水"]
        assert letter["reply_until"] == "2026-11-24T12:00:00+08:00"
        done = gongkai("letters", "reply", "1", "--text", "正在抢修。", "--as", "sunhao")
        assert (done.exit_code, done.stdout) == (0, "已发到群众手机上。\n"), done.stderr
        for words in ("二", "三"):
            gongkai("letters", "reply", "1", "--text", words, "--as", "sunhao")
        refused = gongkai("letters", "reply", "1", "--text", "四", "--close", "--as", "sunhao")
        assert "还没有发出去" in refused.stdout and "45047" in refused.stdout and "第 1 封来信已结束" in refused.stdout
        assert "没有等人回复的来信" in gongkai("letters", "list").stdout
        assert gongkai("letters", "reply", "1", "--as", "sunhao").exit_code == 2
    answer = Citizen(client, sender=openid).says("帮助")
    assert answer.startswith("【工作人员11月22日的回复】\n四\n\n") and "正在抢修" not in answer


@pytest.mark.parametrize("words", ["能不能找个活人跟我说话", "找领导", "我要留言", "跟机器人说不清楚，给我转人工"])
def test_a_person_is_asked_for_in_other_words(citizen: Citizen, words: str) -> None:
    assert "请把要说的事写给我" in citizen.says(words)


def test_a_clear_question_leaves_the_letter_and_one_tap_hands_it_over(citizen: Citizen, told: Office) -> None:
    citizen.says("人工")
    answer = citizen.says("公租房怎么申请")
    assert "公共租赁住房申请指南" in answer and "没有转给工作人员" in answer
    assert letters.listing(told) == []
    assert "公租房怎么申请" in citizen.says("转给工作人员")
    assert [message.text for _, said in letters.listing(told) for message in said] == ["公租房怎么申请"]


def test_a_wish_for_work_leaves_the_letter(citizen: Citizen) -> None:
    citizen.says("人工")
    assert "按：电工" in citizen.says("有没有电工的活")


def test_who_has_nothing_to_write_is_told_that_nothing_was_handed_over(citizen: Citizen, told: Office) -> None:
    citizen.says("人工")
    assert "没有转什么" in citizen.says("不用了，我自己查") and letters.listing(told) == []


def test_when_an_answer_comes_is_told_to_who_has_written(citizen: Citizen) -> None:
    citizen.says("人工 路灯坏了")
    assert "路灯坏了" in citizen.says("你们什么时候回我")
