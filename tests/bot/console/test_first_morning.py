"""Coming in: the first administrator, invitations, logging in, passwords, and what a session that ended leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from bot.app import create_app
from bot.console.access import attempts
from content.rules.people import Role
from content.services.alarms import alarm_watch, lifecycle
from content.services.office import Office
from content.services.people import first_admin, staff
from content.services.setup import prepare
from content.store.figures import ledger
from tests import world
from tests.bot.console.colleague import PASSWORD, Colleague, words


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office on its first day: nobody is there."""
    opened = Office(world.settings(tmp_path_factory.mktemp("first") / "home"))
    prepare(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def app(office: Office) -> Flask:
    """Its web application."""
    return create_app(office)


@pytest.fixture(scope="module")
def boss(app: Flask, office: Office) -> Colleague:
    """The first administrator, who has just set the console up."""
    nobody = Colleague(app)
    assert nobody.opens("/console/").location == "/console/login?next=/console/"
    assert nobody.opens("/console/login").location == "/console/setup"
    form = {
        "office_name": "北河经济开发区管理委员会",
        "name": "何静",
        "username": "hejing",
        "password": PASSWORD,
        "again": PASSWORD,
    }
    wrong = nobody.client.post("/console/setup", data={**form, "code": "0000-0000-0000"})
    assert wrong.status_code == 400 and "口令不对" in words(wrong) and 'value="何静"' in wrong.text
    assert nobody.client.post("/console/setup", data={**form, "code": first_admin.code(office)}).status_code == 303
    return nobody


def test_whoever_reads_the_code_on_the_server_is_the_first_administrator(boss: Colleague, app: Flask) -> None:
    first = boss.reads("/console/")
    assert "您是第一位管理员" in first and "北河经济开发区管理委员会后台" in first and "临江" not in first
    for what in (
        "电话、地址、办公时间：",
        "部门和栏目：",
        "定时发布：时钟没有在运行",
        "还没有人能做初审",
    ):
        assert what in first.partition("开始用之前，还要做")[2], what
    assert Colleague(app).opens("/console/setup").location == "/console/login"


def test_a_colleague_joins_by_a_slip_that_holds_once(boss: Colleague, app: Flask) -> None:
    joined = boss.sends("/console/staff/", {"name": "林晓雨", "username": "linxiaoyu", "role": ["editor"]})
    slip = re.search(r"/console/join/[\w.]+", joined.text)
    assert slip and "用户名是 linxiaoyu" in words(joined) and "只有这台电脑打得开" in words(joined)
    new = Colleague(app)
    assert "林晓雨，请设一个密码" in new.reads(slip.group())
    weak = new.client.post(slip.group(), data={"password": "short", "again": "short"})
    assert weak.status_code == 400 and "密码太短" in words(weak)
    assert new.client.post(slip.group(), data={"password": PASSWORD, "again": PASSWORD}).status_code == 303
    assert "林晓雨，欢迎加入" in new.reads("/console/")
    used = Colleague(app).opens(slip.group())
    assert used.status_code == 400 and "用过、过期了" in words(used)
    assert Colleague(app, "linxiaoyu").opens("/console/").status_code == 200


def test_a_wrong_name_and_a_wrong_password_are_told_alike(app: Flask, boss: Colleague) -> None:
    nobody = Colleague(app)
    one, other = nobody.logs_in("hejing", "wrong guess"), nobody.logs_in("nobody-at-all", "wrong guess")
    assert one.status_code == other.status_code == 403
    assert words(one) == words(other)


def test_guessing_costs_longer_and_longer_and_an_administrator_unlocks(
    app: Flask, office: Office, boss: Colleague
) -> None:
    boss.sends("/console/staff/", {"name": "孙浩", "username": "sunhao", "role": ["editor", "reviewer"]})
    guesser = Colleague(app)
    waits = [guesser.logs_in("sunhao", f"guess {number}") for number in range(attempts.FREE + 1)]
    assert "请等 10 秒" in words(waits[-1])
    locked = guesser.logs_in("sunhao", "once more")
    assert locked.status_code == 429 and "还要等" in words(locked)
    assert "已锁" in boss.reads("/console/staff/")
    boss.does("/console/staff/sunhao/unlock")
    assert attempts.longest_wait(office, "sunhao") == 0
    with Flask(__name__).test_request_context():
        longest = [attempts.failed(office, "sunhao") for _ in range(20)][-1]
        assert longest == attempts.WAITS[-1] == attempts.wait_left(office, "sunhao")
    attempts.forget(office, "sunhao")


def test_wrong_logins_from_elsewhere_do_not_lock_a_colleague_out(app: Flask, office: Office, boss: Colleague) -> None:
    elsewhere = {"X-Forwarded-For": "203.0.113.9"}
    form = {"username": "hejing", "password": "a wrong guess"}
    door = app.test_client()
    answers = [door.post("/console/login", data=form, headers=elsewhere) for _ in range(attempts.FREE + 2)]
    assert answers[-1].status_code == 429
    assert Colleague(app).logs_in("hejing").status_code == 303
    attempts.forget(office, "hejing")


def test_an_address_may_have_only_so_many_passwords_checked(app: Flask, boss: Colleague) -> None:
    visitors = app.extensions["console"].visitors
    tries = 0
    while True:
        tries += 1
        with Flask(__name__).test_request_context(environ_base={"REMOTE_ADDR": f"2001:db8:1:2::{tries:x}"}):
            if not attempts.may_try(visitors):
                break
    refused = app.test_client().post(
        "/console/login",
        data={"username": "nobody", "password": "guess"},
        environ_base={"REMOTE_ADDR": "2001:db8:1:2:ffff::9"},
    )
    assert refused.status_code == 429 and "次数太多" in words(refused)
    assert Colleague(app).logs_in("hejing").status_code == 303


def test_one_password_is_checked_at_a_time(app: Flask, boss: Colleague) -> None:
    with staff.CHECKS:
        refused = Colleague(app).logs_in("hejing")
    assert refused.status_code == 503 and "登录的人太多" in words(refused)


def test_nobody_sends_much_before_logging_in(app: Flask, boss: Colleague) -> None:
    much = {"username": "hejing", "password": "x" * 2_000_000}
    assert app.test_client().post("/console/login", data=much).status_code == 413
    late = app.test_client().post("/console/articles/new", data={"body": "字" * 200_000})
    assert late.status_code == 413 and "登录以后再提交" in words(late)


def test_another_password_ends_every_other_session(app: Flask, boss: Colleague) -> None:
    boss.sends("/console/staff/", {"name": "周建国", "username": "zhoujianguo", "role": ["reviewer"]})
    slip = re.search(r"/console/join/[\w.]+", boss.sends("/console/staff/zhoujianguo/slip").text)
    assert slip
    desk, phone = Colleague(app), Colleague(app)
    desk.client.post(slip.group(), data={"password": PASSWORD, "again": PASSWORD})
    phone.logs_in("zhoujianguo")
    form = {"old": PASSWORD, "password": "another good one", "again": "another good one"}
    assert "密码改好了" in desk.does("/console/password", form)
    assert phone.opens("/console/").status_code == 303
    assert Colleague(app).logs_in("zhoujianguo").status_code == 403


def test_whose_password_an_administrator_has_replaced_learns_it_and_so_do_the_chiefs(
    app: Flask, office: Office, boss: Colleague
) -> None:
    slip = re.search(r"/console/join/[\w.]+", boss.sends("/console/staff/linxiaoyu/slip").text)
    assert slip
    someone = Colleague(app)
    assert someone.client.post(slip.group(), data={"password": PASSWORD, "again": PASSWORD}).status_code == 303
    assert "您的登录密码用何静开的条子换过" in Colleague(app, "linxiaoyu").reads("/console/")
    assert "开的条子换过" not in boss.reads("/console/").replace("林晓雨的登录密码用何静开的条子换过", "")
    alarm_watch.watch(office, office.clock.now())
    assert any("林晓雨的登录密码用何静开的条子换过" in alarm.message for alarm in lifecycle.listing(office))
    with office.store.read() as session:
        [*_, made, used] = [e for e in ledger.since(session, 0) if e.kind in ("person.slip", "person.password")]
    assert (made.kind, made.actor, used.actor) == ("person.slip", "hejing", "linxiaoyu")
    assert '"slip_by":"hejing"' in used.data


def test_an_account_that_was_altered_in_the_database_is_shut_out_at_once(
    app: Flask, office: Office, boss: Colleague
) -> None:
    slip = re.search(r"/console/join/[\w.]+", boss.sends("/console/staff/linxiaoyu/slip").text)
    assert slip
    me = Colleague(app)
    me.client.post(slip.group(), data={"password": PASSWORD, "again": PASSWORD})
    assert me.opens("/console/").status_code == 200
    with office.store.engine.execution_options(gongkai_write=True).begin() as connection:
        connection.execute(text("INSERT INTO person_role SELECT id, 'chief' FROM person WHERE username = 'linxiaoyu'"))
    assert me.opens("/console/").status_code == 303
    refused = me.logs_in("linxiaoyu")
    assert refused.status_code == 403 and "数据库里被改动过" in words(refused)
    staff.restore(office, "linxiaoyu")
    slip = re.search(r"/console/join/[\w.]+", boss.sends("/console/staff/linxiaoyu/slip").text)
    assert slip
    assert me.client.post(slip.group(), data={"password": PASSWORD, "again": PASSWORD}).status_code == 303


def test_the_old_password_is_not_guessed_within_a_session_either(app: Flask, office: Office, boss: Colleague) -> None:
    me = Colleague(app, "linxiaoyu")
    form = {"old": "a wrong guess", "password": "another good one", "again": "another good one"}
    answers = [words(me.sends("/console/password", form)) for _ in range(attempts.FREE + 2)]
    assert "现在的密码不对" in answers[0] and "还要等" in answers[-1]
    attempts.forget(office, "linxiaoyu")


def test_who_leaves_hands_open_work_over_and_gets_in_no_more(app: Flask, boss: Colleague) -> None:
    for username in ("dingyi", "wangwu"):
        boss.sends("/console/staff/", {"name": username, "username": username, "role": ["editor"]})
    slips = {name: re.search(r"/console/join/[\w.]+", boss.sends(f"/console/staff/{name}/slip").text)
             for name in ("dingyi", "wangwu")}  # fmt: skip
    leaver, heir = Colleague(app), Colleague(app)
    for colleague, slip in ((leaver, slips["dingyi"]), (heir, slips["wangwu"])):
        assert slip
        colleague.client.post(slip.group(), data={"password": PASSWORD, "again": PASSWORD})
    leaver.does("/console/articles/new", {"title": "没写完的一篇", "body": "正文一段。"})
    assert "1 篇" in boss.reads("/console/staff/")
    told = boss.does("/console/staff/dingyi/leave", {"heir": "wangwu", "leaves": "yes"})
    assert "交接了 1 篇稿件" in told and "已停用" in told
    assert "没写完的一篇" in heir.reads("/console/articles/?tab=mine")
    assert leaver.opens("/console/").status_code == 303


def test_the_last_administrator_stays_and_nobody_disables_herself(boss: Colleague) -> None:
    answer = boss.sends("/console/staff/hejing/roles", {"role": ["office"]})
    assert answer.status_code == 409 and "至少要留一位管理员" in words(answer)
    answer = boss.sends("/console/staff/hejing/leave", {"leaves": "yes"})
    assert answer.status_code == 409 and "不能停用自己" in words(answer)


def test_a_form_sent_after_the_session_ended_waits_behind_the_login(app: Flask, boss: Colleague) -> None:
    writer = Colleague(app, "linxiaoyu")
    token = writer.token()
    fields = {"csrf": token, "title": "写到一半", "body": "已经写了很久的正文。"}
    writer.client.delete_cookie("gongkai_console", path="/console")
    stopped = writer.client.post("/console/articles/new", data=fields)
    assert stopped.status_code == 401 and "刚才填的文字都还在" in words(stopped)
    carried = {"next": "/console/articles/new", "carried.title": "写到一半", "carried.body": "已经写了很久的正文。"}
    for name, value in carried.items():
        assert f'name="{name}" value="{value}"' in stopped.text
    back = writer.logs_in("linxiaoyu", **carried)
    assert back.status_code == 200 and "刚才填的都还在" in words(back)
    fresh = re.search(r'name="csrf" value="([^"]+)"', back.text)
    assert fresh
    sent = writer.client.post("/console/articles/new", data={**fields, "csrf": fresh.group(1)})
    assert sent.status_code == 303
    assert "写到一半" in writer.reads(sent.location)


def test_a_form_from_before_the_present_login_is_kept_too(app: Flask, boss: Colleague) -> None:
    writer = Colleague(app, "linxiaoyu")
    old = writer.token()
    writer.logs_in("linxiaoyu")
    answer = writer.client.post("/console/articles/new", data={"csrf": old, "title": "还在", "body": "正文。"})
    assert answer.status_code == 403 and 'value="还在"' in answer.text and "接着提交" in words(answer)


def test_after_logging_out_nothing_opens(app: Flask, boss: Colleague) -> None:
    writer = Colleague(app, "linxiaoyu")
    answer = writer.sends("/console/logout")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert writer.opens("/console/").status_code == 303


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "/console/logout", "/a/1"])
def test_the_login_leads_nowhere_but_into_the_console(app: Flask, boss: Colleague, target: str) -> None:
    assert Colleague(app).logs_in("linxiaoyu", next=target).location == "/console/"


def test_while_redis_is_away_the_console_says_so_and_citizens_read_on(tmp_path: Path) -> None:
    office = Office(world.settings(tmp_path / "home", redis_url="redis://127.0.0.1:1/0"))
    prepare(office)
    staff.take_on(office, "hejing", name="何静", roles=[Role.ADMIN], password=PASSWORD)
    nobody = Colleague(create_app(office))
    nobody.client.set_cookie("gongkai_console", "a session of before", path="/console")
    for answer in (nobody.opens("/console/"), nobody.logs_in("hejing")):
        assert answer.status_code == 503
        assert "没有做成" in words(answer) and "Traceback" not in answer.text
    assert nobody.opens("/").status_code == 200
    office.close()
