"""Words: folding text to one spelling, cutting it into search terms, fitting it into bytes, masking numbers."""

from __future__ import annotations

import functools
import operator
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from config import reference

SIMPLIFIED = Path(__file__).parent / "tables" / "simplified.txt"  # made by docs/characters.py

DOCUMENT_NUMBER = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})\s?[〕\])】}>年]?\s?第?\s?([0-9]{1,5})\s?号")
MOMENT = 256  # texts whose reading is remembered: one question is looked at from many sides
LONGEST_WORD = 40  # characters; longer Latin words or numbers are noise to a search

# Han with its extensions, kana, hangul: scripts that write without spaces between words.
UNSPACED = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(f"[{UNSPACED}]+|[^\\W_{UNSPACED}]+")
LATIN = re.compile("[a-z]{3}")  # of a word in folded Latin letters
CHINESE = re.compile(f"[{UNSPACED}]")
WORD = re.compile(f"[^\\W_{UNSPACED}]+")
SENTENCE = re.compile("[^。;!?\n]*[。;!?\n]|[^。;!?\n]+")  # of folded text
# Zero-width and bidirectional marks, soft hyphen, byte-order mark: invisible, so no part of a word.
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
SURROGATE = re.compile("[\ud800-\udfff]")

DIGIT = "[0-9０-９]"
IDENTITY = re.compile(f"(?<![0-9０-９]){DIGIT}{{17}}[0-9０-９XxＸｘ](?![0-9０-９A-Za-z])")
BANK_CARD = re.compile(f"(?<![0-9０-９]){DIGIT}{{16,19}}(?![0-9０-９A-Za-z])")
MOBILE = re.compile(f"(?<![0-9０-９])([1１][3-9３-９]{DIGIT})([- ]?)({DIGIT}{{4}})([- ]?)({DIGIT}{{4}})(?![0-9０-９])")


def clean(text: str) -> str:
    """The text without what no database or XML can hold: control characters and halves of surrogate pairs."""
    if text.isprintable():  # then there is neither, and most texts are
        return text
    return SURROGATE.sub("\ufffd", CONTROL.sub("", text))


def fold(text: str) -> str:
    """One spelling for search: NFKC (full-width → half-width), lower case, simplified characters, nothing invisible.

    Line breaks stay.
    """
    for wide, narrow in _PAUSES:  # most texts have nothing else that NFKC changes, and it takes thirty times as long
        text = text.replace(wide, narrow)
    folded = unicodedata.normalize("NFKC", text).lower()
    if _TO_BE_FOLDED.search(folded) is None:  # as it is with nearly all texts
        return folded
    return INVISIBLE.sub("", simplified(SURROGATE.sub(" ", folded)))


def simplified(text: str) -> str:
    """The text in simplified characters, each by itself: 公積金 → 公积金. Many become one (後, 后 → 后), none two."""
    return _TRADITIONAL.sub(lambda found: _SIMPLE[found[0]], text)


def without_dialect(text: str) -> str:
    """A folded text in the words that are used everywhere: 有没得 → 有没有. What people say at home, and write by the ear."""
    return _any_dialect().sub(lambda found: _dialect()[found[0]], text)


@functools.lru_cache(MOMENT)
def normalise(text: str) -> str:
    """The folded text on one line, with single spaces."""
    return " ".join(CONTROL.sub(" ", fold(text)).split())


def runs(text: str) -> list[str]:
    """The pieces between blanks and punctuation: a run of Chinese characters, or one word or number."""
    return runs_of(fold(text))


def runs_of(folded: str) -> list[str]:
    """The same, of text that is folded already."""
    return list(map(shortened, RUN.findall(folded)))


def shortened(run: str) -> str:
    """A run as search knows it: longer Latin words and numbers are cut."""
    return run[:LONGEST_WORD] if run.isascii() else run


def is_chinese(run: str) -> bool:
    """Whether a run is written without spaces, and so is cut into pairs."""
    return CHINESE.match(run) is not None


def terms(text: str) -> list[str]:
    """Search terms in order: pairs of neighbouring Chinese characters (one alone stands alone), other words whole."""
    return terms_of(runs(text))


