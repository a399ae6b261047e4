"""Logging in in two steps, and colleagues who stand in for each other."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from bot.console.access import attempts
from content.rules.alarms import AlarmKind
from content.services import articles
from content.services.alarms import alarm_watch, lifecycle
from content.services.articles import reviews
from content.services.office import Office
from content.services.people import duty_roster
from tests.bot.console.colleague import PASSWORD, Colleague, shown, words
from tests.fixtures.post_forms import post

AUTHOR = "linxiaoyu"


def code(office: Office, secret: str, later: int = 0) -> str:
    """What the phone shows now, or so many half minutes later."""
    return pyotp.TOTP(secret).at(office.clock.real_now(), counter_offset=later)


def second_step(colleague: Colleague, answer_text: str, given: str, target: str = "") -> TestResponse:
    """Sends the form of the second step that stands on a page."""
    found = re.search(r'name="step" value="([^"]+)"', answer_text)
    assert found
    return colleague.client.post("/console/login/code", data={"step": found.group(1), "code": given, "next": target})


def asked_whose_passwords_were_replaced(office: Office) -> None:
    """The chief has asked them and says so, or else they would not review on that day."""
    alarm_watch.watch(office, office.clock.now())
    for alarm in [each for each in lifecycle.listing(office) if each.kind == AlarmKind.PASSWORD]:
        lifecycle.close(office, alarm.id, username="zhaominghua", note="问过本人")


@pytest.fixture(scope="module")
def set_up(app: Flask, office: Office) -> tuple[str, list[str]]:
    """周建国 has set up the second step: the secret, and the recovery codes."""
    person = Colleague(app, "zhoujianguo")
    page = person.does("/console/two-step/begin")
    secret = re.search(r"[A-Z2-7]{32}", page)
    shown_to_phone = person.opens("/console/two-step/").text
    assert secret and "<svg" in shown_to_phone and 'href="otpauth://totp/' in shown_to_phone
    wrong = person.sends("/console/two-step/confirm", {"code": "000000"})
    assert wrong.status_code == 400 and "数字不对" in words(wrong)
    done = person.sends("/console/two-step/confirm", {"code": code(office, secret.group())})
    codes = re.findall(r"<code>([\w-]{11})</code>", done.text)
    assert len(codes) == 8
    assert not any(each in person.opens("/console/two-step/").text for each in codes)
    return secret.group(), codes


def test_the_password_alone_opens_nothing_and_no_code_holds_twice(
    app: Flask, office: Office, set_up: tuple[str, list[str]]
) -> None:
    secret, _ = set_up
    person = Colleague(app)
    asked = person.logs_in("zhoujianguo")
    assert asked.status_code == 200 and "验证器显示的六位数字" in words(asked)
    assert person.opens("/console/").status_code == 303
    assert second_step(person, asked.text, "000000").status_code == 403
    now = code(office, secret, 1)
    assert second_step(person, asked.text, now).status_code == 303
    assert person.opens("/console/").status_code == 200
    other = Colleague(app)
    again = second_step(other, other.logs_in("zhoujianguo").text, now)
    assert again.status_code == 403 and "数字不对" in words(again)
    attempts.forget(office, "zhoujianguo")


def test_guessing_the_digits_costs_longer_and_longer(app: Flask, office: Office, set_up: tuple[str, list[str]]) -> None:
    guesser = Colleague(app)
    page = guesser.logs_in("zhoujianguo").text
    answers = [second_step(guesser, page, f"{number:06}") for number in range(attempts.FREE + 2)]
    assert answers[-1].status_code == 429
    assert second_step(guesser, guesser.logs_in("zhoujianguo").text, "000000").status_code == 429
    attempts.forget(office, "zhoujianguo")


def test_a_name_that_others_guess_everywhere_lets_its_owner_in(
    app: Flask, office: Office, admin: Colleague, set_up: tuple[str, list[str]]
) -> None:
    admin.logs_in("hejing")
    for name in ("hejing", "zhoujianguo"):
        for at in range(attempts.FREE_ANYWHERE + 1):
            with Flask(__name__).test_request_context(environ_base={"REMOTE_ADDR": f"203.0.113.{at}"}):
                attempts.failed(office, name)
    elsewhere, door = {"REMOTE_ADDR": "2001:db8::1"}, app.test_client()
    right = [door.post("/console/login", data={"username": name, "password": PASSWORD}, environ_base=elsewhere)
             for name in ("hejing", "zhoujianguo")]  # fmt: skip
    assert [answer.status_code for answer in right] == [429, 200], "who has a second step is let on to it"
    wrong = door.post("/console/login", data={"username": "zhoujianguo", "password": "x"}, environ_base=elsewhere)
    assert wrong.status_code == 429 and Colleague(app).logs_in("hejing").status_code == 303
    for name in ("hejing", "zhoujianguo"):
        attempts.forget(office, name)


def test_a_recovery_code_opens_once_and_what_was_typed_is_carried_through(
    app: Flask, office: Office, set_up: tuple[str, list[str]]
) -> None:
    _, codes = set_up
    person = Colleague(app)
    page = person.logs_in("zhoujianguo", next="/console/reviews/", **{"carried.note": "写了一半"})
    assert 'name="carried.note" value="写了一半"' in page.text
    assert second_step(person, page.text, codes[0].upper(), "/console/reviews/").location == "/console/reviews/"
    other = Colleague(app)
    assert second_step(other, other.logs_in("zhoujianguo").text, codes[0]).status_code == 403
    attempts.forget(office, "zhoujianguo")


def test_a_new_slip_does_not_lead_around_the_second_step(
    app: Flask, admin: Colleague, set_up: tuple[str, list[str]]
) -> None:
    slip = re.search(r"/console/join/[\w.]+", admin.sends("/console/staff/zhoujianguo/slip").text)
    assert slip
    person = Colleague(app)
    joined = person.client.post(slip.group(), data={"password": PASSWORD, "again": PASSWORD})
    assert joined.status_code == 200 and "再输手机上的数字" in words(joined)
    assert person.opens("/console/").status_code == 303


def test_an_administrator_turns_it_off_for_who_lost_the_phone(
    app: Flask, admin: Colleague, editor: Colleague, set_up: tuple[str, list[str]]
) -> None:
    assert "两步登录" in admin.reads("/console/staff/")
    assert editor.sends("/console/staff/zhoujianguo/two-step").status_code == 403
    assert "只用密码登录" in admin.does("/console/staff/zhoujianguo/two-step")
    assert Colleague(app, "zhoujianguo").opens("/console/").status_code == 200


def test_who_turns_it_off_gives_the_password_once_more(app: Flask, office: Office) -> None:
    person = Colleague(app, "sunhao")
    secret = re.search(r"[A-Z2-7]{32}", person.does("/console/two-step/begin"))
    assert secret
    person.sends("/console/two-step/confirm", {"code": code(office, secret.group())})
    assert person.sends("/console/two-step/off", {"password": "wrong"}).status_code == 400
    assert "两步登录关掉了" in person.does("/console/two-step/off", {"password": PASSWORD})


def test_a_colleague_covers_and_the_trail_names_whom(app: Flask, office: Office, admin: Colleague) -> None:
    today = office.clock.today()
    form = {
        "who": "zhaominghua",
        "cover": "zhoujianguo",
        "first": str(today),
        "last": str(today + timedelta(days=2)),
        "sure": "yes",
    }
    roster = admin.does("/console/roster/", form)
    assert "赵明华 今天不在" in roster and "周建国（代赵明华）" in roster
    assert "周建国代" in admin.reads("/console/staff/")
    number = articles.add(office, post(title="终审不在的一篇"), username=AUTHOR).id
    reviews.submit(office, number, username=AUTHOR)
    reviews.pass_(office, number, username="sunhao")
    asked_whose_passwords_were_replaced(office)
    cover = Colleague(app, "zhoujianguo")
    cover.does(f"/console/reviews/{number}", {"sha256": shown(cover, number), "decision": "pass"})
    assert "没有要您审的稿件" in cover.reads(
        "/console/reviews/"
    )  # who did the second does not do the third for another

    other = articles.add(office, post(title="代岗能审的一篇"), username="sunhao").id
    reviews.submit(office, other, username="sunhao")
    reviews.pass_(office, other, username=AUTHOR)
    absence = duty_roster.listing(office)[0].id
    assert "取消了" in admin.does(f"/console/roster/{absence}/end")
    form = {"who": "zhoujianguo", "cover": "zhaominghua", "first": str(today), "last": str(today), "sure": "yes"}
    admin.does("/console/roster/", form)
    chief = Colleague(app, "zhaominghua")
    assert "您是代班审核" in chief.reads(f"/console/reviews/{other}")
    told = chief.does(f"/console/reviews/{other}", {"sha256": shown(chief, other), "decision": "pass"})
    assert "复审通过" in told and "没有人能做终审" in told
    assert "代周建国复审通过" in chief.reads(f"/console/articles/{other}/")
    assert "代周建国复审通过" in chief.reads(f"/console/ledger/?article={other}")
    admin.does(f"/console/roster/{duty_roster.listing(office)[0].id}/end")


def test_everybody_enters_their_own_absence_and_nobody_elses(app: Flask, office: Office, editor: Colleague) -> None:
    day = str(office.clock.today())
    mine = {"cover": "sunhao", "first": day, "last": day}
    foreign = editor.sends("/console/roster/", {**mine, "who": "zhaominghua"})
    assert foreign.status_code == 400 and "能排的是：管理员，和本人" in words(foreign)
    for changes, why in (({"cover": "hejing"}, "能代岗的是"), ({"cover": AUTHOR}, "另一位同事"),
                         ({"cover": ""}, "请选一位代岗"), ({"last": "2020-01-01"}, "不能早于"),
                         ({"first": "明天"}, "看不懂日期")):  # fmt: skip
        refused = editor.sends("/console/roster/", {**mine, **changes})
        assert refused.status_code == 400 and why in words(refused), why
    editor.does("/console/roster/", mine)
    twice = editor.sends("/console/roster/", mine)
    assert twice.status_code == 400 and "已经排了代岗" in words(twice)
    own = next(line for line in duty_roster.listing(office) if line.username == AUTHOR)
    assert Colleague(app, "sunhao").sends(f"/console/roster/{own.id}/end").status_code == 403
    editor.does(f"/console/roster/{own.id}/end")


def test_a_cover_who_does_another_of_the_three_reviews_is_told_of_before_it_is_arranged(
    office: Office, app: Flask
) -> None:
    second = Colleague(app, "zhoujianguo")
    form = {"cover": "zhaominghua", "first": "2099-03-03", "last": "2099-03-05"}
    asked = second.sends("/console/roster/", form)
    assert asked.status_code == 409 and "起没有人能做" in words(asked) and "还没有排" in words(asked)
    assert 'value="zhoujianguo"' not in asked.text, "nobody covers for themselves"
    assert not [line for line in duty_roster.listing(office) if line.username == "zhoujianguo"]
    assert "排好了" in second.does("/console/roster/", {**form, "sure": "yes"})
    [line] = [line for line in duty_roster.listing(office) if line.username == "zhoujianguo"]
    second.does(f"/console/roster/{line.id}/end")
