"""Posts queued, edited and taken in many at once: told of everything at once, sealed, and never lost."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from content.intake.articles import documents
from content.render.article import image_hashes
from content.rules.errors import BadInput, Conflict, NotAllowed, NotFound
from content.rules.publishing.article_states import ArticleState
from content.services import articles as article_services
from content.services.articles import FaultyPost, Upload, reviews
from content.services.office import Office
from content.store.articles import articles
from content.store.figures import ledger
from content.store.tables import Article, Category, LedgerEntry, Revision
from tests import factories, world
from tests.fixtures.post_forms import AUTHOR, post

INLINE = f"data:image/png;base64,{base64.b64encode(factories.image()).decode()}"


def queued(office: Office, **changes: Any) -> int:
    """The number of a new draft."""
    return article_services.add(office, post(**changes), username=AUTHOR).id


def passed(office: Office, number: int, *people: str) -> None:
    """Submitted, and passed by these."""
    reviews.submit(office, number, username=AUTHOR)
    for username in people:
        reviews.pass_(office, number, username=username)


def revision(office: Office, number: int) -> Revision:
    """The present revision with what belongs to it."""
    with office.store.read() as session:
        return articles.present(session, articles.find(session, number))


def entries(office: Office) -> list[tuple[str, str, dict[str, Any]]]:
    """(kind, actor, data) of the ledger's entries about articles."""
    with office.store.read() as session:
        rows = session.scalars(select(LedgerEntry).order_by(LedgerEntry.number))
        return [(row.kind, row.actor, json.loads(row.data)) for row in rows if row.kind.startswith("article.")]


def test_a_post_becomes_a_draft_with_a_number_a_seal_and_a_ledger_entry(office: Office) -> None:
    number = queued(office, key="k1", category="通知公告", department="dzb")
    shown = article_services.show(office, number)
    assert {name: shown[name] for name in ("id", "key", "title", "state", "due_at", "delivery", "url")} == {
        "id": number, "key": "k1", "title": "园区停水通知", "state": "draft", "due_at": None, "delivery": "publish",
        "url": None,
    }  # fmt: skip
    assert shown["attempts"] == shown["reviews"] == []
    assert entries(office) == [
        ("article.queued", AUTHOR, {"title": "园区停水通知", "revision": 1, "sha256": shown["body_sha256"]})
    ]


def test_the_seal_is_over_everything_a_reader_gets(office: Office) -> None:
    sealed = revision(
        office, queued(office, body=f"看图\n\n![图]({INLINE})", author="园区", attachments=(Upload("表.pdf", b"%PDF"),))
    )
    assert sealed.cover
    content = {
        "title": "园区停水通知", "author": "园区", "digest": "看图", "html": sealed.html, "source_url": "",
        "cover": sealed.cover.sha256, "attachments": [["表.pdf", hashlib.sha256(b"%PDF").hexdigest()]],
    }  # fmt: skip
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert sealed.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert image_hashes(sealed.html) == [hashlib.sha256(factories.image()).hexdigest()]


@pytest.mark.parametrize(
    "change",
    [{"title": "改"}, {"author": "改"}, {"digest": "改"}, {"source_url": "https://a.cn"}, {"body": documents.from_text("改")},
     {"cover": Upload("c.png", factories.image("PNG", (900, 383)))}, {"attachments": (Upload("a.pdf", b"%PDF"),)}],
)  # fmt: skip
def test_any_change_of_the_wording_changes_the_seal(office: Office, change: dict[str, Any]) -> None:
    number = queued(office)
    before = revision(office, number).sha256
    edited = article_services.edit(office, number, change, username=AUTHOR)
    assert edited.changed
    assert (edited.revision, revision(office, number).sha256 == before) == (2, False)


def test_every_file_is_kept_once_under_its_sha256(office: Office) -> None:
    for title in ("一", "二"):
        article_services.add(office, replace(post(body=f"![图]({INLINE})"), title=title), username=AUTHOR)
    data = factories.image()
    assert office.files.read(hashlib.sha256(data).hexdigest()) == data
    with office.store.read() as session:
        assert len(articles.files(session, [hashlib.sha256(data).hexdigest()])) == 1


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_kept(office: Office) -> None:
    bad = replace(
        post(body="![图](data:image/png;base64,AAAA)", digest="字" * 121, cover=Upload("c.png", b"x"), delivery="mail",
             attachments=(Upload("a.exe", b"x"), Upload("b.pdf", b""))),
        title="长" * 33,
    )  # fmt: skip
    with pytest.raises(FaultyPost) as refused:
        article_services.add(office, bad, username=AUTHOR)
    assert [field for field, _ in refused.value.faults] == [
        "title", "digest", "body", "delivery", "cover", "attach", "attach",
    ]  # fmt: skip
    assert article_services.listing(office) == []


