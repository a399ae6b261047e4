"""What kind of message it is: danger, a complaint, a matter of another office, small talk; or a wish for work.

At the end a look at the words of a message, before anything is made of it: whether it can be what takes longer to be sure of.
"""

from __future__ import annotations

import functools
import re

from bot.dialogue.turn import ADVERT, Scene
from config import reference
from content.rules.citizens import triage
from content.rules.citizens.triage import MessageKind
from content.rules.follow_ups import posting_questions
from content.rules.jobs import job_question, trades
from content.rules.jobs.reading import circumstances, other_matters
from content.rules.language import answering_sentence, plain_text
from content.rules.language.query import vocabulary
from content.services.answers import notice_search, offered_notices

LONGEST_CLEAR_QUESTION = 24  # characters; who writes more tells a story
LEAST_OF_A_QUESTION = 8  # characters of a question with a matter of its own
LEAST_OF_A_TITLE = 3  # characters of a text that a notice's title says, to be on it rather than a job
_OF_POLICY = re.compile("政府|奖励|政策|扶持|行政(?:许可|处罚|审批|复议)|许可事项|见习(?:岗位|补贴)")
_OF_HOURS = re.compile(
    "(?:局|大厅|中心|窗口|派出所|居委会|办事处|法院|医院|银行).{0,4}(?:上班时间|下班时间|几点(?:上班|下班|开门|关门)|(?:周|星期|礼拜)[一二三四五六日天末].{0,4}上班|上不上班|上班(?:吗|没|不))"
)
_WISHES_WORK = re.compile(
    "招(?!了)|[找做干]|活|岗|求职|应聘|工作|兼职|工资|薪|月入|年入|保底|到手|厂(?:吗|里?有|子?(?:还|会|肯)?要)|学历不限|不限学历|上班"
)
MOST_AROUND_A_TRADE = 10  # characters beside a trade in a wish for work and nothing else
_WHERE_ONE_WORKS = re.compile(
    "(?:我们?|俺们?|本人|现在|目前|一直|都|就|[一二两三四五六七八九十0-9]+年)*(?<![想要望意求])在[^,。;!?\\s]{1,14}?(?:上班|打工|工作|干活|做工|务工|做事)(?:的|了)?"
)

SHORTEST_ADVERT = 20  # characters of a posting written out of nothing
_MAY_ASK_SEVERAL = re.compile("[,，;；。.!！?？、\\s]|[和跟与及还再另顺]|对了|同时")
_MAY_HIRE = re.compile("[招缺]")
_MAY_TELL_OF_A_VAIN_CALL = re.compile(
    "[0-9]{5}|热线|电话|[打拨没管推踢收发告找]|一伙|勾结|包庇|裤子|记者|媒体|曝光|上访|不作为|相护"
)
_MAY_BE_PUNISHED = re.compile("罚|查处|处理过")
_ASKS = re.compile("怎么|如何|哪里|哪儿|在哪|多少|几点|几号|什么时候|什么|啥|怎样|咋|吗|呢|[?]")


def is_danger(scene: Scene) -> bool:
    """Whether somebody is in danger: by words, or else because it is far from any question and like nothing but danger."""
    return scene.danger is not None


def is_triaged(scene: Scene) -> bool:
    """Whether the words tell that it is no question to the notices: a complaint, a matter of another office, small talk."""
    found = scene.finding
    if found is None or not found.sure or _is_plain_wish_for_work(scene) or _tells_why_one_looks_for_work(scene):
        return False
    return found.kind is not MessageKind.SMALL_TALK or not _asks_of_a_notice(scene)


def _asks_of_a_notice(scene: Scene) -> bool:
    """Whether what sounds like small talk asks for something of which a notice is: 我单身，能申请公租房吗."""
    asks = answering_sentence.ASKS_WHETHER.search(scene.bare) or answering_sentence.ASKS.search(scene.bare)
    return asks is not None and len(scene.bare) >= LEAST_OF_A_QUESTION and _is_of_a_notice(scene, scene.text)


def _is_plain_wish_for_work(scene: Scene) -> bool:
    """有没有电工的活: trades and nothing else that could be a complaint."""
    job = scene.job
    if job is None or not job.of_jobs or not job.query.words:
        return False
    words = "".join(job.query.words)
    return set(words.split("|")) <= trades.known().words and len(scene.bare) - len(words) <= MOST_AROUND_A_TRADE


