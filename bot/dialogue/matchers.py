"""What a message may be: one matcher for each kind of thing that citizens write, by the words and by what was said before."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from bot.dialogue import command_words, turn
from bot.dialogue.message_kinds import LONGEST_CLEAR_QUESTION, asks_clearly, is_triaged
from bot.dialogue.turn import Scene
from config import reference
from content.rules.citizens import letter_words, service_talk, subscriptions
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.citizens.triage import MessageKind
from content.rules.follow_ups import aspects
from content.rules.jobs import job_wording, trades
from content.rules.language import plain_text
from content.rules.language.periods import Period
from content.rules.language.query import vocabulary
from content.services.answers import notice_search
from content.services.citizens import letters

Matcher = Callable[[Scene], bool]

_PERSON = re.compile(r"(?s)\s*(?:我要|请|帮我)?(?:转|找|接)?\s*人工(?:客服|服务)?(?:[\s,，:：;；、。.!！?？]+(.*))?")
LETTERS = {"查进度", "我的留言", "我的来信", "查留言", "留言进度", "查询进度", "进度查询", "查一下进度", "查申请进度"}
BACK_TAKEN = {"撤回", "撤回留言", "撤回来信", "撤销留言", "不转了"}
_AGREES = r"(?:(?:好的?|行|可以|嗯+|哦|对|ok|谢谢|那|算了|不用了|我?不要了)[\s,。.!]*)*(?:那就|就|那|我要|我想|我|要|想|请|麻烦|帮我|给我|替我)*"
WISH = re.compile(
    rf"(?:{_AGREES}订阅(?!号|栏|通知)|{_AGREES}(?:那就|就|给我|帮我)订(?!单|做|金|餐|票|房|阅号)阅?)[\s:,]*(.*)"
)
END = re.compile(rf"{_AGREES}(?:退订|取消订阅)[\s:,]*(.*)")
HOW_TO_END = re.compile(
    "(?:请问)?(?:我?不(?:想|要|用)?(?:再|继续)?(?:收|要|订|看|接收)(?:了|到|这些|这个|消息|通知|推送|[,.。])*)?(?:怎么|如何|在哪里?|哪里|咋|怎样)(?:才能|能|可以)?(?:退订|退掉|停掉|关掉|取消订阅|取消|订阅)(?:呢|啊|呀|吗|的)*"
    "|(?:那|要是|如果|万一|以后|后面|,|，)*我?不(?:想)?(?:要|收|看|订)了?(?:的话)?(?:怎么办|咋办|怎么弄|咋弄)"
    "|(?:以后|还|下次|那|,|，)*(?:能|可以|可不可以)(?:不能)?(?:再|重新)*订阅?(?:吗|么|不|呢)*"
)

_OF_ONES_OWN = re.compile("[我俺咱]")

# A look at the words, so that most messages are not held against all that follows.
_MAY_BE_A_NUMBER = re.compile("[0-9号]")
_MAY_WANT_A_PERSON = re.compile(
    "留言|人工|真人|活人|客服|工作人员|专人|领导|主任|机器|管事|负责|[个位找见]人|有人|[跟和同]人|没有人|做主|值班|办事员|同志|打个?电话|回个?电话"
)
_MAY_ASK_WHEN = re.compile("[回答理系打看果息转交报递映到记录道复文动样]")
_MAY_WANT_NEWS = re.compile("告诉|通知|提醒|喊|叫|发给|发我|推送|推给|说一?声|说下|吱一?声|盯着|留意|关注|给我发|订")
_MAY_WANT_NO_NEWS = re.compile("^td?$|别|不|甭|莫|取消|停|关|退")
_MAY_BE_ABOUT_THE_OFFICE = re.compile(
    "局|办|处|中心|大厅|部门|科|谁|哪个|领导|主任|书记|班子|一把手|班|假|休|开门|值|有人|在吗|营业|进度|步|批|审|下来|没|消息|结果|回|轮到|排到|过了|怎么样|招|登|缺|发布|元旦|春节|过年|清明|五一|端午|中秋|十一|国庆|周|星期|礼拜|[今明后]天|[号日]"
)
MOST_WITH_NUMBER = 12  # characters besides a document's number; more is a question that only mentions it
SOON = timedelta(days=60)
MOST_WITH_DATE = 14  # … besides a date; more is a story in which a date occurs

_NOT_THE_OTHER = re.compile(
    "我(?:是)?(?:问|说|要|找|想问|想找)的?(?:是)?(.{2,}?)[\\s,。.!]*(?:又|而|可)?不是.*"
)  # 我问的是公租房，不是找工作
_CORRECTS = re.compile(
    r"(?:不是(?:这个|这些|的)?|不对|错了|说错了|不是这个意思)[\s,。.!]*(?:我(?:是)?(?:问|说|要|找|想问|想找)的?(?:是)?)?[\s,:]*(.{2,})"
)
_RATHER = re.compile(
    r"(?:我?(?:不是|没问|没说|不要|不想).{1,12}?[,，。 ]+)?(?:我|俺)(?:是|想|要)?(?:问|说|找|要)的(?:是|就是)(.{2,20})"
)
_OF_A_PERSON = re.compile("找|转|接|叫|见|人工|真人|活人")
_SEARCHES_ANEW = re.compile(
    "招聘会|求职|怎么|如何|申请|办理|政策|补贴|流程|投诉|举报|公寓|公租房|电话(?!推销|销售|客服)|地址"
)
_DROPS = re.compile("(?:去掉|取消|删掉|删除|不限|不管|不考虑)(?:条件)?[:：]?(.{2,8}?)(?:的?条件|这个|的|了|吧)*")
MOST_OF_A_FOLLOW_UP = 20  # characters; what is longer has a subject of its own
_COMPARES = re.compile("[比跟和较同](?:去年|前年|上年|上个?月|往年|以前)")  # 比去年多还是少
_OF_ONES_LIFE = re.compile(  # 22年10月生的
    "(?:年|月|月份|[日号]|[底初中]|[上中下]旬)(?:左右)?(?:才|就|刚)?(?:出生|生(?:的|下)|生(?:了|完)?(?:孩|娃|宝|小孩|二胎)|入职|毕业|退休|结婚|离婚|进厂|来(?:的|广州|园区|这)|[买签办交]的|签了|辞职|离职|辞退|被辞|被裁|下岗)"
)

ANYTHING = {
    "", "公告", "通知", "通知公告", "公示", "公开", "信息公开", "政府信息公开", "公开信息", "消息", "信息", "文件", "新闻", "动态", "发布",
    "公布", "更新", "内容", "政策", "事", "大事", "新鲜事", "都有", "发", "发过", "出", "出过", "发出", "发文", "公开过", "发布过", "新", "有发", "动作", "发文件", "发通知", "发公告", "出文件", "出政策",
}  # fmt: skip
_WHATEVER = re.compile(
    "(?:发布|发出|发文|发|公开|公布|出台|出|更新|以来|来|了|过|的|哪些|哪几|东西|文件|信息|消息|内容|通知|公告|新闻|动态|政策|有没有|有|什么|啥|都|又|新|些|你们|你|吗|呢|和|请问|我想看看|看看)*"
)
_OURS = re.compile("^(?:你们|您们|你|您|咱们|我们|这里|这边|园区|管委会|单位|政府|都|又|有)+(?=.)|^有$")
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
    return command_words.NUMERAL.search(scene.text) is not None and command_words.number(scene.text) is not None


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
    if scene.message.kind != "text" or to_a_person(scene.written) is not None:
        return scene.message.kind == "text"
    wishes = _MAY_WANT_A_PERSON.search(scene.bare) is not None and letter_words.wishes(scene.bare)
    return wishes and not _names_a_trade_of_jobs(scene)


def _names_a_trade_of_jobs(scene: Scene) -> bool:
    """那客服呢, after a list of jobs: a trade like any other."""
    return may_refine(scene) and not _OF_A_PERSON.search(scene.bare) and bool(trades.known().named(scene.bare))


def is_writing(scene: Scene) -> bool:
    """Whether this goes on with what the citizen wrote to a person a moment ago."""
    return scene.message.kind == "text" and scene.is_awaited and letters.listens(scene.office, scene.asker, scene.now)


def hands_over(scene: Scene) -> bool:
    """转给工作人员, tapped or typed; in words of one's own of what was written a moment ago: 行，转吧."""
    if scene.bare == reference.phrase("tap_hand_over"):
        return True
    return bool(scene.typed) and _may_be_talk(scene) and service_talk.hands_over(scene.bare)