def terms_of(runs: Iterable[str]) -> list[str]:
    """The same, of text that is in runs already."""
    found: list[str] = []
    for run in runs:
        found += pairs(run) if len(run) > 2 and is_chinese(run) else (run,)
    return found


def pairs(run: str) -> list[str]:
    """公租房 → 公租, 租房; none for a run of one character."""
    return list(map(operator.add, run, run[1:]))


def singles(text: str) -> list[str]:
    """Every Chinese character by itself, other words whole."""
    return singles_of(runs(text))


def singles_of(runs: Iterable[str]) -> list[str]:
    """The same, of text that is in runs already."""
    return [term for run in runs for term in (run if is_chinese(run) else [run])]


def document_numbers(folded: str) -> list[str]:
    """〔2026〕13号, (2026)第13号 and 2026年第13号 → 2026#13: one spelling for each number of a document."""
    return [document_number(year, number) for year, number in DOCUMENT_NUMBER.findall(folded)]


def document_number(year: str, number: str) -> str:
    """The spelling of one."""
    return f"{year}#{int(number)}"


def passages(text: str, size: int) -> list[str]:
    """Folded text in pieces of at most `size` characters that end at sentences where they can."""
    pieces, piece = list[str](), ""
    for sentence in SENTENCE.findall(text):
        for start in range(0, len(sentence), size):
            part = sentence[start : start + size]
            if piece and len(piece) + len(part) > size:
                pieces.append(piece)
                piece = ""
            piece += part
    return [*pieces, piece] if piece.strip() else pieces


def one_line(text: str) -> str:
    """The text on one line, runs of blanks as one."""
    return " ".join(clean(text).split())


def fit(text: str, max_bytes: int, *, mark: str = "…") -> str:
    """At most `max_bytes` of UTF-8, never cutting a character or an emoji apart; `mark` ends what was cut."""
    if len(text.encode("utf-8", "replace")) <= max_bytes:
        return text
    room = max_bytes - len(mark.encode())
    if room < 0:
        return fit(text, max_bytes, mark="")
    head = text.encode("utf-8", "replace")[:room].decode("utf-8", "ignore")
    return text[: _border(text, len(head))] + mark


def mask(text: str) -> str:
    """Identity, bank card and mobile numbers with their middle starred: 35*************123, 138****1234."""
    text = IDENTITY.sub(lambda found: found[0][:2] + "*" * 13 + found[0][-3:], text)
    text = BANK_CARD.sub(lambda found: "*" * (len(found[0]) - 4) + found[0][-4:], text)
    return MOBILE.sub(r"\1\2****\4\5", text)


@functools.cache
def _dialect() -> dict[str, str]:
    return {said: str(written) for said, written in reference.table("dialect").items()}


@functools.cache
def _any_dialect() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_dialect(), key=lambda word: (-len(word), word)))))


def _border(text: str, position: int) -> int:
    """The last place at or before `position` where the text may be cut; a cluster longer than 64 is cut anyway."""
    for place in range(position, max(position - 64, 0), -1):
        if place == len(text) or not _joined(text, place):
            return place
    return 0 if position <= 64 else position


def _joined(text: str, place: int) -> bool:
    """Whether the characters before and at `place` belong together (a small part of UAX #29 that emoji need)."""
    before, after = text[place - 1], text[place]
    if before == "\u200d" or after in "\u200d\u20e3" or unicodedata.category(after) in ("Mn", "Me", "Mc"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":  # skin tones, flag tags
        return True
    if _is_flag_letter(before) and _is_flag_letter(after):
        letters = 0
        while letters < place and _is_flag_letter(text[place - 1 - letters]):
            letters += 1
        return letters % 2 == 1
    return before == "\r" and after == "\n"


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _pairs() -> dict[str, str]:
    traditional, simple = SIMPLIFIED.read_text(encoding="utf-8").split()
    return dict(zip(traditional, simple, strict=True))


_SIMPLE = _pairs()
_TRADITIONAL = re.compile(f"[{''.join(_SIMPLE)}]")  # looks a character up ten times faster than str.translate does
_TO_BE_FOLDED = re.compile(f"[{''.join(one.pattern[1:-1] for one in (_TRADITIONAL, INVISIBLE, SURROGATE))}]")
_PAUSES = tuple(zip("，：；？！（）", ",:;?!()", strict=True))
