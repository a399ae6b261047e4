"""Writes content/rules/tables anew, from OpenCC's and pypinyin's dictionaries: `python docs/characters.py`.

Neither is among the dependencies, since characters change once in a decade: `pip install opencc==1.4.2 pypinyin==0.55.0`
in an environment of your own. OpenCC's dictionaries are under the Apache licence 2.0, pypinyin's under MIT.
"""

from __future__ import annotations

import unicodedata
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

TABLES = Path(__file__).parent.parent / "content" / "rules" / "language" / "tables"
HAN = [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)]
TO_SIMPLIFIED = ("t2s", "hk2s", "tw2s")  # the general standard first, then what Hong Kong and Taiwan write otherwise
KEPT = {"么"}  # OpenCC holds 么 for the traditional 幺; on our side 怎么 is meant
VOWELS = frozenset("aeiouv")
LEAST_WORDS, LEAST_SHARE = 3, 0.01  # a second reading counts if so many words, and this share of all, have it


def main() -> None:
    """Both tables."""
    TABLES.mkdir(exist_ok=True)
    pairs = dict(simplified())
    pairs = {character: pairs.get(simple, simple) for character, simple in pairs.items()}  # 薴 → 苧 → 苎
    (TABLES / "simplified.txt").write_text(f"{''.join(pairs)}\n{''.join(pairs.values())}\n", encoding="utf-8")
    lines = [f"{syllable} {''.join(sorted(held))}\n" for syllable, held in sorted(syllables().items())]
    (TABLES / "pinyin.txt").write_text("".join(lines), encoding="utf-8")


def simplified() -> Iterator[tuple[str, str]]:
    """Each traditional character, and the one by which search knows it."""
    import opencc

    converters = [opencc.OpenCC(name) for name in TO_SIMPLIFIED]
    for character in map(chr, HAN):
        found = [simple for to in converters if (simple := to.convert(character)) != character and len(simple) == 1]
        folded = unicodedata.normalize("NFKC", character) == character  # others never come this far
        if found and folded and found[0] <= "\uffff" and character not in KEPT:
            yield character, found[0]


def syllables() -> dict[str, list[str]]:
    """The characters of GB 2312 under each of their usual readings, without tones; ü is v, as one types it."""
    warnings.simplefilter("ignore")
    from pypinyin import Style, phrases_dict, pinyin_dict
    from pypinyin.style import convert

    def plain(reading: str) -> str:
        return str(convert(reading, Style.NORMAL, strict=False)).replace("ü", "v")

    heard: dict[str, Counter[str]] = defaultdict(Counter)
    for word, readings in phrases_dict.phrases_dict.items():
        for character, reading in zip(word, readings, strict=False):
            heard[character][plain(reading[0])] += 1
    found: dict[str, list[str]] = defaultdict(list)
    for character in filter(in_gb2312, map(chr, HAN)):
        first = plain(pinyin_dict.pinyin_dict[ord(character)].split(",")[0])
        least = max(LEAST_WORDS, LEAST_SHARE * heard[character].total())
        for reading in {first, *(reading for reading, count in heard[character].items() if count >= least)}:
            if not VOWELS.isdisjoint(reading):  # 嗯 is n: nobody types that for a word
                found[reading].append(character)
    return found


def in_gb2312(character: str) -> bool:
    """Whether it is one of the 6,763 characters of everyday writing."""
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


if __name__ == "__main__":
    main()
