"""What staff wrote for a question like this one, in their words."""

from __future__ import annotations

from bot.dialogue.turn import Question, Scene, Turn
from bot.dialogue.wording import lines, theirs
from bot.wechat.messages import Text
from content.rules import wording


def is_taught(scene: Scene) -> bool:
    """Whether staff have answered a question like this."""
    return scene.office.board.seen().guide(scene.text) is not None


def taught(scene: Scene) -> Turn:
    """Their answer."""
    number, answer = scene.office.board.seen().guide(scene.text) or (0, "")
    asked = wording.clean(scene.message.text("Content") or scene.text)
    reply = Text(lines(theirs(answer)))
    return Turn(reply, question=Question(asked, answered=True, offered=(f"guide:{number}",)))
