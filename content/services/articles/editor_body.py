"""The body as the console's editor holds it: pictures by an address of the console there, by their SHA-256 here."""

from __future__ import annotations

import base64
import functools
import hashlib
import io
import re

from PIL import Image

from content.intake.articles import documents, images
from content.intake.articles.documents import PostBody
from content.intake.articles.pictures import Fetch, gather
from content.render import article as rendering
from content.rules.checks import html_passages
from content.rules.errors import BadInput
from content.rules.publishing.limits import BODY_IMAGE_BYTES, is_default_digest
from content.rules.publishing.markup import words
from content.services.articles.submission_form import Draft, PostForm, take
from content.services.office import Office
from content.store.articles import articles
from content.store.tables import Revision

PICTURES = "/console/files/"  # where the console serves a file by its SHA-256
_OURS = re.compile(r"(?:https?://[^\"'\s/]+)?" + re.escape(PICTURES) + r"([0-9a-f]{64})")


def for_editor(revision: Revision) -> str:
    """A wording as the editor takes it."""
    return _with_addresses(revision.html)


def from_editor(office: Office, html: str) -> PostBody:
    """What the editor holds, as a body. Raises BadInput for too much of it."""
    own = _OURS.sub(r"file:\1", html)
    body = documents.from_text(own, "html")
    hashes = [sha256 for sha256 in rendering.image_hashes(own) if office.files.path(sha256).exists()]
    known = {f"file:{sha256}": office.files.read(sha256) for sha256 in hashes}
    return PostBody(body.html, body.format, body.source, embedded=known, notes=body.notes)


def keep_picture(office: Office, name: str, data: bytes) -> str:
    """The address of a picture that was put into the editor, made fit for the platform. Raises BadInput."""
    try:
        picture = images.fit(data, largest=BODY_IMAGE_BYTES)
    except BadInput as error:
        raise BadInput(f"图片“{name}”{error.message}。") from error
    sha256 = hashlib.sha256(picture.data).hexdigest()
    office.files.keep(picture.data)
    with office.store.write() as session:
        articles.keep_file(session, sha256=sha256, kind=picture.kind, name=f"{sha256[:12]}{picture.suffix}",
                           size=len(picture.data), at=office.clock.now())  # fmt: skip
    return PICTURES + sha256


def bring_picture(office: Office, url: str, fetch: Fetch) -> str:
    """The address of a picture of another web site, brought here. Raises BadInput."""
    try:
        data = fetch(url)
    except BadInput as error:
        raise BadInput(f"图片{error.message}。") from error
    return keep_picture(office, url.rpartition("/")[2][:60], data)


def read_file(office: Office, name: str, data: bytes, *, title: str = "") -> tuple[str, list[str], str]:
    """(what a file holds, as the editor takes it; what author must know; its title). Its pictures are kept.

    Where the form has no `title` yet, it is the heading that opens the text, which does not stand in the text then. Raises
    BadInput.
    """
    gathered = gather(documents.from_bytes(name, data))
    for picture in gathered.pictures.values():
        keep_picture(office, name, picture.data)
    title = title or rendering.opening_heading(gathered.html)
    cleaned = rendering.clean(gathered.html, title=title)
    return _with_addresses(cleaned.html), [*gathered.notes, *cleaned.notes, *gathered.faults], title


def from_markdown(text: str) -> str:
    """Markdown as the editor takes it."""
    return rendering.clean(documents.from_text(text, "markdown").html).html


def own_digest(revision: Revision) -> str:
    """The digest that somebody wrote; empty for the one that the platform takes by itself."""
    return "" if is_default_digest(revision.digest, words(revision.html)) else revision.digest


def look(office: Office, post: PostForm, *, article_id: int = 0) -> tuple[str, Draft]:
    """The page of a post that is not saved, as a phone will show it, and the draft that it would be. Raises FaultyPost.

    Pictures of other web sites are left out: they are fetched once, when the post is saved.
    """
    draft = take(office, post, fetch=lambda url: _stand_in(), article_id=article_id)
    shown = {sha256: _data(draft, sha256) for sha256 in rendering.image_hashes(draft.html)}
    page = rendering.for_preview(
        html_passages.anchored(draft.html), shown, title=draft.fields.title, author=draft.fields.author
    )
    return page, draft


@functools.cache
def _stand_in() -> bytes:
    """A grey field where a picture of another web site will stand."""
    picture = io.BytesIO()
    Image.new("L", (600, 200), 225).save(picture, "PNG")
    return picture.getvalue()


def _with_addresses(html: str) -> str:
    return rendering.with_images(html, {sha256: PICTURES + sha256 for sha256 in rendering.image_hashes(html)})


def _data(draft: Draft, sha256: str) -> str:
    kept = next((kept for kept in draft.pictures if kept.sha256 == sha256), None)
    if kept is None:
        raise BadInput("有图片的文件不见了，请重新插入。")
    return f"data:{kept.kind};base64,{base64.b64encode(kept.data).decode()}"
