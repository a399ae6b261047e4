"""How an application stands: who knows it, how to reach them, and one tap that hands the question over."""

from __future__ import annotations

from bot.dialogue.answers.office.directory import entry_lines
from bot.dialogue.reply_text import lines, plain, say, tap
from bot.dialogue.turn import AskedQuestion, Scene, Turn
from bot.wechat.messages import Text
from config.contact import contact
from config.directory import DirectoryEntry
from content.rules.citizens import department_question, progress_question
from content.rules.citizens.letters import LONGEST_LETTER
from content.services.answers import notice_search


def is_asked(scene: Scene) -> bool:
    """公租房申请批下来没有."""
    return progress_question.is_one(scene.bare)


def told(scene: Scene) -> Turn:
    """Who takes such applications, and how to ask; what was written may be handed over as it is."""
    known = contact(scene.office.home)
    said = [say("progress_head")]
    entry = _department(scene)
    number = progress_question.receipt_number(scene.text)
    if number or progress_question.is_for_disclosure(scene.bare):
        address = f"{scene.office.base_url}/apply/status" + (f"?number={number}" if number else "")
        said = [say("progress_by_number", address=address)]  # whoever knows the number still gives the telephone there
        said.append(say("progress_disclosure", desk=plain(known.desk) or scene.office.name))
        said += [say("office_phone", value=plain(known.phone))] if known.phone else []
    elif entry is not None and (entry.phone or entry.address):
        said += [say("progress_ask"), *entry_lines(entry)[:-1]]
    elif known.phone:
        said.append(say("office_phone", value=plain(known.phone)))
    said.append(say("hand_over_offer", tap=tap("tap_hand_over")))
    question = AskedQuestion(scene.asked, answered=True, offered=("guide:查进度",))
    return Turn(Text(lines(said)), question=question, typed=scene.asked[:LONGEST_LETTER])


def _department(scene: Scene) -> DirectoryEntry | None:
    """The department whose notice has the matter in its title, else the one whose duties name it."""
    known = scene.office.directory.read()
    best = notice_search.find(scene.office, scene.text, 1, today=scene.today).hits
    if best and notice_search.titled(scene.office, scene.text, best):
        [result] = notice_search.shown(scene.office, best)
        if found := next((entry for entry in known.departments if entry.name == result.department), None):
            return found
    return department_question.seeing_to(scene.bare, known)
