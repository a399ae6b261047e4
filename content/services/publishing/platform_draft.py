"""Prepared → drafted: pictures go up once each, then the draft is made; drafts that no publication needs are removed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.render import article as rendering
from content.render import covers
from content.rules.errors import Fault, Refused, Unapproved
from content.rules.publishing import article_marks
from content.rules.publishing.publication import OPEN, PublicationState
from content.services.articles import approval
from content.services.articles.approval import PlannedCall
from content.services.office import ACCOUNT
from content.services.ports import DraftArticle, DraftItem, FileBody, Uploaded
from content.services.publishing import lookup
from content.services.publishing.context import JobContext
from content.store.articles import publications
from content.store.disk.row_seals import DRAFT, UPLOAD, RowSeals
from content.store.tables import File, PlatformFile, Publication, PublicationArticle

PAGE = 20  # drafts of a page of the platform's list
LEAVE_FOR = timedelta(hours=1)  # a younger draft may belong to a call that is just being answered
IMAGE = re.compile(r"file:([0-9a-f]{64})")


def draft(context: JobContext, publication: Publication) -> None:
    """Makes the platform's draft of a prepared publication. Raises Unapproved before any call."""
    demand_approval(context, publication)
    if lookup.settled_by_hand(context, publication):
        return
    articles = [_draft_article(context, publication, part) for part in publication.articles]
    now = context.now()
    with context.office.store.write() as session:
        publications.begin(session, publication, "draft", now)
        publications.move(session, publication, PublicationState.DRAFTING, now=now, fence=context.fence,
                          next_try_at=now)  # fmt: skip
    media_id = context.channel.add_draft(articles)
    now = context.now()
    with context.office.store.write() as session:
        publications.end(session, publication.id, "ok", at=now, code=0)
        publications.move(session, publication, PublicationState.DRAFTED, now=now, fence=context.fence,
                          next_try_at=now, media_id=media_id, tries=0,
                          draft_seal=_seals(context).made(*_draft_sealed(publication, media_id)))  # fmt: skip


def is_ours(context: JobContext, publication: Publication) -> bool:
    """Whether the draft that the row names is the one made of these very revisions; whoever writes rows has no key."""
    return _seals(context).fit(publication.draft_seal, *_draft_sealed(publication, publication.media_id))


def draft_anew(context: JobContext, publication: Publication) -> None:
    """Gives up the draft that the row names; it goes as an orphan if it is ours."""
    now = context.now()
    with context.office.store.write() as session:
        publications.move(session, publication, PublicationState.PREPARED, now=now, fence=context.fence,
                          next_try_at=now, media_id="", draft_seal=None)  # fmt: skip


def demand_approval(context: JobContext, publication: Publication) -> None:
    """Raises Unapproved for what the ledger does not vouch for; of a push all articles are looked at."""
    call = PlannedCall(context.now(), publication.delivery)
    with context.office.store.read() as session:
        faults = {
            part.article_id: fault
            for part in publication.articles
            if (fault := approval.fault(context.office, session, part.revision, call=call))
        }
    if faults:
        raise Unapproved(faults)


def draft_again(context: JobContext, publication: Publication) -> None:
    """The call for a draft was cut off: a second draft does no harm, the first is tidied away as an orphan."""
    now = context.now()
    with context.office.store.write() as session:
        publications.end(session, publication.id, "lost", at=now)
        publications.move(
            session, publication, PublicationState.PREPARED, now=now, fence=context.fence, next_try_at=now
        )


def remove_orphans(context: JobContext) -> int:
    """Removes drafts of ours that a cut-off call left behind; how many. Drafts without our mark are a person's."""
    if not context.office.settings.mark_articles:
        return 0
    with context.office.store.read() as session:
        needed = {publication.media_id for publication in publications.in_states(session, OPEN)}
    orphans = [item for item in _all_drafts(context) if _is_orphan(context, item, needed)]
    removed = 0
    while removed < len(orphans) and not context.stopping():
        context.channel.delete_draft(orphans[removed].media_id)
        removed += 1
    return removed


