"""What the checks find in a post: in a wording of an article, or in a draft that is not kept yet. Nothing is written."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from config.contact import contact
from content.intake.articles import attachments
from content.render import article as rendering
from content.rules.checks import checklist, html_passages
from content.rules.checks.checklist import CheckedPost, CheckKnowledge
from content.rules.checks.finding import BODY, DIGEST, TITLE, CheckFinding, Passage, Rule, Severity
from content.rules.checks.link_forms import Link
from content.rules.publishing import limits
from content.rules.publishing.limits import PostFields
from content.rules.publishing.markup import tree, words
from content.services import coded_names
from content.services.office import Office
from content.store.articles import articles, published
from content.store.notices import notices
from content.store.tables import Article, Revision

URL_ROOM = "https://mmbiz.qpic.cn/" + "x" * 160  # an address of the platform is about this long
MOST_TITLES = 3000  # of those that are out, the newest
UNREAD = Rule(
    "attachment.unread",
    Severity.QUERY,
    "没有检查的附件",
    "扫描件、图片和打不开的文件，系统读不出里面的字。",
    "请自己看一遍有没有个人信息。",
)
HIDDEN = Rule(
    "attachment.hidden",
    Severity.QUERY,
    "附件里藏着的内容",
    "别人下载以后看得到；通报过的泄露里有附件的隐藏内容。",
    "不想公开的请先删掉。",
)
MUTE = Rule(
    "picture.words",
    Severity.QUERY,
    "图片没有文字说明",
    "《互联网网站适老化与无障碍改造》的要求：看不见的人听到的就是这句说明。",
    "在写稿页点一下图片，写一句图里是什么；只是花边的，不用写。",
)
NOTICE_PAGE = re.compile(r"/([dja])/(\d{1,9})/?$")
NOTICE_KINDS = {"d": "disclosure", "j": "posting"}
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


@dataclass(frozen=True)
class PostWording:
    """A wording to be checked. `category` is a code or a name; attachments come as (name, bytes or the file of them)."""

    fields: PostFields
    html: str
    category: str = ""
    attached: tuple[tuple[str, bytes | Path], ...] = ()
    article_id: int = 0  # of the article itself, which is not like itself
    out_at: datetime | None = None


def examine(office: Office, wording: PostWording) -> list[CheckFinding]:
    """Everything that the checks find, the gravest first."""
    body, links = html_passages.read(wording.html)
    told = [_read(name, content) for name, content in wording.attached]
    passages = [
        Passage(TITLE, wording.fields.title),
        *_digest(wording),
        *body,
        *(passage for read, _ in told for passage in read or ()),
    ]
    if wording.fields.source_url:
        links.append(Link(wording.fields.source_url, Passage("原文链接", wording.fields.source_url)))
    post = CheckedPost(wording.fields.title, _code(office, wording.category), wording.fields.source_url, passages, links,
                       _over_limits(wording), office.clock.day(wording.out_at) if wording.out_at else None,
                       office.clock.today())  # fmt: skip
    found = checklist.check(post, _knowledge(office, wording, [link.url for link in links]))
    found += _mute_pictures(wording.html)
    return [*found, *(each for (name, _), (read, hidden) in zip(wording.attached, told, strict=True)
                      for each in _about_file(name, read, hidden))]  # fmt: skip


def wording_of(office: Office, session: Session, article: Article) -> PostWording:
    """The present wording of an article."""
    revision = articles.present(session, article)
    paths = [(each.name, office.files.path(each.file.sha256)) for each in revision.attachments]
    return PostWording(fields_of(revision), revision.html, article.category.code if article.category else "",
                       tuple((name, path) for name, path in paths if path.exists()), article.id,
                       None if article.reserve else article.due_at or article.wanted_at)  # fmt: skip


def fields_of(revision: Revision) -> PostFields:
    """The one-line fields of a wording."""
    return PostFields(revision.title, revision.digest, revision.author_name, revision.source_url)


def as_sent(html: str) -> str:
    """A body as long as it will be when its pictures have addresses of the platform."""
    return rendering.for_platform(html, dict.fromkeys(rendering.image_hashes(html), URL_ROOM))


def personal_data_in(office: Office, text: str, *, part: str) -> list[str]:
    """Personal data in a text that is no post, such as an answer to a letter, as sentences."""
    return checklist.sentences(checklist.personal_data([Passage(part, text)], published_numbers(office)))


def _digest(wording: PostWording) -> list[Passage]:
    """The digest that somebody wrote; the platform's own is the beginning of the body."""
    digest = wording.fields.digest
    return [Passage(DIGEST, digest)] if digest and not limits.is_default_digest(digest, words(wording.html)) else []


