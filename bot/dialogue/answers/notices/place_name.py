"""A place's name and nothing else: what is known of it here, and what may be asked of it."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answers.lists import FOUND, offer_hits
from bot.dialogue.reply_text import lines, plain, say, tapped
from bot.dialogue.turn import AskedQuestion, Scene, Turn
from bot.wechat.messages import Text
from content.rules.jobs.match import stem
from content.rules.language import plain_text
from content.rules.language.query import vocabulary
from content.services.answers import article_search, notice_search

LONGEST = 8  # characters
MOSTLY = 0.9  # of the name, that a notice must say
_CALLED_SO = re.compile("[\u4e00-\u9fff]{2,5}(?:街道?|镇|乡|村|路|大道|社区|片区|区|市)")
_GOES_ON = re.compile("[就是在我那这你去到从]")
_NO_PLACE = re.compile(
    "(?:学|小|景|校|辖|专|城|郊|地|社|园|库|禁|铁|公|马|道|线|网|出|修|走|迷|停水|停电|招聘|超|城)(?:区|路|街|市|社区)$"
)


def is_said(scene: Scene) -> bool:
    """车陂街, and nothing besides."""
    name = scene.bare
    if (
        not 1 < len(name) <= LONGEST
        or _GOES_ON.match(name)
        or scene.finding is not None
        or any(vocabulary().groups_in(name))
    ):
        return False
    is_known = stem(name) in scene.office.postings.names().places
    return is_known or (_CALLED_SO.fullmatch(name) is not None and _NO_PLACE.search(name) is None)


def told(scene: Scene) -> Turn:
    """The notices that name the place, and how to ask for work there."""
    name = scene.bare
    taps = [tapped(f"{name} 招聘", "place_jobs")] if _has_jobs(scene) else []
    tail = [say("place_ask", place=plain(name)), *(say("place_jobs", tap=tap) for tap in taps)]
    hits = notice_search.find(scene.office, name, FOUND, today=scene.today).hits
    hits = [hit for hit in hits if hit.ref.startswith("disclosure:")]
    titled = [hit for hit in hits if plain_text.normalise(stem(name)) in hit.folded]
    said = article_search.shares(scene.office, name, [hit.ref for hit in hits])
    named = titled or [hit for hit, share in zip(hits, said, strict=True) if share >= MOSTLY]
    if named:
        return offer_hits(
            scene, named, head=say("place_found" if titled else "place_named", place=plain(name)), tail=tail
        )
    question = AskedQuestion(scene.asked, answered=False, offered=())
    turn = Turn(Text(lines([say("place_unknown", place=plain(name)), *tail])), question=question, results=tuple(hits))
    return replace(turn, typed=scene.asked)


def _has_jobs(scene: Scene) -> bool:
    return any(stem(scene.bare) in one.place for one in scene.office.postings.all())
