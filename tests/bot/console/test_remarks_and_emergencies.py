"""Remarks at a place, questions to the author, and what goes out in an emergency with a review that is owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from bot.app import create_app
from content.rules.alarms import AlarmKind
from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.publication import PublicationState
from content.services import articles
from content.services.alarms import alarm_watch, lifecycle
from content.services.articles import reviews
from content.services.office import Office
from content.store.figures import ledger
from content.store.tables import Article, Publication, PublicationArticle
from tests import world
from tests.bot.console.colleague import Colleague, give_passwords, shown, words
from tests.fixtures.post_forms import post

AUTHOR = "linxiaoyu"
BODY = "园区东路爆管。\n\n今晚八点到明早六点停水。\n\n请各单位储水。"


@pytest.fixture
def submitted(office: Office) -> int:
    """An article of three paragraphs that waits for its first review."""
    number = articles.add(
        office, post(title=f"停水通知 {len(articles.listing(office))}", body=BODY), username=AUTHOR
    ).id
    reviews.submit(office, number, username=AUTHOR)
    return number


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office that allows emergencies."""
    opened = Office(world.settings(tmp_path_factory.mktemp("hasty") / "home", emergency_publishing=True))
    world.furnish(opened)
    give_passwords(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def hasty_app(hasty: Office) -> Flask:
    """Its web application."""
    return create_app(hasty)


def decides(colleague: Colleague, number: int, decision: str, **fields: str) -> str:
    """Looks at an article and sends the form with one of its buttons."""
    form = {"sha256": shown(colleague, number), "decision": decision, **fields}
    return colleague.does(f"/console/reviews/{number}", form)


def comes_out(office: Office, number: int) -> None:
    """The platform has published it."""
    with office.store.write() as session:
        article = session.get_one(Article, number)
        article.state = ArticleState.PUBLISHED
        out = Publication(account=article.account, channel="wechat", delivery="publish", due_at=world.NOON,
                          state=PublicationState.PUBLISHED, created_at=world.NOON, published_at=world.NOON,
                          published_on=world.NOON.date())  # fmt: skip
        out.articles.append(
            PublicationArticle(position=1, article=article, revision=article.revision, url="https://x/s")
        )
        session.add(out)


def ledger_kinds(office: Office, number: int) -> list[str]:
    """What the ledger says was done to an article, oldest first."""
    with office.store.read() as session:
        return [entry.kind for entry in ledger.about(session, f"article:{number}")]


def test_a_remark_stands_at_its_paragraph_and_goes_back_with_the_return(
    submitted: int, office: Office, first: Colleague, editor: Colleague
) -> None:
    page = first.opens(f"/console/reviews/{submitted}").text
    assert "第 2 段：今晚八点到明早六点停水。" in page
    assert "记下了" in decides(first, submitted, "remark", place="2", note="时间与公告不一致")
    assert "已退回作者" in decides(first, submitted, "return", place="3", note="写明储多少")
    reason = articles.show(office, submitted)["platform"]["reason"]
    assert reason == "第 2 段“今晚八点到明早六点停水。”：时间与公告不一致；第 3 段“请各单位储水。”：写明储多少"
    assert "时间与公告不一致" in editor.reads("/console/")
    for page in ("edit", ""):
        told = editor.reads(f"/console/articles/{submitted}/{page}")
        assert told.count("时间与公告不一致") == told.count("写明储多少") == 1
        assert told.index("时间与公告不一致") < told.index("改时间" if not page else "发布方式")
    assert ledger_kinds(office, submitted)[-3:] == ["article.remarked", "article.remarked", "article.returned"]


def test_a_question_waits_on_the_authors_first_page_and_only_an_author_answers(
    submitted: int, office: Office, first: Colleague, second: Colleague, editor: Colleague
) -> None:
    assert "问过作者了" in decides(first, submitted, "ask", place="1", note="哪一段东路？")
    assert "审核人问您" in editor.reads("/console/") and "哪一段东路？" in editor.reads("/console/")
    page = editor.opens(f"/console/articles/{submitted}/")
    number = page.text.partition('id="answer-')[2].partition('"')[0]
    foreign = second.sends(f"/console/articles/{submitted}/answer/{number}", {"answer": "我猜"})
    assert foreign.status_code == 403 and "能答复的是：林晓雨" in words(foreign)
    assert "答复了" in editor.does(f"/console/articles/{submitted}/answer/{number}", {"answer": "12 号到 30 号"})
    twice = editor.sends(f"/console/articles/{submitted}/answer/{number}", {"answer": "再答"})
    assert twice.status_code == 409 and "已经答复过了" in words(twice)
    seen = first.reads(f"/console/reviews/{submitted}")
    assert "林晓雨答：12 号到 30 号" in seen
    assert "哪一段东路" not in editor.reads("/console/")
    assert ledger_kinds(office, submitted)[-2:] == ["article.asked", "article.answered"]
    assert articles.show(office, submitted)["state"] == "reviewing"


def test_whoever_writes_asks_the_chief_to_put_right_what_is_out_and_the_trail_keeps_both(
    submitted: int, office: Office, editor: Colleague, chief: Colleague
) -> None:
    early = editor.sends(f"/console/articles/{submitted}/correction", {"note": "电话错了"})
    assert early.status_code == 409 and "没有发出去的直接修改" in words(early)
    comes_out(office, submitted)
    mute = editor.sends(f"/console/articles/{submitted}/correction")
    assert mute.status_code == 400 and "请写明哪里错了" in words(mute)
    told = editor.does(f"/console/articles/{submitted}/correction", {"note": "电话错了，应为 80001234"})
    assert "已经告诉终审" in told and "等终审答复" in told and "林晓雨 · 请求更正、撤下" in told
    again = editor.sends(f"/console/articles/{submitted}/correction", {"note": "再说一遍"})
    assert again.status_code == 409 and "还没有答复" in words(again)
    assert (
        "林晓雨请更正或撤下" in chief.reads("/console/")
        and "林晓雨请更正" not in editor.reads("/console/").partition("大家的")[0]
    )
    [alarm] = [each for each in lifecycle.listing(office) if each.kind == AlarmKind.CORRECTION]
    chief.does(f"/console/alarms/{alarm.id}/close", {"note": "平台上改好了"})
    trail = editor.reads(f"/console/articles/{submitted}/")
    assert "赵明华 · 答复更正、撤下的请求" in trail and "平台上改好了" in trail
    assert "article.correction_asked" in ledger_kinds(office, submitted)
    editor.does(f"/console/articles/{submitted}/correction", {"note": "还有一处日期"})
    with office.store.write() as session:
        session.get_one(Article, submitted).state = ArticleState.WITHDRAWN
    alarm_watch.watch(office, office.clock.now())
    assert not [each for each in lifecycle.listing(office) if each.kind == AlarmKind.CORRECTION]


def test_what_was_typed_stays_when_a_remark_cannot_be_kept(submitted: int, first: Colleague) -> None:
    form = {"sha256": shown(first, submitted), "decision": "ask", "place": "99", "note": "问得很长的一句"}
    refused = first.sends(f"/console/reviews/{submitted}", form)
    assert refused.status_code == 409 and "没有第 99 段" in words(refused) and "问得很长的一句" in refused.text
    assert "不用写意见" in words(Colleague(first.client.application, AUTHOR).sends(
        f"/console/reviews/{submitted}", {"decision": "remark", "note": "自己说自己"}))  # fmt: skip


def test_the_difference_is_the_one_since_the_wording_that_this_person_was_shown(
    submitted: int, office: Office, first: Colleague
) -> None:
    shown(first, submitted)
    for digest in ("第二稿的摘要", "第三稿的摘要"):
        articles.edit(office, submitted, {"digest": digest}, username=AUTHOR)
    reviews.submit(office, submitted, username=AUTHOR)
    assert "与第 1 稿比，1 处" in first.reads(f"/console/reviews/{submitted}")
    assert "与第 1 稿比，1 处" in first.reads(f"/console/reviews/{submitted}")


def test_where_the_office_does_not_allow_it_nobody_hurries_and_one_short_line_says_so(
    submitted: int, chief: Colleague, editor: Colleague, office: Office
) -> None:
    assert "应急发布" not in editor.reads(f"/console/articles/{submitted}/"), "it is nothing that a clerk can use"
    for page in (f"/console/reviews/{submitted}", f"/console/articles/{submitted}/"):
        told = chief.reads(page)
        assert "本单位没有开启应急发布，急事也请按三审来" in told and "GONGKAI_" not in told
        assert "要马上发" not in told and "应急终审" not in told
    assert "应急发布" not in chief.reads("/console/articles/new")
    sha256 = articles.show(office, submitted)["body_sha256"]
    with pytest.raises(Exception, match="没有开启应急发布"):
        reviews.pass_(office, submitted, username="zhaominghua", note="爆管", sha256=sha256, urgent=True)


def test_in_an_emergency_two_passes_are_enough_and_the_third_is_owed(hasty: Office, hasty_app: Flask) -> None:
    number = articles.add(hasty, post(title="紧急停水", body=BODY, wanted_at=hasty.clock.now() + timedelta(days=3)),
                          username=AUTHOR).id  # fmt: skip
    reviews.submit(hasty, number, username=AUTHOR)
    chief, first, second = (Colleague(hasty_app, name) for name in ("zhaominghua", "sunhao", "zhoujianguo"))
    for page in (f"/console/articles/{number}/", f"/console/reviews/{number}", f"/console/articles/{number}/edit"):
        assert "赵明华在审核页上打开“急事，要马上发”" in second.reads(page)
    mute = chief.sends(f"/console/reviews/{number}", {"sha256": shown(chief, number), "decision": "urgent"})
    assert mute.status_code == 409 and "什么急事" in words(mute)
    asked = chief.reads(f"/console/reviews/{number}")
    assert "应急终审通过，等再有一人通过" in asked and "这一步您不能审" not in asked
    told = decides(chief, number, "urgent", note="东路爆管")
    assert "应急终审通过，还没有发出去：再有一位同事通过，就马上发布" in told
    assert "接下来复审或初审，可以由孙浩、周建国来做" in told
    assert "应急，再有一人通过就发" in first.reads("/console/reviews/")
    assert "您通过后马上发布" in first.reads(f"/console/reviews/{number}")
    told = decides(first, number, "pass")
    assert "应急发布，马上发出。复审要在 24 小时内补上" in told
    card = articles.show(hasty, number)
    assert card["state"] == "scheduled" and card["due_at"] <= hasty.clock.now().astimezone(world.ZONE).isoformat()
    assert "应急发布，待补审" in first.reads(f"/console/articles/{number}/")
    assert "应急发布，待补审" in chief.reads(f"/console/ledger/?article={number}")
    assert "待补复审" in second.reads("/console/") and "等您补审的 1 篇" in second.reads("/console/reviews/")

    now = hasty.clock.now()
    alarm_watch.watch(hasty, now)
    [alarm] = [alarm for alarm in lifecycle.listing(hasty) if alarm.kind == AlarmKind.OWED_REVIEW]
    assert "复审要在" in alarm.message and "周建国" in alarm.message
    assert f'href="/console/reviews/{number}"' in second.opens("/console/alarms/").text
    alarm_watch.watch(hasty, now + timedelta(hours=25))
    late = [alarm.message for alarm in lifecycle.listing(hasty) if alarm.kind == AlarmKind.OWED_REVIEW]
    assert len(late) == 2 and "已经超过 24 小时" in late[1]

    assert "复审补上了，三审完成" in decides(second, number, "pass")
    alarm_watch.watch(hasty, now + timedelta(hours=25))
    assert not [alarm for alarm in lifecycle.listing(hasty) if alarm.kind == AlarmKind.OWED_REVIEW]
    trail = second.reads(f"/console/articles/{number}/")
    assert "应急发布，待补审" not in trail.partition("经过")[0] and "补复审通过" in trail and "应急终审通过" in trail


def test_citizens_read_nothing_of_an_emergency(hasty: Office, hasty_app: Flask) -> None:
    number = articles.add(hasty, post(title="群众看的停水通知", body=BODY), username=AUTHOR).id
    reviews.submit(hasty, number, username=AUTHOR)
    reviews.pass_(hasty, number, username="sunhao")
    reviews.pass_(hasty, number, username="zhaominghua", note="爆管", urgent=True)
    comes_out(hasty, number)
    staff = Colleague(hasty_app, "zhoujianguo")
    assert "应急发布，待补审" in staff.reads(f"/console/articles/{number}/")
    assert "通过后" not in staff.reads(f"/console/reviews/{number}") and "这是应急发布的补审" in staff.reads(
        f"/console/reviews/{number}"
    )
    for address in (f"/a/{number}", "/articles", "/", "/feeds/articles.xml"):
        answer = hasty_app.test_client().get(address)
        assert answer.status_code == 200 and "应急" not in answer.text and "补审" not in answer.text, address


def test_the_same_person_does_not_give_the_pass_that_is_owed(hasty: Office) -> None:
    number = articles.add(hasty, post(title="再一次停水", body=BODY), username=AUTHOR).id
    reviews.submit(hasty, number, username=AUTHOR)
    reviews.pass_(hasty, number, username="zhoujianguo")
    told = reviews.pass_(hasty, number, username="zhaominghua", note="爆管", urgent=True)
    assert "复审要在 24 小时内补上" in told.sentence
    for person, why in (("zhoujianguo", "三审须是三个人"), ("zhaominghua", "三审须是三个人"), (AUTHOR, "自己写过")):
        with pytest.raises(Exception, match=why):
            reviews.pass_(hasty, number, username=person)
    assert "先前的 2 次通过作废" in reviews.return_(hasty, number, username="zhaominghua", note="先等等").sentence
    alarm_watch.watch(hasty, hasty.clock.now())
    assert not [alarm for alarm in lifecycle.listing(hasty) if alarm.subject == f"article:{number}"]
