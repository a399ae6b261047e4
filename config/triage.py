"""What kinds of messages there are, their words and their answers, as the office edits them: HOME/triage.toml.

The file that comes along, `config/data/triage.toml`, says in its head how to write one. What a message is, is decided in
`content/rules/citizens/triage.py`.
"""

from __future__ import annotations

import functools
import re
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from config import messages, reference
from config.edited import EditedFile, EntryFault
from config.messages import OTHER

NAME = "triage"
KINDS = (
    "danger",
    "complaint",
    "service",
    "elsewhere",
    "abuse",
    "smalltalk",
    "sticker",
    "english",
)  # the first that fits counts
LONGEST_ANSWER = 900  # bytes; the offer to hand over, notices that fit and news may follow in the 1,800 of a reply
GAPS = {"office", "base", "help", "disclosures", "postings", "person"}
LISTS = ("words", "topics", "whole", "fillers", "lookalikes", "yes", "no", "numbers", "unless")
FIELDS = {
    *LISTS,
    *("kind", "name", "answer", "then", "department", "hand_over", "search", "looked_up", "duty", "like", "general"),
}
LIKE = {  # which kinds of examples a matter may be like
    "danger": ("danger",),
    "complaint": ("complaint", "danger"),
    "elsewhere": ("elsewhere",),
    "talk": ("abuse", "smalltalk"),
}
CONTEXT_LISTS = ("before", "near", "anywhere", "ends", "also", "but")
JOINTS = re.compile("\\+|…")  # a+b: both, near each other; a…b: in this order
_NUMBER = re.compile("(?<![0-9a-zA-Z/])[0-9]{3,11}(?![0-9])")


@dataclass(frozen=True)
class Hotline:
    """A public telephone number. `checked`: when somebody last saw that it is in service; `source`: where."""

    number: str
    what: str
    checked: date
    source: str = ""


@dataclass(frozen=True)
class Pattern:
    """Words that must stand near each other; each part is a choice of words."""

    parts: tuple[tuple[str, ...], ...]
    in_order: bool = False


@dataclass(frozen=True)
class Context:
    """Words around a match that make it mean something else.

    `before`: directly before it; `near`: a few characters away; `anywhere`; `ends`: at the end of the message.
    `also`: where it is given, a word of `anywhere` counts only with one of these. `but`: words that make all that not count.
    """

    name: str
    before: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    but: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matter:
    """One kind of thing that citizens write about.

    `words` count anywhere, `topics` alone or with an asking word, `whole` only if nothing else is said but `fillers`. `hand_over`:
    the answer offers to hand the message to staff; `search`: notices that fit may follow the answer; `looked_up`: words by
    which notices call it, and by which they are looked up too. `like`: it is told by examples (a name in `LIKE`) and
    not by words, where no words tell. `general`: it says that somebody complains and not of what, so that it belongs to
    what was said before. `then`: words of a question that goes on from the answer, and what is told to it.
    """

    kind: str
    name: str
    answer: str
    words: tuple[Pattern, ...] = ()
    topics: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    lookalikes: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    numbers: tuple[Hotline, ...] = ()
    department: str = ""
    hand_over: bool = False
    search: bool = False
    looked_up: str = ""
    duty: str = ""
    like: str = ""
    general: bool = False
    then: tuple[tuple[tuple[str, ...], str], ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)  # told apart by identity, so that what is made of one can be kept
class TriageTable:
    """All of it. `around`: said around anything; `asking`: words that ask about a topic; `stickers`: names in brackets."""

    matters: tuple[Matter, ...] = ()
    contexts: tuple[Context, ...] = ()
    around: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    stickers: tuple[str, ...] = ()
    hotlines: tuple[Hotline, ...] = ()
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # messages of each kind, and of OTHER

    @functools.cached_property
    def by_name(self) -> dict[str, Context]:
        """The contexts by their names."""
        return {context.name: context for context in self.contexts}


class TriageFile(EditedFile[TriageTable]):
    """The table of an office, with the messages that it knows: follows both files."""

    def __init__(self, home: Path) -> None:
        super().__init__(home, NAME, made)
        self.messages = messages.messages_file(home)
        self._joined: tuple[TriageTable, messages.Messages, TriageTable] | None = None

    def read(self) -> TriageTable:
        """What holds now."""
        table, known = super().read(), self.messages.read()
        if self._joined is None or self._joined[0] is not table or self._joined[1] is not known:
            same = self.messages.in_use == self.messages.built_in
            self._joined = (table, known, table if same else with_messages(table, known))
        return self._joined[2]


def triage_file(home: Path) -> TriageFile:
    """The table of the office whose files are in `home`; follows the file that its operator edits."""
    return TriageFile(home)


def made(read: dict[str, Any]) -> tuple[TriageTable, tuple[str, ...]]:
    """The table that a TOML file says, and what is wrong with it, in words; with a fault the table is empty."""
    faults = list(_faults_of_lists(read))
    rows = read.get("matter", [])
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        faults.append("一条也没有。每条以 [[matter]] 开头。")
    faults = faults or [str(fault) for fault in entry_faults(read)]
    return (TriageTable(), tuple(faults)) if faults else (_table(read), ())


