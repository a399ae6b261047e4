"""What a message may be: one matcher for each kind of thing that citizens write, by the words and by what was said before."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.dialogue import turn
from bot.dialogue.turn import Scene
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.jobs import job_wording
from content.rules.language import plain_text
from content.rules.language.query import vocabulary
from content.services.answers import notice_search
from content.services.citizens import letters

Matcher = Callable[[Scene], bool]

_PERSON = re.compile(
    r"\s*(?:我要|请|帮我)?(?:转|找|接)?\s*人工(?:客服|服务)?(?:[\s,，:：;；、。.!！?？]+(.*))?", re.DOTALL
)
DONE = {"返回", "结束", "退出", "没有了"}
MINE = {"我的订阅", "查看订阅", "订阅列表"}
WISH = re.compile(r"订阅(?!号|栏|通知)[\s:,]*(.*)")
END = re.compile(r"(?:退订|取消订阅)[\s:,]*(.*)")

MOST_WITH_NUMBER = 12  # characters besides a document's number; more is a question that only mentions it
MOST_WITH_DATE = 14  # … besides a date; more is a story in which a date occurs

ANYTHING = {
    "", "公告", "通知", "通知公告", "公示", "公开", "信息公开", "政府信息公开", "公开信息", "消息", "信息", "文件", "新闻", "动态", "发布",
    "公布", "更新", "内容", "政策", "事", "大事", "新鲜事", "都有",
}  # fmt: skip
NEWEST = re.compile("最近|最新|近期|近来|新出|新发|新的?(?=消息|通知|公告|文件|政策|新闻)")

JOB_CONDITIONS = {words: name for name, words in job_wording.NO_LONGER.items()}  # 不限工资 → pay

_NEARBY = re.compile(
    r"(?:我|在|找|有没有|有|看看|哪些|什么|离我|离家)*+(?:附近|周边|近一?点|最近|近)(?:的|有没有|有|什么|哪些|些)*+"
    r"(?:招聘|工作|岗位|职位|企业|工厂|厂|单位|公司|招工|活)(?:信息|岗位)?(?:有哪些|有|吗|呢)*"
)


def event(name: str) -> Matcher:
    """An event of that name."""
    return lambda scene: scene.message.event == name


def is_job_result(scene: Scene) -> bool:
    """The end of a publishing job."""
    return bool(scene.message.job)


def kind(*names: str) -> Matcher:
    """A message of one of these kinds."""
    return lambda scene: scene.message.kind in names


def from_a_device(scene: Scene) -> bool:
    """A message or event of a thing, not of a person; also what has no kind at all."""
    return scene.message.kind.startswith("device_") or not scene.message.kind


def a_number(scene: Scene) -> bool:
    """The text is the number of a list entry."""
    return turn.number(scene.text) is not None


def words(scene: Scene) -> bool:
    """There is text with words in it."""
    return bool(scene.text) and not turn.is_wordless(scene.text)


def asks_nothing(scene: Scene) -> bool:
    """There are words, but none that could be looked for: 你好，请问一下."""
    return words(scene) and notice_search.says_nothing(scene.text)


def anything(_scene: Scene) -> bool:
    """Whatever is left."""
    return True


def asks_for_a_person(scene: Scene) -> bool:
    """人工, 转人工, with or without what it is about."""
    return scene.message.kind == "text" and to_a_person(scene.written) is not None


def is_writing(scene: Scene) -> bool:
    """Whether this goes on with what the citizen wrote to a person a moment ago."""
    return scene.message.kind == "text" and scene.is_awaited and letters.listens(scene.office, scene.asker, scene.now)


def ends_writing(scene: Scene) -> bool:
    """Whether the citizen ends it, to ask something else."""
    return scene.bare in DONE and is_writing(scene)


def asks_for_subscriptions(scene: Scene) -> bool:
    """我的订阅."""
    return scene.bare in MINE


def subscribes(scene: Scene) -> bool:
    """订阅 电工."""
    return WISH.fullmatch(scene.text) is not None


def unsubscribes(scene: Scene) -> bool:
    """退订 电工, or 退订 alone for all."""
    return END.fullmatch(scene.text) is not None


def is_taught(scene: Scene) -> bool:
    """Whether staff have answered a question like this."""
    return scene.office.board.seen().guide(scene.text) is not None


def has_a_guide(scene: Scene) -> bool:
    """Whether the office has a standing answer to this: 地址, 联系电话, 申请公开."""
    return scene.office.guides.find(scene.bare) is not None


def names_a_document(scene: Scene) -> bool:
    """渝府办〔2025〕13号, with little else."""
    number, rest = scene.number
    return number is not None and len(rest) <= MOST_WITH_NUMBER


def asks_nearby(scene: Scene) -> bool:
    """附近的工作."""
    return ("近" in scene.text or "周边" in scene.text) and _NEARBY.fullmatch(scene.text.strip(" 。.!?")) is not None


def drops_a_job_condition(scene: Scene) -> bool:
    """不限工资: of the last list of jobs."""
    return scene.bare in JOB_CONDITIONS


def wants_work(scene: Scene) -> bool:
    """Whether it is about jobs, or says a sum or a degree and little else."""
    return scene.job is not None


def names_a_date(scene: Scene) -> bool:
    """Whether a date or a year is named, and little else."""
    return scene.period is not None and len(core(scene.period.rest)) <= MOST_WITH_DATE


def asks_for_newest(scene: Scene) -> bool:
    """Whether the newest is asked for, of whatever matter: 最近有什么政策."""
    return NEWEST.search(scene.text) is not None and core(scene.text) in ANYTHING


def core(text: str) -> str:
    """What is asked for, without the words that ask for the newest or whether there is any."""
    return "".join(plain_text.runs(vocabulary().core(NEWEST.sub(" ", text)))).removeprefix("有")


def to_a_person(text: str) -> str | None:
    """What a citizen wants a person to read: 人工 我家停水三天了 → 我家停水三天了; None if no person is asked for."""
    found = _PERSON.fullmatch(plain_text.clean(text).strip())
    return None if found is None else (found[1] or "").strip()[:LONGEST_LETTER]
