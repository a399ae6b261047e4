"""A citizen who wants a person: what is written then waits for staff, and is not looked up."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from bot.dialogue.answers.fixed_replies import told
from bot.dialogue.matchers import BACK_TAKEN, for_a_person
from bot.dialogue.reply_text import lines, plain, say, tap
from bot.dialogue.turn import Scene, Turn
from bot.wechat.messages import Text
from config.contact import contact
from content.rules.citizens.letters import LONGEST_LETTER
from content.services.citizens import letters
from content.services.citizens.letters import CitizenMessage
from content.store.tables import LetterMessage

SHORT = 90  # bytes of a message that is named: 30 Chinese characters
MOST_SHOWN = 6  # of the messages of a letter, the last ones


def open_letter(scene: Scene) -> Turn:
    """Keeps what was written, and says when to expect an answer."""
    text = for_a_person(scene)
    number = _hear(scene, text)
    if text:
        return told(scene, "letter_kept", number=number, text=plain(text, SHORT))
    phone = contact(scene.office.home).phone
    said = say("office_phone", value=plain(phone)) if phone else say("urgent_call")
    return Turn(Text(lines([*say("letter_begin").split("\n"), said])))


def add(scene: Scene) -> Turn:
    """Keeps what was added."""
    text = scene.written[:LONGEST_LETTER]
    is_first = letters.mine(scene.office, scene.asker) is None
    number = _hear(scene, text)
    return told(scene, "letter_kept" if is_first else "letter_added", number=number, text=plain(text, SHORT))


def left(scene: Scene, turn: Turn) -> Turn:
    """What answers a question of somebody who was about to write: it was not handed over, which one tap would do."""
    letters.stop_listening(scene.office, scene.asker)
    if not isinstance(turn.reply, Text):
        return turn
    said = lines([*turn.reply.content.split("\n"), say("letter_left", tap=tap("tap_hand_over"))])
    return replace(turn, reply=Text(said), typed=scene.asked[:LONGEST_LETTER])


def hand_over(scene: Scene) -> Turn:
    """Hands over what was written a moment ago, word for word; asks for words if nothing was."""
    if not scene.typed:
        _hear(scene, "")
        return told(scene, "letter_begin")
    number = _handed_before(scene) or _hear(scene, scene.typed, origin=say("letter_handed"))
    return told(scene, "letter_receipt", number=number, text=plain(scene.typed, SHORT))


def _handed_before(scene: Scene) -> int:
    """The number of the letter in which these very words stand last: tapped twice, they go out once."""
    known = letters.mine(scene.office, scene.asker) if scene.asker and scene.is_awaited else None
    if known is None:
        return 0
    letter, messages = known
    return letter.id if messages[-1].text == scene.typed and not messages[-1].author else 0


def mine(scene: Scene) -> Turn:
    """What the citizen has written to staff and what came of it."""
    found = letters.mine(scene.office, scene.asker) if scene.asker else None
    if found is None:
        return told(scene, "letter_none")
    letter, messages = found
    said = [_line(scene, message) for message in messages if message.text]
    head, end = say("letter_mine", number=letter.id), say("letter_mine_end")
    return Turn(Text("\n".join([head, *said[-MOST_SHOWN:], end])))


def when(scene: Scene) -> Turn:
    """When the answer comes, and what it will answer; to who has handed nothing over, that as well."""
    if not scene.asker or letters.mine(scene.office, scene.asker) is None:
        return told(scene, "letter_when_not_yet", tap=tap("tap_hand_over"))
    turn = mine(scene)
    assert isinstance(turn.reply, Text)
    return replace(turn, reply=Text(f"{say('letter_when')}\n{turn.reply.content}"))


def take_back(scene: Scene) -> Turn:
    """Takes the last message back that staff have not answered."""
    text = letters.take_back(scene.office, scene.asker, scene.now) if scene.asker else ""
    if not text:
        has_written = bool(scene.asker) and letters.mine(scene.office, scene.asker) is not None
        return told(scene, "letter_nothing_back" if has_written or scene.bare in BACK_TAKEN else "letter_unwritten")
    return told(scene, "letter_taken_back", text=plain(text, SHORT))


def end(scene: Scene) -> Turn:
    """The next message is a question again."""
    letters.stop_listening(scene.office, scene.asker)
    return told(scene, "letter_back" if letters.mine(scene.office, scene.asker) else "letter_unwritten")


def delivery_of(scene: Scene) -> str:
    """What names the message, whatever the platform repeats."""
    return hashlib.sha256(f"{scene.asker}\n{scene.message.identity}".encode(errors="replace")).hexdigest()


def _hear(scene: Scene, text: str, origin: str = "") -> int:
    """The number of the letter; 0 where nobody asks, as in `gongkai ask`."""
    if not scene.asker:
        return 0
    heard = CitizenMessage(scene.asker, scene.message.sender, delivery_of(scene), scene.now, origin)
    return letters.hear(scene.office, heard, text)


def _line(scene: Scene, message: LetterMessage) -> str:
    day = scene.office.clock.day(message.at)
    return say("letter_line", day=f"{day.month}月{day.day}日", who=say("letter_staff" if message.author else "letter_me"),
               text=plain(message.text, SHORT))  # fmt: skip
