"""Chinese characters that sound alike, and how they are read."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from pathlib import Path

TABLES = Path(__file__).parent / "tables"  # made by docs/characters.py

# What many speakers cannot tell apart: z and zh, c and ch, s and sh, n and l, -n and -ng.
BLURRED = ((re.compile("^([zcs])h"), r"\1"), (re.compile("^l"), "n"), (re.compile("ng$"), "n"))


def read_as(syllable: str) -> str:
    """The everyday characters that are read so, in pinyin without tones and with v for ü; none if it is no syllable."""
    return _held().get(syllable, "")


@functools.cache
def alike(character: str) -> str:
    """The everyday characters that sound like this one, whatever their tone; itself left out."""
    same = "".join(_held()[sound] for sound in _sounds().get(character, ()))
    return "".join(other for other in dict.fromkeys(same) if other != character)


@functools.cache
def nearly_alike(character: str) -> str:
    """The further ones that sound like it to many speakers."""
    near = "".join(_blurred()[blurred(sound)] for sound in _sounds().get(character, ()))
    return "".join(other for other in dict.fromkeys(near) if other != character and other not in alike(character))


def blurred(syllable: str) -> str:
    """The syllable as those write it who do not hear the difference: shang → san."""
    for pattern, plain in BLURRED:
        syllable = pattern.sub(plain, syllable)
    return syllable


@functools.cache
def _held() -> dict[str, str]:
    lines = (TABLES / "pinyin.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ") for line in lines)


@functools.cache
def _sounds() -> dict[str, list[str]]:
    sounds: defaultdict[str, list[str]] = defaultdict(list)
    for sound, held in _held().items():
        for character in held:
            sounds[character].append(sound)
    return dict(sounds)


@functools.cache
def _blurred() -> dict[str, str]:
    found: defaultdict[str, str] = defaultdict(str)
    for sound, held in _held().items():
        found[blurred(sound)] += held
    return dict(found)
