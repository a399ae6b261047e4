"""Questions about the office's own people: a department's telephone, who sees to a matter, who leads.

应急管理局电话 · 招商局怎么联系 · 路灯归哪个部门管 · 主任是谁
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from config.directory import Directory, DirectoryEntry, OfficeLeader

LONGEST = 40  # characters; who writes more tells a story
MOST_BESIDE_A_DUTY = 3  # characters
SHORTEST_STEM = 4  # characters of a name without 局 that may stand for it

_SUFFIX = re.compile("(?:办公室|中心|局|办|科|处|所)$")
_ASKED = (
    "电话号码|办公电话|联系电话|咨询电话|电话|座机|号码|联系方式|怎么联系|如何联系|联系|打通|地址|办公地点|地点|位置|在哪里|在哪儿|在哪|哪里|几楼|哪层|哪个楼|哪栋|怎么走|怎么去"
    "|(?:这|本|下)?(?:周|星期|礼拜)[一二三四五六日天末]+|周末|节假日|双休日|中午|夜里|夜间|晚上|早上|下午|上午|休息|开门|开不开|上不上班|上班|下班|办公|有没有人|有人|接电话|接听|值班|营业|开着|几点到几点"
    "|上班时间|办公时间|几点上班|几点下班|几点开门|几点关门|几点|时间|职责|职能|干什么的?|干啥的?|做什么的?|管什么|管啥|管哪些|负责什么|负责哪些|主管什么"
    "|负责人|领导|局长|主任|科长|处长|是谁|谁|哪个|哪位|名字"
)
_AROUND = (
    "请问一下|请问|问一下|问下|问问|我想问|我想|想问|想知道|我要|要|找一下|找|查一下|查询|查|知道|告诉我|发我|给我|帮我|一下|一个|有没有|你们|您们|咱们|我们|你|您|贵"
    "|这里|这边|这儿|那里|那边|那儿|那|园区|管委会|开发区|单位|政府|办公室|科室|的|是|在|有|什么|多少|吗|呢|呀|啊|嘛|了|能|可以|麻烦|谢谢|您好|你好|到|去|个|搬|和|跟|与|以及|还有"
)
_REST = re.compile(rf"(?:{_ASKED}|{_AROUND}|[\s?!.,;:。、~])*+")
_WORDS = re.compile(rf"{_ASKED}|{_AROUND}|管|负责|办|[\s?!.,;:。、~]")
_WRONG = re.compile("坏|没|不|漏|堵|破|脏|吵|臭|烂|欠|骗")
_WHO_SEES_TO = re.compile(
    r"(.{2,20}?)(?:的事|这事|这块|这个|问题)?(?:应该|该|要|是)?"
    r"(?:(?:归|由|属于?)(?:谁|哪个?(?:部门|科室|单位|局|地方))(?:管|负责|办|处理)?|(?:找|问|去|到|哪|是)哪?(?:一)?个(?:部门|科室|局|窗口|单位)(?:管|负责|办|处理|问)?"
    r"|哪个(?:部门|科室|局|窗口|单位)(?:管|负责|办|处理)|谁(?:在)?(?:管|负责))(?:的|呢|啊|呀|吗|[\s?。!])*"
)
_SEES_TO = re.compile(
    "(?:请问|想问|问下|问一下)?(?:是|到底)?(?:谁|哪个(?:部门|单位|科室|局))(?:来|在)?(?:管|负责|主管)(?:理)?(?:的)?(.{2,12}?)(?:的|啊|呀|呢|吗|[?。])*"
)
_ASKS_WHO = re.compile(
    "哪个?(?:部门|科室|局|单位|窗口|地方)(?:管|负责|办|处理|受理)?|几号窗口|什么(?:部门|窗口)|(?:归|由|属于?)谁|找谁|谁(?:来|在)?(?:管|负责)|向谁|跟谁(?:说|反映)"
    "|(?:部门|科室|窗口|负责人?|管事)的?(?:人的?)?(?:电话|号码|联系方式)|电话.{0,2}(?:多少|给我|发我|是啥|有吗|有没有)|打(?:哪个|什么)电话|去哪(?:里|儿)?(?:反映|投诉|咨询|问|办|申请|报名)"
)
_POST = "党工委书记|副书记|书记|管委会主任|副主任|主任|一把手|领导班子|班子成员|班子|领导"
_LEADERS = re.compile(
    rf"(?:{_AROUND}|分管|主管|现任|现在|新来|新|都|哪些|哪几个|几个|几位|[\s?!.,。、])*+"
    rf"(?P<name>(?![副书主])[\u4e00-\u9fff](?=(?:副?书记|副?主任|局长)))?(?P<post>{_POST}|局长)"
    rf"(?:{_AROUND}|{_ASKED}|姓啥|贵姓|叫啥|手机号码|手机号|手机|私人|微信|名单|信息|分工|简介|介绍|姓名|叫什么|姓什么|叫|哪些人|哪几个|哪些|几个|几位|人|都|[\s?!.,。、])*+"
)
_FIND_LEADER = re.compile("(?:我?(?:要|想))?(?:找|见|约)(?:你们|您们)?(?:单位|园区)?的?(?:领导|主任|书记)")


@dataclass(frozen=True)
class LeaderQuestion:
    """Who leads. `found`: those of the directory that are meant; all of them if no post is named."""

    found: tuple[OfficeLeader, ...]


def department(asked: str, directory: Directory) -> DirectoryEntry | None:
    """The department of which a bare text asks a telephone, an address, duties or the like, and nothing else."""
    if not 1 < len(asked) <= LONGEST:
        return None
    names = _names(directory)
    for found in names.pattern.finditer(asked):
        if _REST.fullmatch(asked, 0, found.start()) and _REST.fullmatch(asked, found.end()):
            return names.entries[found[0]]
    return None


def in_charge(asked: str, directory: Directory) -> DirectoryEntry | None:
    """The department that sees to what a bare text names: 路灯归哪个部门管."""
    found = (_WHO_SEES_TO.fullmatch(asked) or _SEES_TO.fullmatch(asked)) if len(asked) <= LONGEST else None
    return seeing_to(found[1], directory) if found else None


def asks_who(asked: str) -> bool:
    """Whether a bare text asks anywhere in it who sees to its matter: 管低保的是哪个部门，电话多少."""
    return _ASKS_WHO.search(asked) is not None


def asks_plainly_who(asked: str, directory: Directory) -> DirectoryEntry | None:
    """The department that sees to a matter, of a text that says little but the matter and that question."""
    entry = seeing_to(asked, directory) if len(asked) <= LONGEST and asks_who(asked) else None
    if entry is None or _WRONG.search(asked) or "窗口" in asked:  # notices tell which
        return None
    duty = max((duty for duty in entry.duties if duty in asked), key=len, default="")
    rest = _WORDS.sub("", _ASKS_WHO.sub("", asked.replace(duty, "", 1)))
    return entry if duty and len(rest) <= MOST_BESIDE_A_DUTY else None


def asks_only_who(asked: str, directory: Directory) -> bool:
    """Whether it names nothing but the matter: 谁管路灯, and not 路灯坏了谁管."""
    found = (_WHO_SEES_TO.fullmatch(asked) or _SEES_TO.fullmatch(asked)) if len(asked) <= LONGEST else None
    if found is None:
        return False
    matter = found[1].removesuffix("的")
    duties = (duty for entry in directory.departments for duty in entry.duties if duty in matter)
    return any(matter.removesuffix(duty) == "" or not _WRONG.search(matter) for duty in duties)


def seeing_to(matter: str, directory: Directory) -> DirectoryEntry | None:
    """The department of whose duties the longest is named in a text; None if none is."""
    named = [
        (len(duty), -place)
        for place, entry in enumerate(directory.departments)
        for duty in entry.duties
        if duty in matter or (len(matter) > 1 and matter in duty and (len(matter) > 2 or duty.endswith(matter)))
    ]
    return directory.departments[-max(named)[1]] if named else None


def leaders(asked: str, directory: Directory) -> LeaderQuestion | None:
    """The leaders that a bare text asks about; None if it asks about something else, or wants to speak with one."""
    found = _LEADERS.fullmatch(asked) if len(asked) <= LONGEST else None
    if found is None or _FIND_LEADER.fullmatch(asked):
        return None
    meant = [one for one in directory.leaders if _is_meant(one, found["name"] or "", found["post"])]
    return LeaderQuestion(tuple(meant))


def _is_meant(leader: OfficeLeader, surname: str, post: str) -> bool:
    if surname and not leader.name.startswith(surname):
        return False
    return post in leader.post or post in ("领导", "领导班子", "班子", "班子成员", "一把手")


@dataclass(frozen=True, eq=False)
class _Names:
    entries: dict[str, DirectoryEntry]
    pattern: re.Pattern[str]


@functools.lru_cache(8)
def _names(directory: Directory) -> _Names:
    """What each department may be called; an own name goes before another's short one."""
    entries: dict[str, DirectoryEntry] = {}
    for entry in directory.departments:
        entries.update((_folded(name), entry) for name in (entry.name, *entry.also) if _folded(name) not in entries)
    for entry in directory.departments:
        stem = _SUFFIX.sub("", _folded(entry.name))
        if len(stem) >= SHORTEST_STEM:
            entries.setdefault(stem, entry)
    return _Names(entries, re.compile(_any_of(entries)))


def _folded(name: str) -> str:
    return "".join(name.lower().split())


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or "(?!)"
