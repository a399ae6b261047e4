"""A citizen who wants a person: what is written then waits for staff, and is not looked up."""

from __future__ import annotations

import hashlib

from bot.dialogue.answers.general import told
from bot.dialogue.state.memory import identity
from bot.dialogue.turn import Scene, Turn
from content.rules.citizens.letters import LONGEST_LETTER, to_a_person
from content.rules.language import plain_text
from content.services.citizens import letters
from content.services.citizens.letters import CitizenMessage

BACK = {"返回", "结束", "退出", "没有了"}


def asks_for_a_person(scene: Scene) -> bool:
    """人工, 转人工, with or without what it is about."""
    return scene.message.kind == "text" and to_a_person(_written(scene)) is not None


def is_writing(scene: Scene) -> bool:
    """Whether this goes on with what the citizen wrote to a person a moment ago."""
    return scene.message.kind == "text" and letters.listens(scene.office, scene.asker, scene.now)


def is_done(scene: Scene) -> bool:
    """Whether the citizen ends it, to ask something else."""
    return scene.bare in BACK and is_writing(scene)


def open_letter(scene: Scene) -> Turn:
    """Keeps what was written, and says when to expect an answer."""
    text = to_a_person(_written(scene)) or ""
    _hear(scene, text)
    return told(scene, "letter_kept" if text else "letter_begin")


def add(scene: Scene) -> Turn:
    """Keeps what was added."""
    _hear(scene, _written(scene)[:LONGEST_LETTER])
    return told(scene, "letter_added")


def end(scene: Scene) -> Turn:
    """The next message is a question again."""
    letters.stop_listening(scene.office, scene.asker)
    return told(scene, "letter_back")


def delivery_of(scene: Scene) -> str:
    """What names the message, whatever the platform repeats."""
    return hashlib.sha256(f"{scene.asker}\n{identity(scene.message)}".encode(errors="replace")).hexdigest()


def _hear(scene: Scene, text: str) -> None:
    if scene.asker:  # nobody asks in `gongkai ask`
        heard = CitizenMessage(scene.asker, scene.message.sender, delivery_of(scene), scene.now)
        letters.hear(scene.office, heard, text)


def _written(scene: Scene) -> str:
    return plain_text.clean(scene.message.text("Content"))
