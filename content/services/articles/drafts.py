"""Drafts written down: a new article, or a new revision of one; the passes given before are void then."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.intake.articles.documents import PostBody
from content.intake.articles.pictures import Fetch
from content.render import article as rendering
from content.rules import spoken_times
from content.rules.errors import Conflict
from content.rules.people import Right
from content.rules.publishing.article_states import STATE_WORDS, ArticleState, check_editable
from content.rules.publishing.limits import is_default_digest
from content.rules.publishing.markup import words
from content.services import coded_names
from content.services.articles.submission_form import Draft, KeptFile, PostForm, Upload, default_cover, keep, take
from content.services.office import ACCOUNT, Office
from content.store import people
from content.store.articles import articles, publications
from content.store.figures import ledger
from content.store.people import Actor
from content.store.tables import Article, Category, Department, File, Revision

CHANNEL = "wechat"


@dataclass(frozen=True)
class QueuedPost:
    """What became of a post: its number, and what author and reviewers should know."""

    id: int
    revision: int
    warnings: tuple[str, ...] = ()
    voided: int = 0  # passes that an edit made void
    changed: bool = True


@dataclass(frozen=True)
class Placement:
    """When, where and how an article goes out; the fields are those of its row."""

    wanted_at: datetime | None
    delivery: str | None
    reserve: bool
    category_id: int | None
    department_id: int | None

    @classmethod
    def of(cls, article: Article) -> Placement:
        """The present placement of an article."""
        return cls(article.wanted_at, article.delivery, article.reserve, article.category_id, article.department_id)


def add(office: Office, post: PostForm, *, username: str, fetch: Fetch | None = None) -> QueuedPost:
    """A new draft. Raises NotAllowed, or Faulty with everything that is wrong."""
    check_writer(office, username)
    draft = take(office, post, fetch=fetch)
    keep(office, draft)
    with office.store.write() as session:
        return write_new(office, session, post, draft, writer=writer(session, username))


def write_new(office: Office, session: Session, post: PostForm, draft: Draft, *, writer: Actor) -> QueuedPost:
    """The rows of a new article, inside the caller's transaction. Raises Conflict for a key that is taken."""
    now = office.clock.now()
    if post.key and articles.by_key(session, post.key):
        raise Conflict(f"已经有 key 为“{post.key}”的稿件了。要改它请用 gongkai queue edit。")
    placement = placing(session, post)
    article = Article(key=post.key or None, account=ACCOUNT, channel=CHANNEL, state=ArticleState.DRAFT,
                      revision_number=1, author_id=writer.person.id, created_at=now, changed_at=now,
                      **asdict(placement))  # fmt: skip
    session.add(article)
    session.flush()
    revision = wording(office, session, draft, category_id=placement.category_id)
    _write(session, article, revision, writer, now, kind="article.queued")
    return QueuedPost(article.id, 1, (*draft.warnings, *_flags(office, session, post, placement, article.id)))


def edit(
    office: Office,
    article_id: int,
    changes: Mapping[str, Any],
    *,
    username: str,
    fetch: Fetch | None = None,
    based_on: int | None = None,
) -> QueuedPost:
    """A new revision; `changes` are fields of PostForm by name, all others stay as they are.

    The passes given before are void, and the article is a draft again. Without a real change nothing happens.
    `based_on`: the revision that the editor had before her.
    Raises Conflict once it is on its way out, or when somebody else edited it in the meantime.
    """
    check_writer(office, username)
    with office.store.read() as session:
        article = articles.find(session, article_id)
        check_editable(ArticleState(article.state))
        number, present = based_on or article.revision_number, _as_post(office, session, article)
    post = replace(present, **changes)
    draft = take(office, post, fetch=fetch, article_id=article_id)
    keep(office, draft)
    with office.store.write() as session:
        return _revise(office, session, article_id, post, draft, username=username, number=number)


