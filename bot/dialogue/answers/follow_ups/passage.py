"""What an item says of a question: the sentence that answers, quoted, or whom to ask where it has none."""

from __future__ import annotations

import re

from bot.dialogue.answers.lists import details
from bot.dialogue.command_words import rest_after_number
from bot.dialogue.reply_text import chinese_day, plain, say, tap, untagged
from bot.dialogue.turn import GUIDE, ListedItem, Scene, once
from content.rules.errors import NotFound
from content.rules.follow_ups import aspects
from content.rules.language import plain_text
from content.services.answers import notice_search, quoted_answers
from content.services.answers.notice_search import NoticeDetails

PASSAGE = 640  # bytes of what is quoted
READ = 8000  # characters of a text that are looked through
SURELY = 2.6  # how well another item than the one that was meant has to answer
NAMES_IT = 3  # characters of the question before that the sentence of another item must say
HALF = 0.5  # … and how much of it
OF_NOTICES = ("search", GUIDE)  # sources of a recall whose text is a question to the notices
TITLED_UNLISTED = 0.7  # of the question before, that the title of an item must say which was not listed
TITLED = 0.4  # … or of it, that its title must say

_OF_MONEY = re.compile("[\u4e00-\u9fff](?:费|钱|款|补贴|补助|租金|押金)呢$")  # 青苗费呢
_ALSO = re.compile("^(?!.*(?:要是|万一|非.{1,4}不)).*呢$")


def opened_item(scene: Scene, subject: ListedItem | None) -> NoticeDetails | None:
    """The item as it is opened; None if it is gone or withdrawn."""
    try:
        item = details(scene, subject) if subject else None
    except NotFound:
        return None
    return None if item is None or item.withdrawn_at else item


def answer_in(scene: Scene, item: NoticeDetails, *, least: float = 0.0) -> str:
    """The passage of an item that answers, quoted; a term in it that has ended is said. Empty if there is none.

    `least`: how well it has to answer.
    """
    asked = question(scene)
    before = scene.recall.text if scene.recall and scene.recall.source in OF_NOTICES else ""
    found = quoted_answers.of_an_item(item, asked, text=text_of(item), before=before, today=scene.today)
    own = plain_text.normalise(rest_after_number(scene.text))
    if own != asked and not (
        found and quoted_answers.says_a_word(own, found, item.result.folded)
    ):  # 那续签呢 is no 租金
        found = quoted_answers.of_an_item(item, own, text=text_of(item), before=before, today=scene.today) or found
    is_term = any(aspect.name == "date" for aspect in aspects.read(asked).aspects)
    said = list[str]()
    for one in found if any(one.worth >= least for one in found) else ():
        said.append(f"“{plain(one.text, PASSAGE)}”")
        if is_term and one.passed:
            said.append(say("quoted_passed", day=chinese_day(one.passed)))
    if said and (ended := quoted_answers.term_ended(item, asked, text=text_of(item), today=scene.today)):
        said.append(say("term_ended", day=chinese_day(ended)))
    if said and (term := quoted_answers.run_out(scene.office, item.result, scene.today)):
        said.append(say("run_out", term=term))
    return "\n".join(said)


def nearest_in(scene: Scene, item: NoticeDetails) -> str:
    """The passage of an item that shares a rare word of the question with no other, quoted; empty if there is none."""
    found = quoted_answers.nearest_in(scene.office, item, question(scene), text=text_of(item), today=scene.today)
    return f"“{plain(found.text, PASSAGE)}”" if found else ""


@once
def question(scene: Scene) -> str:
    """What is asked now; 困难的呢 asks of others what was asked before."""
    asked = plain_text.normalise(rest_after_number(scene.text))
    recall = scene.recall
    if _OF_MONEY.search(asked):
        return f"{asked} 多少"
    if recall is None or aspects.read(asked).aspects or not _ALSO.search(scene.bare):
        return asked
    return f"{asked} {aspects.asked_words(recall.asked or recall.text)}"


def text_of(item: NoticeDetails) -> str:
    """The beginning of its text, without tags."""
    return untagged(str(item.fields.get("body") or item.fields.get("description") or ""), READ)


def is_of_the_matter(scene: Scene, item: NoticeDetails, passage: str, *, is_listed: bool = True) -> bool:
    """Whether another item, or what it says, is about what was asked before."""
    assert scene.recall is not None  # _card
    sought, title = notice_search.wanted(scene.office, scene.recall.text), item.result.folded
    words = [term for term in sought.terms if len(term) > 1]
    said = plain_text.normalise(passage)
    if sought.share({word for word in words if word in title}) >= (TITLED if is_listed else TITLED_UNLISTED):
        return True
    literal = [term for term in plain_text.terms_of(sought.pieces) if len(term) > 1 and term in said]
    share = sought.share(literal) if literal else 0.0
    return is_listed and share >= HALF and share * sought.size >= NAMES_IT


def whom_to_ask(scene: Scene, item: NoticeDetails) -> list[str]:
    """The telephone of an item or of its department, and the tap that hands the question over."""
    told = quoted_answers.telephone(item, text_of(item), scene.today)
    by_name = {entry.name: entry.phone for entry in scene.office.directory.read().departments}
    phone = f"“{plain(told, PASSAGE)}”" if told else plain(by_name.get(item.result.department, ""))
    return [phone or say("ask_12345"), say("hand_over_offer", tap=tap("tap_hand_over"))]
