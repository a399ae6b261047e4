"""What staff bring becomes a draft that the platform will take, or a list of what is wrong with it.

No SQL here: everything slow (reading documents, converting pictures) is done before a transaction begins.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath

from content.intake.articles import images, pictures
from content.intake.articles.documents import PostBody
from content.render import article as rendering
from content.render import covers, economy, themes
from content.rules.checks.checklist import sentences
from content.rules.checks.finding import CheckFinding
from content.rules.errors import BadInput
from content.rules.publishing.limits import (
    ATTACHMENT_BYTES,
    COVER_BYTES,
    COVER_SIZE,
    PostFields,
    body_faults,
    default_digest,
    field_faults,
    fits,
    one_line,
)
from content.rules.publishing.markup import words
from content.rules.publishing.publication import Delivery
from content.services.checks.post_check import PostWording, as_sent, examine
from content.services.office import Office

DELIVERIES = (Delivery.PUBLISH, Delivery.MASS, Delivery.DRAFT)
ANY = "application/octet-stream"  # Word's own name is longer than the column, and attachments are only ever saved
ATTACHMENT_KINDS = {
    ".pdf": "application/pdf", ".ofd": "application/ofd", ".txt": "text/plain", ".csv": "text/csv",
    ".doc": "application/msword", ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint",
    ".docx": ANY, ".xlsx": ANY, ".pptx": ANY, ".wps": "application/vnd.ms-works", ".et": ANY,
    ".zip": "application/zip", ".rar": "application/vnd.rar", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
    ".png": "image/png",
}  # fmt: skip
RATIO_SLACK = 0.25  # covers further from 2.35 : 1 are told what will be cut


@dataclass(frozen=True)
class Upload:
    """A file that somebody brought."""

    name: str
    data: bytes


@dataclass(frozen=True)
class PostForm:
    """What staff ask for. `wanted_at` None: at the third pass; `cover` None: the category's default."""

    title: str
    body: PostBody
    wanted_at: datetime | None = None
    category: str = ""
    department: str = ""
    delivery: str | None = None
    cover: Upload | None = None
    cut: covers.CoverCut | None = None  # None: the whole picture is the cover
    cover_square: int | None = None  # where its square stands, 0 left to 100 right; None: in the middle
    digest: str = ""
    author: str = ""
    source_url: str = ""
    attachments: tuple[Upload, ...] = ()
    reserve: bool = False
    key: str = ""
    theme: str = ""  # of config.post_templates; empty: the looks stay
    faults: tuple[tuple[str, str], ...] = ()  # (field, sentence): what could not even be read


@dataclass(frozen=True)
class KeptFile:
    """A file as it will be kept."""

    sha256: str
    kind: str
    name: str
    data: bytes


@dataclass
class Draft:
    """A wording that the platform will take. `warnings` are for author and reviewers, in words; `findings` those of the checks."""

    fields: PostFields
    source: str = ""
    format: str = ""
    html: str = ""
    cover: KeptFile | None = None
    cover_square: int | None = None
    pictures: list[KeptFile] = field(default_factory=list)
    attachments: list[KeptFile] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # of the warnings those that stay with the wording
    warnings: list[str] = field(default_factory=list)
    findings: list[CheckFinding] = field(default_factory=list)