def asks_for_own_letters(scene: Scene) -> bool:
    """查进度, 我的留言."""
    return scene.bare in LETTERS


def takes_back(scene: Scene) -> bool:
    """撤回; in words of one's own of a letter, or of what was written to a person: 把刚才那条撤了吧."""
    if scene.bare in BACK_TAKEN:
        return True
    if not _may_be_talk(scene) or not service_talk.takes_back(scene.bare):
        return False
    if service_talk.names_a_letter(scene.bare):
        return True
    is_of_a_wish = scene.recall is not None and bool(scene.recall.wish)
    if is_of_a_wish:
        return False
    return bool(scene.typed) or (scene.is_awaited and letters.mine(scene.office, scene.asker) is not None)


def ends_writing(scene: Scene) -> bool:
    """Whether the citizen ends it, to ask something else."""
    return is_writing(scene) and letter_words.ends(scene.bare)


def asks_when_answered(scene: Scene) -> bool:
    """你们什么时候回我, of somebody who has written; or 多久回复我, where nothing else was shown that has an answer."""
    if _MAY_ASK_WHEN.search(scene.bare) is None or not letter_words.asks_when(scene.bare):
        return False
    if scene.is_awaited and letters.mine(scene.office, scene.asker) is not None:
        return True
    was_told = (
        scene.recent is not None
        and scene.recent.source == turn.GUIDE
        and scene.office.guides.read().find(turn.bare(scene.recent.text)) is not None
    )
    return letter_words.asks_of_a_letter(scene.bare) and (
        (scene.subject is None and not was_told) or letter_words.names_oneself(scene.bare)
    )


