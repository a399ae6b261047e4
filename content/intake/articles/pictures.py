"""The pictures of a body: found wherever it says they are, made fit, and named by content."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from content.intake.articles import images
from content.intake.articles.documents import PostBody, read_bytes
from content.rules.errors import BadInput
from content.rules.publishing.limits import BODY_IMAGE_BYTES, INPUT_IMAGE_BYTES, address
from content.rules.publishing.markup import inner, tree

PLATFORM_HOST = "mmbiz.qpic.cn"  # where the platform keeps pictures; it drops those of any other place
LEFT_BEHIND = "没有跟着文字过来，请从电脑里换一张，或者删掉"  # Word names files of the computer it ran on
_ON_A_DISK = re.compile(r"file:|[A-Za-z]:[\\/]")
LAZY = ("data-src", "data-original")  # where copied web pages keep the true address

Fetch = Callable[[str], bytes]  # brings a picture from the web; raises BadInput with the reason


@dataclass
class BodyPictures:
    """A body whose pictures are `file:SHA256` (or already the platform's), with what was done and what is wrong."""

    html: str = ""
    pictures: dict[str, images.Picture] = field(default_factory=dict)  # by SHA-256
    count: int = 0
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def gather(body: PostBody, *, fetch: Fetch | None = None) -> BodyPictures:
    """Takes in every picture of a body. Faults are gathered, each naming its picture."""
    gathered, known = BodyPictures(), dict[str, str]()
    root = tree(body.html)
    for element in list(root.iter("img")):
        source = _source(element.attrib)
        for name in [name for name in element.attrib if name not in ("alt", "style", "width")]:
            del element.attrib[name]
        gathered.count += 1
        if source not in known:
            known[source] = _take(gathered, body, source, fetch)
        if known[source]:
            element.set("src", known[source])
        else:
            element.drop_tree()
    gathered.html = inner(root)
    return gathered


def _take(gathered: BodyPictures, body: PostBody, source: str, fetch: Fetch | None) -> str:
    """The new address of a picture; empty when something is wrong with it."""
    name = f"第 {gathered.count} 张图片" + (f"（{shown}）" if (shown := _shown(source)) else "")
    if address(source)[1] == PLATFORM_HOST:
        return source.replace("http://", "https://", 1)
    try:
        picture = images.fit(_bytes(body, source, fetch), largest=BODY_IMAGE_BYTES)
    except BadInput as error:
        gathered.faults.append(f"{name}{error.message}。")
        return ""
    if picture.changes:
        gathered.notes.append(f"{name}：{'；'.join(picture.changes)}。")
    sha256 = hashlib.sha256(picture.data).hexdigest()
    gathered.pictures[sha256] = picture
    return f"file:{sha256}"


def _bytes(body: PostBody, source: str, fetch: Fetch | None) -> bytes:
    if source in body.embedded:
        return body.embedded[source]
    if not source:
        raise BadInput(LEFT_BEHIND)
    if source.startswith("data:"):
        return _inline(source)
    if re.match(r"(https?:)?//", source):
        if fetch is None:
            raise BadInput("在别的网站上，微信不收。请存到正文文件旁边再引用")
        return fetch(f"https:{source}" if source.startswith("//") else source)
    return _local(body.folder, source)


def _inline(source: str) -> bytes:
    header, comma, data = source.partition(",")
    try:
        if not comma:
            raise ValueError("no comma")
        return base64.b64decode(data, validate=False) if ";base64" in header else unquote_to_bytes(data)
    except (ValueError, binascii.Error) as error:
        raise BadInput("是坏的，请重新插入") from error


def _local(folder: Path | None, source: str) -> bytes:
    if folder is None and _ON_A_DISK.match(source):
        raise BadInput(LEFT_BEHIND)
    if folder is None:
        raise BadInput("找不到：这里没有正文文件，图片只能用网址或者内嵌")
    address = unquote(source.removeprefix("file://")).replace("\\", "/")
    path = folder / address
    if not path.exists() and (folder / unquote(address.split("?")[0])).exists():
        path = folder / unquote(address.split("?")[0])
    if not path.is_file():
        raise BadInput(f"找不到。请检查文件名，图片要放在 {folder.absolute()} 里，或者写明它的位置")
    try:
        return read_bytes(path, "", INPUT_IMAGE_BYTES)
    except BadInput as error:
        raise BadInput(error.message.rstrip("。").removeprefix(f"“{path.name}”")) from error


def _source(attributes: object) -> str:
    values = dict(attributes)  # type: ignore[call-overload]
    lazy = next((values[name] for name in LAZY if values.get(name)), "")
    return str(lazy or values.get("src", "")).strip()


def _shown(source: str) -> str:
    if source.startswith("data:"):
        return "内嵌图片"
    return unquote(source.removeprefix("embedded:").split("/", 1)[-1] if source.startswith("embedded:") else source)[
        :80
    ]