def test_only_who_may_write_queues_and_edits(office: Office) -> None:
    with pytest.raises(NotAllowed, match="编辑、审核、终审"):
        article_services.add(office, post(), username="hejing")
    with pytest.raises(NotFound, match="没有“nobody”这个账号"):
        article_services.add(office, post(), username="nobody")
    number = queued(office)
    with pytest.raises(NotAllowed):
        article_services.edit(office, number, {"title": "改"}, username="hejing")


def test_unknown_names_personal_data_and_stripped_links_are_told_but_taken(office: Office) -> None:
    told = article_services.add(
        office,
        post(category="没有的分类", department="没有的部门", body="电话13812345678，见[文](https://a.cn)"),
        username=AUTHOR,
    ).warnings
    for words in ("分类“没有的分类”不在名单", "部门“没有的部门”不在名单", "手机号（138****5678）", "https://a.cn"):
        assert any(words in warning for warning in told), words


def test_a_time_that_has_passed_is_taken_and_told(office: Office) -> None:
    told = article_services.add(office, post(wanted_at=world.NOON - timedelta(days=300)), username=AUTHOR).warnings
    assert ["已经过去" in warning for warning in told] == [True]


def test_without_a_cover_the_category_has_one_of_its_own(office: Office) -> None:
    jobs, more_jobs, notice, none = (
        revision(office, queued(office, category=name)).cover for name in ("就业招聘", "jyzp", "通知公告", "")
    )
    assert jobs and more_jobs and notice and none
    assert jobs.sha256 == more_jobs.sha256
    assert len({jobs.sha256, notice.sha256, none.sha256}) == 3
    with office.store.read() as session:
        assert session.scalars(select(Category.cover_sha256).where(Category.code == "jyzp")).one() == jobs.sha256
    number = queued(office, category="就业招聘")
    article_services.edit(office, number, {"category": "通知公告"}, username=AUTHOR)
    changed = revision(office, number).cover
    assert changed and changed.sha256 == notice.sha256, "a default cover follows the category"


def test_an_edit_is_a_new_revision_that_voids_the_passes(office: Office) -> None:
    number = queued(office)
    passed(office, number, "sunhao", "zhoujianguo", "zhaominghua")
    edited = article_services.edit(office, number, {"title": "改过的标题"}, username=AUTHOR)
    assert (edited.revision, edited.voided) == (2, 3)
    shown = article_services.show(office, number)
    assert (shown["state"], shown["due_at"], shown["title"]) == ("draft", None, "改过的标题")
    assert [review["void"] for review in shown["reviews"] if review["action"] == "pass"] == [True] * 3
    assert entries(office)[-1][2] == {
        "title": "改过的标题", "revision": 2, "sha256": shown["body_sha256"], "voided": 3,
    }  # fmt: skip


def test_an_edit_keeps_what_was_not_given(office: Office) -> None:
    number = queued(
        office, body=f"一\n\n![图]({INLINE})", author="园区", category="通知公告", source_url="https://a.cn",
        wanted_at=world.NOON + timedelta(days=900), cover=Upload("c.png", factories.image("PNG", (900, 383))),
        attachments=(Upload("表.pdf", b"%PDF"),),
    )  # fmt: skip
    before = revision(office, number)
    article_services.edit(office, number, {"digest": "新摘要"}, username=AUTHOR)
    after = revision(office, number)
    assert before.cover and after.cover
    same = ("title", "author_name", "source", "source_format", "html", "source_url")
    assert [getattr(before, name) for name in same] == [getattr(after, name) for name in same]
    assert (after.cover.sha256, after.digest) == (before.cover.sha256, "新摘要")
    assert [each.name for each in after.attachments] == ["表.pdf"]
    assert article_services.show(office, number)["due_at"] == "2029-05-10T12:00:00+08:00"


def test_an_edit_that_changes_nothing_keeps_the_passes(office: Office) -> None:
    number = queued(office)
    passed(office, number, "sunhao")
    edited = article_services.edit(office, number, {"title": "园区停水通知"}, username=AUTHOR)
    assert (edited.changed, edited.revision) == (False, 1)
    assert article_services.show(office, number)["state"] == "reviewing"


def test_changing_only_the_time_voids_the_passes_too(office: Office) -> None:
    number = queued(office)
    passed(office, number, "sunhao")
    edited = article_services.edit(office, number, {"wanted_at": world.NOON + timedelta(days=900)}, username=AUTHOR)
    assert (edited.changed, edited.voided, article_services.show(office, number)["state"]) == (True, 1, "draft")


def test_a_digest_of_its_own_making_follows_the_text(office: Office) -> None:
    number = queued(office)
    article_services.edit(office, number, {"body": documents.from_text("换了正文")}, username=AUTHOR)
    assert revision(office, number).digest == "换了正文"


@pytest.mark.parametrize("state", sorted(set(ArticleState) - {"draft", "reviewing", "scheduled", "refused"}))
def test_what_is_on_its_way_out_cannot_be_edited(office: Office, state: ArticleState) -> None:
    number = queued(office)
    with office.store.write() as session:
        session.execute(update(Article).where(Article.id == number).values(state=state))
    with pytest.raises(Conflict, match="不能修改"):
        article_services.edit(office, number, {"title": "改"}, username=AUTHOR)


