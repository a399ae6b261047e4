"""What a short message changes of the last list of jobs: 换深圳的看看, 不要派遣的, 8000以上的, 工资最高的; all else stays."""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.rules.jobs.reading import unwanted
from content.rules.language import plain_text

LONGEST = 24  # characters

_BEST_PAID = re.compile(
    "^(?:哪个|哪家|谁家)(?:给的?)?最(?:高|多)的?(?:呢|啊)?$|(?:哪个|哪家)?(?:工资|薪水|薪资|待遇|钱|收入|底薪)(?:给的?)?(?:最高|最多|高一?[点些]|多一?[点些]|最好|好一?[点些])|(?:哪个|哪家|谁家|哪里|哪些|什么|啥)(?:厂子?|公司|单位|工作|岗位|地方|活|职位)?里?的?(?:工资|薪水|薪资|给的?钱|待遇|钱)(?:给的?|最)?(?:高|多|好)|(?:工资|薪水|薪资|待遇|底薪|提成|收入|钱)(?:给的?)?(?:高|多|好)的?(?:排|放|先|靠前|在前|$|有[吗没]|呢)|钱多|高薪的?(?=$|[呢吗])|按工资排|^(?:有没有|有|要|还)*(?:更|再)?(?:高一?[点些]|更高)(?:工资|薪水)?的?(?:有吗|吗|呢)?$"
)
_ANYWHERE = re.compile(
    "(?:外地|别的地方|其他地方|其他城市|别的城市|哪里?|哪儿)(?:的)?(?:都|也)?(?:行|可以|要|能去|去)|(?:地方|地点|城市)不限"
)
_HERE = re.compile(
    "(?:那|就|还是|要不|算了|,)*在?(?:本地|当地|这边本地|你们这(?:里|边|儿)?|家门口)(?:的|找|有|看看?|干|工作|上班)*(?:呢|吧|吗|也行|也可以)*"
    "|那?(?:你们)?(?:这里|这边|这儿|本地|园区)里?(?:都|还)?有(?:什么|哪些|啥)(?:工作|岗位|活儿?)?"
)
_NEAR = re.compile(
    "(?:有没有|有|那|找|要)*离([\u4e00-\u9fff]{2,8}?)(?:更|比较|最)?(?:近|不远)(?:一?[点些])?的?(?:有吗|有没有|呢|吗)*"
)
_HERE_TOO = re.compile("^(?:在)?(?:本地|当地|这边|你们这里?|园区里?)的?(?=.)")
_HOME = re.compile("家|我|这|那")
_WHOLE = re.compile(
    "(?:其[他它]|别的|所有|哪个|任何|各个?|全部)(?:城?区|片区|区域|街道|镇)|^(?:全|整个?)(?=.)|全市|市内都"
)
_LESS_PAID = re.compile(
    "(?:工资|薪水|待遇|钱|收入)(?:低|少|差)(?:一?[点些])?(?:的)?(?:也|都)?(?:行|没事|没关系|可以|无所谓|能接受|不要紧)|(?:工资|待遇)无所谓"
)
_MAY_BE_LET_GO = "双休|包吃包?住|包住|包吃|住宿|吃住|五险一金|社保|五险"
_LET_GO = re.compile(
    f"(?:不要求?|不(?=包)|不用|不一定要?|可以不|没有?)({_MAY_BE_LET_GO})(?:了|也行|也可以|都行|没事)|({_MAY_BE_LET_GO})(?:没有?|不要|不限|无所谓)(?:也|都)?(?:行|可以|了|算了|没事)?$"
)
_DROPPED = {"双休": "rest", "五险一金": "insured", "社保": "insured", "五险": "insured"} | dict.fromkeys(
    ("包吃住", "包吃包住", "包住", "包吃", "住宿", "吃住"), "board"
)
_ANY_TRADE = re.compile(
    "(?:随便|不管|无论)?(?:做|干|当)?(?:什么|啥|哪种|哪样|任何)(?:样的)?(?:工作|活儿?|工种|岗位|职位|事)?(?:的?都|也)(?:行|可以|能[做干]|[做干]|成|中)|随便(?:什么|啥)(?:工作|活儿?|工种|岗位)?|(?:工种|岗位|职位)不限"
)
_ALSO = re.compile("[也都](?:行|可以|能|要|看|成|考虑|中|得|好|ok|愿意|接受)")
_IN_A_FACTORY = re.compile("(?:工厂|厂子?)里的?(?=$|行|可以|有|也|呢|吗)")
_REPLACES = re.compile("换|改|那|呢|别的|其[他它]|另外|还有|也行|也可以|要不|或者|还是")
_AROUND = re.compile(
    "^(?:别的|其[他它]的?|另外的?)|还?有(?:没有|没)?(?:别的|其[他它]的?|另外的?)|换一[批个下些换]|换(?:成|到|个)?|改(?:成|到|为)|只(?:看|要|想要|想看)?|再?(?:给我)?看看?(?=.)|看看?(?:吧|呢)?$|有没有(?:什么)?|有吗|有没$|有不$|有(?:哪些|什么)|那(?:么|就|边|个|几个|些)?|要不|还是|如果|要是|哪些|最好|我(?:想|要)|想要|想找|呢|吧|工资高一?点的?|高一?点的?|(?:离我?家?)?近一?[点些]的?|[也都](?:行|可以|中|得|成|好|ok|要|考虑|看看?|能接受|愿意)(?=$|[\\s,。?!])|就行|的话|的岗位|的工作|的职位|的招聘|能去的?|能做的?|可以的?(?=$|[吗])|(?:来|找)点?(?=.)|一下|的(?=$|[\\s,。?!])|吗$|^在|^去"
)


