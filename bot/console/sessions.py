"""Sessions of the console, kept in Redis: the cookie holds a random name and nothing else.

A session ends when it was not used for `IDLE`, after `LONGEST` in any case, and when the person leaves or sets another
password: `stamp` is a hash of the password's hash.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass, field
from typing import Any

from content.services.office import Office
from content.store.redis import keys
from content.store.tables import Person

COOKIE = "gongkai_console"
IDLE = 4 * 3600  # seconds
LONGEST = 12 * 3600  # seconds
STEP = 600  # seconds between the password and the second step
TOLD = 5  # messages that wait for the next page
TYPED = 7 * 24 * 3600  # seconds
SEEN = 60 * 24 * 3600  # seconds for which it is known which wordings somebody was shown
PEN = 90  # seconds without a sign of life after which nobody is writing any more
FORM_KEY = 3600  # seconds for which a form that was sent is not taken again


@dataclass
class ConsoleSession:
    """One login. `token` is the cookie's value, `csrf` the forms'; `told`: (tone, sentence) for the next page."""

    token: str
    username: str
    stamp: str
    csrf: str
    begun: float  # seconds of the epoch
    told: list[tuple[str, str]] = field(default_factory=list)


class Sessions:
    """All sessions of an office."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def begin(self, person: Person) -> ConsoleSession:
        """A new session. Raises GongkaiError or redis.RedisError when Redis is away."""
        begun = self._now()
        session = ConsoleSession(secrets.token_urlsafe(32), person.username, stamp(person), secrets.token_urlsafe(24),
                                 begun)  # fmt: skip
        self._client.set(_key(session.token), _packed(session), ex=IDLE)
        return session

    def find(self, token: str) -> ConsoleSession | None:
        """The session of a cookie, if it holds; it lives on from now."""
        packed = self._client.getex(_key(token), ex=IDLE) if 0 < len(token) < 100 else None
        if not packed:
            return None
        session = ConsoleSession(token=token, **json.loads(str(packed)))
        if self._now() - session.begun > LONGEST:
            self.end(token)
            return None
        return session

    def end(self, token: str) -> None:
        """Logs out."""
        self._client.delete(_key(token))

    def tell(self, session: ConsoleSession, tone: str, sentence: str) -> None:
        """Something to be said on the person's next page."""
        session.told = [*session.told, (tone, sentence)][-TOLD:]
        self._client.set(_key(session.token), _packed(session), keepttl=True, xx=True)

    def hear(self, session: ConsoleSession) -> list[tuple[str, str]]:
        """What is to be said now; it is said once."""
        told, session.told = [(tone, sentence) for tone, sentence in session.told], []
        if told:
            self._client.set(_key(session.token), _packed(session), keepttl=True, xx=True)
        return told

    def once(self, form_key: str) -> bool:
        """Whether a form with this key comes for the first time; a second press finds it taken."""
        return bool(self._client.set(keys.console_form(_hash(form_key)), "", ex=FORM_KEY, nx=True))

    def again(self, form_key: str) -> None:
        """The form with this key was refused: it may come again."""
        self._client.delete(keys.console_form(_hash(form_key)))

    def begin_step(self, person: Person) -> str:
        """The password was right, the second step is still to come: a token for its form, for a few minutes."""
        token = secrets.token_urlsafe(32)
        self._client.set(keys.console_step(_hash(token)), json.dumps([person.username, stamp(person)]), ex=STEP)
        return token

    def step(self, token: str) -> tuple[str, str]:
        """Whose second step it is, and their stamp; empty if it is over."""
        kept = self._client.get(keys.console_step(_hash(token)))
        username, mark = json.loads(str(kept)) if kept else ("", "")
        return username, mark

    def end_step(self, token: str) -> None:
        """The second step was taken."""
        self._client.delete(keys.console_step(_hash(token)))

    def note_shown(self, username: str, *, article: int, revision: int, sha256: str) -> None:
        """This person was shown this wording of an article: its number and its hash."""
        self.note_read(username, sha256)
        seen = keys.console_seen(_hash(f"{username}:{article}"))
        self._client.zadd(seen, {str(revision): revision})
        self._client.expire(seen, SEEN)

    def note_read(self, username: str, sha256: str) -> None:
        """This person was shown what has this hash."""
        self._client.set(keys.console_shown(_hash(f"{username}:{sha256}")), "", ex=LONGEST)

    def seen_before(self, username: str, article: int, revision: int) -> int:
        """The last wording before this one that the person was shown; 0 if none."""
        seen = keys.console_seen(_hash(f"{username}:{article}"))
        last = self._client.zrevrangebyscore(seen, f"({revision}", "-inf", start=0, num=1)
        return int(last[0]) if last else 0

    def was_shown(self, username: str, sha256: str) -> bool:
        """Whether this person was shown the wording of this hash."""
        return bool(self._client.exists(keys.console_shown(_hash(f"{username}:{sha256}"))))

    def keep_typing(self, username: str, form: str, fields: dict[str, str]) -> None:
        """What somebody has typed into a form and not sent yet, for a week."""
        self._client.set(keys.console_typing(_hash(f"{username}:{form}")), json.dumps(fields, ensure_ascii=False),
                         ex=TYPED)  # fmt: skip

    def typed(self, username: str, form: str) -> dict[str, str]:
        """What they typed; empty if there is nothing."""
        kept = self._client.get(keys.console_typing(_hash(f"{username}:{form}")))
        found: dict[str, str] = json.loads(str(kept)) if kept else {}
        return found

    def forget_typing(self, username: str, form: str) -> None:
        """It was sent, or they do not want it."""
        self._client.delete(keys.console_typing(_hash(f"{username}:{form}")))

    def take_pen(self, article: int, name: str) -> str:
        """Says that this person is writing an article; who else is, or nothing."""
        key = keys.console_pen(article)
        holder = str(self._client.get(key) or "")
        if holder in ("", name):
            self._client.set(key, name, ex=PEN)
        return holder if holder != name else ""

    @property
    def _client(self) -> Any:
        return self._office.redis.client

    def _now(self) -> float:
        return self._office.clock.real_now().timestamp()


def stamp(person: Person) -> str:
    """What changes with the person's password."""
    return _hash(person.password_hash)[:16]


def _packed(session: ConsoleSession) -> str:
    content = asdict(session)
    del content["token"]
    return json.dumps(content, ensure_ascii=False)


def _key(token: str) -> str:
    return keys.console_session(_hash(token))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