def test_of_two_edits_at_once_the_second_is_told(office: Office) -> None:
    number = queued(office)

    def meanwhile(url: str) -> bytes:
        article_services.edit(office, number, {"title": "抢先"}, username="sunhao")
        return factories.image()

    with pytest.raises(Conflict, match="别人刚刚改过"):
        article_services.edit(office, number, {"body": documents.from_text("![](http://a.cn/x.png)")}, username=AUTHOR,
                      fetch=meanwhile)  # fmt: skip
    assert article_services.show(office, number)["title"] == "抢先"


def test_a_key_is_taken_once(office: Office) -> None:
    queued(office, key="k")
    with pytest.raises(Conflict, match="已经有 key 为“k”的稿件"):
        queued(office, key="k")


def test_a_preview_holds_its_pictures_and_what_the_platform_leaves(office: Office) -> None:
    number = queued(office, body=f"[原文](https://a.cn) ![图]({INLINE})", attachments=(Upload("表.pdf", b"%PDF"),))
    page = article_services.preview(office, number)
    assert INLINE in page
    assert "原文（https://a.cn）" in page
    assert "附件：表.pdf" in page


def test_a_picture_that_was_lost_is_told_before_anybody_passes(office: Office) -> None:
    number = queued(office, body=f"![图]({INLINE})")
    office.files.path(hashlib.sha256(factories.image()).hexdigest()).unlink()
    with pytest.raises(NotFound, match="1 张图片的文件不见了"):
        article_services.preview(office, number)


def lines(path: Path, *rows: object) -> Path:
    """A file of JSON lines."""
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows),
                    encoding="utf-8")  # fmt: skip
    return path


def test_many_come_at_once_and_each_row_stands_alone(office: Office, tmp_path: Path) -> None:
    (tmp_path / "图.png").write_bytes(factories.image())
    (tmp_path / "表.pdf").write_bytes(b"%PDF")
    file = lines(
        tmp_path / "稿.jsonl",
        {"key": "a", "title": "一", "body": "**“好”**的 ![](图.png)", "at": "2026-12-01T09:00", "attach": "表.pdf"},
        {"key": "b", "title": "", "body": "x", "at": "明天", "reserve": "是", "attach": [1]},
        "不是 JSON",
        {"title": "二", "body": "<p>网页</p>", "cover": "图.png", "delivery": "draft", "reserve": True, "zzz": 1},
        {"key": "a", "title": "一", "body": "别的"},
    )
    receipt = article_services.import_posts(office, file, username=AUTHOR)
    assert (receipt.new, receipt.unchanged, len(receipt.ids)) == (2, 0, 2)
    assert [(fault["row"], fault["field"]) for fault in receipt.refused] == [
        (2, "at"), (2, "attach"), (2, "reserve"), (2, "title"), (3, ""), (5, "key"),
    ]  # fmt: skip
    assert any(warning["row"] == 4 and "zzz" in warning["message"] for warning in receipt.warnings)
    first, second = article_services.listing(office)
    assert (first["key"], first["due_at"]) == ("a", "2026-12-01T09:00:00+08:00")
    assert second["due_at"] is None
    assert article_services.show(office, second["id"])["delivery"] == "draft"
    assert "<strong>“好”</strong>" in revision(office, first["id"]).html


def test_characters_that_no_database_takes_are_left_out(office: Office, tmp_path: Path) -> None:
    row = {name: "一\x00二\ud800" for name in ("key", "title", "body", "category", "department", "digest", "author")}
    file = tmp_path / "稿.jsonl"
    file.write_text(json.dumps(row), encoding="utf-8")
    assert article_services.import_posts(office, file, username=AUTHOR).refused == []
    assert article_services.listing(office)[0]["title"] == article_services.listing(office)[0]["key"] == "一二"


def test_the_same_file_again_changes_nothing(office: Office, tmp_path: Path) -> None:
    rows = [{"key": f"k{n}", "title": f"第{n}篇", "body": "正文", "category": "新分类"} for n in range(120)]
    file = lines(tmp_path / "稿.jsonl", *rows)
    assert article_services.import_posts(office, file, username=AUTHOR).new == 120
    with office.store.read() as session:
        head = ledger.head(session)
    again = article_services.import_posts(office, file, username=AUTHOR)
    assert (again.new, again.unchanged, again.refused) == (0, 120, [])
    assert [row["key"] for row in article_services.listing(office)] == [f"k{n}" for n in range(120)]
    with office.store.read() as session:
        assert ledger.head(session) == head


def test_a_file_that_is_not_there_is_told(office: Office, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="找不到文件"):
        article_services.import_posts(office, tmp_path / "没有.jsonl", username=AUTHOR)
