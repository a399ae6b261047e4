"""The same work from plain parts, as a good engineer would put it together in a day: what a user would pick instead of Gongkai.

wechatpy opens, parses and seals. Flask is the view. Redis remembers which deliveries were answered. SQLite's FTS5 ranks
pairs of characters by BM25. Each question is kept in SQL. The reply is a numbered list of titles with links, as ours is.
Its three commands are called as ours are, so that the same tools can measure both:

    python -m bench.plain init
    python -m bench.plain import disclosures FILE.jsonl [--json]
    python -m bench.plain ask --batch FILE.jsonl

The store is GONGKAI_HOME/plain.db. BENCH_REDIS is the address of the Redis server.
"""

from __future__ import annotations

import html
import json
import os
import re
import sqlite3
import sys
import threading
import time
import unicodedata
from pathlib import Path

from flask import Flask, Response, abort, request
from redis import Redis
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException, InvalidSignatureException
from wechatpy.messages import BaseMessage

SHOWN = 3  # titles in a reply
KEPT = 900  # seconds for which an answer is kept; the platform repeats within 15
CLAIMED = 10  # seconds after which another process may take over a delivery
PATIENCE = 4.0  # seconds to wait for the process that has the same delivery; the platform waits for five
LONGEST = 500  # characters of a question that count
BASE = "http://127.0.0.1:8000"
WORDS = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")
ASKING = re.compile("请问|您好|你好|如何|怎么办|怎么|怎样|什么|哪些|哪里|多少|想问一下|想了解|有没有|吗|呢")

SCHEMA = """
CREATE TABLE IF NOT EXISTS disclosure (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, title TEXT NOT NULL, body TEXT NOT NULL, published_on TEXT NOT NULL
);
CREATE VIRTUAL TABLE IF NOT EXISTS pairs USING fts5(title, body, content='', tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE IF NOT EXISTS pair USING fts5vocab(pairs, row);
CREATE TABLE IF NOT EXISTS question (
    id INTEGER PRIMARY KEY, delivery TEXT NOT NULL UNIQUE, asker TEXT NOT NULL, text TEXT NOT NULL, offered TEXT NOT NULL,
    asked_at INTEGER NOT NULL
);
"""
SEARCH = """
SELECT id, key, title, published_on FROM
    (SELECT rowid AS found, rank AS score FROM pairs WHERE pairs MATCH ? ORDER BY rank LIMIT ?)
    JOIN disclosure ON id = found ORDER BY score
"""
Found = list[tuple[int, str, str, str]]  # number, key, title, day of publication


class Store:
    """The SQLite file: one connection for each thread, which keeps its prepared statements."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._own = threading.local()
        self._everywhere: dict[str, bool] = {}  # of terms that were asked for, until the process ends

    @property
    def line(self) -> sqlite3.Connection:
        """The calling thread's connection."""
        if not hasattr(self._own, "line"):
            self._own.line = sqlite3.connect(self._path, timeout=5, isolation_level=None)
            for setting in (
                "journal_mode = WAL",
                "synchronous = NORMAL",
                "cache_size = -65536",
                "mmap_size = 1073741824",
            ):
                self._own.line.execute(f"PRAGMA {setting}")
        line: sqlite3.Connection = self._own.line
        return line

    def search(self, text: str, most: int) -> Found:
        """The best disclosures for a question, best first."""
        terms = dict.fromkeys(pairs(ASKING.sub(" ", text[:LONGEST])) or pairs(text[:LONGEST]))
        if not terms:
            return []
        terms = {term: None for term in terms if not self._is_everywhere(term)} or terms
        return self.line.execute(SEARCH, (" OR ".join(f'"{term}"' for term in terms), most)).fetchall()

    def _is_everywhere(self, term: str) -> bool:
        """Whether more than half of all disclosures have it. BM25 gives it no weight, and its list is long: without it a search takes a fifth of the time."""
        if term not in self._everywhere:
            having = self.line.execute("SELECT doc FROM pair WHERE term = ?", (term,)).fetchone() or (0,)
            (every,) = self.line.execute("SELECT count(*) FROM disclosure").fetchone()
            self._everywhere[term] = having[0] > every / 2
        return self._everywhere[term]

    def keep_question(self, message: BaseMessage, found: Found) -> None:
        """Keeps what was asked and what was offered; once, however often it is delivered."""
        offered = json.dumps([key for _, key, _, _ in found])
        self.line.execute(
            "INSERT OR IGNORE INTO question (delivery, asker, text, offered, asked_at) VALUES (?, ?, ?, ?, ?)",
            (str(message.id), message.source, message.content, offered, int(time.time())),
        )

    def put(self, row: dict[str, str]) -> None:
        """A disclosure, new or in place of the one with its key."""
        given = [row.get(name) or "" for name in ("key", "title", "body", "published_on")]
        old = self.line.execute("SELECT id, title, body FROM disclosure WHERE key = ?", given[:1]).fetchone()
        if old:
            gone = (old[0], *(" ".join(pairs(text)) for text in old[1:]))
            self.line.execute("INSERT INTO pairs (pairs, rowid, title, body) VALUES ('delete', ?, ?, ?)", gone)
            self.line.execute("DELETE FROM disclosure WHERE id = ?", old[:1])
        number = self.line.execute(
            "INSERT INTO disclosure (key, title, body, published_on) VALUES (?, ?, ?, ?)", given
        ).lastrowid
        new = (number, *(" ".join(pairs(text)) for text in given[1:3]))
        self.line.execute("INSERT INTO pairs (rowid, title, body) VALUES (?, ?, ?)", new)


