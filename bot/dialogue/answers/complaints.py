"""A complaint goes on: that the hotline did not help, what belongs to it, and all of its words for the tap that hands it over."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answers import several_matters
from bot.dialogue.answers import triage as triage_answers
from bot.dialogue.answers.office import guides
from bot.dialogue.answers.office.directory import own_department
from bot.dialogue.reply_text import lines, say, tap
from bot.dialogue.turn import GUIDE, AskedQuestion, Recall, Scene, Turn, fold
from bot.wechat.messages import Text
from content.rules.citizens import service_talk, triage
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.citizens.triage import MessageKind

_ASKS = re.compile(
    "吗|呢|多久|几时|何时|啥时|怎么|咋|如何|什么|啥|哪|谁|多少|几[个点号时天月年岁块次家]|[?？]|请问|想问|能不能|会不会|可以|大概|有没有|是不是|要不要"
    "|标准|规定|政策|流程|手续|条件|公示|公告|名单|结果|办法|补贴|招聘"
)
_ASKS_WHOM = re.compile("怎么|咋|找谁|哪里|哪个|电话|要什么|多久|去哪|信访|领导")
_PLACE_OR_TIME = re.compile(
    "[0-9一二三四五六七八九十]+(?:号|栋|幢|单元|楼|室|点|月|日)|(?<![道马公铁])[路街巷村]|小区|昨[天晚]|前[天晚]|今[天早]|上(?:周|个?月)|附近|旁边|门口|后面|对面|隔壁|电话|我姓|我叫|联系|厂名|公司名|名叫|叫"
)
_ONLY_A_PLACE = re.compile(
    "(?:就是|就|是)?(?:在|地点是?|地址是?|位置是?)[^,，]{2,20}?(?:楼|栋|路|街|巷|村|小区|对面|旁边|后面|前面|门口|附近|边上|号|单元)(?:那边|那里|那儿|的)?"
)
_HELPERS = "(?:你们|您们|你|您|政府|园区|管委会|单位)"
_STEPS_IN = "(?:能不能|可不可以|能|可以|得|来|去|帮|替|给|一下|我们?|咱们?|俺们?)*(?:出面|协调|处理|解决|派人|来人|主持公道|做主|管管|管一管|讨个?说法|帮忙|帮帮|帮一下)(?:一下|我们?|忙|的|吗|吧|好吗|行吗)*"
_PLEA = re.compile(f"(?:喊|请|让|叫|求|求求|希望|指望|想要?|要)?{_HELPERS}{_STEPS_IN}")  # 我们想喊你们出面
LONGEST_ADDED = 60  # characters of what is added to a complaint


def hotline_failed(scene: Scene) -> bool:
    """打过12345了，没用, of a complaint that says nothing else; 打了没人接, 踢皮球, which follow on one."""
    found = scene.finding
    if found is not None and found.kind is MessageKind.COMPLAINT and not found.matter.general:
        return scene.complaint is not None and service_talk.helper_failed(scene.bare)
    if service_talk.hotline_failed(scene.bare):
        return True
    return service_talk.was_in_vain(scene.bare) and scene.complaint is not None


def beyond_the_hotline(scene: Scene) -> Turn:
    """Who else there is: the department itself, staff with the words of the complaint, the petition office."""
    before = scene.complaint
    matter = (before.matter.duty or before.said) if before else ""
    department = own_department(scene, matter) or (own_department(scene, scene.typed) if before else [])
    typed = f"{scene.typed}\n{scene.asked}" if before else scene.asked
    told = triage_answers.again(scene, scene.typed.split("\n")[0])[:1] if service_talk.helper_failed(scene.bare) else []
    said = [say("hotline_failed"), *told, *department, say("hotline_failed_else")]
    said.append(say("hand_over_complaint" if before else "hand_over_offer", tap=tap("tap_hand_over")))
    question = AskedQuestion(scene.asked, answered=True, offered=("guide:热线没解决",))
    shown = scene.recall.shown if before and scene.recall else ()
    recall = Recall(GUIDE, scene.typed.split("\n")[0] if before else scene.text, shown)
    return Turn(Text(lines(said)), recall=recall, question=question, typed=typed[:LONGEST_LETTER])


def complains_on(scene: Scene) -> bool:
    """气死我了，你们到底管不管, after a complaint: anger that names no other matter and asks for none."""
    found = scene.finding
    is_anger = found is not None and found.sure and found.kind is MessageKind.COMPLAINT and found.matter.general
    return is_anger and not _ASKS_WHOM.search(scene.bare) and scene.complaint is not None


def heard_again(scene: Scene) -> Turn:
    """The department of the matter, and the tap that hands over all of it; no hotline that was named already."""
    before = scene.complaint
    assert before is not None  # complains_on
    department = own_department(scene, before.matter.duty or before.said) or own_department(scene, scene.typed)
    said = [say("complaint_again"), *department, say("hand_over_complaint", tap=tap("tap_hand_over"))]
    question = AskedQuestion(scene.asked, answered=True, offered=("guide:投诉补充",))
    return Turn(
        Text(lines(said)),
        recall=Recall(GUIDE, scene.typed.split("\n")[0], ()),
        question=question,
        typed=scene.asked[:LONGEST_LETTER],
    )


def standing_guide(scene: Scene) -> Turn:
    """A standing answer; to who asks of this service amid a complaint, 能匿名吗, with the tap that hands it over."""
    turn = guides.standing(scene)
    guide = scene.office.guides.read().find(scene.bare)
    if guide is None or not guide.of_the_service or not isinstance(turn.reply, Text) or scene.complaint is None:
        return turn
    offer = say("hand_over_complaint", tap=tap("tap_hand_over"))
    return replace(turn, reply=Text(lines([*turn.reply.content.split("\n"), offer])))


def adds_to_it(scene: Scene) -> bool:
    """就在东港路8号，昨天夜里: a statement after a complaint that has no kind and no answer of its own."""
    if len(scene.bare) > LONGEST_ADDED or _ASKS.search(scene.bare) or (scene.job is not None and scene.job.of_jobs):
        return False
    if service_talk.takes_back(scene.bare) or service_talk.is_done(scene.bare):
        return False
    found = scene.finding
    return (found is None or found.matter.general) and scene.complaint is not None


def pleads(scene: Scene) -> bool:
    """工地是鼎立建筑的，我们想喊你们出面, after a complaint: a plea, and around it nothing that is another matter."""
    rest = _PLEA.sub(" ", scene.text)
    if len(scene.bare) > LONGEST_ADDED or rest == scene.text or _ASKS.search(rest) or scene.complaint is None:
        return False
    found = triage.classify(rest, scene.office.triage.read())
    if found is None:
        return not several_matters.is_titled(scene.of(rest))
    return found.matter.general or found.matter is scene.complaint.matter


def says_where_or_when(scene: Scene) -> bool:
    """The same, of a place, a time or a name, whatever else it sounds like."""
    return _PLACE_OR_TIME.search(scene.bare) is not None and adds_to_it(scene) and not several_matters.is_titled(scene)


def says_only_where(scene: Scene) -> bool:
    """就在江湾苑3号楼对面, after a complaint: a place and nothing that happens there, whatever dangers it is like."""
    found = scene.danger
    is_only_like = found is not None and not found.sure
    return is_only_like and _ONLY_A_PLACE.fullmatch(scene.bare) is not None and scene.complained is not None


def added(scene: Scene) -> Turn:
    """What was added is noted with the rest of it."""
    reply = Text(lines([say("complaint_added"), say("hand_over_complaint", tap=tap("tap_hand_over"))]))
    question = AskedQuestion(scene.asked, answered=True, offered=("guide:投诉补充",))
    typed = f"{scene.typed}\n{scene.asked}"[:LONGEST_LETTER]
    return Turn(reply, recall=scene.recall, question=question, typed=typed)


def with_all_its_words(scene: Scene, turn: Turn) -> Turn:
    """The turn, its tap handing over the complaint as it was told first and what was said of it since."""
    before = scene.complaint
    if before is None or scene.typed in turn.typed:
        return turn
    if fold(turn.typed).startswith(
        fold(scene.typed.split("\n")[0])
    ):  # a follow-up of it that knows its first words only
        return replace(turn, typed=f"{scene.typed}\n{scene.asked}"[:LONGEST_LETTER])
    now = scene.finding
    goes_on = (
        now is not None and now.kind is MessageKind.COMPLAINT and (now.matter.general or now.matter is before.matter)
    )
    if not goes_on and (now is not None or _ASKS.search(scene.bare)):
        return turn
    return replace(turn, typed=f"{scene.typed}\n{turn.typed}"[:LONGEST_LETTER])