def writer(session: Session, username: str) -> Actor:
    """Who queues or edits a post. Raises NotAllowed, NotFound."""
    return people.actor(session, username, Right.WRITE, what="写稿、改稿")


def check_writer(office: Office, username: str) -> None:
    """Raises NotAllowed, NotFound unless this person may queue and edit posts; asked before anything slow is done."""
    with office.store.read() as session:
        writer(session, username)


def placing(session: Session, post: PostForm) -> Placement:
    """The placement that a post asks for; a category or department that is not known is kept as such."""
    category = people.keep_category(session, post.category)
    department = people.keep_department(session, post.department)
    return Placement(post.wanted_at, post.delivery, post.reserve, category.id if category else None,
                     department.id if department else None)  # fmt: skip


def wording(office: Office, session: Session, draft: Draft, *, category_id: int | None) -> Revision:
    """A sealed revision that belongs to no article yet."""
    now = office.clock.now()
    revision = Revision(title=draft.fields.title, author_name=draft.fields.author, digest=draft.fields.digest,
                        source=draft.source, source_format=draft.format, html=draft.html,
                        source_url=draft.fields.source_url,
                        notes=json.dumps(draft.notes, ensure_ascii=False))  # fmt: skip
    for picture in draft.pictures:
        _file(session, picture, now)
    revision.cover = _file(session, draft.cover, now) if draft.cover else _default_cover(office, session, category_id)
    revision.cover_square = draft.cover_square
    articles.attach(revision, [(kept.name, _file(session, kept, now)) for kept in draft.attachments])
    revision.sha256 = articles.seal(revision)
    return revision


def is_same(session: Session, article: Article, post: PostForm, draft: Draft) -> bool:
    """Whether the article already says and does just what the post asks for; nothing is written to find out."""
    category, department = people.category(session, post.category), people.department(session, post.department)
    if (post.category.strip() and category is None) or (post.department.strip() and department is None):
        return False
    asked = Placement(post.wanted_at, post.delivery, post.reserve, category.id if category else None,
                      department.id if department else None)  # fmt: skip
    return (
        asked == Placement.of(article) and _seal(session, draft, category) == articles.present(session, article).sha256
    )


def _revise(
    office: Office, session: Session, article_id: int, post: PostForm, draft: Draft, *, username: str, number: int
) -> QueuedPost:
    article, editor, now = articles.lock(session, article_id), writer(session, username), office.clock.now()
    check_editable(ArticleState(article.state))
    if article.revision_number != number:
        last = articles.present(session, article).created_by
        who = "您在别的窗口" if last == editor.person.id else "别人"
        raise Conflict(f"{who}刚刚改过这篇稿件，请看过新的一稿再改。")
    if is_same(session, article, post, draft):
        flags = _flags(office, session, post, Placement.of(article), article_id)
        return QueuedPost(article_id, number, (*draft.warnings, *flags), changed=False)
    placement = placing(session, post)
    warnings = (*draft.warnings, *_flags(office, session, post, placement, article_id))
    publications.cancel_open(session, article, now)
    for name, value in asdict(placement).items():
        setattr(article, name, value)
    voided = articles.void_passes(session, article)
    article.state, article.due_at, article.reason, article.changed_at = ArticleState.DRAFT, None, "", now
    article.revision_number = number + 1
    revision = wording(office, session, draft, category_id=placement.category_id)
    _write(session, article, revision, editor, now, kind="article.edited", voided=voided)
    return QueuedPost(article_id, number + 1, warnings, voided)


