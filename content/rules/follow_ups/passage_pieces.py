"""A notice as passages: its sentences with the heading above each, and how one of them is quoted with what goes on from it."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from content.rules.follow_ups import passage_traits
from content.rules.language import answering_sentence, plain_text
from content.rules.language.answering_sentence import LAST_TEXTS, Aspect, Sentence

LONGEST, LONGEST_LIST = 150, 210  # characters of a passage, and of one that is a list
LONGEST_TITLE = 12  # characters of a heading without a number
SHORT = 24  # characters of a sentence that is quoted with the next
FAR = 12  # pieces in which the next of the list is looked for

CONTACT = re.compile("致电|联系(?:科室|电话|人)|咨询电话|(?:咨询|建议|投诉)[:：]")
_SENTENCE = re.compile(r"[^。;!；！\n]+[。;!；！]?")
_HEADING = re.compile(
    r"(?:[(（]?[一二三四五六七八九十\d]+[)）、.]|第[一二三四五六七八九十\d]+[章节条问]).{1,16}[。:：]?|.{2,60}[?？]"
)
_TITLE = re.compile(  # a line by itself that asks or calls: 要准备什么
    "[^,，。;；:：!！?？]{0,8}(?:什么|怎么|怎样|多少|多久|谁|哪里?|材料|条件|时间|流程|步骤|范围|标准)[^,，。;；:：!！?？]{0,6}"
)
_LISTS = re.compile(  # heads a list: 需要申请材料如下:
    "[^。;]{2,60}(?:如下|(?:材料|资料|条件|流程|步骤|方式|渠道|途径|时间|对象|标准|范围|情形)[^,，。:]{0,6})[:：]$"
    "|[^,，。;:]{2,40}(?:材料(?:要求|清单)?|条件|流程|程序|步骤|方式|渠道|途径|时间安排|对象|地点)$"
)
_ITEM = re.compile(r"(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}\s?[.、．]|[a-z][.、)]|[①-⑳])")
_TELLS = re.compile(
    r"(?<!\d)\d{1,3}\s?(?:年|个?月|日|天|个工作日|[万千]?元|%|人)|为止|长期|[?][^?]*[一二两三四五六七八九十]+(?:年|个月|天)"
)  # what no heading says: 第五条 每年4月集中申报
_LABEL = re.compile(
    r"(?:[(（]?[一二三四五六七八九十\d]+[)）、.]\s?)?([^:：,，。]{2,22})[:：]|(?:[(（]?[一二三四五六七八九十\d]+[)）、.]\s?)([^?？]{4,40}[?？])"
)
_ITEM_NUMBER = re.compile(r"^(?:[(（]?[一二三四五六七八九十\d]+[)）、.]|第[一二三四五六七八九十\d]+条|附件|[a-z]+://)")
_STYLES = (
    (re.compile(r"[(（]?(\d{1,2})\s?[.、．)）](?!\d)"), ""),
    (re.compile(r"[(（]?([a-h])[.、．)）]"), "abcdefgh"),
    (re.compile(r"[(（]([一二三四五六七八九])[)）]"), "一二三四五六七八九"),
    (re.compile("([①②③④⑤⑥⑦⑧⑨])"), "①②③④⑤⑥⑦⑧⑨"),
)
_GAP = re.compile("(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_OF_THE_ONE_BEFORE = re.compile("前款|前项|前述|上款")
_PAUSE = re.compile("[:：,，。;；(（]")
_QUOTES = str.maketrans("", "", '“”"')


@dataclass(frozen=True)
class PassagePiece:
    """A sentence of a text: where it stands, and what stands above it."""

    start: int
    end: int
    folded: str
    heading: str  # of its section, folded
    label: str  # its own: 领多久 of 领多久:一般不超过三年
    nth: int  # in its section
    is_listed: bool = False  # under a heading that ends in a colon
    headed_at: int = -1  # where that heading begins
    section: str = ""  # the last numbered heading, which a long item in between does not end


@functools.lru_cache(LAST_TEXTS)
def pieces_of(body: str) -> tuple[PassagePiece, ...]:
    """The sentences of a text that are no headings, each with the heading above it."""
    return tuple(_pieces(body))


def _pieces(body: str) -> Iterator[PassagePiece]:
    heading, nth, is_listed, headed_at, section = "", 0, False, -1, ""
    for found in _SENTENCE.finditer(body):
        text = found[0].strip()
        folded = _GAP.sub("", plain_text.fold(text).translate(_QUOTES))
        if not folded:
            continue
        begins = not body[: found.start()].rstrip(" \u3000") or "\n" in body[max(0, found.start() - 3) : found.start()]
        heads = _LISTS.fullmatch(folded) is not None and begins
        is_item = folded.endswith((";", "；")) or (is_listed and _ITEM.match(folded) is not None)
        is_line = begins and body[found.end() : found.end() + 1] in "\n" and len(folded) <= LONGEST_TITLE
        is_title = is_line and _TITLE.fullmatch(folded) is not None
        is_head = not is_item and (is_title or _HEADING.fullmatch(folded) is not None)
        if heads or (is_head and (folded.endswith("?") or not _TELLS.search(folded))):
            heading, nth, is_listed, headed_at = folded, 0, heads, found.start() + found[0].index(text)
            section = folded if _ITEM_NUMBER.match(folded) or folded.endswith("?") else section
            continue
        if is_listed:
            if begins and nth and not _ITEM.match(folded):
                heading, is_listed = "", False
        elif _ITEM_NUMBER.match(folded):
            heading = "" if len(folded) > 40 or ":" in folded[:16] else heading
        label = _LABEL.match(folded)
        start = found.start() + found[0].index(text)
        said = (label[1] or label[2] or "") if label else ""
        yield PassagePiece(start, start + len(text), folded, heading, said, nth, is_listed, headed_at, section)
        nth += 1


def quoted(
    body: str,
    pieces: Sequence[PassagePiece],
    best: int,
    *,
    aspect: Aspect | None,
    words: list[str],
    published_on: date | None,
    today: date,
    worth: float = 0.0,
    with_heading: bool = False,
) -> Sentence:
    """The piece with what goes on from it, as long as it stays short; a long one is cut at its pauses.

    `with_heading`: of a list, what stands above it says what is asked, and is quoted with its beginning.
    """
    if with_heading and pieces[best].is_listed:
        return _list_with_heading(body, pieces, best, published_on, today, worth)
    if best and _OF_THE_ONE_BEFORE.search(pieces[best].folded) and pieces[best].end - pieces[best - 1].start <= LONGEST:
        text = body[pieces[best - 1].start : pieces[best].end]
        return Sentence(text, answering_sentence.passed(plain_text.fold(text), published_on, today), worth)
    first = pieces[best]
    end = first.end
    if best + 1 < len(pieces) and _OF_THE_ONE_BEFORE.search(pieces[best + 1].folded):
        after = pieces[best + 1].end
        end = after if after - first.start <= LONGEST and pieces[best + 1].heading == first.heading else end
    is_headed = bool(first.heading) and aspect is not None and passage_traits.is_label_of(aspect, first.heading)
    begins_a_list = body[end - 1] in ":："
    for before, piece in zip(pieces[best:], pieces[best + 1 :], strict=False):
        is_of_a_list = begins_a_list or (first.is_listed and is_headed and _ITEM.match(first.folded) is not None)
        goes_on = piece.nth == before.nth + 1 and (is_headed or end - first.start < SHORT or body[end - 1] in ";；:：")
        if (
            not (goes_on or (is_of_a_list and _ITEM.match(piece.folded)))
            or (not is_of_a_list and ("\n" in body[end : piece.start] or passage_traits.NUMBERED.match(piece.folded)))
            or piece.end - first.start > (LONGEST_LIST if is_of_a_list else LONGEST)
            or CONTACT.search(piece.folded)
        ):
            break
        end = piece.end
    text = body[first.start : end]
    if aspect is not None and aspect.name == "papers" and (listed := _whole_list(body, pieces, best)):
        text = listed
    elif aspect is not None:
        text = answering_sentence.shortened(text, aspect, words)
    elif len(text) > LONGEST:
        text = f"{text[:LONGEST]}…"
    return Sentence(text, answering_sentence.passed(plain_text.fold(text), published_on, today), worth)


def _list_with_heading(
    body: str, pieces: Sequence[PassagePiece], one: int, published_on: date | None, today: date, worth: float
) -> Sentence:
    outer, _ = _place(pieces[one].heading)
    under = [piece for piece in pieces if piece.headed_at == pieces[one].headed_at]
    listed = list(itertools.takewhile(lambda piece: outer < 0 or _place(piece.folded)[0] != outer, under)) or under[:1]
    end = max(
        (piece.end for piece in listed if piece.end - listed[0].headed_at <= LONGEST_LIST), default=listed[0].start
    )
    text = body[listed[0].headed_at : end].strip()
    text += "…" if end < listed[-1].end else ""
    return Sentence(text, answering_sentence.passed(plain_text.fold(text), published_on, today), worth)


def _whole_list(body: str, pieces: Sequence[PassagePiece], one: int) -> str:
    """The numbered or lettered list to which a piece belongs, without what is told between its items; empty if it is in none.

    Where it is too long each item is shortened to its beginning.
    """
    style, number = _place(pieces[one].folded)
    if style < 0:
        return ""
    first = one
    while number > 1 and first > 0 and one - first < FAR:
        first -= 1
        if _place(pieces[first].folded) == (style, number - 1):
            number -= 1
    items = list[str]()
    for piece in pieces[first : first + FAR]:
        if _place(piece.folded) == (style, number + len(items)):
            items.append(body[piece.start : piece.end])
    if len(items) < 2:
        return ""
    text = "…".join(items)
    if len(text) <= LONGEST_LIST:
        return text
    return "；".join(_shortened(item, LONGEST_LIST // len(items)) for item in items)


def _place(folded: str) -> tuple[int, int]:
    """The style of a list and the place in it with which a sentence begins; (-1, 0) if it begins with none."""
    for style, (begins, signs) in enumerate(_STYLES):
        if found := begins.match(folded):
            return style, int(found[1]) if found[1].isdigit() else signs.index(found[1]) + 1
    return -1, 0


def _shortened(item: str, most: int) -> str:
    item = item.strip("；;。 ")
    return item if len(item) <= most else f"{_PAUSE.split(item, maxsplit=1)[0][:most]}…"
