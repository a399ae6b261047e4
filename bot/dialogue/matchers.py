"""What a message may be: one matcher for each kind of thing that citizens write, by the words and by what was said before."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.dialogue import turn
from bot.dialogue.turn import Scene
from config import reference
from content.rules.citizens import letter_words, subscriptions
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.jobs import job_wording, trades
from content.rules.language import plain_text
from content.rules.language.query import vocabulary
from content.services.answers import notice_search
from content.services.citizens import letters

Matcher = Callable[[Scene], bool]

_PERSON = re.compile(
    r"\s*(?:我要|请|帮我)?(?:转|找|接)?\s*人工(?:客服|服务)?(?:[\s,，:：;；、。.!！?？]+(.*))?", re.DOTALL
)
LETTERS = {"查进度", "我的留言", "我的来信", "查留言", "留言进度", "查询进度", "进度查询", "查一下进度", "查申请进度"}
BACK_TAKEN = {"撤回", "撤回留言", "撤回来信", "撤销留言", "不转了"}
WISH = re.compile(r"订阅(?!号|栏|通知)[\s:,]*(.*)")
END = re.compile(r"(?:我要|我想|请|帮我)?(?:退订|取消订阅)[\s:,]*(.*)")
HOW_TO_END = re.compile(
    "(?:请问)?(?:怎么|如何|在哪里?|哪里|咋|怎样)(?:才能|能|可以)?(?:退订|取消订阅|取消|订阅)(?:呢|啊|呀|吗|的)*"
)

_ASKS_CLEARLY = re.compile("怎么|如何|哪里|哪儿|在哪|多少|几点|几号|什么时候|什么|啥|怎样|咋|吗|呢|[?]")
LONGEST_CLEAR_QUESTION = 24  # characters; who writes more to a person tells a story

MOST_AROUND_A_TRADE = 10  # characters beside a trade in a wish for work and nothing else
MOST_WITH_NUMBER = 12  # characters besides a document's number; more is a question that only mentions it
MOST_WITH_DATE = 14  # … besides a date; more is a story in which a date occurs

# What is asked of the item that was shown last, by the words that a passage with the answer has.
ASPECTS: dict[str, str] = {
    "材料|证件|什么证|手续|资料|东西": "材料|证|簿|原件|复印件|携带",
    "多少钱|费用|收费|价格|工资|薪水|待遇|贵不贵|补多少|赔多少|领多少|补贴多少|几块钱|多少工资": "元|费|金额|标准",
    "什么时候|啥时候|几号|几点|时间|截止|哪天|多久|到期|期限|何时": "时间|日期|月|日前|截止|工作日|点",
    "电话|联系方式|怎么联系|找谁|联系谁|号码|手机号": "电话|联系",
    "地址|地点|在哪里|在哪儿|在哪|哪里|位置|怎么走|哪个窗口": "地址|地点|窗口|路|楼",
    "怎么报名|怎么申请|怎么办理|怎么办|怎么领|怎么交|怎么弄|如何报名|如何申请|流程|网上能办": "申请|报名|办理|提交|登录",
    "条件|要求|资格|谁可以|什么人|学历|经验|年龄|几岁": "条件|要求|年满|学历|经验|以上",
    "包住|包吃|管吃|管住|包吃住|食宿|宿舍": "住|吃|餐|宿舍",
    "夜班|倒班|双休|休息|上班时间|几个小时|加班": "班|休|小时",
    "还招|招满|招几个|招多少人": "人|招",
}  # fmt: skip
_AROUND = "那么|那|这个|那个|它|他们|她们|他|这家|那家|第一个|厂里|单位|公司|上面|请问|我想问|想问|一下|需要|要带|要交|要|带|交|准备|什么|啥|哪些|些|的|是|有|多少|都|能|可以|去|怎么|上班|吗|呢|呀|啊|嘛|么|不|没有|没|还|给|到|得|报名|联系|[\\s,。?!~]"
_ASKED = "|".join(sorted("|".join(ASPECTS).split("|"), key=len, reverse=True))
_ASPECT = re.compile(f"(?:{_ASKED}|{_AROUND})+")  # for short texts only: the words overlap
_CORRECTS = re.compile(
    r"(?:不是(?:这个|这些|的)?|不对|错了|说错了|不是这个意思)[\s,。.!]*(?:我(?:是)?(?:问|说|要|找|想问|想找)的?(?:是)?)?[\s,:]*(.{2,})"
)
_CONDITION = re.compile(
    "^(?![^招聘岗职]*(?:[招聘岗职]|工作))(?:.*的(?:那个|那几个|那些|吗|呢|有吗)?$|只|有没有|不要|.*[0-9万千k])"
)
MOST_OF_A_FOLLOW_UP = 14  # characters; what is longer has a subject of its own

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
    return scene.message.kind == "text" and (to_a_person(scene.written) is not None or letter_words.wishes(scene.bare))


def is_writing(scene: Scene) -> bool:
    """Whether this goes on with what the citizen wrote to a person a moment ago."""
    return scene.message.kind == "text" and scene.is_awaited and letters.listens(scene.office, scene.asker, scene.now)


def is_danger(scene: Scene) -> bool:
    """Whether somebody is in danger."""
    return scene.finding is not None and scene.finding.for_staff


def is_triaged(scene: Scene) -> bool:
    """Whether the words tell that it is no question to the notices: a complaint, a matter of another office, small talk."""
    return scene.finding is not None and scene.finding.sure and not _is_plain_wish_for_work(scene)


def _is_plain_wish_for_work(scene: Scene) -> bool:
    """有没有电工的活: trades and nothing else that could be a complaint."""
    job = scene.job
    if job is None or not job.of_jobs or not job.query.words:
        return False
    words = "".join(job.query.words)
    return set(words.split("|")) <= trades.known().words and len(scene.bare) - len(words) <= MOST_AROUND_A_TRADE


def hands_over(scene: Scene) -> bool:
    """转给工作人员, tapped or typed."""
    return scene.bare == reference.phrase("tap_hand_over")


def asks_for_own_letters(scene: Scene) -> bool:
    """查进度, 我的留言."""
    return scene.bare in LETTERS


def takes_back(scene: Scene) -> bool:
    """撤回."""
    return scene.bare in BACK_TAKEN


def ends_writing(scene: Scene) -> bool:
    """Whether the citizen ends it, to ask something else."""
    return letter_words.ends(scene.bare) and is_writing(scene)


def asks_when_answered(scene: Scene) -> bool:
    """你们什么时候回我, of somebody who has written."""
    return (
        scene.is_awaited and letter_words.asks_when(scene.bare) and letters.mine(scene.office, scene.asker) is not None
    )


def leaves_writing(scene: Scene) -> bool:
    """Whether it is a wish for work or a clear question, which the notices answer though a letter is open."""
    if not _ASKS_CLEARLY.search(scene.bare) and not (scene.job and scene.job.of_jobs):
        return False
    if len(scene.bare) > LONGEST_CLEAR_QUESTION or is_triaged(scene) or not is_writing(scene):
        return False
    if scene.job is not None and scene.job.of_jobs:
        return True
    best = notice_search.find(scene.office, scene.text, 3, today=scene.today).hits
    return has_a_guide(scene) or notice_search.titled(scene.office, scene.text, best)


def asks_for_subscriptions(scene: Scene) -> bool:
    """我的订阅, 我订阅了什么."""
    return subscriptions.asks_for_own(scene.bare)


def asks_how_to_end(scene: Scene) -> bool:
    """怎么退订."""
    return HOW_TO_END.fullmatch(scene.bare) is not None


def wants_to_be_told(scene: Scene) -> bool:
    """有了告诉我, 有新的公租房房源通知我."""
    return scene.message.kind == "text" and subscriptions.to_be_told(scene.bare) is not None


def wants_no_more(scene: Scene) -> bool:
    """TD, 别再给我发了."""
    return subscriptions.stops(scene.bare)


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
    return scene.office.guides.read().find(scene.bare) is not None


def asks_of_the_subject(scene: Scene) -> bool:
    """要带什么材料, 电话多少, 什么时候: nothing but what is asked, of the item that was shown last."""
    return scene.subject is not None and len(scene.bare) <= MOST_OF_A_FOLLOW_UP and aspect(scene.bare) is not None


def aspect(text: str) -> str | None:
    """The words that a passage with the answer has; None if a text asks for more than one thing of an item."""
    if text.endswith("的") or _ASPECT.fullmatch(text) is None:  # 双休的 is a condition
        return None
    return next((told for asked, told in ASPECTS.items() if re.search(asked, text)), None)


def hint(text: str) -> str:
    """The words that a passage has which answers what a text asks besides; empty if it asks for nothing of the kind."""
    return next((told for asked, told in ASPECTS.items() if re.search(asked, text)), "")


def about(text: str) -> str | None:
    """What a short text says besides what it asks of an item: 末班 of 末班几点; None if it asks nothing of the kind."""
    if len(text) > MOST_OF_A_FOLLOW_UP or not hint(text):
        return None
    return _ASPECT.sub("", text)


def corrects(scene: Scene) -> bool:
    """不是这个，我问的是人才公寓."""
    return scene.recall is not None and _CORRECTS.fullmatch(scene.text) is not None


def meant(text: str) -> str:
    """What a citizen rather wants: 人才公寓."""
    found = _CORRECTS.fullmatch(text)
    return found[1] if found else text


def asks_of_another_time(scene: Scene) -> bool:
    """Whether it ends as a question after one before does: 2025年的呢."""
    return scene.subject is not None and scene.bare.endswith("呢")


def may_refine(scene: Scene) -> bool:
    """Whether it sounds like a condition of the jobs that were listed last."""
    subject = scene.subject
    return subject is not None and subject.kind == "posting" and _CONDITION.search(scene.bare) is not None


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
    """What a citizen wants a person to read: 人工 我家停水三天了 → 我家停水三天了; None if it does not begin so."""
    found = _PERSON.fullmatch(plain_text.clean(text).strip())
    return None if found is None else (found[1] or "").strip()[:LONGEST_LETTER]


def for_a_person(scene: Scene) -> str:
    """The same of whatever `asks_for_a_person` takes for such a wish; empty if there is nothing to read yet."""
    text = to_a_person(scene.written)
    if text is not None:
        return text
    return "" if letter_words.is_only_a_wish(scene.bare) else scene.written[:LONGEST_LETTER]
