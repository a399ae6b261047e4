"""Made-up questions of citizens about the made-up disclosures, and their sealed deliveries; the same ones on every run."""

# ruff: noqa: SIM905 - word lists read better so
from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, islice
from urllib.parse import urlencode

from lxml import etree
from wechatpy.crypto import WeChatCrypto

from bench.disclosures import MATTERS, PLACES

OPENINGS = " 请问 你好 您好 我想问一下 想了解 麻烦问下 查一下 咨询 我要找 求助 有没有 哪里有 帮我看看 关于".split(" ")
ENDINGS = (
    " 怎么办 在哪里看 什么时候 有吗 的文件 的通知 怎么申请 需要什么材料 找谁 电话多少 结果出来了吗 的规定 有什么要求 最新的 在哪办 多少钱 能补办吗 公示了吗 的名单"
).split(" ")
FIRST = 24_000_000_000_000_000  # message numbers are above this, as the platform's are
INNER = (
    "<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><FromUserName><![CDATA[{citizen}]]></FromUserName>"
    "<CreateTime>{stamp}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content>"
    "<MsgId>{number}</MsgId></xml>"
)
SEALED = "<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
HEAD = "POST /wechat?{query} HTTP/1.1\r\nHost: bench\r\nContent-Type: text/xml\r\nContent-Length: {length}\r\n\r\n"


def questions() -> Iterator[str]:
    """What citizens ask, without end: as they talk, half of it with a year, and no two alike."""
    chance = random.Random(711)
    asked: set[str] = set()
    while True:
        year = f"{chance.randint(2015, 2026)}年" if chance.random() < 0.5 else ""
        about = f"{chance.choice(['', *PLACES])}{year}{chance.choice(MATTERS)}"
        question = f"{chance.choice(OPENINGS)}{about}{chance.choice(ENDINGS)}"
        if question not in asked:
            asked.add(question)
            yield question


def repeated(different: int = 300) -> Iterator[str]:
    """The same as citizens repeat it, without end: few questions often, many seldom (the k-th in proportion to 1/k)."""
    chance = random.Random(712)
    known = list(islice(questions(), different))
    weights = list(accumulate(1 / (place + 1) for place in range(different)))
    while True:
        yield chance.choices(known, cum_weights=weights)[0]


@dataclass(frozen=True)
class SealedQuestion:
    """A question that is sealed already, and gets the second at which it is sent, as the platform writes it into the address."""

    token: str
    nonce: str
    sealed: str

    def stamped(self, stamp: int) -> bytes:
        """The whole HTTP request, sent at that second since 1970."""
        query = urlencode(
            {
                "signature": self._signed(stamp),
                "timestamp": stamp,
                "nonce": self.nonce,
                "encrypt_type": "aes",
                "msg_signature": self._signed(stamp, self.sealed),
            }
        )
        body = SEALED.format(sealed=self.sealed).encode()
        return HEAD.format(query=query, length=len(body)).encode() + body

    def now(self) -> bytes:
        """The same, sent now."""
        return self.stamped(int(time.time()))

    def _signed(self, stamp: int, *more: str) -> str:
        return hashlib.sha1("".join(sorted((self.token, str(stamp), self.nonce, *more))).encode()).hexdigest()


class Deliveries:
    """Citizens' questions as safe-mode deliveries, whole HTTP requests; each with a number of its own."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._token = settings["GONGKAI_WECHAT_TOKEN"]
        self._crypto = WeChatCrypto(self._token, settings["GONGKAI_WECHAT_AES_KEY"], settings["GONGKAI_WECHAT_APP_ID"])
        self._different, self._repeated = questions(), repeated()
        self._sent = 0

    def different(self, count: int) -> list[SealedQuestion]:
        """Questions that nobody has asked yet."""
        return [self.sealed(next(self._different)) for _ in range(count)]

    def repeated(self, count: int) -> list[SealedQuestion]:
        """Questions as citizens repeat them."""
        return [self.sealed(next(self._repeated)) for _ in range(count)]

    def reply(self, body: bytes) -> str:
        """The text of a sealed answer. Raises RuntimeError where there is none, as `success` is none."""
        if b"<Encrypt>" not in body:
            raise RuntimeError(f"no answer but this: {body[:80]!r}")
        sealed = etree.fromstring(body)
        signature, stamp, nonce = (sealed.findtext(name) for name in ("MsgSignature", "TimeStamp", "Nonce"))
        inner = self._crypto.decrypt_message(body.decode(), signature, stamp, nonce)
        return etree.fromstring(inner.encode()).findtext("Content") or ""

    def sealed(self, text: str) -> SealedQuestion:
        """One message of some citizen's, made now."""
        self._sent += 1
        nonce, stamp = f"n{self._sent}", int(time.time())
        inner = INNER.format(citizen=f"o{self._sent % 5000:027}", stamp=stamp, text=text, number=FIRST + self._sent)
        envelope = self._crypto.encrypt_message(inner, nonce, str(stamp))
        return SealedQuestion(self._token, nonce, etree.fromstring(envelope.encode()).findtext("Encrypt"))
