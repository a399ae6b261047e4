"""Messages and events as they come in, replies as they go out: plain values that know nothing of HTTP.

wechatpy has a class for most kinds, but fails on missing or doubled elements and knows no PUBLISHJOBFINISH; here
every kind is one Message, and whatever is missing is simply empty. XML from outside is strictly bounded: no DTD, no entities.
wechatpy reads it with xmltodict, which knows no depth limit, raises half a dozen kinds of errors and strips blanks, and its
replies break on `]]>` and control characters. So both are done here, on the expat of the standard library.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NoReturn, TypeAlias
from xml.parsers import expat

JOB_EVENTS = {"publishjobfinish": "PUBLISHJOBFINISH", "masssendjobfinish": "MASSSENDJOBFINISH"}
KINDS = frozenset({
    "text", "image", "voice", "video", "shortvideo", "location", "link", "file", "miniprogrampage", "device_text",
    "device_event", "hardware", "event",
})  # fmt: skip
EVENTS = frozenset({
    "subscribe", "unsubscribe", "scan", "location", "click", "view", "scancode_push", "scancode_waitmsg",
    "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select", "view_miniprogram", "media_id", "article_id",
    "publishjobfinish", "masssendjobfinish", "templatesendjobfinish", "subscribe_msg_popup_event",
    "subscribe_msg_change_event", "subscribe_msg_sent_event", "user_authorization_cancellation", "user_info_modified",
    "user_authorization_revoke", "kf_create_session", "kf_close_session", "kf_switch_session", "qualification_verify_success",
    "qualification_verify_fail", "naming_verify_success", "naming_verify_fail", "annual_renew", "verify_expired",
})  # fmt: skip
OTHER, NAMELESS = "other", "-"
WORDS_OF = {"text": "Content", "voice": "Recognition"}
MAX_NEWS_FOR_MESSAGES = 1  # developers.weixin.qq.com …/Passive_user_reply_message
MAX_NEWS_FOR_EVENTS = 8
LATEST = 253402300799  # the last second of the year 9999
MAX_DEPTH = 24
MAX_ELEMENTS = 4000

Fields = dict[str, Any]  # name → text, or Fields, or a list of them where a name repeats

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


@dataclass(frozen=True)
class Message:
    """A message (`kind` text, image, voice …) or an event (`kind` "event", `event` its name in lower case)."""

    kind: str
    sender: str = ""  # an openid
    account: str = ""  # gh_…
    created: int = 0  # seconds since 1970; 0 if missing or unreadable
    msg_id: str = ""
    event: str = ""
    key: str = ""
    fields: Fields = field(default_factory=dict)

    @property
    def is_event(self) -> bool:
        """Whether nobody wrote this: no question, and up to eight cards may answer it."""
        return self.kind == "event"

    @property
    def counted_as(self) -> str:
        """The kind or the event as counters name it: who sends made-up names adds to one counter only."""
        if self.is_event and self.event:
            return self.event if self.event in EVENTS else OTHER
        return self.kind if self.kind in KINDS else OTHER if self.kind else NAMELESS

    @property
    def job(self) -> str:
        """PUBLISHJOBFINISH or MASSSENDJOBFINISH if this is the end of a publishing job, else empty."""
        return JOB_EVENTS.get(self.event, "") if self.is_event else ""

    @property
    def job_id(self) -> str:
        """What tells two job results apart that share everything else: publish_id or MsgID; else empty."""
        return text_of(inner(self.fields, "PublishEventInfo"), "publish_id") or text_of(self.fields, "MsgID")

    @property
    def identity(self) -> str:
        """What two deliveries share if and only if one repeats the other (platform page on receiving messages)."""
        if self.msg_id and not self.is_event:
            parts = [self.sender, self.msg_id, str(self.created), self.kind]
        else:
            said = "" if self.is_event else json.dumps(self.fields, sort_keys=True)
            parts = [self.sender, str(self.created), self.kind, self.event, self.key, self.job_id, said]
        return "\n".join(parts)

    def text(self, name: str) -> str:
        """The text of an element, blanks at both ends removed; empty if it is not there or holds elements."""
        return text_of(self.fields, name).strip()

    @property
    def words(self) -> str:
        """What was typed, or said where the platform still writes down a voice message (Recognition); else empty."""
        return self.text(WORDS_OF[self.kind]) if self.kind in WORDS_OF else ""

    def sent_at(self, now: datetime) -> datetime:
        """When it was sent, in UTC; `now` if the message does not say."""
        return datetime.fromtimestamp(self.created, UTC) if self.created else now


@dataclass(frozen=True)
class Text:
    """A text reply; at most 2,048 bytes on the platform, we keep to 1,800."""

    content: str


@dataclass(frozen=True)
class Card:
    """One article of a news reply."""

    title: str
    description: str
    picture: str
    url: str


@dataclass(frozen=True)
class News:
    """A reply of picture cards: one for a message, up to eight for an event."""

    cards: Sequence[Card]


@dataclass(frozen=True)
class Nothing:
    """No reply: the platform gets `success` and the citizen sees nothing."""


Reply: TypeAlias = Text | News | Nothing


def read(fields: Fields) -> Message:
    """The message in the fields of a delivery; never fails, whatever is missing or odd."""
    return Message(
        kind=_word(fields, "MsgType").lower(),
        sender=_word(fields, "FromUserName"),
        account=_word(fields, "ToUserName"),
        created=_seconds(_word(fields, "CreateTime")),
        msg_id=_word(fields, "MsgId"),
        event=_word(fields, "Event").lower(),
        key=_word(fields, "EventKey"),
        fields=fields,
    )


def render(reply: Reply, message: Message, now: datetime) -> str:
    """The reply as the platform's XML; empty where nothing is said or nobody can be addressed."""
    if isinstance(reply, Nothing) or not message.sender or not message.account:
        return ""
    kind, body = ("text", _text_body(reply)) if isinstance(reply, Text) else ("news", _news_body(reply, message))
    return (
        f"{head(message)}<FromUserName>{cdata(message.account)}</FromUserName>"
        f"<CreateTime>{int(now.timestamp())}</CreateTime><MsgType>{cdata(kind)}</MsgType>{body}</xml>"
    )


