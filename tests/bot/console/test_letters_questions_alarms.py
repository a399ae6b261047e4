"""Letters answered in the window, questions answered once, alarms with the step that mends them, and the first page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from content.rules.alarms import AlarmKind
from content.services.alarms import lifecycle
from content.services.citizens import letters, question_log
from content.services.citizens.letters import CitizenMessage
from content.services.figures import ledger_view
from content.services.figures.ledger_view import LedgerFilter
from content.services.office import Office
from tests.bot.console.colleague import Colleague, words
from tests.factories import publish


@pytest.fixture
def letter(office: Office) -> int:
    """A letter that came just now."""
    now = office.clock.now()
    mark = f"{now.timestamp()}"
    heard = CitizenMessage(asker=f"asker{mark}", openid=f"o{mark}", delivery=f"d{mark}", at=now, origin="转来：入学")
    return letters.hear(office, heard, "孩子转学过来，插班要带什么材料？")


def test_a_letter_stands_on_the_first_page_with_the_hours_that_are_left(letter: int, editor: Colleague) -> None:
    home = editor.reads("/console/")
    assert "插班要带什么" in home and "还可回复 47 小时" in home


def test_an_answer_that_cannot_be_sent_is_kept_and_said_so(letter: int, office: Office, editor: Colleague) -> None:
    told = editor.does(f"/console/letters/{letter}", {"text": "带户口本和接种证。"})
    assert "还没有发出去" in told and "带户口本和接种证。" in told and "林晓雨" in told
    home = editor.reads("/console/")
    assert f"/console/letters/{letter}" not in home
    [line] = ledger_view.page(office, LedgerFilter(subject=f"letter:{letter}")).lines
    assert (line.did, line.title, line.note) == ("答复来信", f"第 {letter} 封", "")


def test_a_second_press_answers_once(letter: int, office: Office, editor: Colleague) -> None:
    form = {"text": "只说一次。", "form_key": f"letter-{letter}"}
    for _ in range(2):
        told = editor.does(f"/console/letters/{letter}", form)
    assert "刚才已经发过了" in told and told.count("只说一次。") == 1


def test_an_answer_that_is_too_long_is_kept_in_the_field(letter: int, editor: Colleague) -> None:
    answer = editor.sends(f"/console/letters/{letter}", {"text": "长" * 600})
    assert answer.status_code == 400 and "最多 500 个汉字" in words(answer) and "长" * 600 in answer.text


def test_a_number_in_an_answer_is_looked_at_before_it_goes_out(letter: int, office: Office, editor: Colleague) -> None:
    answer = {"text": "请联系经办人，电话 13812345678。", "form_key": "number"}
    asked = editor.sends(f"/console/letters/{letter}", answer)
    assert asked.status_code == 400 and "138****5678" in words(asked) and "13812345678" in asked.text
    assert "答复已留着" in editor.does(f"/console/letters/{letter}", {**answer, "sure": "yes"})


def test_a_letter_is_ended_without_an_answer(letter: int, editor: Colleague) -> None:
    assert "这封来信结束了" in editor.does(f"/console/letters/{letter}", {"text": "", "close": "yes"})
    assert editor.opens(f"/console/letters/{letter}").status_code == 404


def test_what_was_asked_in_vain_is_answered_once_for_all(office: Office, editor: Colleague) -> None:
    for number in range(3):
        packed = question_log.pack(mark=f"m{number}", text="公租房怎么退租", asker=f"a{number}", answered=False, offered=[],
                                   kind="text", at=office.clock.now())  # fmt: skip
        question_log.keep(office, packed)
    page = editor.opens("/console/questions/")
    assert "公租房怎么退租" in words(page) and "问过 3 次" in words(page)
    group = page.text.partition('name="asked" value="')[2].partition('"')[0]
    assert "以后这样问的都得到这个答复" in editor.does(
        "/console/questions/", {"asked": group, "text": "带合同到一楼。"}
    )
    taught = editor.reads("/console/questions/")
    assert "没有要再看的提问" in taught and "带合同到一楼。" in taught
    subject = editor.opens("/console/questions/").text.partition('name="subject" value="')[2].partition('"')[0]
    assert "停用了" in editor.does("/console/questions/withdraw", {"subject": subject})
    empty = editor.sends("/console/questions/", {"asked": group, "text": " "})
    assert empty.status_code == 400 and "答复要有内容" in words(empty)


def test_a_synonym_is_taught_before_anybody_asks_in_vain(office: Office, editor: Colleague) -> None:
    refused = editor.sends("/console/questions/", {"in_words": "yes", "asked": "4050", "word": "4050", "text": ""})
    assert (
        refused.status_code == 400 and "同义词要写公开信息里用的词" in words(refused) and 'value="4050"' in refused.text
    )
    told = editor.does("/console/questions/", {"in_words": "yes", "asked": "4050", "word": "就业困难", "text": ""})
    assert "记住了：“4050”同“就业困难”" in told and "同“就业困难”" in told
    assert office.board.seen().widened("4050怎么领补贴").endswith("就业困难")


def test_an_alarm_names_its_step_and_is_closed_with_a_reason(
    office: Office, editor: Colleague, second: Colleague
) -> None:
    number, _, _ = publish(office)
    now = office.clock.now()
    lifecycle.raise_alarm(
        office, AlarmKind.UNAPPROVED, subject=f"article:{number}", message="台账里没有三审。", now=now
    )
    page = second.opens("/console/alarms/")
    assert "没有经过三审" in words(page) and f'href="/console/articles/{number}/"' in page.text
    alarm = next(str(each.id) for each in lifecycle.listing(office))
    mute = second.sends(f"/console/alarms/{alarm}/close")
    assert mute.status_code == 400 and "--note" not in words(mute)
    assert editor.sends(f"/console/alarms/{alarm}/close", {"note": "x"}).status_code == 403
    assert "这条告警解除了" in second.does(f"/console/alarms/{alarm}/close", {"note": "查过了，是试发的。"})
    assert "没有告警" in second.reads("/console/alarms/")


def test_the_first_page_says_what_is_missing_and_when_two_weeks_are_over(office: Office, editor: Colleague) -> None:
    home = editor.reads("/console/")
    assert "还没有文章，也没有排好的稿件" in home or "还没有审好待发的稿件" in home
    assert "两周规则" in home
    tomorrow = office.clock.today() + timedelta(days=1)
    assert f"{tomorrow.month}月{tomorrow.day}日" in home
