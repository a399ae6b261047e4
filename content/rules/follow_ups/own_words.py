"""What a short text says of its own: 末班 of 那末班几点呢. Without such words it can only be about what was shown."""

from __future__ import annotations

import functools
import re

from config import reference
from content.rules.follow_ups import aspects
from content.rules.language import plain_text
from content.rules.language.query import vocabulary

SHORT = 2  # characters of a word that is told by itself anyhow
MOSTLY = 0.6  # of the characters of a word

_AROUND = re.compile(
    "(?P<kept>停发|补发|停办|人才|个体|银行|行政|执行|家庭|费用|人员|老人|工人|病人|法人|社会|机会|会议|招聘会|双选会|会计|工会|家长|对象|用工|用人单位|功能|技能|失能|发票|发展|交通|知识|通知|说明|行业|家政|国家|报告|办法|申请表|地点|网点|看病|不动产|不良|上学|上户|下岗|直接费|里程|号码|行驶证|给付|得分|要素|还款|还贷|再就业|回来料|点名|告知|被征|让利|准备金|最低生活)|为止|差不多|一直|钱(?=能|可以)|解决|之前|以前|以后|之后|以内|之内|以下|以上|开始|启动|结束|晚上|早上|上午|下午|上次|下一次|下次|这一次|这次|不是说|今年|去年|明年|前年|本年|年度|怎么办|怎么计?算|会不会影响|(?<!环境)影响不影响|(?<!环境)会影响|有影响|困难(?=吗|$)|(?:去年|今年|前年|上个?月)?[0-9一二两三四五六七八九十]{1,2}月(?:份|底|初)?(?:才|就|刚)?(?:[发拿办考买签领评]的?|毕业|入职|出生|生的?)了?|[0-9一二两三四五六七八九十]{1,5}(?:多|来)?(?:年|个月|天|岁|元|块|级)|我们|你们|咱们?|俺|我|您|你|领取?|拿|一个人|每个?人|现在|目前|批下来|办下来|下来|办好|答复|一个月|每个?月|一天|每天|一个?小时|挣|给到?|低于|高于|打算花?|实际|花[了掉]?(?=多少|$| )|大概|大约|一般|左右|那么|那|这个?|这里|那里|这边|那边|回来|回去|过来|过去|有没有|谁"
    "|朋友|同事|工友|老乡|邻居|他们|她们|它们|他|她|它|这家|那家|厂里|单位|公司|上面|刚才|请问|我?想问|一下|需要|应该|要带|要交|最多|最少|最高|最低|要|带|交|准备|什么|啥|哪些|哪个|哪|些|的话|的|是|有|多少|都|(?<![失功技性智])能|可以|可|去|怎么|上班|吗|呢|呀|啊|嘛|么|吧|啦"
    "|不会|不|没有|没|还|给|到|得|报名|联系|申请|办理|办|就|也|再|又|吧|了|行|会|用|对|跟|和|在|把|被|让|个|如果|要是|万一|假如|具体|详细|说说|说一下|说|讲|告诉|发|知道|看看?|点|家|条|人|里面|里|其中|总共|一共|直接|自己|必须|一定|通常"
)


_COUNTING = re.compile("多少钱?|几多钱?|多久|几[个年月天次号]?|怎么|什么时候|什么|哪里|哪些|[吗呢吧]")
_NAMES = re.compile(
    "租金|房租|工资|学费|材料|额度|期限|银行|条件|名额|利息|学位|末班|首班|押金|面积|地址|电话|罚款|户口|户籍|范围|窗口|流程"
)
_DONE = re.compile(
    "(?:登记|备案|认证|签约|注册|申报|报销|评估|缴费|审核|领取|补交|补办|填报|提交|查询|预约|使用|通过|变更|注销|续签|续租|转让|退出|处理|解决|受理|搞定)+[好完]?"
)


def of(text: str) -> list[str]:
    """Its words of two characters and more, in order, without what asks and what stands around it."""
    rest = _AROUND.sub(lambda found: found["kept"] or " ", aspects.read(text).rest)
    return [run for run in plain_text.runs_of(vocabulary().plain(rest)) if len(run) > 1]


def is_in(word: str, title: str) -> bool:
    """Whether a title says a word, be it in another order: 停路边 of 道路停车."""
    return word in title or (len(word) > 2 and sum(character in title for character in word) >= MOSTLY * len(word))


def beyond(words: list[str], title: str) -> list[str]:
    """Words without what a title says in them, be it by another name: 收入 of 公租房收入."""
    found = []
    for word in words:
        rest = word
        for known, others in vocabulary().groups_in(word):
            if any(name in title for name in (*known, *others)):
                rest = next((rest.replace(name, "") for name in known if name in rest), rest)
        found.append(rest if len(rest) > 1 else word)
    return found


def names(words: list[str]) -> list[str]:
    """Those that name something; 登记 and 备案 are done to whatever was shown."""
    return [word for word in words if not _DONE.fullmatch(word)]


def touches(words: list[str], said: str) -> bool:
    """Whether a normalised text says two characters of these words one after the other."""
    return any(pair in said for word in words for pair in plain_text.pairs(word))


def share(words: list[str], said: str) -> float:
    """How much of these words a normalised text says, from 0 to 1; a word that it has in full counts in full."""
    size = sum(map(len, words))
    if not size:
        return 0.0
    return sum(_met(word, said) for word in words) / size


@functools.lru_cache(2000)  # each is looked for in every sentence of a text
def called(word: str) -> tuple[str, ...]:
    """A word and what else it is called, where it is a synonym as it stands, or said so in speech."""
    others = (other for known, others in vocabulary().groups_in(word) if word in known for other in others)
    return (word, *others, *(name for names in in_writing(word) for name in names))


@functools.lru_cache(256)  # the words of one question are looked for in every sentence of a text
def in_writing(text: str) -> tuple[tuple[str, ...], ...]:
    """For each thing that a folded text speaks of, the words that notices have for it: 犬 for 狗."""
    if not _any_spoken().search(text):
        return ()
    return tuple(words for said, words in _spoken() if said.search(text))


@functools.cache
def _spoken() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((re.compile(said), tuple(written)) for said, written in reference.table("spoken_words").items())


@functools.cache
def _any_spoken() -> re.Pattern[str]:
    return re.compile("|".join(reference.table("spoken_words")))


def whole(text: str) -> list[str]:
    """Its longer words as they stand, also those that ask by naming: 租金补贴 of 租金补贴多少."""
    rest = _AROUND.sub(lambda found: found["kept"] or " ", _COUNTING.sub(" ", aspects.standard(text)))
    return [run for run in plain_text.runs_of(vocabulary().plain(rest)) if len(run) > SHORT]


def named_in_asking(text: str) -> list[str]:
    """The words in what asks that also name something: 租金 of 哪些人免交租金."""
    return _NAMES.findall(aspects.asked_words(text))


def _met(word: str, said: str) -> float:
    if any(name in said for name in called(word)):
        return float(len(word))
    pairs = plain_text.pairs(word)
    return len(word) * sum(pair in said for pair in pairs) / len(pairs) if pairs else 0.0
