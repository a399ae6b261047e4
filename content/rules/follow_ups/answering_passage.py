"""The passage of an item that answers a short question about it: quoted as it stands, or none.

A passage has what is asked (a sum, a day), says of what it is asked (到账, 答复), and the question's own words.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from content.rules.follow_ups import aspects, figures_asked, own_words, passage_traits
from content.rules.follow_ups.aspects import ShortQuestion
from content.rules.follow_ups.passage_pieces import CONTACT, PassagePiece, pieces_of, quoted
from content.rules.language import answering_sentence
from content.rules.language.answering_sentence import READ, Aspect, Sentence

SAID = 0.5  # of the question's own words that a passage says
WHETHER = 0.6  # … where nothing but these words tells what is asked
MOST_ASPECTS = 3
SHORT_WORD, LEAST_SAID = 4, 12  # characters of a word; … of a line of a list or a page's menu
LABELLED, NAMED, FIRST, OF_THE_YEAR, OF_NOW, OWN, BEFORE = 3.0, 1.5, 0.5, 2.0, 0.8, 0.8, 0.15
OF_THE_MATTER = 0.4  # for a passage on the matter that says no word of the question
ALLOWED = 0.5  # for a passage that says whether something goes
AGAIN = 2.0  # against a passage that is of doing it once more, which nobody asked
LITERAL, AT_ITS_HEAD = 0.7, 2.5  # for a word as it stands; … where a sentence begins with it and its figure
ALIKE, MOST_ALIKE = 0.65, 3  # pieces that answer as well, each of another group or kind, and how many are quoted
OF_A_GROUP = 1.0  # against a piece on some people, where nobody asked of them
LISTED, OF_A_BODY = 0.7, 1.5  # for a list under a heading; against what firms have to do, where a citizen asks
BY_HAND = 1.0  # … that says what to do where
TERM, FIGURE, CLOSE_BY = 1.5, 1.0, 2.0  # … if what is asked stands so near to that of which it is asked

_BEFORE_NOW = re.compile(
    "原办法|原规定|累计(?:发放|补贴)|截至.{0,10}月?(?:底|末)|已到期|到期。?$|同时废止|月起.{0,40}标准|公[布开].{0,30}(?:细则|方案|通知|办法|指引)"
)
_DOES = re.compile(
    "登录|网上|线上|小程序|公众号|APP|app|窗口|服务网|向.{2,20}(?:提出|提交|递交).{0,6}申请|(?:前往|到).{2,24}(?:办理|申请|提交|领取)"
)
_OF_BODIES = re.compile("(?:机构|企业|单位|供应商|运营方|投标人)[^,，。]{0,20}申[请报]")
_ASKS_FOR_A_BODY = re.compile("机构|企业|单位|公司|厂|商")
_NO_PAPER = re.compile("不再要求|无需|不需要?|不用|免于?提|可(?:以)?作为|代替")
_CLAUSE = re.compile("[,，;；?？!！。]+")
_NAMED = re.compile(r"\d+(?:号线|路车)")  # what a question names by its number
_BOTH_CASES = re.compile("(?:申领|申请|办理|新办|领取|登记)、[^,，。]{0,12}(?:续|补|变更|注销)")
_WEEKEND = re.compile("周末|周[六日]|星期[六日天]|礼拜[六日天]|双休|节假日")
_DAY = re.compile(r"(?:\d{1,2}月|次月|每月)\d{1,2}日")
_FINE = re.compile("罚款|违约金|滞纳金|罚金")
_MONEY = re.compile(r"\d[\d.,]*\s?[万千百亿]?元")
_OFCONTACT = ("telephone", "contact", "place")
_ALLOWS = re.compile("可以?|不得|应当?|须|无需|不需|不予|禁止|允许|视为|均|不能|暂不|享受|也")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


def find(
    body: str, question: str, *, title: str = "", before: str = "", published_on: date | None, today: date
) -> list[Sentence]:
    """The passages for what a folded question asks, at most one for each aspect; empty where the item does not say it.

    `title`: the item's, normalised, of which nothing needs to be said again; `before`: the question that found it.
    """
    pieces = list(pieces_of(body[:READ]))
    clauses = [part for part in _CLAUSE.split(question) if aspects.ASKS.search(part) and aspects.read(part).aspects]
    found = list[Sentence]()
    for clause in clauses[:MOST_ASPECTS] if len(clauses) > 1 else (question,):
        asked = _Asked(aspects.read(clause, title), clause, title=title, context=tuple(own_words.of(before)))
        found += asked.sentences(body, pieces, published_on=published_on, today=today)
    said = list({one.text: one for one in found}.values())
    return [one for one in said if not any(one is not other and one.text in other.text for other in said)]


@dataclass(frozen=True)
class _Asked:
    """One question, held against the pieces of an item."""

    asked: ShortQuestion
    text: str
    title: str
    context: tuple[str, ...]  # words of the question before

    def sentences(
        self, body: str, pieces: Sequence[PassagePiece], *, published_on: date | None, today: date
    ) -> Iterator[Sentence]:
        """The best passage for each aspect."""
        named = _NAMED.findall(self.text) or _NAMED.findall(" ".join(self.context))
        pieces = [piece for piece in pieces if all(name in piece.folded for name in named)]
        words = [word for word in own_words.of(self.text) if not own_words.is_in(word, self.title)]
        words = own_words.beyond([word for word in words if not passage_traits.is_generic(word)], self.title)
        year = answering_sentence.year_asked(self.text, today)
        for aspect in self.asked.aspects[:MOST_ASPECTS] or (None,):
            others = [_named(_OTHERWISE[aspect.name])] if aspect is not None and aspect.name in _OTHERWISE else []
            for one in (aspect, *others):
                ranked = _ranked(
                    pieces,
                    self.asked,
                    one,
                    words=words,
                    context=[*self.context],
                    title=self.title,
                    year=year,
                    now=today.year,
                )
                for best, worth in ranked[:1] if words else _alike(pieces, ranked, one):
                    is_above = any(not needs.search(pieces[best].folded) for needs in self.asked.matters)
                    yield quoted(
                        body,
                        pieces,
                        best,
                        aspect=aspect,
                        words=words,
                        published_on=published_on,
                        today=today,
                        worth=worth,
                        with_heading=is_above,
                    )
                if ranked:
                    break


_OTHERWISE = {"date": "duration", "fee": "sum", "way": "place", "contact": "telephone"}


def _named(name: str) -> Aspect:
    return next(aspect for aspect in aspects.ASPECTS if aspect.name == name)


def _alike(
    pieces: Sequence[PassagePiece], ranked: list[tuple[int, float]], aspect: Aspect | None
) -> list[tuple[int, float]]:
    """The best; with it, in their order, what answers as well for another group or kind: each has a term or a sum of its own."""
    alike = dict[str, tuple[int, float]]()
    for number, worth in ranked:
        piece = pieces[number]
        if (
            worth >= ranked[0][1] - ALIKE
            and piece.heading
            and passage_traits.is_one_of_several(piece.heading, piece.folded, aspect)
        ):
            alike.setdefault(piece.heading, (number, worth))
    found = list(alike.values())[:MOST_ALIKE]
    return sorted(found) if len(found) > 1 and ranked[0] in found else ranked[:1]


def _ranked(
    pieces: Sequence[PassagePiece],
    asked: ShortQuestion,
    aspect: Aspect | None,
    *,
    words: list[str],
    context: list[str],
    title: str,
    year: int,
    now: int,
) -> list[tuple[int, float]]:
    """The numbers of the pieces that answer, the best first, each with how well it does."""
    found, known = list[tuple[int, float]](), f"{' '.join([*words, *context])} {asked.text} {title}"
    groups = functools.cache(lambda: passage_traits.groups(known))  # only for what answers
    meant = {one[0] for one in answering_sentence.OTHER_CASE.finditer(known.removesuffix(title))}
    for number, piece in enumerate(pieces):
        if passage_traits.is_row(piece.folded) or passage_traits.is_of_the_opposite(known, piece.folded):
            continue
        if aspect is not None and not aspect.holds.search(piece.folded):
            continue
        worth = _worth(piece, asked, aspect, words, context)
        if worth and (years := {int(one) for one in _YEAR.findall(piece.folded)}):
            of_sums = aspect is not None and aspect.name in ("sum", "fee")
            worth += (
                OF_NOW * (max(years) - now) * of_sums if not year else OF_THE_YEAR if year in years else -OF_THE_YEAR
            )
        is_of_the_same = passage_traits.is_of_the_same(known, piece.folded)
        worth += passage_traits.OF_THE_SAME if worth and is_of_the_same else 0.0
        is_fine = aspect is not None and aspect.name == "fine"
        if worth and not (is_fine or is_of_the_same) and _is_of_another_case(piece, aspect, meant, asked.matters):
            worth = 0.0 if aspect is not None else max(worth - AGAIN, 0.05)
        if (
            worth
            and aspect is not None
            and not is_of_the_same
            and passage_traits.groups(f"{piece.heading} {piece.folded}") - groups()
        ):
            worth = max(worth - OF_A_GROUP, 0.05)
        if worth > 0 and not passage_traits.is_change_of_another(aspect, piece.heading, known):
            found.append((number, worth))
    return sorted(found, key=lambda one: -one[1])


def _worth(
    piece: PassagePiece, asked: ShortQuestion, aspect: Aspect | None, words: list[str], context: list[str]
) -> float:
    """How well a piece answers that holds what is asked for; 0 if it does not."""
    said = f"{piece.heading} {piece.folded}"
    is_preamble = passage_traits.is_preamble(piece.folded) and not _MONEY.search(piece.folded)
    needed = (*asked.matters, *(said for said, names in asked.measures if aspect is None or aspect.name in names))
    if is_preamble or not all(needs.search(said) for needs in needed):
        return 0.0
    own = own_words.share(words, said)
    if aspect is None:
        return _worth_of_words(piece, asked, words, own)
    if words and not asked.matters and not _touched(words, said, own):
        return 0.0
    is_of_another = bool(context) and not words and own_words.share(context, said) < WHETHER
    if _is_refused(piece, asked, aspect) or (aspect.name == "change" and is_of_another):
        return 0.0
    labelled = any(passage_traits.is_label_of(aspect, label) for label in (piece.heading, piece.label) if label)
    named = aspect.named.search(piece.folded) is not None
    if not (labelled or named or words or asked.matters or asked.measures):
        return 0.0
    if aspect.name in ("papers", "place") and _NO_PAPER.search(piece.folded):
        labelled = named = False
    is_paper = aspect.name == "papers" and passage_traits.is_paper(piece.folded)
    named = named or is_paper
    worth = LABELLED + (0.0 if aspect.name in passage_traits.LABELS else NAMED * named) if labelled else NAMED * named
    worth += FIRST if piece.nth == 0 else 0.0
    is_of_money = labelled and piece.nth == 0 and aspect.name in ("sum", "fee")
    is_close = any(
        passage_traits.is_close(piece.folded, aspect, matter) or (is_of_money and matter.search(piece.heading))
        for matter in asked.matters
    )
    worth += CLOSE_BY if is_close else 0.0
    worth += CLOSE_BY if any(passage_traits.is_beside(piece.folded, aspect, word) for word in words) else 0.0
    worth += LITERAL if any(word in piece.folded for word in words) else 0.0
    is_at_its_head = any(passage_traits.begins_with(piece.folded, aspect, word) for word in words)
    worth += AT_ITS_HEAD if aspect.name == "sum" and is_at_its_head else 0.0
    worth += FIGURE if aspect.name in ("fine", "sum", "change") and _MONEY.search(piece.folded) else 0.0
    worth += BY_HAND if aspect.name == "way" and _DOES.search(piece.folded) else 0.0
    worth += LISTED if (labelled and piece.is_listed) or is_paper else 0.0
    worth += LISTED if aspect.name == "place" and len(piece.folded) < passage_traits.SHORT_ITEM else 0.0
    if (
        aspect.name == "way"
        and _OF_BODIES.search(piece.folded)
        and not _ASKS_FOR_A_BODY.search(f"{asked.text} {' '.join(context)}")
    ):
        worth = max(worth - OF_A_BODY, 0.05)
    worth += TERM if aspect.name == "date" and passage_traits.TERM.search(piece.folded) else 0.0
    worth += FIGURE if aspect.name == "date" and asked.measures and passage_traits.SPAN.search(piece.folded) else 0.0
    worth += figures_asked.worth(asked.text, piece.folded)
    worth += (
        FIGURE if aspect.name == "weekday" and _WEEKEND.search(asked.text) and _WEEKEND.search(piece.folded) else 0.0
    )
    worth += (
        FIGURE if aspect.name == "date" and (asked.matters or asked.measures) and _DAY.search(piece.folded) else 0.0
    )
    worth -= passage_traits.is_duty(piece.folded, asked.text) if aspect.name in ("way", "papers", "place") else 0.0
    worth += own * OWN * sum(map(len, words)) + BEFORE * sum(len(word) for word in context if word in said)
    return worth + 0.1


def _is_refused(piece: PassagePiece, asked: ShortQuestion, aspect: Aspect) -> bool:
    """Whether a piece that holds what is asked is a telephone, a fine, a report, a reminder or a day that is over."""
    if aspect.name not in _OFCONTACT and CONTACT.search(piece.folded):
        return True
    if aspect.name in ("sum", "fee"):
        is_of_no_sum = not _MONEY.search(piece.folded) and passage_traits.is_share_of_none(piece.folded)
        return (
            is_of_no_sum or _FINE.search(piece.folded) is not None or passage_traits.is_report(piece.folded, asked.text)
        )
    if aspect.name in ("way", "place") and passage_traits.is_aside(piece.folded, asked.text):
        return True
    return aspect.name == "date" and _BEFORE_NOW.search(piece.folded) is not None


def _worth_of_words(piece: PassagePiece, asked: ShortQuestion, words: list[str], own: float) -> float:
    """The same where nothing but words tells what is asked: 双胞胎可以一起摇吗."""
    if not words:
        is_a_sentence = len(piece.folded) > LEAST_SAID or piece.folded.endswith(("。", ";"))
        allows = ALLOWED if asked.is_whether and _ALLOWS.search(piece.folded) else 0.0
        return 1.0 + allows if asked.matters and is_a_sentence else 0.0
    said = f"{piece.heading} {piece.folded}"
    is_met = own >= WHETHER or (own >= SAID and _touched(words, said, own)) or (asked.matters and own > 0)
    if not is_met:
        is_told = bool(asked.matters) and all(needs.search(piece.folded) for needs in asked.matters)
        return OF_THE_MATTER if is_told and len(piece.folded) > LEAST_SAID else 0.0
    return 1.0 + own * OWN * sum(map(len, words)) + (0.5 if _ALLOWS.search(piece.folded) else 0.0)


def _touched(words: list[str], said: str, own: float) -> bool:
    """Whether a sentence says enough of the words: half of them, or a part of a word that is no longer than four."""
    return own >= SAID or own_words.touches([word for word in words if len(word) <= SHORT_WORD], said)


def _is_of_another_case(
    piece: PassagePiece, aspect: Aspect | None, meant: Collection[str], matters: Sequence[re.Pattern[str]]
) -> bool:
    """Whether a piece is of a case by itself that was not asked about; what is labelled so may only speak of it by the way."""
    is_labelled = aspect is not None and aspect.name != "papers" and passage_traits.is_label_of(aspect, piece.heading)
    if _BOTH_CASES.search(piece.folded):
        return False
    said = piece.heading if is_labelled else f"{piece.heading} {piece.folded}"
    found = {one[0] for one in answering_sentence.OTHER_CASE.finditer(said)}
    return bool(found) and not found & {*meant} and not any(matter.search(one) for matter in matters for one in found)
