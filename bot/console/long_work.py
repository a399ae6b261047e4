"""Work that takes longer than a page may: done beside it, with a page that says how far it is, and can be given up.

Where it stands is kept in Redis, so that whichever process is asked can tell. If its process ends, the work is lost as a
whole (each is one transaction) and the page says so.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import PageFamily, opened
from bot.console.wording import plain, said
from content.rules.errors import GongkaiError, NotFound, Stopped
from content.services.office import Office
from content.store.redis import keys

pages = Blueprint("work", __name__, url_prefix="/work")
FAMILY = PageFamily(pages)
KEPT = 24 * 3600  # seconds
SILENT = 120  # seconds without a sign of life after which the work counts as lost
PATIENCE = 1.5  # seconds for which the form itself waits: most work is done by then

Report = Callable[[str, int, int], None]  # what is being done, how much is done, of how much (0: not known)
Work = Callable[[Office, Report], str]  # the sentence that says what was done; `→ address ` before it leads there

log = logging.getLogger(__name__)


def begin(title: str, target: str, work: Work) -> Response:
    """Starts work for the visitor; leads to the page that waits for it, or, once it is done, to `target`."""
    number, owner, office = uuid4().hex, context.visitor().username, context.office()
    state = {"owner": owner, "title": title, "target": target, "step": title, "done": 0, "total": 0, "state": "running"}
    _keep(office, number, state)
    thread = threading.Thread(target=_run, args=(office, number, state, work), daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return redirect(url_for("console.work.show", key=number), 303)


@pages.get("/<key>")
@opened()
def show(key: str) -> Response:
    """How far it is; when it is over, on to where its result stands."""
    state = _find(key)
    if state["state"] == "running" and not _alive(context.office(), key):
        state |= {"state": "failed", "sentence": said("work_lost")}
    if state["state"] == "done":
        return forms.done(state["target"], state["sentence"])
    page = render_template("console/work.html", work=state, key=key)
    return Response(page, mimetype="text/html")


@pages.post("/<key>/stop")
@opened()
def stop(key: str) -> Response:
    """Gives it up; nothing of it is written."""
    _find(key)
    context.office().redis.client.set(keys.console_work(f"{key}:stop"), "yes", ex=KEPT)
    return redirect(url_for("console.work.show", key=key), 303)


def _run(office: Office, number: str, state: dict[str, Any], work: Work) -> None:
    def report(step: str, done: int, total: int) -> None:
        if office.redis.client.exists(keys.console_work(f"{number}:stop")):
            raise Stopped(said("work_stopped"))
        state.update(step=step, done=done, total=total)
        _keep(office, number, state)

    beat = threading.Event()
    pulse = threading.Thread(target=_beat, args=(office, number, beat), daemon=True)
    pulse.start()
    try:
        sentence = work(office, report)
        if sentence.startswith("→ "):
            _, state["target"], sentence = sentence.split(" ", 2)
        state.update(state="done", sentence=sentence)
    except GongkaiError as error:
        state.update(state="failed", sentence=plain(error.message))
    except Exception:
        log.exception("long work failed")
        state.update(state="failed", sentence=said("trouble"))
    beat.set()
    _keep(office, number, state)


def _beat(office: Office, number: str, ended: threading.Event) -> None:
    while True:
        office.redis.client.set(keys.console_work(f"{number}:alive"), "", ex=SILENT)
        if ended.wait(SILENT / 4):
            return


def _alive(office: Office, number: str) -> bool:
    return bool(office.redis.client.exists(keys.console_work(f"{number}:alive")))


def _find(key: str) -> dict[str, Any]:
    kept = context.office().redis.client.get(keys.console_work(key)) if key.isalnum() else None
    state: dict[str, Any] = json.loads(str(kept)) if kept else {}
    if state.get("owner") != context.visitor().username:
        raise NotFound(said("no_such_work"))
    return state


def _keep(office: Office, number: str, state: dict[str, Any]) -> None:
    office.redis.client.set(keys.console_work(number), json.dumps(state, ensure_ascii=False), ex=KEPT)
