"""What citizens call a trade, and what postings call it: 保洁阿姨, 打扫卫生 and 道路保洁员.

Words of one group mean the same; what a group has besides suits as well, but not the other way round.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from config import reference
from content.rules.language.characters import alike
from content.rules.language.query import vocabulary

SHORTEST_WITHIN = 2  # characters of a word that is found within a longer one
_KINDS = ("实习", "短期")
_OF_WORK = frozenset({"招聘", "招工", "招人", "找工作", "工作", "求职", "工资"})
_STUDIED = re.compile(  # 我学计算机的, 会计专业毕业
    "(?:我|本人)?(?:是|大学)?(?:学|念|读|搞)(?:的|了|过)?(?:是)?([\u4e00-\u9fffa-z]{2,8}?)(?:专业)?(?:出身|毕业)?的(?=$|[\\s,想找能要有]|中专|大专|本科|硕士|应届|毕业|学生)"
    "|([\u4e00-\u9fffa-z]{2,10}?)(?:系|专业)(?:的|出身|背景|对口)*(?=$|[\\s,想找能要有可会没刚才]|毕业|大专|中专|本科|硕士|博士|专科|高职|研究生|应届|学生)"
)
_BEFORE_A_SUBJECT = re.compile(
    "^(?:我|本人)?(?:是|读|学|念|上|在)*(?:的|了|过)?(?:大专|中专|本科|硕士|高中|专科|研究生|大学|高职)?(?:的|读|学|念|是)*|^(?:其他|别的|相关|本|专业|这个|哪个|什么)+"
)
_STUDENT = "(?=的?(?:大专|中专|本科|硕士|专科|毕业|应届))"  # behind the name of what was studied
_WHO = re.compile("(?<=[\u4e00-\u9fff]{2})(?:阿姨|大姐|大妈|大叔|大爷|师傅|小妹|小哥|姑娘|小伙|人员|岗位|岗|职位|的)$")


class Trades:
    """The groups, each with what is `said` and what suits `also`; and groups of synonyms of any other kind."""

    def __init__(
        self, groups: Iterable[tuple[Iterable[str], Iterable[str]]] = (), synonyms: Iterable[Iterable[str]] = ()
    ) -> None:
        self._groups: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
            (tuple(said), tuple(also)) for said, also in groups
        ]
        self.words = frozenset(word for said, _ in self._groups for word in said)  # all that is said for a trade
        self._groups += [(tuple(group), ()) for group in synonyms]
        self._never: dict[str, tuple[str, ...]] = {}
        self._studies: dict[str, list[str]] = {}

    @classmethod
    def of(cls, table: Mapping[str, Mapping[str, list[str]]], synonyms: Iterable[Iterable[str]] = ()) -> Trades:
        """Those of `config/data/trades.toml`."""
        made = cls([(row["said"], row.get("also", ())) for row in table.values()], synonyms)
        for row in table.values():
            made._never.update(dict.fromkeys(row["said"], tuple(row.get("never", ()))))
            for study in row.get("study", ()):
                made._studies.setdefault(study, []).append(row["said"][0])
        return made

    def are_kinds(self, words: Iterable[str]) -> bool:
        """Whether these tell of a kind of work that any trade may be: 实习, 短期."""
        return bool({*words}) and {*words} <= {one for kind in _KINDS for one in (kind, *self.same(kind))}

    def studied(self, text: str) -> tuple[str, str]:
        """What a folded text says that somebody studied, with the trades that it leads to, and the text without it."""
        found = _STUDIED.search(text)
        if found is None:
            alone = self._any_study.search(text)
            return (self._led_to(alone[0]), f"{text[: alone.start()]} {text[alone.end() :]}") if alone else ("", text)
        subject = found[1] or found[2]
        name = max((one for one in self._studies if one in subject), key=len, default="")
        before = subject[: subject.find(name)] if name else ""
        if not name:
            unread = _BEFORE_A_SUBJECT.match(subject)
            before, name = (subject[: unread.end()], subject[unread.end() :]) if unread else ("", subject)
        if len(name) < SHORTEST_WITHIN:
            return "", text
        return self._led_to(name), f"{text[: found.start()]}{before} {text[found.end() :]}"

    def _led_to(self, study: str) -> str:
        return "|".join(dict.fromkeys([study, *self._studies.get(study, ())]))

    @cached_property
    def _any_study(self) -> re.Pattern[str]:
        """What was studied, right before a degree; a word that is a trade as well may mean that."""
        names = sorted((name for name in self._studies if name not in self.words), key=lambda name: (-len(name), name))
        return re.compile(f"(?:{'|'.join(map(re.escape, names)) or '(?!)'}){_STUDENT}")

    def same(self, word: str) -> tuple[str, ...]:
        """The words that mean the same, itself not among them."""
        return self._others(word, 0)

    def also(self, word: str) -> tuple[str, ...]:
        """What else suits who looks for it."""
        return self._others(word, 1)

    def around(self, word: str) -> tuple[str, ...]:
        """The trades to which it belongs with others, each by one name: 程序员 for java, of which 前端 is another."""
        names = (word, *self.same(word))
        return tuple(said[0] for said, also in self._groups if word not in said and any(one in also for one in names))

    def never(self, word: str) -> tuple[str, ...]:
        """Words in a title that tell of something else: 数据仓库 is no work in a 仓库."""
        return self._never.get(word, ())

    def named(self, text: str) -> list[str]:
        """The trades that a text names, in its order, the longest word at each place."""
        return [found[0] for found in self._any.finditer(text)]

    def _others(self, word: str, place: int) -> tuple[str, ...]:
        groups = (self._groups[number][place] for number in self._by_word.get(word, ()))
        return tuple(one for one in dict.fromkeys(one for group in groups for one in group) if one != word)

    def compound(self, word: str) -> tuple[str, tuple[str, ...]]:
        """What stands before the trade in a longer word, and the trade with its synonyms: 小学, (老师, 教师)."""
        for size in range(len(word) - 2, 1, -1):
            if word[-size:] in self.words:
                return word[:-size], (word[-size:], *self.same(word[-size:]))
        return "", ()

    def mended(self, text: str) -> str:
        """The text with trades and words of looking for work for what sounds exactly like them: 电公 → 电工."""
        return _mended(
            text, tuple(sorted((word for word in self.words | _OF_WORK if len(word) > 1), key=len, reverse=True))
        )

    def without(self, text: str) -> str:
        """The text without the trades in it: 安全员 asks for no 安全."""
        return self._any.sub(" ", text)

    @cached_property
    def _by_word(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, (said, _) in enumerate(self._groups):
            for word in said:
                found.setdefault(word, []).append(number)
        return found

    @cached_property
    def _any(self) -> re.Pattern[str]:
        words = sorted(
            (word for word in self.words if len(word) >= SHORTEST_WITHIN), key=lambda word: (-len(word), word)
        )
        return re.compile("|".join(map(re.escape, words)) or "(?!)")


def stripped(word: str) -> str:
    """A trade without who does it: 保洁阿姨 → 保洁, 电工师傅 → 电工."""
    return _WHO.sub("", word)


def one_of(named: list[str]) -> tuple[str, ...]:
    """Trades that were named, of which one will do."""
    kept: list[str] = []
    for name in dict.fromkeys(named):
        kept += [] if any(name in known().same(other) for other in kept) else [name]
    return ("|".join(kept),) if kept else ()


def _mended(text: str, words: tuple[str, ...]) -> str:
    sounds = [{character, *alike(character)} for character in text]
    place, made = 0, ""
    while place < len(text):
        word = next((word for word in words if _sounds_like(word, sounds[place : place + len(word)])), text[place])
        made, place = made + word, place + len(word)
    return made


def _sounds_like(word: str, sounds: list[set[str]]) -> bool:
    return len(word) == len(sounds) and all(sign in sound for sign, sound in zip(word, sounds, strict=True))


@functools.cache
def known() -> Trades:
    """The trades of `config/data/trades.toml`, and the synonyms that hold for all notices."""
    return Trades.of(reference.table("trades"), vocabulary().synonyms)
