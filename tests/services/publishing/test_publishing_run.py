"""An approved article goes out once, whatever the platform answers; the channel is a fake, everything else is real."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from content.rules.errors import Fault, Refused, Unanswered, Unreachable
from content.rules.publishing.publication import PublicationState
from content.rules.publishing.retry import USED_UP
from content.services.ports import JobResult, JobStatus
from content.services.publishing import platform_events, run
from content.services.publishing.platform_draft import remove_orphans
from content.services.publishing.withdrawal import withdraw_published
from tests import world
from tests.factories import approved_article, image
from tests.fakes.channel import After
from tests.services.publishing.rehearsal import Killed, Rehearsal

P = PublicationState


def test_a_due_article_is_drafted_submitted_and_found_published(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    rehearsal.run()
    assert rehearsal.publication().state == P.SUBMITTED
    assert rehearsal.article(article).state == "publishing"
    rehearsal.run(after=25)
    publication = rehearsal.publication()
    assert (publication.state, rehearsal.article(article).state) == (P.PUBLISHED, "published")
    assert publication.articles[0].url.startswith("http://mp.weixin.qq.com/s/")
    assert len(rehearsal.entries("article.published")) == 1


def test_an_article_that_is_not_due_waits(rehearsal: Rehearsal) -> None:
    approved_article(rehearsal.office, due_at=world.NOON + timedelta(minutes=1))
    rehearsal.run()
    assert rehearsal.channel.calls == []
    rehearsal.run(after=60)
    assert "submit" in rehearsal.channel.calls


def test_pictures_go_up_once_for_many_articles(rehearsal: Rehearsal) -> None:
    office = rehearsal.office
    first = approved_article(office)
    sha = office.files.keep(image("JPEG"))
    with office.store.write() as session:
        from content.store.tables import File

        session.add(File(sha256=sha, kind="image/jpeg", name="a.jpg", size=1, created_at=world.NOON))
    second = approved_article(office, html=f'<p>图<img src="file:{sha}"></p>')
    third = approved_article(office, html=f'<p>又<img src="file:{sha}"></p>')
    rehearsal.run()
    assert rehearsal.channel.calls.count("upload_cover") == 1
    assert rehearsal.channel.calls.count("upload_image") == 1
    assert len({first, second, third}) == 3 == len(rehearsal.channel.out)
    assert all("file:" not in a.html for articles in rehearsal.channel.waiting.values() for a in articles)


@pytest.mark.parametrize("acted", [True, False])
def test_a_submission_without_an_answer_goes_out_once(rehearsal: Rehearsal, acted: bool) -> None:
    article = approved_article(rehearsal.office)
    silence = Unanswered("没有回音")
    rehearsal.channel.faults = [None, None, After(silence) if acted else silence]
    rehearsal.run()
    assert rehearsal.article(article).state == "unknown"
    rehearsal.run_until_settled()
    assert rehearsal.article(article).state == "published"
    assert len(rehearsal.channel.out) == 1 == len(rehearsal.entries("article.published"))
    assert rehearsal.channel.calls.count("submit") == (1 if acted else 2)


@pytest.mark.parametrize("call", ["upload_cover", "add_draft", "submit"])
@pytest.mark.parametrize("acted", [True, False])
def test_a_process_killed_in_a_call_loses_and_doubles_nothing(rehearsal: Rehearsal, call: str, acted: bool) -> None:
    article = approved_article(rehearsal.office)
    calls_before = ["upload_cover", "add_draft", "submit"].index(call)
    rehearsal.channel.faults = [None] * calls_before + [After(Killed()) if acted else Killed()]
    with pytest.raises(Killed):
        rehearsal.run()
    rehearsal.context = rehearsal.new_context()
    rehearsal.run_until_settled()
    assert rehearsal.article(article).state == "published"
    assert len(rehearsal.channel.out) == 1 == len(rehearsal.entries("article.published"))


def test_nothing_unsettled_is_sent_again_before_settle_after(rehearsal: Rehearsal) -> None:
    approved_article(rehearsal.office)
    rehearsal.channel.faults = [None, None, Unanswered("没有回音")]
    rehearsal.run()
    for _ in range(20):
        rehearsal.run(after=29)
    assert rehearsal.channel.calls.count("submit") == 1


def test_a_draft_that_vanished_without_trace_is_left_to_a_person(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    rehearsal.channel.faults = [None, None, Unanswered("没有回音")]
    rehearsal.run()
    rehearsal.channel.waiting.clear()
    rehearsal.run_until_settled(days=10)
    assert rehearsal.article(article).state == "unknown"
    assert "queue settle" in rehearsal.article(article).reason or "queue settle" in rehearsal.publication().reason
    assert len(rehearsal.entries("publication.unknown")) == 1
    assert rehearsal.channel.calls.count("submit") == 1


def test_a_refused_submission_is_tried_again_within_five_seconds(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    rehearsal.channel.faults = [None, None, Refused("繁忙", -1, Fault.RETRY)]
    rehearsal.run()
    rehearsal.run(after=5)
    rehearsal.run(after=25)
    assert rehearsal.article(article).state == "published"
    assert ("submit", "refused") in rehearsal.attempts()


def test_content_that_the_platform_will_not_have_is_refused_with_the_reason(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    rehearsal.channel.faults = [None, Refused("标题太长", 45003, Fault.CONTENT)]
    rehearsal.run()
    assert (rehearsal.article(article).state, rehearsal.article(article).reason) == ("refused", "标题太长")
    assert rehearsal.next_try() is None


def test_without_the_right_to_publish_a_person_presses_the_button(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    rehearsal.channel.faults = [None, None, Refused("没有权限", 48001, Fault.PERSON)]
    rehearsal.run()
    assert rehearsal.article(article).state == "waiting"
    media_id = next(iter(rehearsal.channel.waiting))
    rehearsal.channel._submit(media_id)  # the person does
    rehearsal.run_until_settled()
    assert rehearsal.article(article).state == "published"
    assert rehearsal.publication().delivery == "draft"


def test_a_used_up_allowance_waits_for_tomorrow(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    rehearsal.channel.faults = [None, None, Refused("次数用完", 45009, Fault.WAIT)]
    rehearsal.run()
    rehearsal.run(after=11 * 3600)
    assert rehearsal.channel.calls.count("submit") == 1
    rehearsal.run_until_settled()
    assert rehearsal.article(article).state == "published"


def test_used_up_retries_read_as_scheduled_with_the_reason_and_go_on_slowly(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    rehearsal.channel.faults = [Unreachable("连不上")] * USED_UP
    for _ in range(USED_UP):
        rehearsal.run(after=7 * 3600)
    assert (rehearsal.article(article).state, rehearsal.article(article).reason) == ("scheduled", "连不上")
    rehearsal.run_until_settled()
    assert rehearsal.article(article).state == "published"
    assert len(rehearsal.channel.out) == 1


def test_a_cover_that_the_platform_lost_is_uploaded_again(rehearsal: Rehearsal) -> None:
    approved_article(rehearsal.office)
    rehearsal.run()
    rehearsal.channel.covers.clear()
    second = approved_article(rehearsal.office)
    rehearsal.run_until_settled()
    assert rehearsal.article(second).state == "published"
    assert rehearsal.channel.calls.count("upload_cover") == 2


def test_a_job_that_the_platform_refuses_says_why(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    rehearsal.channel.refuse_next_job = True
    rehearsal.run()
    rehearsal.run_until_settled()
    assert rehearsal.article(article).state == "refused"
    assert "审核未通过" in rehearsal.article(article).reason
    assert len(rehearsal.entries("publication.refused")) == 1


def event(publish_id: str, status: int = 0) -> dict[str, object]:
    detail = {"count": "1", "item": {"idx": "1", "article_url": "http://mp.weixin.qq.com/s/by-event"}}
    info = {"publish_id": publish_id, "publish_status": str(status), "article_id": "A1", "article_detail": detail}
    return {"PublishEventInfo": info}


def receive(rehearsal: Rehearsal, publish_id: str, *, status: int = 0) -> None:
    platform_events.receive(rehearsal.office, kind="PUBLISHJOBFINISH", job_id=publish_id, data=event(publish_id, status),
                    at=rehearsal.now)  # fmt: skip


def receive_push(rehearsal: Rehearsal, msg_id: str, status: str) -> None:
    urls = {"Count": "1", "ResultList": {"item": {"ArticleIdx": "1", "ArticleUrl": "http://mp.weixin.qq.com/s/pushed"}}}
    data = {"MsgID": msg_id, "Status": status, "ArticleUrlResult": urls}
    platform_events.receive(rehearsal.office, kind="MASSSENDJOBFINISH", job_id=msg_id, data=data, at=rehearsal.now)


def test_the_event_of_a_push_has_it_looked_at_and_tells_its_address(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office, delivery="mass")
    rehearsal.run()
    for _ in range(2):
        receive_push(rehearsal, rehearsal.publication().msg_id, "send success")
    assert rehearsal.article(article).state == "publishing", "an event is no proof"
    rehearsal.run()
    assert rehearsal.article(article).state == "published"
    assert rehearsal.publication().articles[0].url == "http://mp.weixin.qq.com/s/pushed"
    rehearsal.run_until_settled()
    assert len(rehearsal.entries("article.published")) == 1


def test_the_event_of_a_push_that_was_refused_says_why(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office, delivery="mass")
    rehearsal.run()
    msg_id = rehearsal.publication().msg_id
    rehearsal.channel.jobs[msg_id] = JobResult(JobStatus.REFUSED, -1)
    receive_push(rehearsal, msg_id, "err(20013)")
    rehearsal.run()
    assert rehearsal.article(article).state == "refused"
    assert "涉嫌侵权" in rehearsal.article(article).reason


def test_an_event_has_it_looked_at_at_once_and_its_repeat_changes_nothing(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    rehearsal.run()
    publish_id = rehearsal.publication().publish_id
    receive(rehearsal, publish_id)
    receive(rehearsal, publish_id)
    rehearsal.run()
    assert rehearsal.article(article).state == "published"
    [listed] = rehearsal.channel.out
    assert rehearsal.publication().articles[0].url == listed.articles[0].url, "the list's word, not the event's"
    rehearsal.run_until_settled()
    assert len(rehearsal.entries("article.published")) == 1


def test_an_event_that_is_faster_than_the_answer_is_kept_and_used(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    submit: Callable[[str], object] = rehearsal.channel.submit

    def submit_with_event_first(media_id: str) -> object:
        answer = submit(media_id)
        receive(rehearsal, answer.publish_id)  # type: ignore[attr-defined]
        return answer

    rehearsal.channel.submit = submit_with_event_first  # type: ignore[assignment]
    rehearsal.run()
    assert rehearsal.article(article).state == "published"
    assert len(rehearsal.entries("article.published")) == 1


@pytest.mark.parametrize(
    ("status", "really"),
    [(0, JobStatus.PENDING), (2, JobStatus.PENDING), (5, JobStatus.PENDING), (0, JobStatus.REFUSED)],
)
def test_a_forged_event_decides_nothing(rehearsal: Rehearsal, status: int, really: JobStatus) -> None:
    article = approved_article(rehearsal.office)
    rehearsal.run()
    publish_id = rehearsal.publication().publish_id
    listed, rehearsal.channel.out = rehearsal.channel.out, []
    rehearsal.channel.jobs[publish_id] = JobResult(really, 1 if really is JobStatus.PENDING else 4)
    receive(rehearsal, publish_id, status=status)
    rehearsal.run()
    expected = {JobStatus.PENDING: "publishing", JobStatus.REFUSED: "refused"}[really]
    assert rehearsal.article(article).state == expected
    assert not rehearsal.entries("article.published")
    rehearsal.channel.out = listed
    rehearsal.channel.jobs[publish_id] = JobResult(JobStatus.PUBLISHED, 0, listed[0].article_id)
    receive(rehearsal, publish_id)  # kept once, and not needed again
    rehearsal.run_until_settled()
    assert rehearsal.article(article).state == ("published" if really is JobStatus.PENDING else "refused")


def test_an_event_says_of_a_refused_article_that_it_is_out_and_the_platform_says_so_too(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    rehearsal.channel.refuse_next_job = True
    rehearsal.run()
    rehearsal.run_until_settled()
    publish_id = rehearsal.publication().publish_id
    assert rehearsal.article(article).state == "refused"
    rehearsal.channel.jobs[publish_id] = JobResult(
        JobStatus.PUBLISHED, 0, "A1", {1: "http://mp.weixin.qq.com/s/after-all"}
    )
    receive(rehearsal, publish_id)
    rehearsal.run()
    assert rehearsal.article(article).state == "published"
    assert rehearsal.publication().articles[0].url == "http://mp.weixin.qq.com/s/after-all"


@pytest.mark.parametrize(
    ("said", "known", "url", "kept"),
    [
        (-3600, 0, "http://mp.weixin.qq.com/s/1", True),
        (-1, 0, "http://evil.cn/s/1", False),
        (2, 2, "http://mp.weixin.qq.com.evil.cn/1", False),
        (3600, 5, "http://mp.weixin.qq.com@evil.cn/1", False),
        (5, 5, "javascript:1", False),
    ],
)
def test_an_events_time_and_address_are_checked(
    rehearsal: Rehearsal, said: int, known: int, url: str, kept: bool
) -> None:
    approved_article(rehearsal.office, delivery="mass")
    rehearsal.run()
    called, msg_id = rehearsal.now, rehearsal.publication().msg_id
    urls = {"Count": "1", "ResultList": {"item": {"ArticleIdx": "1", "ArticleUrl": url}}}
    data = {"MsgID": msg_id, "Status": "send success", "ArticleUrlResult": urls}
    platform_events.receive(
        rehearsal.office, kind="MASSSENDJOBFINISH", job_id=msg_id, data=data, at=called + timedelta(seconds=said)
    )
    rehearsal.run(after=5)
    publication = rehearsal.publication()
    assert publication.published_at == called + timedelta(seconds=known)
    assert publication.articles[0].url == (url if kept else "")


def test_a_lost_answer_is_found_by_the_event_that_names_the_article(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    rehearsal.channel.faults = [None, None, After(Unanswered("没有回音"))]
    rehearsal.run()
    [listed] = rehearsal.channel.out
    rehearsal.channel.published = lambda offset, count: []  # type: ignore[method-assign]
    info = {"publish_id": "4711", "publish_status": "0", "article_id": listed.article_id}
    platform_events.receive(rehearsal.office, kind="PUBLISHJOBFINISH", job_id="4711", data={"PublishEventInfo": info},
                            at=rehearsal.now)  # fmt: skip
    rehearsal.run()
    assert rehearsal.article(article).state == "published"
    assert rehearsal.publication().articles[0].url == listed.articles[0].url


def test_the_day_is_the_platforms_time_in_the_offices_zone(rehearsal: Rehearsal) -> None:
    late = datetime.fromisoformat("2026-12-31T23:59:50+08:00")
    rehearsal.now = late
    approved_article(rehearsal.office, due_at=late)
    rehearsal.run()
    rehearsal.run(after=60)
    assert rehearsal.publication().published_on.isoformat() == "2026-12-31"  # type: ignore[union-attr]


def test_mass_articles_of_a_day_go_as_one_push_after_the_last_is_due(rehearsal: Rehearsal) -> None:
    first = approved_article(rehearsal.office, delivery="mass")
    second = approved_article(rehearsal.office, delivery="mass", due_at=world.NOON + timedelta(hours=2))
    tomorrow = approved_article(rehearsal.office, delivery="mass", due_at=world.NOON + timedelta(days=1))
    rehearsal.run()
    assert rehearsal.channel.calls == []
    rehearsal.run(after=2 * 3600)
    rehearsal.run(after=25)
    rehearsal.run(after=30)
    states = [rehearsal.article(article).state for article in (first, second, tomorrow)]
    assert states == ["published", "published", "scheduled"]
    assert len(rehearsal.channel.pushes) == 1
    assert len(rehearsal.entries("article.published")) == 2


@pytest.mark.parametrize("acted", [True, False])
def test_a_push_without_an_answer_is_repeated_with_the_same_key(rehearsal: Rehearsal, acted: bool) -> None:
    article = approved_article(rehearsal.office, delivery="mass")
    silence = Unanswered("没有回音")
    rehearsal.channel.faults = [None, None, After(silence) if acted else silence]
    rehearsal.run()
    rehearsal.run(after=50)
    assert rehearsal.channel.calls.count("mass_send") == 1
    rehearsal.run_until_settled()
    assert rehearsal.article(article).state == "published"
    assert len(rehearsal.channel.pushes) == 1


def test_an_old_leader_can_no_longer_write(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    old = rehearsal.context
    rehearsal.context = rehearsal.new_context()
    assert run(old) == 0
    assert rehearsal.article(article).state == "publishing"
    rehearsal.run_until_settled()
    assert rehearsal.article(article).state == "published"


def test_orphaned_drafts_of_ours_are_removed_and_a_persons_are_not(rehearsal: Rehearsal) -> None:
    approved_article(rehearsal.office)
    rehearsal.channel.faults = [None, After(Unanswered("没有回音"))]
    rehearsal.run()
    rehearsal.run(after=5)
    by_hand = rehearsal.channel.waiting[next(iter(rehearsal.channel.waiting))][0]
    rehearsal.channel.waiting["by-hand"] = (type(by_hand)(**{**by_hand.__dict__, "source_url": "https://x.gov.cn"}),)
    kept_now = rehearsal.now
    rehearsal.now += timedelta(hours=2)
    rehearsal.channel.now = lambda: kept_now
    assert remove_orphans(rehearsal.context) == 1
    assert list(rehearsal.channel.waiting) == ["by-hand"]


def test_a_withdrawn_article_is_deleted_on_the_platform_and_stays_in_the_ledger(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    rehearsal.run()
    rehearsal.run_until_settled()
    withdraw_published(rehearsal.office, rehearsal.channel, article, username="zhaominghua", note="数据有误")
    assert rehearsal.channel.out[0].articles[0].deleted
    assert (rehearsal.article(article).state, rehearsal.publication().state) == ("withdrawn", P.WITHDRAWN)
    assert len(rehearsal.entries("article.withdrawn")) == 1
