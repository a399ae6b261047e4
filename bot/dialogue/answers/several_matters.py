"""One reply to a message that asks for several things: each is answered under its own words, none is dropped unsaid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.answers.cards import in_words
from bot.dialogue.reply_text import MAX_BYTES, lines, plain, say, tap
from bot.dialogue.turn import AskedQuestion, ListedItem, Recall, Scene, Turn
from bot.wechat.messages import Text
from content.rules.citizens import several_questions
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.citizens.several_questions import Part
from content.rules.follow_ups import own_words
from content.services.answers import notice_search, offered_notices

OWN = 0.6  # of its own words, that the title of a notice must say
MOST = 3  # that are answered at once; the others are named, to be asked next
NAMED = 60  # bytes of a question that is named
ROOM_AT_THE_END = 320  # bytes
_QUOTED = re.compile("(?m)^“.*”$")
_ENTRY = re.compile(r"^(\d+)\. (?=<a )")


def parts(scene: Scene) -> list[tuple[Scene, bool]]:
    """The scene of each question of a message, and whether it may go on from the one before it; empty if it is but one."""
    if scene.message.kind != "text":
        return []
    found = several_questions.parts(scene.looked_at)
    asked: list[tuple[Scene, bool]] = []
    for part in found if len(found) > 1 else ():
        one = scene.of(part.text)
        if asked and not part.is_marked and not _is_known(one):
            before, goes_on = asked.pop()
            one, part = scene.of(f"{before.asked}，{part.text}"), Part(part.text, not goes_on)
        asked.append((one, not part.is_marked))
    return asked if len(asked) > 1 else []


def _is_known(scene: Scene) -> bool:
    """Whether a question between pauses has a matter of its own here: a guide, a kind of message, work, or a notice's title."""
    if (scene.finding is not None and scene.finding.sure) or scene.office.guides.read().find(scene.bare):
        return True
    return (scene.job is not None and scene.job.of_jobs) or is_titled(scene)


def is_titled(scene: Scene) -> bool:
    """Whether a notice has in its title what a message names."""
    names = " ".join(own_words.names(own_words.of(scene.text)))
    wanted = notice_search.wanted(scene.office, names)
    found = notice_search.find(scene.office, scene.text, notice_search.FEW, today=scene.today).hits
    return any(offered_notices.titled(wanted, hit) >= OWN for hit in found)


def together(scene: Scene, asked: Sequence[Scene], turns: Sequence[Turn], *, whole: Turn) -> Turn:
    """The answers one below the other; the answer to the `whole` message where they are about the same."""
    if not _differ(turns):
        return whole
    shown: list[ListedItem] = []
    said: list[str] = []
    room = (MAX_BYTES - ROOM_AT_THE_END) // min(len(turns), MOST)
    for part, turn in list(zip(asked, turns, strict=True))[:MOST]:
        head = say("several_about", text=plain(part.asked, NAMED))
        answer = lines([head, *_own_lines(turn)], room).split("\n")
        listed = iter(turn.recall.shown if turn.recall else ())
        for line in answer:
            if _ENTRY.match(line) and (item := next(listed, None)) is not None:
                shown.append(item)
                line = _ENTRY.sub(f"{len(shown)}. ", line)
            said.append(line)
    left = "、".join(f"“{plain(part.asked, NAMED)}”" for part in asked[MOST:])
    said += [say("several_left", text=left)] if left else []
    said += [say("list_end")] if shown else []
    said.append(say("hand_over_offer", tap=tap("tap_hand_over")))
    is_answered = any(turn.question is None or turn.question.answered for turn in turns)
    refs = tuple(ref for turn in turns if turn.question for ref in turn.question.offered)
    return replace(
        whole,
        reply=Text(lines(said)),
        recall=Recall("search", asked[0].text, tuple(shown)) if shown else turns[0].recall,
        question=AskedQuestion(scene.asked, answered=is_answered, offered=refs),
        typed=scene.asked[:LONGEST_LETTER],
        doubtful=False,
    )


def _differ(turns: Sequence[Turn]) -> bool:
    """Whether at least two are answered, by different notices or guides, or by different passages of one."""
    known = [turn for turn in turns if not turn.doubtful and (turn.question is None or turn.question.answered)]
    first = {turn.question.offered[:1] if turn.question else in_words(turn.reply) for turn in known}
    quoted = {found[0] for turn in known if (found := _QUOTED.search(in_words(turn.reply)))}
    return len(known) > 1 and (len(first) > 1 or len(quoted) == len(known))


def _own_lines(turn: Turn) -> list[str]:
    """The lines of a reply without those that stand at the end of any."""
    idle = {say("list_end"), say("list_more"), tap("tap_unhelped"), say("hand_over_offer", tap=tap("tap_hand_over"))}
    return [line for line in in_words(turn.reply).split("\n") if line and line not in idle]
