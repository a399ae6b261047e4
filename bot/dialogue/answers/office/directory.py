"""Who is who in the office: a department's telephone and duties, who sees to a matter, who leads."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.reply_text import lines, link, plain, say, tap
from bot.dialogue.turn import DEPARTMENT, AskedQuestion, Recall, Scene, Turn
from bot.wechat.messages import Text
from config.contact import contact
from config.directory import DirectoryEntry, OfficeLeader
from content.rules.citizens import department_question

FACTS = {
    "office_phone": "phone",
    "office_address": "address",
    "office_hours": "hours",
    "office_leader": "leader",
}  # the phrase of each


def names_a_department(scene: Scene) -> bool:
    """应急管理局电话, 谁管路灯: a department of which more is known than its name."""
    known = scene.office.directory.read()
    if department_question.asks_only_who(scene.bare, known):
        return _is_known(department_question.in_charge(scene.bare, known))
    return _is_known(department_question.department(scene.bare, known))


def asks_who_sees_to_it(scene: Scene) -> bool:
    """路灯归哪个部门管."""
    return _is_known(department_question.in_charge(scene.bare, scene.office.directory.read()))


def asks_plainly_who(scene: Scene) -> bool:
    """管低保的是哪个部门，电话多少."""
    return _is_known(department_question.asks_plainly_who(scene.bare, scene.office.directory.read()))


def asks_for_leaders(scene: Scene) -> bool:
    """主任是谁, 领导名单."""
    return department_question.leaders(scene.bare, scene.office.directory.read()) is not None


def department(scene: Scene) -> Turn:
    """What the directory says of the department."""
    found = _department(scene)
    assert found is not None  # names_a_department, asks_who_sees_to_it
    turn = _told(scene, [*entry_lines(found), all_departments(scene)])
    return replace(turn, recall=Recall(DEPARTMENT, found.name, ()))


def leaders(scene: Scene) -> Turn:
    """The leaders that are meant; where none is published, how to reach the office."""
    question = department_question.leaders(scene.bare, scene.office.directory.read())
    assert question is not None  # as asks_for_leaders has it
    if question.found:
        return _told(scene, [*map(_leader, question.found), all_departments(scene)])
    phone = contact(scene.office.home).phone
    said = [say("leaders_unknown", person=tap("tap_person"))]
    return _told(scene, [*said, *([say("office_phone", value=plain(phone))] if phone else []), all_departments(scene)])


def own_department(scene: Scene, matter: str) -> list[str]:
    """One line on the department whose duties name what a text says; none if the directory has no telephone of it."""
    entry = department_question.seeing_to(matter, scene.office.directory.read()) if matter else None
    if entry is None or not entry.phone:
        return []
    return [say("own_department", department=plain(entry.name), phone=plain(entry.phone))]


def entry_lines(entry: DirectoryEntry) -> list[str]:
    """A department's name and what is known of it, a line each."""
    said = [plain(entry.name)]
    said += [say(phrase, value=plain(getattr(entry, name))) for phrase, name in FACTS.items() if getattr(entry, name)]
    return [*said, *([say("office_duties", value=plain("、".join(entry.duties)))] if entry.duties else [])]


def _department(scene: Scene) -> DirectoryEntry | None:
    directory = scene.office.directory.read()
    return (
        department_question.department(scene.bare, directory)
        or department_question.asks_plainly_who(scene.bare, directory)
        or department_question.in_charge(scene.bare, directory)
    )


def _is_known(entry: DirectoryEntry | None) -> bool:
    return entry is not None and any(getattr(entry, name) for name in FACTS.values())


def _leader(leader: OfficeLeader) -> str:
    known = [leader.post, leader.name, leader.duties, leader.phone]
    return "，".join(plain(value) for value in known if value)


def all_departments(scene: Scene) -> str:
    """The link to the page of all departments."""
    return link(f"{scene.office.base_url}/departments", say("open_directory"))


def _told(scene: Scene, said: list[str]) -> Turn:
    return Turn(Text(lines(said)), question=AskedQuestion(scene.asked, answered=True, offered=("guide:部门名录",)))
