"""Three requests through the house, traced: which files a question, an approval and a due article enter, in this order.

Each walk is really taken: in an office of its own in a temporary folder, with a real Redis and the emulator as the platform.
A file is named with the first of its functions that ran. Not listed: libraries, the emulator, and what runs in threads beside.
"""

from __future__ import annotations

import inspect
import io
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from datetime import timedelta
from pathlib import Path
from types import CodeType, FrameType
from unittest.mock import patch

import wsgi
from bot.app import create_app
from bot.demo.environment import credentials
from bot.emulator import Options, running
from bot.emulator.push.cipher import Cipher, signature
from config.settings import PREFIX, load, variable
from content.services.office import Office

ROOT = Path(__file__).parent.parent
PRODUCT = ("wsgi.py", "scheduler/", "bot/", "content/", "config/")
# The platform's side, classes that are rows, and connections, of which one more may be opened beside another thread.
ELSEWHERE = ("bot/emulator/", "content/store/tables/", "content/store/redis/clients.py")
NOTICE = '{"key": "a", "title": "公共租赁住房申请指南", "body": "申请公租房请带身份证。", "published_on": "2026-03-02"}'
QUESTION = "公租房怎么申请"
STAFF = {"lin": "editor", "sun": "editor", "zhou": "reviewer", "zhao": "chief"}


def walks() -> str:
    """The three walks as lists."""
    with _office() as (office, command):
        return "\n\n".join(
            [
                _listed("A citizen asks", f"`POST /wechat` with the text {QUESTION}", _asks(office)),
                _listed("Staff approve", "`gongkai review pass` by the chief, the third of three", _approves(command)),
                _listed(
                    "The clock strikes",
                    "`gongkai job run publish_due`, which submits a due article, and again a minute later, when its result is there",
                    _strikes(office, command),
                ),
            ]
        )


def _asks(office: Office) -> dict[str, str]:
    client = create_app(office).test_client()

    def ask(number: int, text: str) -> None:
        query, body = _delivery(office, number, text)
        assert client.post("/wechat", query_string=query, data=body).status_code == 200

    ask(1, "安全生产")  # what a process opens at its first question is open then
    return _traced(lambda: ask(2, QUESTION))


def _approves(command: Callable[..., None]) -> dict[str, str]:
    for number in ("1", "2"):
        command("review", "submit", number, "--as", "lin")
        command("review", "pass", number, "--as", "sun")
        command("review", "pass", number, "--as", "zhou")
    command("review", "pass", "1", "--as", "zhao")
    return _traced(lambda: command("review", "pass", "2", "--as", "zhao", "--note", ""))


def _strikes(office: Office, command: Callable[..., None]) -> dict[str, str]:
    later = office.clock.now() + timedelta(minutes=1)

    def strike() -> None:
        command("job", "run", "publish_due")
        command("job", "run", "publish_due", "--now", later.isoformat())

    return _traced(strike)


def _traced(walk: Callable[[], None]) -> dict[str, str]:
    """The files that it enters in this thread, and the first function of each."""
    entered: dict[CodeType, None] = {}

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            entered[frame.f_code] = None

    sys.setprofile(note)
    try:
        walk()
    finally:
        sys.setprofile(None)
    found: dict[str, str] = {}
    for code in entered:
        path = Path(code.co_filename)
        if code.co_flags & inspect.CO_OPTIMIZED and path.is_relative_to(ROOT):  # bodies of modules and classes are not
            found.setdefault(str(path.relative_to(ROOT)), code.co_qualname)
    return {file: name for file, name in found.items() if file.startswith(PRODUCT) and not file.startswith(ELSEWHERE)}


def _listed(title: str, what: str, entered: dict[str, str]) -> str:
    lines = [
        f"{place}. `{file}` {name.rpartition('<locals>.')[2]}" for place, (file, name) in enumerate(entered.items(), 1)
    ]
    return "\n".join([f"**{title}.** {what}: {len(entered)} files.", "", *lines])


@contextmanager
def _office() -> Iterator[tuple[Office, Callable[..., None]]]:
    """An office with a notice and two drafts, and its command line."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="walk")))
        account = credentials()
        given = {name.removeprefix("wechat_"): value for name, value in account.items()}
        platform = stack.enter_context(running(Options(**given, settings={"publish_delay": 0.0})))  # type: ignore[arg-type]
        names = {**account, "home": str(home / "home"), "wechat_api_url": platform.url, "submit_gap": "0"}
        others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        known = {**others, **{variable(name): value for name, value in names.items()}}
        stack.enter_context(patch.dict(os.environ, known, clear=True))
        _prepare(home)
        office = Office(load())
        stack.callback(office.close)
        assert office.redis.client.ping()
        yield office, _command


def _command(*arguments: str) -> None:
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        wsgi.cli.main(list(arguments), standalone_mode=False)


def _prepare(home: Path) -> None:
    _command("init")
    (home / "notices.jsonl").write_text(NOTICE, encoding="utf-8")
    _command("import", "disclosures", str(home / "notices.jsonl"))
    for name, role in STAFF.items():
        _command("user", "add", name, "--role", role)
    (home / "post.md").write_text("本周六停水检修。", encoding="utf-8")
    for title in ("停水通知", "停电通知"):
        _command("queue", "add", "--title", title, "--body", str(home / "post.md"), "--as", "lin")


def _delivery(office: Office, number: int, text: str) -> tuple[dict[str, str], str]:
    """Query and body of a message as the platform sends it in safe mode."""
    known, stamp, nonce = office.settings, str(int(time.time())), f"n{number}"
    inner = (
        f"<xml><ToUserName>gh_walk</ToUserName><FromUserName>oWalk{number}</FromUserName><CreateTime>{stamp}</CreateTime>"
        f"<MsgType>text</MsgType><Content>{text}</Content><MsgId>{number}</MsgId></xml>"
    )
    sealed = Cipher(known.wechat_aes_key, known.wechat_app_id).seal(inner)
    query = {
        "timestamp": stamp,
        "nonce": nonce,
        "encrypt_type": "aes",
        "msg_signature": signature(known.wechat_token, stamp, nonce, sealed),
    }
    return query, f"<xml><Encrypt>{sealed}</Encrypt></xml>"
