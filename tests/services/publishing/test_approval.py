"""Nothing goes out but what the ledger says three people passed, byte for byte; whatever the tables claim."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text, update

from content.intake.articles.documents import from_text
from content.rules.errors import Unreachable
from content.rules.publishing.publication import PublicationState
from content.services.alarms import alarm_watch
from content.services.articles import PostForm, add, approval, edit, reviews
from content.services.articles.submission_form import Upload
from content.services.figures import ledger_audit
from content.services.office import Office
from content.services.publishing import manual_outcome
from content.services.publishing.manual_outcome import ManualWord
from content.store.articles import articles
from content.store.figures import ledger
from content.store.session import Store
from content.store.tables import Article, LedgerEntry, Publication, PublicationArticle, Review
from tests import world
from tests.factories import PASSES, approved_article, image
from tests.services.publishing.rehearsal import Rehearsal, alarms, refused

PASSED = [username for _, username, _ in PASSES]


def queued(office: Office, title: str = "园区召开安全生产会议") -> int:
    post = PostForm(title=title, body=from_text("会议部署了冬季安全生产工作。"), cover=Upload("a.png", image()),
                    attachments=(Upload("表.pdf", b"%PDF-1.4 as it was passed"),))  # fmt: skip
    return add(office, post, username="linxiaoyu").id


def passed(office: Office, *, by: list[str] = PASSED) -> int:
    number = queued(office)
    reviews.submit(office, number, username="linxiaoyu")
    for username in by:
        reviews.pass_(office, number, username=username)
    return number


def by_hand(office: Office, number: int, state: str = "scheduled") -> None:
    """What somebody with the database file can do."""
    with office.store.write() as session:
        session.execute(update(Article).where(Article.id == number).values(state=state, due_at=world.NOON))


def test_what_three_people_passed_goes_out(rehearsal: Rehearsal) -> None:
    number = passed(rehearsal.office)
    rehearsal.run()
    rehearsal.run(after=25)
    assert rehearsal.article(number).state == "published"
    assert alarms(rehearsal.office) == []


@pytest.mark.parametrize("reviewers", [[], PASSED[:1], PASSED[:2]])
def test_a_row_set_to_scheduled_by_hand_does_not_go_out(rehearsal: Rehearsal, reviewers: list[str]) -> None:
    number = passed(rehearsal.office, by=reviewers)
    by_hand(rehearsal.office, number)
    rehearsal.run()
    assert refused(rehearsal, number)


def test_passes_that_stand_in_the_tables_alone_do_not_count(rehearsal: Rehearsal) -> None:
    number = queued(rehearsal.office)
    with rehearsal.office.store.write() as session:
        revision = articles.present(session, articles.find(session, number))
        for step in (1, 2, 3):
            session.add(Review(article_id=number, revision_id=revision.id, action="pass", step=step, person_id=step + 1,
                               role="chief", sha256=revision.sha256, at=world.NOON))  # fmt: skip
    by_hand(rehearsal.office, number)
    rehearsal.run()
    assert refused(rehearsal, number)


def rewrite_with_a_fitting_hash(office: Office, number: int) -> None:
    with office.store.write() as session:
        revision = articles.present(session, articles.find(session, number))
        revision.html = "<p>改过的</p>"
        revision.sha256 = articles.seal(revision)


def rewrite(office: Office, number: int) -> None:
    with office.store.write() as session:
        articles.present(session, articles.find(session, number)).title = "改过的"


def swap(office: Office, number: int, which: int) -> None:
    with office.store.read() as session:
        sha256 = articles.hashes(articles.present(session, articles.find(session, number)))[which]
    office.files.path(sha256).write_bytes(image(colour=(1, 2, 3)))


def lose(office: Office, number: int) -> None:
    with office.store.read() as session:
        office.files.path(articles.hashes(articles.present(session, articles.find(session, number)))[1]).unlink()


@pytest.mark.parametrize(
    "attack",
    [rewrite, rewrite_with_a_fitting_hash, lose, lambda *at: swap(*at, 0), lambda *at: swap(*at, 1)],
    ids=["text", "text and hash", "a lost attachment", "the cover's bytes", "an attachment's bytes"],
)
def test_what_was_changed_behind_the_reviews_does_not_go_out(
    rehearsal: Rehearsal, attack: Callable[[Office, int], None]
) -> None:
    number = passed(rehearsal.office)
    by_hand(rehearsal.office, number)
    attack(rehearsal.office, number)
    rehearsal.run()
    assert refused(rehearsal, number)


def test_what_is_changed_between_the_draft_and_its_publication_does_not_go_out(rehearsal: Rehearsal) -> None:
    number = passed(rehearsal.office)
    by_hand(rehearsal.office, number)
    rehearsal.channel.add_draft = _then(rehearsal, rehearsal.channel.add_draft, number)  # type: ignore[method-assign]
    rehearsal.run()
    assert rehearsal.article(number).state == "refused"
    assert "submit" not in rehearsal.channel.calls


def test_an_older_wording_that_was_passed_does_not_stand_for_the_new_one(rehearsal: Rehearsal) -> None:
    number = passed(rehearsal.office)
    edit(rehearsal.office, number, {"title": "另一个标题"}, username="linxiaoyu")
    by_hand(rehearsal.office, number)
    rehearsal.run()
    assert refused(rehearsal, number)


def test_what_was_returned_or_withdrawn_or_settled_does_not_go_out(rehearsal: Rehearsal) -> None:
    office = rehearsal.office
    returned, withdrawn, settled = passed(office), passed(office), passed(office)
    reviews.return_(office, returned, username="sunhao", note="再改改")
    reviews.withdraw(office, withdrawn, username="zhaominghua", note="内容有误")
    with office.store.write() as session:
        revision = articles.present(session, articles.find(session, settled))
        session.add(_handed(settled, revision.id))
    manual_outcome.not_published(office, settled, ManualWord("zhaominghua", "没有发"))
    for number in (returned, withdrawn, settled):
        by_hand(office, number)
    rehearsal.run()
    assert {rehearsal.article(number).state for number in (returned, withdrawn, settled)} == {"refused"}
    assert rehearsal.channel.calls == []


def test_what_is_out_is_never_sent_again(rehearsal: Rehearsal) -> None:
    number = passed(rehearsal.office)
    by_hand(rehearsal.office, number)
    rehearsal.run()
    rehearsal.run(after=25)
    by_hand(rehearsal.office, number)
    rehearsal.run(after=25)
    assert rehearsal.article(number).state == "refused"
    assert "已经发布过" in rehearsal.article(number).reason
    assert rehearsal.channel.calls.count("submit") == 1


@pytest.mark.parametrize("statement", [
    "UPDATE ledger SET actor = 'zhoujianguo' WHERE kind = 'article.passed'",
    "UPDATE ledger SET data = replace(data, '3', '2') WHERE kind = 'article.passed'",
    "DELETE FROM ledger WHERE kind = 'article.approved'",
])  # fmt: skip
def test_a_ledger_that_was_changed_vouches_for_nothing(rehearsal: Rehearsal, statement: str) -> None:
    office = rehearsal.office
    number = passed(office)
    by_hand(office, number)
    forge(office, statement)
    rehearsal.run()
    assert rehearsal.article(number).state == "refused"
    assert rehearsal.channel.calls == []


def forge(office: Office, *statements: str) -> None:
    """What somebody with the database can do to the ledger."""
    with office.store.engine.begin() as connection:
        for what in ("update", "delete", "change"):
            on = " ON ledger" if office.store.engine.dialect.name == "postgresql" else ""
            connection.execute(text(f"DROP TRIGGER IF EXISTS ledger_no_{what}{on}"))
        for statement in statements:
            connection.execute(text(statement))


def test_an_entry_taken_out_of_the_middle_lets_nothing_out(rehearsal: Rehearsal) -> None:
    number = passed(rehearsal.office)
    reviews.withdraw(rehearsal.office, number, username=PASSED[-1], note="内容有误")
    queued(rehearsal.office, "另一篇")  # so that it is not the last
    forge(rehearsal.office, "DELETE FROM ledger WHERE kind = 'article.withdrawn'")
    by_hand(rehearsal.office, number)
    rehearsal.run()
    assert refused(rehearsal, number)


def test_an_older_ledger_put_back_lets_nothing_out(rehearsal: Rehearsal) -> None:
    office = rehearsal.office
    number = passed(office)
    with office.store.read() as session:
        before = ledger.head(session)
    reviews.withdraw(office, number, username=PASSED[-1], note="内容有误")
    forge(office, f"DELETE FROM ledger WHERE number > {before}")
    by_hand(office, number)
    rehearsal.run()
    assert rehearsal.article(number).state == "refused"
    assert rehearsal.channel.calls == []
    assert "换回了旧的" in " ".join(ledger_audit.verify(office).faults)


def test_an_entry_that_another_adds_meanwhile_is_no_sign_of_an_older_ledger(rehearsal: Rehearsal) -> None:
    office = rehearsal.office
    number = passed(office)
    with office.store.read() as session:
        revision = articles.present(session, articles.find(session, number))
        assert approval.fault(office, session, revision) == ""
        queued(office, "另一篇")  # committed and noted after this transaction began
        assert approval.fault(office, session, revision) == ""


def test_a_submitted_publication_set_back_is_not_sent_again(rehearsal: Rehearsal) -> None:
    number = passed(rehearsal.office)
    by_hand(rehearsal.office, number)
    rehearsal.run()
    assert rehearsal.publication().state == PublicationState.SUBMITTED
    with rehearsal.office.store.write() as session:
        session.execute(update(Publication).values(state="prepared", media_id="", publish_id="", called_at=None,
                                                   next_try_at=world.NOON))  # fmt: skip
    rehearsal.run(after=25)
    assert rehearsal.channel.calls.count("submit") == 1
    assert "交给微信发布" in rehearsal.article(number).reason


def test_a_picture_changed_on_its_way_up_does_not_go_out(rehearsal: Rehearsal) -> None:
    number = approved_article(rehearsal.office)
    read, looked_at = rehearsal.office.files.read, list[str]()

    def changed(sha256: str) -> bytes:
        looked_at.append(sha256)
        return read(sha256) if looked_at.count(sha256) == 1 else image(colour=(0, 0, 255))

    rehearsal.office.files.read = changed  # type: ignore[method-assign]
    rehearsal.run()
    assert rehearsal.article(number).state == "refused"
    assert rehearsal.channel.calls == []


def test_the_chief_may_pass_twice_where_the_ledger_says_so(rehearsal: Rehearsal) -> None:
    with world.with_settings(rehearsal.office, chief_may_pass_twice=True) as small:
        small.clock.now = lambda: rehearsal.now  # type: ignore[method-assign]
        passed(small, by=["sunhao", "zhaominghua"])
    with rehearsal.office.store.read() as session:
        marks = [row.data for row in session.query(LedgerEntry).filter_by(kind="article.passed")]
    assert sum('"chief_twice":true' in mark for mark in marks) == 2
    rehearsal.run()
    assert "submit" in rehearsal.channel.calls


def test_in_an_emergency_two_passes_that_name_themselves_so_go_out(rehearsal: Rehearsal) -> None:
    with world.with_settings(rehearsal.office, emergency_publishing=True) as hasty:
        hasty.clock.now = lambda: rehearsal.now  # type: ignore[method-assign]
        number = passed(hasty, by=["sunhao"])
        reviews.pass_(hasty, number, username="zhaominghua", note="爆管停水", urgent=True)
    rehearsal.run()
    rehearsal.run(after=25)
    assert rehearsal.article(number).state == "published"
    late = reviews.pass_(rehearsal.office, number, username="zhoujianguo")
    assert late.state == "published" and "补上了" in late.sentence


def test_a_chiefs_pass_in_an_emergency_alone_does_not_go_out(rehearsal: Rehearsal) -> None:
    with world.with_settings(rehearsal.office, emergency_publishing=True) as hasty:
        number = passed(hasty, by=[])
        reviews.pass_(hasty, number, username="zhaominghua", note="爆管停水", urgent=True)
    by_hand(rehearsal.office, number)
    rehearsal.run()
    assert refused(rehearsal, number)


def test_a_row_that_calls_itself_urgent_is_not_believed(rehearsal: Rehearsal) -> None:
    number = passed(rehearsal.office, by=PASSED[:2])
    with rehearsal.office.store.write() as session:
        session.execute(update(Review).values(urgent=True))
    by_hand(rehearsal.office, number)
    rehearsal.run()
    assert refused(rehearsal, number)


def test_the_others_of_a_push_go_out_without_the_one_that_nobody_passed(rehearsal: Rehearsal) -> None:
    office = rehearsal.office
    good, bad = approved_article(office, delivery="mass"), queued(office)
    with office.store.write() as session:
        session.execute(update(Article).where(Article.id == bad).values(delivery="mass"))
    by_hand(office, bad)
    rehearsal.run()
    rehearsal.run(after=1)
    rehearsal.run_until_settled()
    assert (rehearsal.article(good).state, rehearsal.article(bad).state) == ("published", "refused")


def test_the_alarm_is_over_when_the_article_was_revised(rehearsal: Rehearsal) -> None:
    office, number = rehearsal.office, queued(rehearsal.office)
    by_hand(office, number)
    rehearsal.run()
    alarm_watch.watch(office, rehearsal.now)
    assert len(alarms(office)) == 1
    edit(office, number, {"title": "另一个标题"}, username="linxiaoyu")
    alarm_watch.watch(office, rehearsal.now)
    assert alarms(office) == []


def _then(rehearsal: Rehearsal, act: Callable[..., str], number: int) -> Callable[..., str]:
    def acted(*given: object) -> str:
        media_id = act(*given)
        rewrite_with_a_fitting_hash(rehearsal.office, number)
        return media_id

    return acted


def _handed(number: int, revision_id: int) -> Publication:
    publication = Publication(account="main", channel="wechat", delivery="draft", due_at=world.NOON,
                              state=PublicationState.HANDED, created_at=world.NOON)  # fmt: skip
    publication.articles.append(PublicationArticle(position=1, article_id=number, revision_id=revision_id))
    return publication


def test_entries_written_by_who_has_the_database_and_no_key_let_nothing_out(rehearsal: Rehearsal) -> None:
    office = rehearsal.office
    number = passed(office, by=[])
    with office.store.read() as session:
        sha256 = session.get_one(Article, number).revision.sha256
    forger = Store(office.settings.sql_url)
    with forger.write() as session:
        for step, username, role in PASSES:
            ledger.append(session, kind="article.passed", actor=username, role=role, subject=f"article:{number}",
                          at=world.NOON, revision=1, sha256=sha256, step=step, note="", chief_twice=False,
                          urgent=False, late=False, covers="")  # fmt: skip
        ledger.append(session, kind="article.approved", actor=PASSED[-1], role="chief", subject=f"article:{number}",
                      at=world.NOON, revision=1, sha256=sha256, due_at=None, owed=None, delivery=None)  # fmt: skip
    forger.close()
    by_hand(office, number)
    rehearsal.run()
    assert refused(rehearsal, number)
    verdict = ledger_audit.verify(office)
    assert verdict.broken is not None and "封签" in verdict.why


def test_what_was_handed_over_to_one_of_its_reviewers_does_not_go_out(rehearsal: Rehearsal) -> None:
    number = passed(rehearsal.office)
    with rehearsal.office.store.write() as session:
        ledger.append(session, kind="article.handed_over", actor="hejing", subject=f"article:{number}", at=world.NOON,
                      before="linxiaoyu", after=PASSED[0])  # fmt: skip
    by_hand(rehearsal.office, number)
    rehearsal.run()
    assert refused(rehearsal, number)


@pytest.mark.parametrize("change", ["media_id = 'of another picture'", "seal = NULL"])
def test_a_row_of_uploads_that_was_altered_is_not_trusted(rehearsal: Rehearsal, change: str) -> None:
    approved_article(rehearsal.office)
    rehearsal.run()
    rehearsal.run(after=25)
    with rehearsal.office.store.write() as session:
        session.execute(text(f"UPDATE platform_file SET {change}"))
    approved_article(rehearsal.office, title="第二篇")
    rehearsal.run()
    rehearsal.run(after=25)
    assert rehearsal.channel.calls.count("upload_cover") == 2


@pytest.mark.parametrize("change", ["media_id = 'of somebody else'", "draft_seal = NULL"])
def test_another_draft_put_into_the_row_does_not_go_out(rehearsal: Rehearsal, change: str) -> None:
    number = approved_article(rehearsal.office)
    rehearsal.channel.faults = [None, None, Unreachable("微信没有应答。")]  # cover, draft; the submission waits
    rehearsal.run()
    assert rehearsal.publication().state == PublicationState.DRAFTED
    rehearsal.channel.waiting["of somebody else"] = (*rehearsal.channel.waiting.values(),)[0]
    with rehearsal.office.store.write() as session:
        session.execute(text(f"UPDATE publication SET {change}"))
    rehearsal.run_until_settled()
    assert rehearsal.article(number).state == "published"
    assert rehearsal.channel.calls.count("add_draft") == 2
    assert "of somebody else" in rehearsal.channel.waiting
