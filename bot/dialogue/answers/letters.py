"""A citizen who wants a person: what is written then waits for staff, and is not looked up."""

from __future__ import annotations

import hashlib

from bot.dialogue.answers.fixed_replies import told
from bot.dialogue.matchers import to_a_person
from bot.dialogue.state.memory import identity
from bot.dialogue.turn import Scene, Turn
from content.rules.citizens.letters import LONGEST_LETTER
from content.services.citizens import letters
from content.services.citizens.letters import CitizenMessage


def open_letter(scene: Scene) -> Turn:
    """Keeps what was written, and says when to expect an answer."""
    text = to_a_person(scene.written) or ""
    _hear(scene, text)
    return told(scene, "letter_kept" if text else "letter_begin")


def add(scene: Scene) -> Turn:
    """Keeps what was added."""
    _hear(scene, scene.written[:LONGEST_LETTER])
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