def _mute_pictures(html: str) -> list[CheckFinding]:
    """How many pictures say nothing to those who cannot see them."""
    mute = sum(not image.get("alt", "").strip() for image in tree(html).iter("img"))
    return [CheckFinding(MUTE, Passage(BODY, ""), "", detail=f"有 {mute} 张。")] if mute else []


def _over_limits(wording: PostWording) -> list[str]:
    images = len(rendering.image_hashes(wording.html))
    faults = limits.body_faults(text=words(wording.html), html=as_sent(wording.html), images=images)
    return [sentence for _, sentence in (*limits.field_faults(wording.fields), *faults)]


def _code(office: Office, category: str) -> str:
    return next((each.code for each in coded_names.categories(office) if category in (each.code, each.name)), category)


def _knowledge(office: Office, wording: PostWording, addresses: Sequence[str]) -> CheckKnowledge:
    host = urlsplit(office.base_url).hostname or ""
    with office.store.read() as session:
        titles = published.titles(session, but=wording.article_id, limit=MOST_TITLES)
        gone = {url: why for url in dict.fromkeys(addresses) if (why := _gone(session, url, host))}
    return CheckKnowledge(office.wrong_words.read(), published_numbers(office), titles, {host}, gone)


def published_numbers(office: Office) -> frozenset[str]:
    """The mobile numbers that the office itself gives out as its telephones."""
    directory, own = office.directory.read(), contact(office.home)
    told = (*(each.phone for each in directory.departments), *(each.phone for each in directory.leaders),
            own.phone, own.superior_phone)  # fmt: skip
    return frozenset(number for text in told for number in _MOBILE.findall(re.sub(r"[ \-]", "", text)))


def _gone(session: Session, url: str, host: str) -> str:
    """Why an address of ours leads to nothing any more; empty if it does not, or is somebody else's."""
    if published.was_taken_down(session, url):
        return "这篇文章已经从微信上撤下。"
    try:
        parts = urlsplit(url)
        page = NOTICE_PAGE.search(parts.path) if parts.hostname == host else None
    except ValueError:
        return ""
    if page is None:
        return ""
    letter, number = page.group(1), int(page.group(2))
    if letter == "a":
        return "" if published.is_readable(session, number) else "本单位网页上没有这篇文章，或者已经撤下。"
    notice = notices.get(session, NOTICE_KINDS[letter], number)
    return "" if notice is not None and notice.withdrawn_at is None else "本单位网页上没有这一条，或者已经撤下。"


Read = tuple[tuple[Passage, ...] | None, tuple[str, ...]]


def _read(name: str, content: bytes | Path) -> Read:
    """The passages of an attachment (None: it cannot be read), and what it conceals."""
    return _look(name, content) if isinstance(content, bytes) else _kept(name, content)


@functools.lru_cache(
    maxsize=16
)  # the files of one article are looked at page after page, and a file of ours never changes
def _kept(name: str, path: Path) -> Read:
    return _look(name, path.read_bytes())


def _look(name: str, data: bytes) -> Read:
    read = attachments.read(name, data)
    return None if read is None else tuple(read), tuple(attachments.concealed(name, data))


def _about_file(name: str, read: Iterable[Passage] | None, hidden: Sequence[str]) -> list[CheckFinding]:
    part = attachments.part_of(name)
    found = []
    if read is None:
        sentence = f"{part}里的内容没有检查，请自己看一遍有没有个人信息。"
        found.append(CheckFinding(UNREAD, Passage(part, ""), name, detail=sentence))
    if hidden:
        sentence = f"{part}里有{'、'.join(hidden)}，别人下载以后看得到。不想公开的请先删掉。"
        found.append(CheckFinding(HIDDEN, Passage(part, ""), "、".join(hidden), detail=sentence))
    return found
