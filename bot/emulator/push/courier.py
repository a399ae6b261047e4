"""Carries messages and events to the product's webhook: signed, sealed when asked, three times at most."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from typing import Any

import requests

from bot.emulator import xml
from bot.emulator.chat import ACCOUNT, NOTICE, Chats, original_id
from bot.emulator.clock import Clock
from bot.emulator.faults import Faults
from bot.emulator.options import Options, Settings
from bot.emulator.push.cipher import Cipher, signature
from bot.emulator.push.reply_check import BrokenReply, Judge
from bot.emulator.state import State
from bot.emulator.worker import Worker

log = logging.getLogger(__name__)

BROKEN = "该公众号提供的服务出现故障，请稍后再试"
LATE_SECONDS = 3.0
KEPT_BODY = 4000


class Courier:
    """Records a delivery first, then carries it; what a kill interrupted is carried again at the next start."""

    def __init__(
        self,
        options: Options,
        state: State,
        *,
        settings: Settings,
        clock: Clock,
        chats: Chats,
        faults: Faults,
        worker: Worker,
    ) -> None:
        self.account = original_id(options.app_id)
        self.cipher = Cipher(options.aes_key, options.app_id) if options.aes_key else None
        self._token = options.token
        self._judge = Judge(options.token, self.cipher)
        self._settings, self._clock, self._chats = settings, clock, chats
        self._state, self._faults, self._worker = state, faults, worker
        self._deliveries = state.shelf("deliveries")
        self._local = threading.local()
        self._waiting: dict[str, int] = {}
        self._waiting_lock = threading.Lock()

    def typing(self, user: str) -> bool:
        """Whether an answer to this person is still on its way."""
        with self._waiting_lock:
            return self._waiting.get(user, 0) > 0

    def post(self, document: str, *, user: str = "", event: str = "") -> str:
        """Records a delivery and carries it soon. `user`: whose phone shows the answer. Returns its id."""
        with self._state.transaction():
            id = str(self._state.count("delivery"))
            fault = self._faults.strike(f"event:{event}") if event else None
            self._deliveries.put(id, {
                "id": id, "xml": document, "user": user, "event": event, "state": "pending", "at": self._clock.stamp(),
                "fault": fault and fault["act"], "attempts": [],
            })  # fmt: skip
        self._expect(user, 1)
        late = (fault["seconds"] or LATE_SECONDS) if fault and fault["act"] == "late" else 0
        self._worker.after(late, self._carry, id, user)
        return id

    def resume(self) -> None:
        """Carries again what was recorded but never brought to its end."""
        for delivery in self._deliveries.all():
            if delivery["state"] == "pending":
                self._expect(delivery["user"], 1)
                self._worker.after(0, self._carry, delivery["id"], delivery["user"])

    def carry_now(self, document: str, *, mode: str = "", tries: int = 1) -> list[dict[str, Any]]:
        """Carries any document at once and returns every attempt with the webhook's raw answer; no phone shows it."""
        return self._attempts(document, mode=mode or self._settings["mode"], tries=tries)

    def verify(self) -> dict[str, Any]:
        """Asks the webhook as the platform does when its address is saved: GET with echostr, to come back unchanged."""
        stamp, nonce, echo = str(self._clock.stamp()), str(secrets.randbelow(10**10)), str(secrets.randbelow(10**19))
        query = {"signature": signature(self._token, stamp, nonce), "timestamp": stamp, "nonce": nonce, "echostr": echo}
        try:
            answer = self._http().get(
                self._settings["webhook"],
                params=query,
                timeout=self._settings["webhook_timeout"],
                allow_redirects=False,
            )
        except requests.RequestException as error:
            return {"verified": False, "status": None, "body": type(error).__name__}
        verified = answer.status_code == 200 and answer.content == echo.encode()
        return {"verified": verified, "status": answer.status_code, "body": answer.text[:KEPT_BODY]}

    def last(self) -> dict[str, Any] | None:
        """The youngest recorded delivery."""
        found = self._deliveries.newest(0, 1)
        return found[0] if found else None

    def _carry(self, id: str, user: str) -> None:
        try:
            # None: a reset came between, or the act that recorded it was undone.
            if (delivery := self._deliveries.get(id)) is not None:
                self._carry_recorded(delivery)
        finally:
            self._expect(user, -1)

    def _carry_recorded(self, delivery: dict[str, Any]) -> None:
        attempts: list[dict[str, Any]] = []
        mode = self._settings["mode"]
        for _ in range({"lost": 0, "doubled": 2}.get(delivery["fault"] or "", 1)):
            attempts += self._attempts(delivery["xml"], mode=mode, tries=self._settings["webhook_tries"])
        arrived = not attempts or attempts[-1]["outcome"] in ("silent", "reply")
        if arrived or not self._worker.stopping.is_set():  # else it stays pending: the next start carries it again
            self._settle(delivery, attempts)

    def _settle(self, delivery: dict[str, Any], attempts: list[dict[str, Any]]) -> None:
        last: dict[str, Any] = attempts[-1] if attempts else {"outcome": "lost"}
        with self._state.transaction():
            if self._deliveries.get(delivery["id"]) is None:
                return
            self._deliveries.put(delivery["id"], {**delivery, "state": last["outcome"], "attempts": attempts})
            if not delivery["user"]:
                return
            if last["outcome"] == "reply":
                self._chats.add(delivery["user"], ACCOUNT, last["reply"])
            elif last["outcome"] != "silent":
                self._chats.add(delivery["user"], NOTICE, {"kind": "text", "content": BROKEN})

    def _attempts(self, document: str, *, mode: str, tries: int) -> list[dict[str, Any]]:
        attempts: list[dict[str, Any]] = []
        for _ in range(tries):
            attempts.append(self._attempt(document, mode))
            if attempts[-1]["outcome"] not in ("timeout", "unreachable", "status"):
                break
        return attempts

    def _attempt(self, document: str, mode: str) -> dict[str, Any]:
        user, account, event = _addresses(document, self.account)
        query, body = self._pack(document, mode, user=user, account=account)
        record: dict[str, Any] = {"at": self._clock.stamp(), "mode": mode, "status": None, "body": "", "reply": None}
        started = time.monotonic()
        try:
            answer = self._http().post(
                self._settings["webhook"], params=query, data=body, timeout=self._settings["webhook_timeout"],
                headers={"Content-Type": "text/xml", "User-Agent": "Mozilla/4.0"}, allow_redirects=False,
            )  # fmt: skip
        except requests.Timeout:
            return record | {"outcome": "timeout", "reason": "五秒之内没有回答"}
        except requests.RequestException as error:
            return record | {"outcome": "unreachable", "reason": f"连不上：{type(error).__name__}"}
        record |= {"status": answer.status_code, "body": answer.content.decode("utf-8", "replace")[:KEPT_BODY]}
        record["seconds"] = round(time.monotonic() - started, 3)
        if answer.status_code != 200:
            return record | {"outcome": "status", "reason": f"回答的状态是 {answer.status_code}"}
        try:
            reply = self._judge.judge(answer.content, mode=mode, user=user, account=account, event=event)
        except BrokenReply as error:
            return record | {"outcome": "broken", "reason": str(error)}
        return record | {"outcome": "reply" if reply else "silent", "reply": reply}

    def _pack(self, document: str, mode: str, *, user: str, account: str) -> tuple[dict[str, str], bytes]:
        """Query and body of one attempt, with a fresh timestamp and nonce each time."""
        stamp, nonce = str(self._clock.stamp()), str(secrets.randbelow(9 * 10**9) + 10**9)
        query = {"signature": signature(self._token, stamp, nonce), "timestamp": stamp, "nonce": nonce, "openid": user}
        if mode == "plain":
            return query, document.encode()
        if self.cipher is None:
            raise ValueError("兼容模式和安全模式要有 EncodingAESKey")
        sealed = self.cipher.seal(document)
        query |= {"encrypt_type": "aes", "msg_signature": signature(self._token, stamp, nonce, sealed)}
        if mode == "safe":
            return query, xml.write([("ToUserName", account), ("Encrypt", sealed)]).encode()
        head, end, tail = document.rpartition("</xml>")
        return query, f"{head}<Encrypt><![CDATA[{sealed}]]></Encrypt>{end}{tail}".encode()

    def _http(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
            self._local.session.trust_env = False  # a rehearsal never goes through a proxy
        session: requests.Session = self._local.session
        return session

    def _expect(self, user: str, change: int) -> None:
        with self._waiting_lock:
            self._waiting[user] = self._waiting.get(user, 0) + change


def _addresses(document: str, account: str) -> tuple[str, str, bool]:
    """Sender, receiver, and whether it is an event; a document that cannot be read has none of its own."""
    try:
        root = xml.read(document)
    except xml.XmlError:
        return "", account, False
    sender, receiver = xml.field(root, "FromUserName") or "", xml.field(root, "ToUserName") or ""
    return sender, receiver, xml.field(root, "MsgType") == "event"
