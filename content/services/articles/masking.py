"""Personal data masked and wrong words put right by a click: a new wording by the normal way, which voids earlier passes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from content.intake.articles import attachments
from content.intake.articles.documents import PostBody
from content.render import article as rendering
from content.rules.checks import html_passages
from content.rules.checks.finding import BODY, DIGEST, TITLE, CheckFinding
from content.rules.errors import BadInput
from content.services.articles import drafts
from content.services.articles.drafts import QueuedPost
from content.services.articles.submission_form import Upload
from content.services.checks import judgement
from content.services.office import Office
from content.store.articles import articles
from content.store.tables import Revision


@dataclass(frozen=True)
class MaskedPost:
    """What became of it: the new wording, how many places were changed, and the files in which nothing can be changed here."""

    queued: QueuedPost
    masked: int
    left: tuple[str, ...] = ()
    verb: str = "打上星号"

    @property
    def sentence(self) -> str:
        """It in words."""
        done = (
            f"已{self.verb} {self.masked} 处，存为第 {self.queued.revision} 稿。"
            if self.masked
            else f"没有能{self.verb}的地方。"
        )
        left = f"{'、'.join(self.left)}里的在这里改不了，请在原文件里改好，再换上。" if self.left else ""
        return done + left


def mask(office: Office, article_id: int, names: Collection[str] | None = None, *, username: str) -> MaskedPost:
    """Masks the findings of these names (None: all personal data that nobody gave a reason for).

    Raises NotAllowed, NotFound, Conflict, or BadInput if there is nothing to be masked.
    """
    chosen = [each for each in _chosen(office, article_id, names, username) if each.is_personal]
    if not chosen:
        raise BadInput("没有要打星号的个人信息。")
    return _rewritten(office, article_id, chosen, username=username)


def correct(office: Office, article_id: int, names: Collection[str] | None = None, *, username: str) -> MaskedPost:
    """Puts wrong words of these names right (None: all that nobody gave a reason for); raises as `mask` does.

    A sentence goes only where its finding is named.
    """
    chosen = [each for each in _chosen(office, article_id, names, username)
              if each.instead and not each.is_personal and (names or any(each.instead))]  # fmt: skip
    if not chosen:
        raise BadInput("没有一点就能改的错词。")
    return _rewritten(office, article_id, chosen, username=username, verb="改好")


def _chosen(office: Office, article_id: int, names: Collection[str] | None, username: str) -> list[CheckFinding]:
    """The findings of these names; without names all that stand open. Raises NotAllowed, NotFound."""
    drafts.check_writer(office, username)
    found = judgement.look(office, article_id)
    if names is None:
        return [each.finding for each in found.open]
    return [each.finding for each in found.findings if each.key in names]


def _rewritten(
    office: Office, article_id: int, chosen: Sequence[CheckFinding], *, username: str, verb: str = MaskedPost.verb
) -> MaskedPost:
    with office.store.read() as session:
        revision = articles.present(session, articles.find(session, article_id))
    changes, left = _changes(office, revision, chosen)
    masked = sum(finding.passage.part not in left for finding in chosen)
    if not masked:
        raise BadInput(MaskedPost(QueuedPost(article_id, revision.number), 0, left, verb).sentence)
    queued = drafts.edit(office, article_id, changes, username=username, based_on=revision.number)
    return MaskedPost(queued, masked, left, verb)


def _changes(
    office: Office, revision: Revision, chosen: Sequence[CheckFinding]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields of the post that change, and the parts that cannot."""
    parts = {finding.passage.part for finding in chosen}
    changes: dict[str, Any] = {}
    for part, name, text in ((TITLE, "title", revision.title), (DIGEST, "digest", revision.digest)):
        if part in parts:
            changes[name] = _overwritten(text, [each for each in chosen if each.passage.part == part])
    if BODY in parts:
        changes["body"] = _body(office, revision, chosen)
    uploads, left = _uploads(office, revision, chosen, parts)
    if uploads:
        changes["attachments"] = uploads
    return changes, left


def _overwritten(text: str, findings: Iterable[CheckFinding]) -> str:
    letters = list(text)
    for finding in findings:
        letters[finding.start : finding.start + len(finding.instead)] = finding.instead
    return "".join(letters)


def _body(office: Office, revision: Revision, chosen: Sequence[CheckFinding]) -> PostBody:
    """The masked body; its source is it too, since the author's own still holds what was masked."""
    html = html_passages.masked(revision.html, chosen)
    pictures = {f"file:{sha256}": office.files.read(sha256) for sha256 in rendering.image_hashes(html)}
    return PostBody(html, "html", html, embedded=pictures)


def _uploads(
    office: Office, revision: Revision, chosen: Sequence[CheckFinding], parts: Collection[str]
) -> tuple[tuple[Upload, ...], tuple[str, ...]]:
    uploads, left = [], []
    for each in revision.attachments:
        data = office.files.read(each.file.sha256)
        if (part := attachments.part_of(each.name)) in parts:
            masked = attachments.masked(each.name, data, chosen)
            left += [part] if masked is None else []
            data = data if masked is None else masked
        uploads.append(Upload(each.name, data))
    return tuple(uploads), tuple(left)