def _draft_article(context: JobContext, publication: Publication, part: PublicationArticle) -> DraftArticle:
    revision = part.revision
    if revision.cover is None:
        raise Refused("文章没有封面，请补上封面后重新送审。", 0, Fault.CONTENT)
    cover = _uploaded(context, publication, revision.cover, "cover")
    images = {sha: _body_image(context, publication, sha) for sha in dict.fromkeys(IMAGE.findall(revision.html))}
    return DraftArticle(
        title=revision.title,
        author=revision.author_name,
        digest=revision.digest,
        html=rendering.for_platform(revision.html, images),
        source_url=context.mark(part.article_id, revision.source_url),
        cover_media_id=cover.media_id,
        cover_square=None if revision.cover_square is None else covers.square_box(revision.cover_square),
    )


def _body_image(context: JobContext, publication: Publication, sha256: str) -> str:
    with context.office.store.read() as session:
        file = session.scalars(select(File).where(File.sha256 == sha256)).one()
    return _uploaded(context, publication, file, "body").url


def _uploaded(context: JobContext, publication: Publication, file: File, purpose: str) -> Uploaded:
    """What the platform calls the file; it is uploaded the first time that it is needed, or when the row was altered."""
    seals = _seals(context)
    with context.office.store.read() as session:
        known = _known(session, file, purpose)
    if known and seals.fit(known.seal, *_sealed(file, purpose, Uploaded(known.media_id, known.url))):
        return Uploaded(known.media_id, known.url)
    now, body = context.now(), _body(context, file)
    if hashlib.sha256(body.data).hexdigest() != file.sha256:  # changed since it was looked at
        raise Unapproved({part.article_id: "有图片与三审通过的不一样" for part in publication.articles})
    with context.office.store.write() as session:
        publications.begin(session, publication, "upload", now)
    uploaded = _UPLOADS[purpose](context, body)
    now = context.now()
    with context.office.store.write() as session:
        publications.end(session, publication.id, "ok", at=now, code=0)
        row = _known(session, file, purpose) or PlatformFile(file_id=file.id, account=ACCOUNT, purpose=purpose)
        row.media_id, row.url, row.uploaded_at = uploaded.media_id, uploaded.url, now
        row.seal = seals.made(*_sealed(file, purpose, uploaded))
        session.add(row)
    return uploaded


def _seals(context: JobContext) -> RowSeals:
    return RowSeals(context.office.home / "keys")


def _draft_sealed(publication: Publication, media_id: str) -> tuple[str, ...]:
    """What is sealed of a draft: its name on the platform, and the revisions that it was made of, in order."""
    return DRAFT, str(publication.id), media_id, *(part.revision.sha256 for part in publication.articles)


def _sealed(file: File, purpose: str, uploaded: Uploaded) -> tuple[str, ...]:
    """What is sealed of an upload: the bytes of the file, what they are for, and the names they got."""
    return UPLOAD, file.sha256, ACCOUNT, purpose, uploaded.media_id, uploaded.url


_UPLOADS: dict[str, Callable[[JobContext, FileBody], Uploaded]] = {
    "cover": lambda context, body: context.channel.upload_cover(body),
    "body": lambda context, body: Uploaded("", context.channel.upload_image(body)),
}


def forget_covers(session: Session, publication: Publication) -> None:
    """The platform no longer has a cover of ours: it is uploaded anew with the next draft."""
    for part in publication.articles:
        known = _known(session, part.revision.cover, "cover") if part.revision.cover else None
        if known:
            session.delete(known)


def _known(session: Session, file: File, purpose: str) -> PlatformFile | None:
    return session.scalars(
        select(PlatformFile).where(
            PlatformFile.file_id == file.id, PlatformFile.account == ACCOUNT, PlatformFile.purpose == purpose
        )
    ).first()


def _body(context: JobContext, file: File) -> FileBody:
    return FileBody(name=file.name or file.sha256[:12], kind=file.kind, data=context.office.files.read(file.sha256))


def _is_orphan(context: JobContext, item: DraftItem, needed: set[str]) -> bool:
    base = context.office.settings.base_url
    ours = bool(item.source_urls) and all(
        article_marks.read(url, base_url=base) is not None for url in item.source_urls
    )
    return ours and item.media_id not in needed and item.at < context.now() - LEAVE_FOR


def _all_drafts(context: JobContext) -> list[DraftItem]:
    found: list[DraftItem] = []
    while len(page := context.channel.drafts(len(found), PAGE)) == PAGE:
        found += page
    return found + page