def _flags(office: Office, session: Session, post: PostForm, placement: Placement, article_id: int) -> list[str]:
    category = session.get(Category, placement.category_id) if placement.category_id else None
    department = session.get(Department, placement.department_id) if placement.department_id else None
    flags = [
        f"{word}“{row.name}”不在名单里，已照收，请核对有没有写错。"
        for word, row in (("分类", category), ("部门", department if coded_names.departments(office) else None))
        if row is not None and not row.known
    ]
    if same := articles.with_title(session, post.title, but=article_id):
        state = STATE_WORDS[ArticleState(same.state)]
        flags.append(f"已经有一篇同名的稿件（编号 {same.id}，{state}），请核对是不是重复。")
    if post.reserve and post.wanted_at:
        flags.append("备用稿没有固定时间：哪天没有稿件，就由它补上；所给的时间不起作用。")
    elif post.wanted_at and post.wanted_at <= office.clock.now():
        when = spoken_times.time_words(post.wanted_at, now=office.clock.now(), zone=office.settings.zone)
        flags.append(f"时间 {when} 已经过去，三审通过后会立即发布。")
    return flags


def _write(
    session: Session, article: Article, revision: Revision, actor: Actor, at: datetime, *, kind: str, **more: int
) -> None:
    revision.article_id, revision.number = article.id, article.revision_number
    revision.created_at, revision.created_by = at, actor.person.id
    session.add(revision)
    session.flush()
    ledger.append(session, kind=kind, actor=actor.person.username, role=actor.role, subject=f"article:{article.id}",
                  at=at, title=revision.title, revision=revision.number, sha256=revision.sha256, **more)  # fmt: skip


def _as_post(office: Office, session: Session, article: Article) -> PostForm:
    """The article as if it were brought anew."""
    revision = articles.present(session, article)
    pictures = {f"file:{sha}": office.files.read(sha) for sha in rendering.image_hashes(revision.html)}
    is_default = is_default_digest(revision.digest, words(revision.html))
    return PostForm(
        title=revision.title,
        body=PostBody(
            revision.html,
            revision.source_format,
            revision.source,
            embedded=pictures,
            notes=tuple(json.loads(revision.notes)),
        ),
        wanted_at=article.wanted_at,
        category=article.category.name if article.category else "",
        department=article.department.name if article.department else "",
        delivery=article.delivery,
        cover=_own_cover(office, session, revision.cover),
        cover_square=revision.cover_square,
        digest="" if is_default else revision.digest,
        author=revision.author_name,
        source_url=revision.source_url,
        attachments=tuple(Upload(each.name, office.files.read(each.file.sha256)) for each in revision.attachments),
        reserve=article.reserve,
        key=article.key or "",
    )


def _own_cover(office: Office, session: Session, cover: File | None) -> Upload | None:
    """The cover that the author brought; None for a default one, which follows the category."""
    if cover is None or cover.sha256 == default_cover("").sha256:
        return None
    if session.scalar(select(Category.id).where(Category.cover_sha256 == cover.sha256)) is not None:
        return None
    return Upload(cover.name, office.files.read(cover.sha256))


def _seal(session: Session, draft: Draft, category: Category | None) -> str:
    """The seal that the draft would get as an article of this category."""
    cover = draft.cover or _standing_cover(session, category) or default_cover(category.code if category else "")
    return articles.seal_of(
        title=draft.fields.title,
        author=draft.fields.author,
        digest=draft.fields.digest,
        html=draft.html,
        source_url=draft.fields.source_url,
        cover=cover.sha256,
        cover_square=draft.cover_square,
        attachments=[(kept.name, kept.sha256) for kept in draft.attachments],
    )


def _standing_cover(session: Session, category: Category | None) -> File | None:
    """The default cover that a category has already."""
    sha256 = category.cover_sha256 if category else None
    return articles.files(session, [sha256]).get(sha256) if sha256 else None


def _default_cover(office: Office, session: Session, category_id: int | None) -> File:
    category = session.get(Category, category_id) if category_id else None
    if standing := _standing_cover(session, category):
        return standing
    cover = default_cover(category.code if category else "")
    office.files.keep(cover.data)
    if category:
        category.cover_sha256 = cover.sha256
    return _file(session, cover, office.clock.now())


def _file(session: Session, kept: KeptFile, at: datetime) -> File:
    return articles.keep_file(session, sha256=kept.sha256, kind=kept.kind, name=kept.name, size=len(kept.data), at=at)