@dataclass(frozen=True)
class JobRefinement:
    """`rest`: conditions or a trade, in words; `avoided`: what it is not to be; `replaces`: it may be another trade."""

    rest: str
    avoided: tuple[str, ...] = ()
    replaces: bool = False
    best_paid: bool = False
    dropped: str = ""  # a condition that is let go of
    is_also: bool = False  # it may be this besides: 广州也行
    is_here: bool = False  # no other place than this: 那本地的财务呢
    near: str = ""  # a place that it is to be near to
    is_any_trade: bool = False  # whatever work: 随便什么工作都行
    is_whole: bool = False  # the whole city, of which a district was asked for: 广州其他区也行


def without_best_paid(text: str) -> str:
    """A folded text without its wish for the best paid, which orders a list and filters nothing."""
    return _BEST_PAID.sub(" ", text) if len(text) <= LONGEST else text


def read(text: str) -> JobRefinement | None:
    """What a folded message changes; None if it is too long for that, or says nothing."""
    if len(text) > LONGEST:
        return None
    text = _IN_A_FACTORY.sub("普工", plain_text.without_dialect(text))
    if _BEST_PAID.search(text) and not any(sign.isdigit() for sign in text):
        return JobRefinement("", best_paid=True)
    if _ANYWHERE.search(text):
        return JobRefinement("", dropped="place")
    if _HERE.fullmatch(text.strip("?。! ")):
        return JobRefinement("", dropped="place")
    if (near := _NEAR.fullmatch(text)) and not _HOME.search(near[1]):
        return JobRefinement("", near=near[1])
    if _WHOLE.search(text):
        return JobRefinement(_WHOLE.sub(" ", text), is_whole=True)
    if _LESS_PAID.search(text):
        return JobRefinement("", dropped="pay")
    if (let_go := _LET_GO.search(text)) and (name := _DROPPED.get(let_go[1] or let_go[2])):
        return JobRefinement("", dropped=name)
    is_any_trade = _ANY_TRADE.search(text) is not None
    avoided, text = unwanted.read(_ANY_TRADE.sub(" ", text))
    rest = " ".join(_AROUND.sub(" ", text).replace(",", " ").split())
    if not rest and not avoided and not is_any_trade:
        return None
    return JobRefinement(
        _HERE_TOO.sub("", rest.strip("?。! ")),
        avoided,
        _REPLACES.search(text) is not None,
        is_also=_ALSO.search(text) is not None,
        is_any_trade=is_any_trade,
        is_here=_HERE_TOO.search(rest) is not None,
    )
