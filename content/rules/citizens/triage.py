"""Which kind of message it is, before anything is looked up: danger, a complaint, a matter of another office, small talk.

The words and answers are `config/data/triage.toml`. A text is held against the words of each kind, the gravest kind
first. Fillers, order, traditional and full-width characters, emoji and one slip that sounds alike do no harm. What is asked
about a document, what did not happen and what is wanted of a job stays a search.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain

from config.triage import LIKE, Context, Hotline, Matter, TriageTable
from content.rules.citizens.message_classifier import MessageClassifier
from content.rules.citizens.triage_phrases import Lexicon, Match, Spans, matches, spelt, uncovered
from content.rules.language import plain_text

LONGEST = 2000  # characters that are looked at
NEAR = 12  # characters around a match in which a word can change its meaning
LONGEST_ASIDE = 16  # characters that may be said besides a topic that is asked about; more is a question of its own
WHETHER = "不没"  # between twins: 给不给
LONGEST_TAIL = 40  # characters at the end of a message that tell what is asked for
SHORTEST = 5  # characters of a message that can be like others
# How much a message must speak for a kind: where nothing is found for it, and where something might be.
LIKELY = {"danger": 3.8, "complaint": 2.0, "elsewhere": 2.0, "talk": 3.0}
CERTAIN = {"danger": 4.2, "complaint": 3.5}
LONGEST_TALK = 30  # characters of small talk; who writes more and asks something has a question
LONGEST_BEFORE = 8  # characters before a match that are looked at for a "not"

_NOT = re.compile(
    "(?:没有?|不|未)(?:给|帮|人|我|们|买|交|上|缴|办|签|发|有|见|收到|任何){0,3}$"
)  # 没买保险 asks for no 保险
_QUESTION_TAIL = re.compile(
    "(?:在哪里?|哪里|哪有|怎么|咋|怎样|查|看|找|有没有|有吗|有不|了|吗|呢|啊|呀|吧|的|是什么|是多少|多少|一下|发我|谢谢|[, ])++$"
)
_CODE = re.compile("\\[([^\\[\\]]{1,40})\\]|【[^【】]{0,60}】|/:[^\\s\u4e00-\u9fff]{1,8}")
_UNREADABLE = re.compile("收到|不支持|暂?无法显示|请在手机|最新版本")


class MessageKind(StrEnum):
    """Kinds of messages that are no question to the notices, the gravest first."""

    DANGER = "danger"
    COMPLAINT = "complaint"
    SERVICE = "service"  # a matter of this office that is no question to the notices
    ELSEWHERE = "elsewhere"  # a matter of another office
    ABUSE = "abuse"
    SMALL_TALK = "smalltalk"
    STICKER = "sticker"
    ENGLISH = "english"


@dataclass(frozen=True)
class Finding:
    """What a message is. `said` are the words in it that told."""

    kind: MessageKind
    matter: Matter
    said: str

    @property
    def answer(self) -> str:
        """The answer, with the gaps of `config.triage.GAPS` still open."""
        return self.matter.answer

    @property
    def numbers(self) -> tuple[Hotline, ...]:
        """The numbers in the answer, each with the day it was checked."""
        return self.matter.numbers

    @property
    def hand_over(self) -> bool:
        """Whether one tap may hand these very words to staff."""
        return self.matter.hand_over

    @property
    def for_staff(self) -> bool:
        """Whether staff must see the message, asked for or not."""
        return self.kind is MessageKind.DANGER or self.matter.like == MessageKind.DANGER

    @property
    def sure(self) -> bool:
        """Whether words tell; if not, the message is like others of its kind, and what is found for it counts too."""
        return not self.matter.like

    @property
    def search(self) -> bool:
        """Whether notices that fit may follow the answer; never postings."""
        return self.matter.search


@functools.lru_cache(plain_text.MOMENT)
def classify(text: str, table: TriageTable) -> Finding | None:
    """The kind of a message, or None if it is a question like any other. `text` is as the citizen wrote it."""
    heard, coded = _heard(text, frozenset(table.stickers))
    lexicons = _lexicons(table)
    if not heard:
        return _of_kind(MessageKind.STICKER, table, text) if coded else None
    found = _found(_Text.of(heard, lexicons), lexicons, table)
    if found is None and plain_text.CHINESE.search(heard):
        mended = lexicons.mendable.mended(heard)
        if mended != heard:
            found = _found(_Text.of(mended, lexicons), lexicons, table)
    return found


@functools.lru_cache(plain_text.MOMENT)
def likely(text: str, table: TriageTable, *, certain: bool = False) -> Finding | None:
    """The kind of a message that no words tell, by what it is like; None if it is like a question to the notices.

    `certain`: only a story that is far from any question, whatever else would be found for it.
    """
    if not plain_text.CHINESE.search(text) or len(text) < SHORTEST:
        return None
    classifier = _classifier(table)
    heard: _Text | None = None
    for matter in table.matters:
        least = CERTAIN.get(matter.like) if certain else LIKELY.get(matter.like)
        if least is not None and classifier.score(matter.like, text) >= least:
            heard = heard or _Text.of(_heard(text, frozenset(table.stickers))[0], _lexicons(table))
            if any(heard.surroundings(table.by_name[name]).everywhere for name in matter.unless):
                continue
            return Finding(MessageKind(matter.kind), matter, "")
    return None


@dataclass(frozen=True)
class WrongExample:
    """An example of the matter at `place` (from 1) that comes out otherwise than its list (`yes`, `no`) says, in words."""

    place: int
    list: str
    words: str


def disagreements(table: TriageTable) -> list[str]:
    """Examples in the file that come out otherwise than it says, in words; none if the file does what it means."""
    return [wrong.words for wrong in wrong_examples(table)]


def wrong_examples(table: TriageTable) -> list[WrongExample]:
    """The same with the place of each."""
    wrong = []
    for place, matter in enumerate(table.matters, start=1):
        for example in matter.yes:
            found = told(example, table)
            if found is None or found.matter is not matter:
                words = f"“{matter.name}”的例子没有归到这一条：{example}（{found.matter.name if found else '都不是'}）"
                wrong.append(WrongExample(place, "yes", words))
        for example in matter.no:
            found = told(example, table) if matter.like else classify(example, table)
            if found is not None and found.kind == matter.kind:
                words = f"“{matter.name}”的反例也归到了这一类：{example}（{found.matter.name}）"
                wrong.append(WrongExample(place, "no", words))
    return wrong


@dataclass(frozen=True)
class _Lexicons:
    """The words of a table, ready to be looked for."""

    all: Lexicon
    mendable: Lexicon
    used: dict[str, list[tuple[int, int, int]]]  # where a word is used: matter, pattern, part
    named: dict[str, list[int]]  # matters of which a word is a topic or the whole
    order: tuple[int, ...]  # in which matters are tried: the gravest kind first


@dataclass(frozen=True)
class _Text:
    """A message as words are looked for in it."""

    text: str
    spans: Spans
    heard: dict[
        int, dict[int, dict[int, list[str]]]
    ]  # for each matter and pattern the words of each part that are said

    contexts: dict[str, _Surroundings] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, lexicons: _Lexicons) -> _Text:
        spans = lexicons.all.spans(text)
        heard: dict[int, dict[int, dict[int, list[str]]]] = {}
        for word in spans:
            for matter, pattern, part in lexicons.used.get(word, ()):
                heard.setdefault(matter, {}).setdefault(pattern, {}).setdefault(part, []).append(word)
        return cls(text, spans, heard)

    def surroundings(self, context: Context) -> _Surroundings:
        """What that context says about this text."""
        if context.name not in self.contexts:
            self.contexts[context.name] = _Surroundings(context, self.text, self.spans)
        return self.contexts[context.name]

    def before(self, part: tuple[int, int]) -> str:
        """What stands before a part of a match, or before the longer word that holds it: before 拖欠 for 欠."""
        start, end = part
        begin = next(place for place in range(max(start - LONGEST_BEFORE, 0), start + 1) if self._ends[place] >= end)
        return self.text[max(begin - LONGEST_BEFORE, 0) : begin]

    def asks_whether(self, match: Match) -> bool:
        """Whether a "not" in it stands between twins: 给不给交 asks, and complains of nothing."""
        return any(
            self.text[start] in WHETHER
            and 0 < start < len(self.text) - 1
            and self.text[start - 1] == self.text[start + 1]
            for start, _ in match.parts
        )

    @functools.cached_property
    def _ends(self) -> list[int]:
        """For each place where the longest word that begins there ends."""
        ends = [0] * len(self.text)
        for spans in self.spans.values():
            for start, end in spans:
                ends[start] = max(ends[start], end)
        return ends

    def without(self, lookalikes: Iterable[str]) -> Spans:
        """The spans that do not begin within a look-alike."""
        masking = {word for word in lookalikes if word in self.spans}
        if not masking:
            return self.spans
        masks = sorted(span for word in masking for span in self.spans[word])
        reach = _reach(masks, len(self.text))
        kept = {
            word: spans if word in masking else [span for span in spans if reach[span[0]] <= span[0]]
            for word, spans in self.spans.items()
        }
        return {word: spans for word, spans in kept.items() if spans}


def _reach(masks: list[tuple[int, int]], length: int) -> list[int]:
    """For each place how far a mask that covers it reaches."""
    reach, far = [0] * (length + 1), 0
    starts: dict[int, int] = {}
    for start, end in masks:
        starts[start] = max(starts.get(start, 0), end)
    for place in range(length + 1):
        far = max(far, starts.get(place, 0))
        reach[place] = far if far > place else 0
    return reach


def _heard(text: str, stickers: frozenset[str]) -> tuple[str, bool]:
    """The words of a message, and whether it had stickers or emoji in it."""
    raw = plain_text.normalise(plain_text.clean(text[:LONGEST]))
    bare = _CODE.sub(lambda found: "" if _is_code(found, stickers) else found[0], raw)
    return spelt(bare), bare != raw or any(unicodedata.category(character) == "So" for character in raw)


def _is_code(found: re.Match[str], stickers: frozenset[str]) -> bool:
    if found[0].startswith("/:"):
        return True
    return found[1] in stickers or _UNREADABLE.search(found[0]) is not None


def _found(text: _Text, lexicons: _Lexicons, table: TriageTable) -> Finding | None:
    touched = {*text.heard, *(number for word in text.spans for number in lexicons.named.get(word, ()))}
    for number in lexicons.order:
        if number not in touched:
            continue
        matter = table.matters[number]
        if matter.kind == MessageKind.SMALL_TALK and _asks_at_length(text, table):
            continue
        if matter.kind == MessageKind.ENGLISH and plain_text.CHINESE.search(text.text):
            continue
        if (said := _said(text, number, table)) is not None:
            return Finding(MessageKind(matter.kind), matter, said)
    return None


def _asks_at_length(text: _Text, table: TriageTable) -> bool:
    return len(text.text) > LONGEST_TALK and any(word in text.spans for word in table.asking if len(word) > 1)


def _of_kind(kind: MessageKind, table: TriageTable, said: str) -> Finding | None:
    return next((Finding(kind, matter, said) for matter in table.matters if matter.kind == kind), None)


def _said(text: _Text, number: int, table: TriageTable) -> str | None:
    """What in the text tells of the matter of that number; None if nothing does."""
    matter = table.matters[number]
    spans = text.without(matter.lookalikes)
    for match in chain(_matching(text, spans, number, matter), _topical(text, spans, matter, table)):
        contexts = [text.surroundings(table.by_name[name]) for name in matter.unless]
        if any(context.everywhere for context in contexts):
            break
        if not text.asks_whether(match) and not any(context.hold(text, match) for context in contexts):
            return text.text[match.start : match.end]
    return _whole(text, spans, matter, table)


def _matching(text: _Text, spans: Spans, number: int, matter: Matter) -> Iterator[Match]:
    """Where the patterns of a matter fit."""
    for nth, said in sorted(text.heard.get(number, {}).items()):
        pattern = matter.words[nth]
        if len(said) == len(pattern.parts):
            parts = [[span for word in said[part] for span in spans.get(word, ())] for part in range(len(said))]
            yield from matches(parts, in_order=pattern.in_order)


def _topical(text: _Text, spans: Spans, matter: Matter, table: TriageTable) -> Iterator[Match]:
    """Where a topic is asked about: it is all that is said, or an asking word stands near it."""
    topics = [topic for topic in matter.topics if topic in spans]
    asking = [span for word in table.asking for span in text.spans.get(word, ())] if topics else []
    for topic in topics:
        besides = uncovered(text.text, (topic, *table.around, *table.asking), text.spans)
        for start, end in spans[topic] if besides <= LONGEST_ASIDE else ():
            if not besides or any(_is_near(asked, start, end) for asked in asking):
                yield Match(start, end, ((start, end),))


def _is_near(asked: tuple[int, int], start: int, end: int) -> bool:
    first, last = asked
    return start - NEAR <= last <= start or end <= first <= end + NEAR


def _whole(text: _Text, spans: Spans, matter: Matter, table: TriageTable) -> str | None:
    said = [word for word in matter.whole if word in spans]
    return (
        said[0]
        if said and uncovered(text.text, (*matter.whole, *matter.fillers, *table.around), text.spans) == 0
        else None
    )


class _Surroundings:
    """What a context says about a text: looked up once, so that a match costs little."""

    def __init__(self, context: Context, text: str, spans: Spans) -> None:
        self._before = context.before
        self.off = any(word in spans for word in context.but)
        asked = _QUESTION_TAIL.sub("", text[-LONGEST_TAIL:])
        self.everywhere = not self.off and (
            (any(word in spans for word in context.anywhere) and self._has_also(context, spans))
            or any(asked.endswith(word) and not _NOT.search(asked.removesuffix(word)) for word in context.ends)
        )
        near = [span for word in context.near for span in spans.get(word, ())]
        self._begins = sorted(start - NEAR for start, _ in near)
        self._ends = sorted(end + NEAR for _, end in near)

    @staticmethod
    def _has_also(context: Context, spans: Spans) -> bool:
        return not context.also or any(word in spans for word in context.also)

    def hold(self, text: _Text, match: Match) -> bool:
        """Whether what is around a match makes it mean something else."""
        if self.off:
            return False
        if any(text.before(part).endswith(self._before) for part in match.parts):
            return True
        return bisect_right(self._begins, match.end) > bisect_left(self._ends, match.start)


def told(text: str, table: TriageTable) -> Finding | None:
    """The kind of a message by words or, where none tell, by what it is like; None if it is a question like any other."""
    return classify(text, table) or likely(text, table)


@functools.lru_cache(8)
def _classifier(table: TriageTable) -> MessageClassifier:
    return MessageClassifier(table.examples, LIKE)


@functools.lru_cache(8)
def _lexicons(table: TriageTable) -> _Lexicons:
    used: dict[str, list[tuple[int, int, int]]] = {}
    for number, matter in enumerate(table.matters):
        for nth, pattern in enumerate(matter.words):
            for part, words in enumerate(pattern.parts):
                for word in dict.fromkeys(words):
                    used.setdefault(word, []).append((number, nth, part))
    named: dict[str, list[int]] = {}
    for number, matter in enumerate(table.matters):
        for word in (*matter.topics, *matter.whole):
            named.setdefault(word, []).append(number)
    told = {*used, *(word for matter in table.matters for word in matter.topics)}
    lists = [(*matter.whole, *matter.fillers, *matter.lookalikes) for matter in table.matters]
    lists += [(*context.near, *context.anywhere, *context.also, *context.but) for context in table.contexts]
    kinds = [*MessageKind]
    order = sorted(range(len(table.matters)), key=lambda number: kinds.index(MessageKind(table.matters[number].kind)))
    return _Lexicons(Lexicon(told.union(*lists, table.around, table.asking)), Lexicon(told), used, named, tuple(order))