def pairs(text: str) -> list[str]:
    """Pairs of neighbouring Chinese characters; numbers and Latin words whole."""
    found: list[str] = []
    for word in WORDS.findall(unicodedata.normalize("NFKC", text).lower()):
        if word[0] < "\u3400" or len(word) == 1:
            found.append(word)
        else:
            found += [word[at : at + 2] for at in range(len(word) - 1)]
    return found


def wording(found: Found) -> str:
    """The reply: a numbered list, and where to look for more."""
    page = f'<a href="{BASE}/disclosures">到网页上找</a>'
    if not found:
        return f"没有找到相关的信息。换个说法再问，或者{page}。"
    lines = [
        f'{place}. <a href="{BASE}/d/{number}">{html.escape(title[:60], quote=False)}</a> {day}'
        for place, (number, _, title, day) in enumerate(found, start=1)
    ]
    return "\n".join(["找到这些，最相关的在前面：", *lines, f"没有您要的？换个说法再问，或者{page}。"])


def application() -> Flask:
    """The web application of one worker process."""
    app = Flask(__name__)
    token, key, app_id = (os.environ[f"GONGKAI_WECHAT_{name}"] for name in ("TOKEN", "AES_KEY", "APP_ID"))
    crypto, store = WeChatCrypto(token, key, app_id), open_store()
    memory = Redis.from_url(os.environ["BENCH_REDIS"], decode_responses=True, socket_timeout=3)

    @app.get("/readyz")
    def ready() -> str:
        return "ok"

    @app.post("/wechat")
    def receive() -> Response:
        stamp, nonce = request.args.get("timestamp", ""), request.args.get("nonce", "")
        try:
            opened = crypto.decrypt_message(request.data, request.args.get("msg_signature", ""), stamp, nonce)
        except (InvalidSignatureException, InvalidAppIdException):
            abort(403)
        answer = answer_once(memory, store, parse_message(opened))
        return Response(crypto.encrypt_message(answer, nonce, stamp), content_type="application/xml")

    return app


def answer_once(memory: Redis, store: Store, message: BaseMessage) -> str:
    """The rendered answer; a delivery that is repeated gets the same one, also while another process is at it."""
    key = f"plain:{message.id or f'{message.source}:{message.time}'}"
    if not memory.set(key, "", nx=True, ex=CLAIMED):
        return _answer_of_another(memory, key)
    try:
        answer = _answer(store, message)
    except Exception:
        memory.delete(key)
        raise
    memory.set(key, answer, ex=KEPT)
    return answer


def _answer(store: Store, message: BaseMessage) -> str:
    if message.type != "text":
        return str(create_reply("请用文字提问，例如：公租房怎么申请。", message).render())
    found = store.search(message.content, SHOWN)
    store.keep_question(message, found)
    return str(create_reply(wording(found), message).render())


def _answer_of_another(memory: Redis, key: str) -> str:
    until = time.monotonic() + PATIENCE
    while not (answer := memory.get(key)) and time.monotonic() < until:
        time.sleep(0.05)
    return str(answer or "success")


def open_store() -> Store:
    """The store of GONGKAI_HOME."""
    return Store(Path(os.environ["GONGKAI_HOME"], "plain.db"))


def load(store: Store, path: Path) -> int:
    """Imports a `.jsonl` in one transaction; how many rows it had."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    store.line.execute("BEGIN")
    for row in rows:
        store.put(row)
    store.line.execute("INSERT INTO pairs (pairs) VALUES ('optimize')")
    store.line.execute("COMMIT")
    store.line.execute("ANALYZE")
    return len(rows)


def main(arguments: list[str]) -> None:
    """One of the three commands."""
    store = open_store()
    match arguments:
        case ["init"]:
            store.line.executescript(SCHEMA)
        case ["import", "disclosures", path, *_]:
            print(json.dumps({"rows": load(store, Path(path)), "refused": []}))
        case ["ask", "--batch", path]:
            for line in filter(str.strip, Path(path).read_text(encoding="utf-8").split("\n")):
                question = json.loads(line)
                keys = [key for _, key, _, _ in store.search(question["text"], 10)]
                print(json.dumps({"id": question["id"], "keys": keys}))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