def leaves_writing(scene: Scene) -> bool:
    """Whether it is a wish for work or a clear question, which the notices answer though a letter is open."""
    if not is_writing(scene) or len(scene.bare) > LONGEST_CLEAR_QUESTION or is_triaged(scene):
        return False
    if not asks_clearly(scene) and not (scene.job and scene.job.of_jobs):
        return False
    if scene.job is not None and scene.job.of_jobs:
        return True
    text = scene.period.rest if scene.period else scene.text
    best = notice_search.find(scene.office, text, 3, today=scene.today).hits
    if has_a_guide(scene) or notice_search.titled(scene.office, text, best):
        return True
    return not _OF_ONES_OWN.search(scene.bare) and notice_search.fits(scene.office, text, best)


def asks_for_subscriptions(scene: Scene) -> bool:
    """我的订阅, 我订阅了什么."""
    return "订" in scene.bare and subscriptions.asks_for_own(scene.bare)


def asks_how_to_end(scene: Scene) -> bool:
    """怎么退订."""
    return HOW_TO_END.fullmatch(scene.bare) is not None


def wants_to_be_told(scene: Scene) -> bool:
    """有了告诉我, 有新的公租房房源通知我."""
    may_be = scene.message.kind == "text" and _MAY_WANT_NEWS.search(scene.bare) is not None
    return may_be and subscriptions.to_be_told(scene.bare) is not None


def wants_no_more(scene: Scene) -> bool:
    """TD, 别再给我发了."""
    if _MAY_WANT_NO_NEWS.search(scene.bare) is None:
        return False
    return subscriptions.stops(scene.bare) or service_talk.stops(scene.bare)


def wants_no_more_of_one(scene: Scene) -> bool:
    """焊工的消息不用再发给我了."""
    return _MAY_WANT_NO_NEWS.search(scene.bare) is not None and bool(service_talk.stops_of(scene.bare))


def has_done(scene: Scene) -> bool:
    """问题已经解决了."""
    return _may_be_talk(scene) and service_talk.is_done(scene.bare)


def gives_thanks(scene: Scene) -> bool:
    """打了110了，谢谢你: no complaint, no question."""
    found = scene.finding
    is_talk = found is None or not found.sure or found.kind is MessageKind.SMALL_TALK
    return is_talk and _may_be_talk(scene) and service_talk.thanks(scene.bare)


def _may_be_talk(scene: Scene) -> bool:
    return scene.message.kind == "text" and service_talk.MAY_BE_TALK.search(scene.bare) is not None