def _tells_why_one_looks_for_work(scene: Scene) -> bool:
    """刚被裁，想找个行政: what sounds like a complaint is only why the work is sought, and nothing is left to complain of."""
    job = scene.job
    if job is None or not job.of_jobs or not {*job.query.conditions} - {"dates"} or scene.danger is not None:
        return False
    rest = circumstances.all_plain(scene.text)
    if rest == scene.text or other_matters.complains(rest):
        return False
    found = triage.classify(rest, scene.office.triage.read())
    return found is None or not found.sure


def tells_a_story(scene: Scene) -> bool:
    """Whether it is like stories of what went wrong, and far from any question to the notices."""
    return scene.story is not None and not (scene.job is not None and scene.job.of_jobs)


def asks_whether(scene: Scene) -> bool:
    """车停三天会被拖走吗: a question that no misspelt trade is."""
    return len(scene.bare) >= LEAST_OF_A_QUESTION and answering_sentence.ASKS_WHETHER.search(scene.bare) is not None


def asks_plainly(scene: Scene) -> bool:
    """Whether it is a short question that only looks like a complaint: it blames nobody, and is no matter of another office."""
    found = scene.finding or scene.likeness
    if found is None or found.sure or found.for_staff or found.matter.like != "complaint":
        return False
    return len(scene.bare) <= LONGEST_CLEAR_QUESTION and answering_sentence.ASKS_WHETHER.search(scene.bare) is not None


def wants_work(scene: Scene) -> bool:
    """Whether it is about jobs, or says a sum or a degree and little else; who says where he works asks for no other."""
    job = scene.job
    if job is None or _OF_POLICY.search(scene.text) or _OF_HOURS.search(scene.bare):
        return False
    elsewhere = _WHERE_ONE_WORKS.sub(" ", scene.text)
    if elsewhere != scene.text:
        names = scene.office.postings.names
        if job_question.asked(elsewhere, vocabulary(), scene.today, names=names) is None:
            return False
    return (
        bool(job.query.words or job.query.employer)
        or _WISHES_WORK.search(elsewhere) is not None
        or not _is_of_a_notice(scene, elsewhere)
    )


def _is_of_a_notice(scene: Scene, text: str) -> bool:
    """Whether a notice is on what is said, by its title: 上夜班的，接驳车几点."""
    found = notice_search.find(scene.office, text, notice_search.FEW, today=scene.today).hits
    wanted = notice_search.wanted(scene.office, text)
    titled = (offered_notices.titled(wanted, hit) for hit in found if hit.ref.startswith("disclosure:"))
    return any(share * wanted.size >= LEAST_OF_A_TITLE for share in titled)


def may_ask_several(scene: Scene) -> bool:
    """A look at the words, before a message is cut into the questions that it asks."""
    return _MAY_ASK_SEVERAL.search(scene.asked) is not None


def may_be_told_to_pay(scene: Scene) -> bool:
    """The same, before it is read as of money that an employer demands, or of a doubt about a posting."""
    return bool(_payments().search(scene.text) or posting_questions.DOUBT.asked.search(scene.text))


@functools.cache
def _payments() -> re.Pattern[str]:
    words = reference.table("job_doubts")["money"]
    return re.compile("|".join(map(re.escape, (*words["fees"], *words["pays"]))))


def may_be_english(scene: Scene) -> bool:
    """The same, before it is read as a question in English: it has letters and no Chinese."""
    return plain_text.LATIN.search(scene.text) is not None and not plain_text.CHINESE.search(scene.text)


def may_advertise(scene: Scene) -> bool:
    """The same, before it is read as an employer's: it speaks of hiring, follows on how to advertise, or is long."""
    is_after = scene.recall is not None and scene.recall.source == ADVERT
    return is_after or len(scene.bare) > SHORTEST_ADVERT or _MAY_HIRE.search(scene.bare) is not None


def may_tell_of_a_vain_call(scene: Scene) -> bool:
    """The same, before it is read as said of the hotline, or of what was told to do about a complaint."""
    return _MAY_TELL_OF_A_VAIN_CALL.search(scene.bare) is not None


def asks_clearly(scene: Scene) -> bool:
    """Whether it has a word that asks; the bare name of a place has none."""
    return _ASKS.search(scene.bare) is not None


def may_be_of_penalties(scene: Scene) -> bool:
    """The same, before it is read as a question on a firm's penalties."""
    return _MAY_BE_PUNISHED.search(scene.bare) is not None