class FaultyPost(BadInput):
    """A post that cannot be queued; `faults` holds (field, sentence) for each thing that is wrong."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__(" ".join(sentence for _, sentence in faults))
        self.faults = list(faults)


def take(office: Office, post: PostForm, *, fetch: pictures.Fetch | None = None, article_id: int = 0) -> Draft:
    """The checked draft of a post; of the article `article_id` if it is there. Raises FaultyPost with all that is wrong."""
    gathered = pictures.gather(post.body, fetch=fetch)
    cleaned = rendering.clean(gathered.html, title=one_line(post.title))
    html, given_up = economy.simplified(_themed(office, cleaned.html, post.theme), lambda html: fits(as_sent(html)))
    text = words(html)
    fields = PostFields(title=one_line(post.title), digest=one_line(post.digest) or default_digest(text),
                    author=one_line(post.author), source_url=one_line(post.source_url))  # fmt: skip
    draft = Draft(fields, post.body.source or gathered.html, post.body.format, html)
    draft.pictures = [_kept(sha256, picture) for sha256, picture in gathered.pictures.items()]
    told = (*post.body.notes, *gathered.notes, *cleaned.notes, *([given_up] if given_up else []))
    draft.notes = list(dict.fromkeys(told))
    draft.warnings = list(draft.notes)
    faults = [
        *post.faults,
        *field_faults(fields),
        *(("body", fault) for fault in gathered.faults),
        *_other_faults(post),
    ]
    if not any(name == "body" for name, _ in faults):
        faults += body_faults(text=text, html=as_sent(html), images=gathered.count)
    faults += _add_files(draft, post)
    if faults:
        raise FaultyPost(faults)
    attached = tuple((kept.name, kept.data) for kept in draft.attachments)
    out_at = None if post.reserve else post.wanted_at
    draft.findings = examine(office, PostWording(fields, html, post.category.strip(), attached, article_id, out_at))
    draft.warnings += [*sentences(draft.findings), *_warnings(office, draft, text)]
    return draft


@functools.cache
def default_cover(code: str) -> KeptFile:
    """The cover of a category that has none yet, drawn in its colour."""
    data = covers.draw(code)
    return KeptFile(hashlib.sha256(data).hexdigest(), "image/jpeg", f"cover-{code or 'plain'}.jpg", data)


def keep(office: Office, draft: Draft) -> None:
    """Writes the files of a draft; they are named by content, so that writing twice does no harm."""
    for kept in (*draft.pictures, *draft.attachments, *([draft.cover] if draft.cover else [])):
        office.files.keep(kept.data)


def _themed(office: Office, html: str, name: str) -> str:
    theme = next((theme for theme in office.themes.read() if theme.name == name), None)
    return themes.dressed(html, theme.styles) if theme else html


def _other_faults(post: PostForm) -> list[tuple[str, str]]:
    faults = []
    if post.delivery is not None and post.delivery not in DELIVERIES:
        faults.append(
            (
                "delivery",
                f"发布方式“{post.delivery}”不认识，可以用的是：发布（publish）、群发（mass）、草稿箱（draft）。",
            )
        )
    if len(post.key) > 200:
        faults.append(("key", "key 太长，最多 200 个字符。"))
    for name, value in (("category", post.category), ("department", post.department)):
        if len(value.strip()) > 64:
            faults.append((name, f"“{value[:20]}…”太长，最多 64 个字。"))
    return faults


def _add_files(draft: Draft, post: PostForm) -> list[tuple[str, str]]:
    faults = []
    if post.cover:
        try:
            draft.cover = _cover(post.cover, post.cut, draft.warnings)
            draft.cover_square = post.cover_square
        except BadInput as error:
            faults.append(("cover", f"封面“{post.cover.name}”{error.message}。"))
    for upload in post.attachments:
        try:
            draft.attachments.append(_attachment(upload, [kept.name for kept in draft.attachments]))
        except BadInput as error:
            faults.append(("attach", f"附件“{upload.name}”{error.message}。"))
    return faults


def _cover(upload: Upload, cut: covers.CoverCut | None, warnings: list[str]) -> KeptFile:
    data = covers.cut(images.upright(images.opened(images.weighed(upload.data))), cut) if cut else upload.data
    picture = images.fit(data, largest=COVER_BYTES)
    if picture.changes:
        warnings.append(f"封面：{'；'.join(picture.changes)}。")
    ratio, wanted = picture.size[0] / picture.size[1], COVER_SIZE[0] / COVER_SIZE[1]
    if abs(ratio / wanted - 1) > RATIO_SLACK:
        trimmed = "上下" if ratio < wanted else "左右"
        warnings.append(f"封面是 {picture.size[0]}×{picture.size[1]}，列表里按 2.35∶1 显示，{trimmed}会被裁去一部分。")
    return _kept(hashlib.sha256(picture.data).hexdigest(), picture, stem=PurePath(upload.name).stem)


def _attachment(upload: Upload, taken: list[str]) -> KeptFile:
    name = one_line(PurePath(upload.name.replace("\\", "/")).name)
    kind = ATTACHMENT_KINDS.get(PurePath(name).suffix.lower())
    if kind is None:
        raise BadInput(f"的类型不能用，可以用的是：{'、'.join(ATTACHMENT_KINDS)}")
    if not upload.data:
        raise BadInput("是空的")
    if len(upload.data) > ATTACHMENT_BYTES:
        raise BadInput(f"超过 {ATTACHMENT_BYTES // 1024 // 1024} MB，太大了")
    if name in taken or len(name) > 200:
        raise BadInput("与另一个附件同名，请改名" if name in taken else "的文件名太长，请改短")
    return KeptFile(hashlib.sha256(upload.data).hexdigest(), kind, name, upload.data)


def _kept(sha256: str, picture: images.Picture, stem: str = "") -> KeptFile:
    return KeptFile(sha256, picture.kind, (one_line(stem)[:60] or sha256[:12]) + picture.suffix, picture.data)


def _warnings(office: Office, draft: Draft, text: str) -> list[str]:
    found, links = [], rendering.links(draft.html)
    if links:
        found.append(f"微信会去掉通往别处的链接，发出时改成“文字（网址）”：{'、'.join(url[:80] for url in links[:5])}"
                     f"{f' 等 {len(links)} 个' if len(links) > 5 else ''}。")  # fmt: skip
    if draft.format == "markdown" and "![" in text:
        found.append("有的图片没有认出来，会显示成“![…](…)”。文件名里有空格时要写成 ![说明](<文件 名.png>)。")
    if "#" in draft.fields.source_url and office.settings.mark_articles:
        found.append("“阅读原文”网址里 # 以后的部分会换成本系统认稿件用的记号。")
    return found