def may_be_of_staff(scene: Scene) -> bool:
    """Whether a colleague may bind a phone with it or ask for the count: 绑定 12345678, 年度统计."""
    return "绑" in scene.text or "统计" in scene.text


def may_be_about_the_office(scene: Scene) -> bool:
    """Whether any word is there of those that ask about the office's days, departments, or how an application stands."""
    return _MAY_BE_ABOUT_THE_OFFICE.search(scene.bare) is not None


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


def corrects(scene: Scene) -> bool:
    """不是这个，我问的是人才公寓."""
    return scene.recall is not None and _said_rather(scene) is not None


def meant(scene: Scene) -> str:
    """What a citizen rather wants, 人才公寓, with what was asked before if nothing else is asked now."""
    found = _said_rather(scene)
    said = found[1] if found else scene.text
    if scene.recall is None or scene.recall.source not in ("search", turn.GUIDE) or aspects.ASKS.search(said):
        return said
    return f"{said} {aspects.asked_words(scene.recall.asked or scene.recall.text)}".strip()


def _said_rather(scene: Scene) -> re.Match[str] | None:
    return _NOT_THE_OTHER.fullmatch(scene.text) or _CORRECTS.fullmatch(scene.text) or _RATHER.fullmatch(scene.bare)


def may_refine(scene: Scene) -> bool:
    """Whether it sounds like a condition of the jobs that were listed last."""
    recall = scene.recent
    if recall is None:
        return False
    of_jobs = recall.source in ("jobs", "posting") or (scene.subject is not None and scene.subject.kind == "posting")
    return of_jobs and len(scene.bare) <= MOST_OF_A_FOLLOW_UP and not _SEARCHES_ANEW.search(scene.bare)


def talks_of_a_notice(scene: Scene) -> bool:
    """Whether a disclosure or an article was shown last, of which a short question may be."""
    return scene.subject is not None and scene.subject.kind != "posting"


def names_a_document(scene: Scene) -> bool:
    """渝府办〔2025〕13号, with little else."""
    if not _MAY_BE_A_NUMBER.search(scene.text):
        return False
    number, rest = scene.number
    return number is not None and len(rest) <= MOST_WITH_NUMBER


def asks_nearby(scene: Scene) -> bool:
    """附近的工作."""
    return ("近" in scene.text or "周边" in scene.text) and _NEARBY.fullmatch(scene.text.strip(" 。.!?")) is not None


def drops_a_job_condition(scene: Scene) -> bool:
    """不限工资: of the last list of jobs."""
    return scene.bare in JOB_CONDITIONS or dropped_words(scene.bare) is not None


def dropped_words(bare: str) -> str | None:
    """包住 of 去掉包住; None if nothing is to be let go of."""
    found = _DROPS.fullmatch(bare)
    return found[1] if found else None


def names_a_date(scene: Scene) -> bool:
    """Whether a date or a year is named, and little else; a day of one's own life is none of a notice."""
    if scene.period is None or _OF_ONES_LIFE.search(scene.text) or _COMPARES.search(scene.text):
        return False
    return not _is_soon(scene, scene.period) and len(core(scene.period.rest)) <= MOST_WITH_DATE


def _is_soon(scene: Scene, period: Period) -> bool:
    """Whether a day without its year is one of the next weeks, of which a notice tells that came out before."""
    first = period.first
    if (
        first != period.last
        or first.year == scene.today.year
        or "年" in scene.text
        or (first.month, first.day) == (2, 29)
    ):
        return False
    return timedelta() < first.replace(year=scene.today.year) - scene.today <= SOON


def asks_for_newest(scene: Scene) -> bool:
    """Whether the newest is asked for, of whatever matter: 最近有什么政策."""
    return NEWEST.search(scene.text) is not None and is_anything(core(scene.text))


def is_anything(said: str) -> bool:
    """Whether what is asked for is whatever came out: 发了哪些公开的东西."""
    return said in ANYTHING or _WHATEVER.fullmatch(said) is not None


def core(text: str) -> str:
    """What is asked for, without the words that ask for the newest or whether there is any."""
    said = "".join(plain_text.runs(vocabulary().core(NEWEST.sub(" ", text))))
    return _OURS.sub("", said)


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
