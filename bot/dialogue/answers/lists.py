"""Answers that are lists: the newest, and what comes next; three at a time, numbered and linked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from bot.dialogue.answers.fixed_replies import told
from bot.dialogue.reply_text import lines, link, plain, say, tap
from bot.dialogue.turn import AskedQuestion, ListedItem, Recall, Scene, Turn
from bot.wechat.messages import Text
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.errors import NotFound
from content.search.hits import Hit
from content.services.answers import article_search, notice_search
from content.services.answers.notice_search import NoticeDetails
from content.store.notices.notices import IN_FORCE

SHOWN = 3  # at a time: what fits on a phone without scrolling
SOUGHT = ("search", "jobs")  # sources whose items were all found at once
FOUND = 10  # how many are ranked for a question
LOOKED_AT = 3  # of the first so many one must hold what is asked, or nothing is found
MOST_ARTICLES = 3  # beside notices
AHEAD = 1.1  # times the best notice's score, for an article to stand before it
NOTE = 60  # bytes of an employer's or a wage's words


def in_vain(scene: Scene, name: str, found: Sequence[notice_search.Ranked] = (), **values: object) -> Turn:
    """One phrase for a question that has no answer; it is kept for staff. `found`: the ranking, poor as it is."""
    turn = told(scene, name, text=plain(scene.text, 90), hand_over=tap("tap_hand_over"), **values)
    question = AskedQuestion(scene.asked, answered=False, offered=())
    return Turn(turn.reply, question=question, results=tuple(found), typed=scene.asked[:LONGEST_LETTER])


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


def go_on(scene: Scene, head: str = "") -> Turn:
    """The next of the last list under a heading of its own, if it has one; numbers count on."""
    if scene.recall is None or not scene.recall.shown:
        return told(scene, "ask_first_more")
    found, rest = openable(scene, scene.recall)
    if not found:
        return Turn(finish_list(scene, scene.recall))
    start = len(scene.recall.shown) + 1
    reply, shown = answer_list(found, head=head or say("go_on"), start=start, more=bool(rest))
    seen = tuple(ListedItem(result.kind, result.id) for result in found[:shown])
    left = tuple(ListedItem(result.kind, result.id) for result in found[shown:])
    page = len(scene.recall.shown)
    recall = Recall(scene.recall.source, scene.recall.text, scene.recall.shown + seen, left + rest, page=page)
    return Turn(reply, recall=recall, results=tuple(found))


def go_back(scene: Scene) -> Turn:
    """The items before those that were listed last, under their numbers."""
    if scene.recall is None or not scene.recall.shown:
        return told(scene, "ask_first_more")
    start = max(0, scene.recall.page - SHOWN)
    items = scene.recall.shown[start : start + SHOWN]
    known = [(place, found) for place, item in enumerate(items, start + 1) if (found := _standing(scene, item))]
    if not known:
        return told(scene, "gone")
    head = say("go_back" if scene.recall.page else "at_the_beginning")
    reply = Text(lines([head, *(entry(place, result) for place, result in known), say("list_more")]))
    return Turn(reply, recall=replace(scene.recall, page=start), results=tuple(found for _, found in known))


def answer_list(
    found: Sequence[notice_search.Result],
    *,
    head: str,
    start: int,
    more: bool,
    notes: Mapping[str, str] | None = None,
    tail: Sequence[str] = (),
) -> tuple[Text, int]:
    """The first three as a text, numbered from `start`, and how many that were.

    `more`: 更多 would bring others; `notes`: what else to say of an item, by its ref; `tail`: lines after the list.
    """
    some = found[:SHOWN]
    said = notes or {}
    entries = [entry(start + place, result, said.get(result.ref, "")) for place, result in enumerate(some)]
    end = say("list_more" if len(found) > SHOWN or (more and len(some) == SHOWN) else "list_end")
    return Text(lines([head, *entries, end, *tail])), len(some)


def offer(
    scene: Scene,
    found: Sequence[notice_search.Result],
    *,
    head: str,
    source: str = "search",
    query: str | None = None,
    rest: Sequence[ListedItem] = (),
    notes: Mapping[str, str] | None = None,
    tail: Sequence[str] = (),
) -> Turn:
    """A list as the answer to a question; numbers and 更多 go on from it.

    `query`: what the page at its end is asked for, if not the text; `rest`: what comes after what was `found`.
    """
    reply, shown = answer_list(found, head=head, start=1, more=bool(rest), notes=notes, tail=tail)
    items = (*(ListedItem(result.kind, result.id) for result in found), *rest)
    return Turn(
        reply,
        recall=Recall(source, scene.text if query is None else query, items[:shown], items[shown:]),
        question=AskedQuestion(scene.asked, answered=True, offered=tuple(result.ref for result in found[:shown])),
        results=tuple(found),
        typed=scene.asked[:LONGEST_LETTER],
    )


def offer_hits(scene: Scene, hits: Sequence[Hit], *, head: str, tail: Sequence[str] = ()) -> Turn:
    """The same of a ranking, of which only what is shown now is read; 更多 asks for the others by their numbers."""
    some = notice_search.shown(scene.office, hits[:SHOWN])
    return offer(scene, some, head=head, rest=[ListedItem.of(hit.ref) for hit in hits[SHOWN:]], tail=tail)


def openable(scene: Scene, recall: Recall) -> tuple[list[notice_search.Result], tuple[ListedItem, ...]]:
    """The next three that can still be opened, and what is left after them."""
    if recall.source not in SOUGHT:
        return _newer(scene, recall)
    found: list[notice_search.Result] = []
    rest = list(recall.rest)
    while rest and len(found) < SHOWN:
        item = rest.pop(0)
        if result := _standing(scene, item):
            found.append(result)
    return found, tuple(rest)


def finish_list(scene: Scene, recall: Recall) -> Text:
    """There is no more; the pages hold all of it."""
    base = scene.office.base_url
    if recall.source == "jobs":
        return Text(say("list_page", url=f"{base}/jobs?{recall.text}" if recall.text else f"{base}/jobs"))
    if recall.source == "search":
        return Text(say("list_page", url=f"{base}/search?q={quote(recall.text)}"))
    return Text(say("nothing_newer", url=f"{base}/{'jobs' if recall.source == 'posting' else 'disclosures'}"))


def _newer(scene: Scene, recall: Recall) -> tuple[list[notice_search.Result], tuple[ListedItem, ...]]:
    """One more than is shown is asked for, to know whether 更多 would bring anything."""
    offset = len(recall.shown)
    found = notice_search.newest(scene.office, recall.source, limit=SHOWN + 1, offset=offset, today=scene.today)
    return found[:SHOWN], tuple(ListedItem(result.kind, result.id) for result in found[SHOWN:])


def _standing(scene: Scene, item: ListedItem) -> notice_search.Result | None:
    try:
        found = details(scene, item)
    except NotFound:
        return None
    return None if found.withdrawn_at or found.expired else found.result


def entry(number: int, result: notice_search.Result, note: str = "") -> str:
    """One line of a list."""
    return " ".join([f"{number}.", link(result.url, result.title), *_notes(result), note]).rstrip()


def _notes(result: notice_search.Result) -> list[str]:
    if result.kind == "posting":
        return [plain(note, NOTE) for note in (result.employer, result.salary, _place(result.area)) if note.strip()]
    notes = [str(result.published_on)] if result.published_on else []
    return notes if result.status == IN_FORCE else [*notes, f"（{plain(result.status)}）"]


def _place(area: str) -> str:
    """Where it is; some write the years of experience into the column of places."""
    return "" if any(sign.isdigit() for sign in area) else area


def beside(scene: Scene, hits: Sequence[Hit], asked: str) -> list[Hit]:
    """Notices that fit with the articles that fit as well, best first; the best notice stays first unless an article is better by far."""
    found = article_search.find(scene.office, asked, MOST_ARTICLES, today=scene.today)
    if not found:
        return list(hits)
    best = hits[0].score if hits else 0.0
    merged = sorted([*hits, *found], key=lambda hit: _rank(hit, best), reverse=True)
    return notice_search.outstanding(merged)


def details(scene: Scene, item: ListedItem) -> NoticeDetails:
    """The item of a list, whatever its kind. Raises NotFound."""
    if item.kind == article_search.KIND:
        return scene.kept(item, lambda: article_search.one(scene.office, item.id))
    if item not in scene.read:
        scene.read.update(_page_of(scene, item))
    found: NoticeDetails | None = scene.read[item]
    if found is None:
        raise NotFound(notice_search.GONE)
    return found


def _page_of(scene: Scene, item: ListedItem) -> dict[ListedItem, NoticeDetails | None]:
    """An item with those of its kind that were listed beside it: who asks of one mostly has to compare them."""
    shown = scene.recall.shown[-SHOWN:] if scene.recall else ()
    page = [one for one in shown if one.kind == item.kind] if item in shown else [item]
    found = notice_search.several(scene.office, item.kind, [one.id for one in page], today=scene.today)
    return {one: found.get(one.id) for one in page}


def _rank(hit: Hit, best: float) -> float:
    """The score, an article's cut down to just below the best notice's unless it is better by far."""
    is_article = hit.ref.startswith(article_search.KIND)
    return min(hit.score, 0.99 * best) if is_article and hit.score < AHEAD * best else hit.score
