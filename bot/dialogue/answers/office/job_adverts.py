"""An employer who wants a job advertised here: who takes it, and what to write."""

from __future__ import annotations

from bot.dialogue.answers.office.directory import entry_lines
from bot.dialogue.reply_text import lines, plain, say, tap
from bot.dialogue.turn import ADVERT, AskedQuestion, Recall, Scene, Turn
from bot.wechat.messages import Text
from content.rules.citizens import department_question, job_advert_question
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.citizens.triage import MessageKind

TOLD = {
    "not_allowed": "hiring_not_allowed",
    "when": "hiring_when",
    "fee": "hiring_fee",
    "what": "hiring_what",
}  # the phrase for each thing that is asked of a posting
SHOWN = 240  # bytes of a posting that is read back


def is_asked(scene: Scene) -> bool:
    """想在你们这发个招聘."""
    return job_advert_question.is_one(scene.bare)


def hires(scene: Scene) -> bool:
    """我们店想招个服务员, whatever was listed before."""
    return job_advert_question.hires(scene.bare)


def goes_on(scene: Scene) -> bool:
    """The text of the posting, or a question about it, after it was told how to advertise; or a whole posting at once."""
    if scene.message.kind != "text":
        return False
    after = _is_after(scene)
    if after and job_advert_question.asked_after(scene.bare):
        return True
    found = scene.finding
    is_complaint = found is not None and found.sure and found.kind is MessageKind.COMPLAINT
    return not is_complaint and job_advert_question.is_posting(scene.asked, asked_for=after)


def told(scene: Scene) -> Turn:
    """What to write, the department that sees to it, and the tap that hands these words over."""
    entry = department_question.seeing_to("招聘", scene.office.directory.read())
    said = [say("hiring_how")]
    if entry is not None and (entry.phone or entry.address):
        said += entry_lines(entry)[:-1]
    said.append(say("hiring_next", tap=tap("tap_hand_over")))
    return _turn(scene, said, typed=scene.asked)


def gone_on(scene: Scene) -> Turn:
    """What was asked; or the posting as it was written, and the tap that hands it over."""
    asked = job_advert_question.asked_after(scene.bare) if _is_after(scene) else ()
    if asked:
        entry = department_question.seeing_to("招聘", scene.office.directory.read())
        said = [say(TOLD[name]) for name in asked]
        if entry is not None and entry.phone:
            said.append(say("own_department", department=plain(entry.name), phone=plain(entry.phone)))
        return _turn(scene, said, typed="")
    said = [say("hiring_taken", text=plain(scene.asked, SHOWN), tap=tap("tap_hand_over")), say("hiring_not_allowed")]
    return _turn(scene, said, typed=scene.asked)


def _is_after(scene: Scene) -> bool:
    return scene.recent is not None and scene.recent.source == ADVERT


def _turn(scene: Scene, said: list[str], *, typed: str) -> Turn:
    question = AskedQuestion(scene.asked, answered=True, offered=("guide:发布招聘",))
    return Turn(
        Text(lines(said)), recall=Recall(ADVERT, scene.text, ()), question=question, typed=typed[:LONGEST_LETTER]
    )
