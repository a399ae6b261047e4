"""Judges what the product answered to a delivery, as strictly as the platform does."""

from __future__ import annotations

from typing import Any

from lxml import etree

from bot.emulator import xml
from bot.emulator.push.cipher import Cipher, CipherError, same, signature

TEXT_BYTES = 2048  # no official number; users report 2,047 to 2,048
NEWS_TO_MESSAGE, NEWS_TO_EVENT = 1, 8
MEDIA = {"image": "Image", "voice": "Voice", "video": "Video"}


class BrokenReply(Exception):
    """A reply that the platform cannot use; the citizen sees 该公众号提供的服务出现故障."""


class Judge:
    """Opens and checks replies of one account."""

    def __init__(self, token: str, cipher: Cipher | None) -> None:
        self._token = token
        self._cipher = cipher

    def judge(self, body: bytes, *, mode: str, user: str, account: str, event: bool) -> dict[str, Any] | None:
        """The reply as a bubble, or None for silence (`success` or nothing). Raises BrokenReply."""
        if body.strip() in (b"", b"success"):
            return None
        try:
            root = self._open(xml.read(body), mode)
        except xml.XmlError as error:
            raise BrokenReply(str(error)) from error
        self._check_envelope(root, user=user, account=account)
        return _bubble(root, event=event)

    def _open(self, root: etree._Element, mode: str) -> etree._Element:
        sealed = xml.field(root, "Encrypt")
        if sealed is None:
            if mode == "safe":
                raise BrokenReply("安全模式下的回复没有加密")
            return root
        if mode == "plain" or self._cipher is None:
            raise BrokenReply("明文模式下的回复却加了密")
        stamp, nonce = xml.field(root, "TimeStamp") or "", xml.field(root, "Nonce") or ""
        if not same(signature(self._token, stamp, nonce, sealed), xml.field(root, "MsgSignature") or ""):
            raise BrokenReply("回复的 MsgSignature 不对（-40001）")
        try:
            return xml.read(self._cipher.open(sealed))
        except CipherError as error:
            raise BrokenReply(str(error)) from error

    def _check_envelope(self, root: etree._Element, *, user: str, account: str) -> None:
        if root.tag != "xml":
            raise BrokenReply("回复的根元素不是 xml")
        if xml.field(root, "ToUserName") != user or xml.field(root, "FromUserName") != account:
            raise BrokenReply("回复的 ToUserName、FromUserName 没有对调")
        if not (xml.field(root, "CreateTime") or "").isdigit() or len(xml.field(root, "CreateTime") or "") > 10:
            raise BrokenReply("回复的 CreateTime 不是以秒计的整数")


def _bubble(root: etree._Element, *, event: bool) -> dict[str, Any] | None:
    kind = xml.field(root, "MsgType") or ""
    if kind == "text":
        return _text(root)
    if kind == "news":
        return _news(root, most=NEWS_TO_EVENT if event else NEWS_TO_MESSAGE)
    if kind in MEDIA:
        media = root.findtext(f"{MEDIA[kind]}/MediaId")
        if not media:
            raise BrokenReply(f"{kind} 回复里没有 MediaId")
        return {"kind": kind, "media_id": media}
    if kind == "music":
        return {
            "kind": "music",
            "title": root.findtext("Music/Title") or "",
            "url": root.findtext("Music/MusicUrl") or "",
        }
    if kind in ("transfer_customer_service", "transfer_biz_ai_ivr"):
        return None
    raise BrokenReply(f"不认识的回复类型：{kind or '（空）'}")


def _text(root: etree._Element) -> dict[str, Any]:
    content = xml.field(root, "Content") or ""
    if not content:
        raise BrokenReply("text 回复没有 Content")
    if len(root.findall("Content")) > 1:
        raise BrokenReply("text 回复里有不止一个 Content")
    if (size := len(content.encode())) > TEXT_BYTES:
        raise BrokenReply(f"text 回复有 {size} 字节，超过 {TEXT_BYTES}")
    return {"kind": "text", "content": content}


def _news(root: etree._Element, *, most: int) -> dict[str, Any]:
    items = root.findall("Articles/item")
    if not items or (xml.field(root, "ArticleCount") or "") != str(len(items)):
        raise BrokenReply("news 回复的 ArticleCount 与条数不符")
    if len(items) > most:
        raise BrokenReply(f"news 回复有 {len(items)} 条，此处最多 {most} 条")
    names = {"title": "Title", "description": "Description", "picture": "PicUrl", "url": "Url"}
    return {"kind": "news", "articles": [{k: i.findtext(v) or "" for k, v in names.items()} for i in items]}