def _table(read: dict[str, Any]) -> TriageTable:
    hotlines = {
        number: Hotline(number, row["what"], row["checked"], row.get("source", ""))
        for number, row in read.get("hotline", {}).items()
    }
    contexts = tuple(
        Context(row["name"], **{part: tuple(row.get(part, ())) for part in CONTEXT_LISTS})
        for row in read.get("context", [])
    )
    matters = tuple(_matter(row, read, hotlines) for row in read["matter"])
    return TriageTable(
        matters=matters,
        contexts=contexts,
        around=tuple(read.get("around", ())),
        asking=tuple(read.get("asking", ())),
        stickers=tuple(read.get("stickers", ())),
        hotlines=tuple(hotlines.values()),
        examples=_examples(matters, messages.BUILT_IN),
    )


def with_messages(table: TriageTable, known: Mapping[str, Iterable[str]]) -> TriageTable:
    """The same table with these messages instead of those that come along."""
    return replace(table, examples=_examples(table.matters, known))


def _examples(matters: Iterable[Matter], known: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The messages of each kind, and the examples of the file: an office that adds some teaches the rest."""
    examples = {kind: [*said] for kind, said in known.items()}
    for matter in matters:
        examples.setdefault(matter.kind if matter.like != "danger" else "danger", []).extend(matter.yes)
        examples[OTHER].extend(matter.no)
    return {kind: tuple(dict.fromkeys(messages)) for kind, messages in examples.items()}


def _matter(row: dict[str, Any], read: dict[str, Any], hotlines: dict[str, Hotline]) -> Matter:
    kind, groups = row["kind"], read.get("group", {})
    usual = read.get("usual", {}).get(kind, {})
    return Matter(
        kind=kind,
        name=row["name"],
        answer=row["answer"].strip(),
        words=tuple(pattern(text, groups) for text in row.get("words", ())),
        topics=tuple(row.get("topics", ())),
        whole=tuple(row.get("whole", ())),
        fillers=tuple(row.get("fillers", ())),
        lookalikes=tuple(row.get("lookalikes", ())),
        unless=tuple(row.get("unless", usual.get("unless", ()))),
        numbers=tuple(hotlines[number] for number in row.get("numbers", ())),
        department=row.get("department", ""),
        hand_over=row.get("hand_over", usual.get("hand_over", False)),
        search=row.get("search", usual.get("search", False)),
        looked_up=row.get("looked_up", ""),
        duty=row.get("duty", ""),
        like=row.get("like", ""),
        general=row.get("general", False),
        then=tuple((tuple(asked.split("|")), told.strip()) for asked, told in row.get("then", {}).items()),
        yes=tuple(row.get("yes", ())),
        no=tuple(row.get("no", ())),
    )


def pattern(text: str, groups: dict[str, list[str]]) -> Pattern:
    """What `words` says: 工资+没发|不发, <钱>…<不给>, or one word. Raises KeyError for a group that there is not."""
    parts = tuple(tuple(_choices(part, groups)) for part in JOINTS.split(text))
    return Pattern(parts, in_order="…" in text)


def _choices(part: str, groups: dict[str, list[str]]) -> Iterator[str]:
    for choice in part.split("|"):
        if choice.startswith("<") and choice.endswith(">"):
            yield from groups[choice[1:-1]]
        else:
            yield choice


def _faults_of_lists(read: dict[str, Any]) -> Iterator[str]:
    for name in ("around", "asking", "stickers"):
        if not _are_words(read.get(name, [])):
            yield f'{name} 要写成一列词，例如 ["请问", "麻烦"]。'
    for name, words in read.get("group", {}).items():
        if not _are_words(words) or not words:
            yield f"[group] 的 {name} 要写成一列词。"
    names = {row["name"] for row in read.get("context", []) if isinstance(row, dict) and "name" in row}
    for kind, row in read.get("usual", {}).items():
        if kind not in KINDS:
            yield f"[usual.{kind}] 没有这一类；能用的有：{'、'.join(KINDS)}。"
        yield from (
            f"[usual.{kind}] 的 unless 里有不认识的 {name}。" for name in row.get("unless", []) if name not in names
        )


def entry_faults(read: dict[str, Any]) -> list[EntryFault]:
    """What is wrong with each entry of a TOML file that has entries; what they refer to comes first."""
    found = [*_faults_of_hotlines(read), *_faults_of_contexts(read)]
    if found:  # what the entries refer to does not hold
        return found
    return [fault for place, row in enumerate(read.get("matter", []), start=1) for fault in _faults(place, row, read)]


def _faults_of_hotlines(read: dict[str, Any]) -> Iterator[EntryFault]:
    for place, (number, row) in enumerate(read.get("hotline", {}).items(), start=1):
        where = f"[hotline.{number}] "
        if not number.isdigit():
            yield EntryFault("hotline", place, where, "number", "要写成数字，例如 12345。")
        elif not isinstance(row, dict) or not isinstance(row.get("what"), str) or not row["what"].strip():
            yield EntryFault("hotline", place, where, "what", "要写上这是什么电话。")
        elif not isinstance(row.get("checked"), date):
            yield EntryFault("hotline", place, where, "checked", "要写上核对号码的日期，例如 2026-11-30。")


def _faults_of_contexts(read: dict[str, Any]) -> Iterator[EntryFault]:
    for place, row in enumerate(read.get("context", []), start=1):
        where = f"第 {place} 个 [[context]]"
        if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not row["name"]:
            yield EntryFault("context", place, where, "name", "没有写。")
        elif not all(_are_words(words) for name, words in row.items() if name != "name"):
            yield EntryFault("context", place, f"{where}（{row['name']}）", "", "的每一项都要写成一列词。")


def _faults(place: int, row: dict[str, Any], read: dict[str, Any]) -> Iterator[EntryFault]:
    fault = functools.partial(EntryFault, "matter", place, _where(place, row))
    if not isinstance(row.get("name", ""), str) or not row.get("name"):
        yield fault("name", "没有写（给这条起个名字）。")
    if row.get("kind") not in KINDS:
        yield fault("kind", f"要写 {'、'.join(KINDS)} 里的一个。")
    yield from (fault("", f"里有不认识的 {field}。") for field in sorted(row.keys() - FIELDS))
    lists = [field for field in LISTS if not _are_words(row.get(field, []))]
    yield from (fault(field, '要写成一列词，例如 ["着火", "冒烟"]。') for field in lists)
    if not any(row.get(field) for field in ("words", "topics", "whole", "like")):
        yield fault("words", "一个词也没有：words、topics、whole 至少写一样，或者写 like。")
    if row.get("like", "") not in {"", *LIKE}:
        yield fault("like", f"要写 {'、'.join(LIKE)} 里的一个。")
    if not lists:
        yield from (fault(field, words) for field, words in _faults_of_references(row, read))
    for name, example in (
        ("looked_up", '要写成一句话，例如 "失业保险金申领"。'),
        ("duty", '要写成一个词，例如 "噪声"。'),
    ):
        if not isinstance(row.get(name, ""), str):
            yield fault(name, example)
    if not isinstance(row.get("general", False), bool):
        yield fault("general", "要写 true 或 false。")
    yield from (fault("answer", words) for words in _faults_of_answer(row))
    yield from (fault("then", words) for words in _faults_of_then(row, read.get("hotline", {})))


def _where(place: int, row: dict[str, Any]) -> str:
    return f"第 {place} 条（{row['name']}）" if row.get("name") else f"第 {place} 条"


def _faults_of_references(row: dict[str, Any], read: dict[str, Any]) -> Iterator[tuple[str, str]]:
    groups, contexts = read.get("group", {}), {context["name"] for context in read.get("context", [])}
    for text in row.get("words", ()):
        try:
            parts = pattern(text, groups).parts
        except KeyError as error:
            yield "words", f"里 {text} 用了没有的 [group] {error.args[0]}。"
            continue
        if not all(word for part in parts for word in part) or len(parts) > 3:
            yield "words", f"里 {text} 写得不对：用 + 或 … 连起来的最多三段，每段都要有词。"
    for name in row.get("unless", ()):
        if name not in contexts:
            yield "unless", f"里有不认识的 {name}。"
    for number in row.get("numbers", ()):
        if number not in read.get("hotline", {}):
            yield "numbers", f"里的 {number} 没有写在 [hotline.{number}] 里。"


def _faults_of_answer(row: dict[str, Any]) -> Iterator[str]:
    text = row.get("answer", "")
    if not isinstance(text, str) or not text.strip():
        yield "要写上内容。"
        return
    if len(text.encode()) > LONGEST_ANSWER:
        yield f"太长，最多 {LONGEST_ANSWER // 3} 个汉字左右。"
    try:
        gaps = {gap for _, gap, _, _ in string.Formatter().parse(text) if gap is not None}
    except ValueError:
        yield "里的花括号不成对；要写花括号本身请写两个。"
        return
    yield from (f"里有不认识的 {{{gap}}}；能用的有：{reference.gap_words(GAPS)}。" for gap in sorted(gaps - GAPS))
    unlisted = sorted({*_NUMBER.findall(text)} - {*map(str, row.get("numbers", ()))})
    yield from (f"里的号码 {number} 没有写进 numbers，不知道什么时候核对过。" for number in unlisted)


def _faults_of_then(row: dict[str, Any], hotlines: Iterable[str]) -> Iterator[str]:
    told = row.get("then", {})
    if not isinstance(told, dict) or not all(isinstance(text, str) and text.strip() for text in told.values()):
        yield '要写成 "材料|证明" = "答复" 这样的一对一对。'
        return
    for asked, text in told.items():
        if not all(asked.split("|")):
            yield f"里“{asked}”的 | 两边都要有词。"
        if len(text.encode()) > LONGEST_ANSWER:
            yield f"里“{asked}”的答复太长，最多 {LONGEST_ANSWER // 3} 个汉字左右。"
        unlisted = sorted({*_NUMBER.findall(text)} - {*hotlines})
        yield from (f"里的号码 {number} 没有写在 [hotline.{number}] 里。" for number in unlisted)


def _are_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word for word in value)