def head(message: Message) -> str:
    """How every reply to a message begins: the only part of it that names the citizen."""
    return f"<xml><ToUserName>{cdata(message.sender)}</ToUserName>"


def text_of(fields: Fields, name: str) -> str:
    """The text of an element; the first one's if it repeats; empty if there is none."""
    value = fields.get(name, "")
    value = value[0] if isinstance(value, list) else value
    return value if isinstance(value, str) else ""


def inner(fields: Fields, name: str) -> Fields:
    """The elements within an element; the first one's if it repeats; none if there are none."""
    value = fields.get(name, {})
    value = value[0] if isinstance(value, list) else value
    return value if isinstance(value, dict) else {}


def _word(fields: Fields, name: str) -> str:
    return text_of(fields, name).strip()


def _seconds(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 13 and int(text) <= LATEST else 0


def _text_body(reply: Text) -> str:
    return f"<Content>{cdata(reply.content)}</Content>"


def _news_body(reply: News, message: Message) -> str:
    cards = reply.cards[: MAX_NEWS_FOR_EVENTS if message.is_event else MAX_NEWS_FOR_MESSAGES]
    items = "".join(
        f"<item><Title>{cdata(card.title)}</Title><Description>{cdata(card.description)}</Description>"
        f"<PicUrl>{cdata(card.picture)}</PicUrl><Url>{cdata(card.url)}</Url></item>"
        for card in cards
    )
    return f"<ArticleCount>{len(cards)}</ArticleCount><Articles>{items}</Articles>"


class BadXml(ValueError):
    """Not XML, or XML of a kind that no honest sender uses."""


def parse(body: bytes) -> Fields:
    """The children of the root element. Raises BadXml for ill-formed XML, a DTD, deep or endless nesting."""
    reader = _Reader()
    try:
        reader.parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BadXml(str(error)) from error
    return reader.fields


def cdata(text: str) -> str:
    """The text as CDATA: `]]>` is split over two sections, what XML 1.0 forbids is left out, emoji stay."""
    return f"<![CDATA[{ILLEGAL.sub('', text).replace(']]>', ']]]]><![CDATA[>')}]]>"


class _Reader:
    """Builds Fields; stops at the first thing that is out of bounds."""

    def __init__(self) -> None:
        self.fields: Fields = {}
        self._open: list[tuple[Fields, list[str]]] = []
        self._elements = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse_dtd
        self.parser.EntityDeclHandler = self._refuse_dtd

    def _start(self, _name: str, _attributes: dict[str, str]) -> None:
        self._elements += 1
        if len(self._open) >= MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise BadXml("too deep or too many elements")
        self._open.append(({}, []))

    def _text(self, text: str) -> None:
        self._open[-1][1].append(text)

    def _end(self, name: str) -> None:
        children, texts = self._open.pop()
        if self._open:
            _add(self._open[-1][0], name, children or "".join(texts))
        else:
            self.fields = children

    def _refuse_dtd(self, *_declaration: object) -> NoReturn:
        raise BadXml("a DTD or entity")


def _add(fields: Fields, name: str, value: Fields | str) -> None:
    if name not in fields:
        fields[name] = value
    elif isinstance(fields[name], list):
        fields[name].append(value)
    else:
        fields[name] = [fields[name], value]
