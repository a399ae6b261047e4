"""Subscriptions: kept, told once with a later message, ended, and gone with the person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bot.dialogue.reply_text import MAX_BYTES
from bot.dialogue.router import consult
from bot.wechat.messages import Text
from content.rules.citizens.subscriptions import MOST, fits
from content.services.notices.notice_import import import_file
from content.services.office import Office
from content.store.tables import Subscription
from tests import world
from tests.bot.citizen import Citizen
from tests.bot.platform_side import CITIZEN

NEWS = "【您订阅的有新消息】"


def comes(office: Office, tmp_path: Path, kind: str, *titles: str, **more: str) -> None:
    """New items of a kind."""
    file = tmp_path / "new.jsonl"
    rows = [{"key": f"new {title}", "title": title, "published_on": "2026-11-21", **more} for title in titles]
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    import_file(office, kind, file)


def test_what_is_new_and_fits_is_told_once_with_the_next_message(
    citizen: Citizen, told: Office, tmp_path: Path
) -> None:
    assert "记下了：电工" in citizen.says("订阅 电工")
    assert NEWS not in citizen.says("帮助"), "what was there before is not news"
    comes(told, tmp_path, "posting", "高压电工", "叉车司机", employer="临江电力")
    answer = citizen.says("帮助")
    assert answer.startswith(f"{NEWS}\n· <a href=") and "高压电工</a> 临江电力" in answer and "怎么用" in answer
    assert "叉车" not in answer and NEWS not in citizen.says("帮助")


@pytest.mark.parametrize("said", ["订阅 预算公开", "订阅预算", "订阅：部门预算"])
def test_a_wish_is_understood_in_many_words(citizen: Citizen, told: Office, tmp_path: Path, said: str) -> None:
    citizen.says(said)
    comes(told, tmp_path, "disclosure", "临江工业园区2026年部门预算", "停水通知")
    answer = citizen.says("你好")
    assert "2026年部门预算" in answer and "停水" not in answer


def test_many_new_items_come_three_at_a_time_each_once(citizen: Citizen, told: Office, tmp_path: Path) -> None:
    citizen.says("订阅 电工")
    citizen.says("订阅 招聘")
    comes(told, tmp_path, "posting", *(f"{number}号电工" for number in range(1, 8)))
    answers = [citizen.says("你好") for _ in range(4)]
    assert [sum(f">{number}号电工<" in answer for answer in answers) for number in range(1, 8)] == [1] * 7
    assert [answer.count("号电工") for answer in answers] == [3, 3, 1, 0]
    assert all(len(answer.encode()) <= MAX_BYTES for answer in answers)


def test_what_may_not_be_seen_is_not_told(citizen: Citizen, told: Office, tmp_path: Path) -> None:
    citizen.says("订阅 电工")
    comes(told, tmp_path, "posting", "过期电工", valid_until="2026-11-21")
    comes(told, tmp_path, "disclosure", "电工管理旧办法", status="废止")
    assert NEWS not in citizen.says("你好")


def test_a_wish_ends_alone_or_with_all_others(citizen: Citizen, told: Office, tmp_path: Path) -> None:
    for word in ("电工", "焊工", "普工"):
        citizen.says(f"订阅 {word}")
    assert "电工、焊工、普工" in citizen.says("我的订阅")
    assert "已退订：焊工" in citizen.says("退订 焊工") and "没有这项" in citizen.says("退订 焊工")
    comes(told, tmp_path, "posting", "新焊工", "新普工")
    answer = citizen.says("你好")
    assert "新普工" in answer and "新焊工" not in answer
    assert "已退订：电工、普工" in citizen.says("退订")
    assert "还没有订阅" in citizen.says("我的订阅")
    with told.store.read() as session:
        assert set(session.scalars(select(Subscription.openid))) == {""}


def test_too_little_too_much_and_too_many_are_said(citizen: Citizen) -> None:
    for words in ("订阅", "订阅 工", "订阅 ！", "订阅 " + "长" * 41):
        assert "想订阅什么" in citizen.says(words)
    for number in range(MOST):
        citizen.says(f"订阅 工种{number}")
        citizen.says(f"订阅 工种{number}")
    assert f"最多订阅 {MOST} 项" in citizen.says("订阅 电工")


def test_each_citizen_has_wishes_of_their_own(client: FlaskClient, told: Office, tmp_path: Path) -> None:
    Citizen(client).says("订阅 电工")
    comes(told, tmp_path, "posting", "高压电工")
    other = Citizen(client, sender="oOther")
    assert NEWS not in other.says("你好") and "还没有订阅" in other.says("我的订阅")


def test_the_command_ask_keeps_no_wish_and_a_question_is_none(told: Office) -> None:
    reply = consult(told, "订阅 电工", world.NOON).reply
    assert isinstance(reply, Text) and "记下了" in reply.content
    consult(told, "订阅号怎么关注", world.NOON)
    with told.store.read() as session:
        assert session.scalars(select(Subscription)).all() == []


def test_who_leaves_the_account_has_no_wish_any_more(citizen: Citizen, told: Office, tmp_path: Path) -> None:
    citizen.says("订阅 电工")
    assert CITIZEN.encode() not in b"".join(path.read_bytes() for path in told.home.rglob("*.db*"))
    citizen.does("unsubscribe")
    comes(told, tmp_path, "posting", "高压电工")
    assert NEWS not in citizen.does("subscribe")
    with told.store.read() as session:
        wish = session.scalars(select(Subscription)).one()
        assert (wish.asker, wish.openid, wish.words, wish.ended_at is not None) == ("", "", "", True)


def test_every_word_of_a_wish_has_to_fit_or_one_that_means_the_same() -> None:
    assert fits("临江 电工", "临江路电工 招聘") and not fits("临江 电工", "江北电工")
    assert fits("公租房", "公共租赁住房", [("公租房", "公共租赁住房")]) and fits("招聘", "电工 招聘")


def test_conditions_of_a_job_hold_for_what_is_told(citizen: Citizen, told: Office, tmp_path: Path) -> None:
    answer = citizen.says("订阅 电工 8000以上 包住")
    assert "电工 · 8000元以上 · 包住" in answer
    comes(told, tmp_path, "posting", "便宜电工", salary="5000元/月", description="包住")
    comes(told, tmp_path, "posting", "高压电工", salary="9000元/月", description="包住")
    answer = citizen.says("你好")
    assert "高压电工" in answer and "便宜电工" not in answer


@pytest.mark.parametrize(
    "said", ["TD", "别再给我发了", "退订 全部", "取消所有订阅", "不想收了", "算了不要了，别给我发了"]
)
def test_all_wishes_end_in_many_words(citizen: Citizen, said: str) -> None:
    citizen.says("订阅 电工")
    citizen.says("订阅 焊工")
    assert "已退订：电工、焊工" in citizen.says(said)
    assert "没有订阅" in citizen.says("我订阅了什么")


def test_what_was_asked_is_kept_when_somebody_wants_to_be_told(citizen: Citizen) -> None:
    citizen.says("维修电工")
    assert "记下了：维修电工" in citizen.says("有了告诉我")
    assert "记下了：公租房房源" in citizen.says("有新的公租房房源通知我")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("有新的电工岗位可以通知我吗", "电工"),
        ("你好，以后有新的电工招聘能不能发给我", "电工"),
        ("以后有新的医保消息能不能发给我一下", "医保"),
        ("公租房有新消息的话请告诉我", "公租房"),
        ("地铁规划有进展了麻烦通知我", "地铁规划"),
        ("好的，订阅公租房吧", "公租房"),
    ],
)
def test_a_wish_in_ordinary_words_is_kept_without_debris(citizen: Citizen, said: str, kept: str) -> None:
    assert f"记下了：{kept}。" in citizen.says(said)
    assert f"订阅的是：{kept}。" in citizen.says("不想再收了 怎么取消")


@pytest.mark.parametrize("said", ["订阅 47 女 干", "订阅 8", "订阅"])
def test_debris_is_no_wish(citizen: Citizen, said: str) -> None:
    assert "想订阅什么" in citizen.says(said)


@pytest.mark.parametrize("said", ["怎么退订", "订阅要钱吗", "退订怎么弄"])
def test_how_it_goes_is_told(citizen: Citizen, said: str) -> None:
    assert "“订阅”加一个词" in citizen.says(said)


def test_who_agrees_to_a_wish_is_subscribed(citizen: Citizen) -> None:
    assert "记下了：电工" in citizen.says("那就订电工")
    assert "记下了" not in citizen.says("就订单多少钱")
