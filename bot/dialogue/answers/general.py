"""What the office says to citizens. Every function takes a scene and makes one turn of it; the words are in phrases.toml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue import message_text
from bot.dialogue.answers.lists import FOUND as SOUGHT
from bot.dialogue.answers.lists import answer_list, finish_list, offer_hits, openable
from bot.dialogue.reply_text import lines, link, plain, say, untagged
from bot.dialogue.turn import AskedQuestion, ListedItem, Recall, Scene, Turn
from bot.wechat.messages import Nothing, Text
from content.rules.errors import NotFound
from content.services.answers import notice_search
from content.store.notices.notices import IN_FORCE

FOUND = 10  # how many are ranked for a question; three are shown at a time
LOOKED_AT = 3  # of the first so many one must hold what is asked, or nothing is found
MEANT = 120  # bytes of what the question was taken to mean
EXCERPT = 240  # bytes of a document's beginning: 80 Chinese characters

DISCLOSURE_FACTS = {"fact_document_no": "document_no", "fact_department": "department", "fact_date": "published_on"}
POSTING_FACTS = {
    "fact_employer": "employer",
    "fact_salary": "salary",
    "fact_area": "area",
    "fact_degree": "degree",
    "fact_headcount": "headcount",
    "fact_valid_until": "valid_until",
    "fact_phone": "phone",
}


def silence(_scene: Scene) -> Turn:
    """Nothing: the platform gets `success`."""
    return Turn(Nothing())


def farewell(_scene: Scene) -> Turn:
    """The citizen has left; what is kept of them is forgotten."""
    return Turn(Nothing(), forget=True)


def told(scene: Scene, name: str, **values: object) -> Turn:
    """One phrase."""
    return Turn(Text(say(name, base=scene.office.settings.base_url, **values)))


def search(scene: Scene) -> Turn:
    """The items that fit the question, the best three first; if there are none, says so and keeps the question."""
    answers = notice_search.find(scene.office, scene.text, FOUND, today=scene.today)
    found = answers.hits
    if not found or not notice_search.fits(scene.office, answers.asked, found[:LOOKED_AT]):
        return in_vain(scene, "too_short" if len(scene.bare) < 2 else "not_found", found)
    head = say("found_meant", text=plain(answers.asked, MEANT)) if answers.mended else say("found")
    return replace(offer_hits(scene, notice_search.outstanding(found), head=head), results=tuple(found))


def in_vain(scene: Scene, name: str, found: Sequence[notice_search.Ranked] = (), **values: object) -> Turn:
    """One phrase for a question that has no answer; it is kept for staff. `found`: the ranking, poor as it is."""
    turn = told(scene, name, text=plain(scene.text, 90), **values)
    return Turn(turn.reply, question=AskedQuestion(scene.asked, answered=False, offered=()), results=tuple(found))


def newest(scene: Scene, kind: str) -> Turn:
    """The newest of a kind; numbers and 更多 go on from there."""
    return latest(scene, kind, head=say("newest_posting" if kind == "posting" else "newest_disclosure"))


def latest(scene: Scene, kind: str, head: str) -> Turn:
    """The newest of a kind under a heading of its own."""
    found = notice_search.newest(scene.office, kind, limit=FOUND, today=scene.today)
    if not found:
        return told(scene, "none_posting" if kind == "posting" else "none_disclosure")
    reply, shown = answer_list(found, head=head, start=1, more=True)
    return Turn(
        reply,
        recall=Recall(kind, "", tuple(ListedItem(result.kind, result.id) for result in found[:shown])),
        results=tuple(found),
    )


def go_on(scene: Scene) -> Turn:
    """The next of the last list; numbers count on."""
    if scene.recall is None:
        return told(scene, "ask_first_more")
    found, rest = openable(scene, scene.recall)
    if not found:
        return Turn(finish_list(scene, scene.recall))
    start = len(scene.recall.shown) + 1
    reply, shown = answer_list(found, head=say("go_on"), start=start, more=bool(rest))
    seen = tuple(ListedItem(result.kind, result.id) for result in found[:shown])
    left = tuple(ListedItem(result.kind, result.id) for result in found[shown:])
    recall = Recall(scene.recall.source, scene.recall.text, scene.recall.shown + seen, left + rest)
    return Turn(reply, recall=recall, results=tuple(found))


def open_item(scene: Scene) -> Turn:
    """The item of that number in the last list: its facts and its link."""
    number = message_text.number(scene.text) or 0
    if scene.recall is None:
        return told(scene, "ask_first")
    if not 0 < number <= len(scene.recall.shown):
        return told(scene, "no_such_number", count=len(scene.recall.shown))
    chosen = scene.recall.shown[number - 1]
    try:
        item = notice_search.one(scene.office, chosen.kind, chosen.id, today=scene.today)
    except NotFound:
        return told(scene, "gone")
    if item.withdrawn_at:
        return told(scene, "gone")
    return Turn(Text(lines(facts(item))), results=(item.result,), opened=scene.recall.source in SOUGHT)


def facts(item: notice_search.NoticeDetails) -> list[str]:
    """What one needs to know of an item, a line each, and its link."""
    result = item.result
    posting = result.kind == "posting"
    known = {**item.fields, "department": result.department, "published_on": result.published_on}
    said = [plain(result.title, 600)]
    if posting and item.expired:
        said.append(say("fact_expired"))
    if not posting and result.status != IN_FORCE:
        said.append(say("fact_status", value=plain(result.status)))
    for name, field in (POSTING_FACTS if posting else DISCLOSURE_FACTS).items():
        value = plain(str(known.get(field) or ""))
        if value:
            said.append(say(name, value=value))
    if not posting and (excerpt := plain(untagged(str(item.fields.get("body") or "")), EXCERPT)):
        said.append(excerpt)
    said.append(link(result.url, say("open_posting" if posting else "open_disclosure")))
    return said
