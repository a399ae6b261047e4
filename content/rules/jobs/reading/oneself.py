"""What citizens say of themselves: how old they are, a man or a woman, what school they went to.

An employer must not ask for most of it: 就业促进法 art. 27, 人力资源市场暂行条例 art. 24. So it filters nothing.
"""

from __future__ import annotations

import re

from content.rules.jobs import trades

OF_ONESELF = re.compile(
    r"(?:本人|我是?|今年|刚|已经|快|男|女|都|满|过)*(?:\d{2}(?=岁|周岁|多|来|了)|[一二三四五六七八九十]{2,3})(?:多?(?:周?岁|来岁)|(?<=\d)了(?!\d))(?:以[上下]|左右|了|的|多)?(?:[男女](?:的|性|生|士|人)?)?"
    r"|(?<![^\s,、])(?:我(?:爸|妈|爹|娘|哥|姐|老公|爱人)|老[爸妈]|爱人|父亲|母亲|我|今年|都|已经|快)*[二三四五六七]十(?:(?:多|来|几|好几)(?:岁)?(?:的人)?了?|[一二三四五六七八九](?:岁)?(?:的人)?了?|(?:岁)?(?:的人)?了)(?=$|[\s,、他你厂单公能可还想有行])"
    r"|(?<![^\s,、])(?:本人|我是?)?[男女](?:的|性|生|士|人|工)?(?=$|[\s,、能可找想有招小初高大本中])|(?<=招)[男女]工?(?=$|[\s,、吗的])"
    r"|(?<![^\s,、])(?:本人|已婚|未婚|有孩子|宝妈)(?=$|[\s,、能可找想])"
)
_WHEN = "(?:家里|家中|晚上|早上|白天|周末|平时|中午|下午|每天|放学)*"
_WHOM = "(?:老人|孩子|小孩|娃娃?|爸妈|父母|老公|老婆|爷爷|奶奶|婆婆|公公|病人|我?妈|我?爸|二宝|大宝)"
OF_ONES_LIFE = re.compile(  # whom somebody looks after at home is no work that is sought
    rf"{_WHEN}(?:有|家里)?{_WHOM}?(?:还?小)?[,\s]?{_WHEN}(?:我|还|都|又|也)*(?:要|得|需要|必须|没人)(?:去)?(?:照顾|照看|照料|看护|看着|陪|带|接送|接|送|伺候)(?:一下)?(?:家里|家)?的?{_WHOM}?(?:上下?学|放学|上学)?(?!{_WHOM}?的?(?:活|工作|岗|阿姨|保姆|班车|司机)|[去什谁哪啥多几]|证|身份)"
    rf"|(?:每天|早晚)?接送(?:孩子|小孩|娃)(?:上下?学|放学)?|(?:每天|早上|下午|晚上)*[接送](?:孩子|小孩|娃)(?:上学|放学|去?幼儿园)|(?:在家|因为|要)*带(?:娃|孩子|小孩)(?:没办法|没法|不能|走不开|顺便)(?:坐班|上班|出门|出去)?|在家里?带(?:娃|孩子|小孩)"
)
_SPOKEN_ON = re.compile("(?<=[吗呀啊呢吧])(?=我|他|她|大概|工资|一个月)")  # voice without its commas
DID = re.compile(r"(?:我|俺|以前|之前|原来|从前)+(?:也|都|还|就)?(?:做|干|开|当)过(?!.{1,3}年)[^,\s]{1,8}")
AT_WORK = re.compile(
    r"(?:我们?|人|现在|目前|一直|都|平时)*(?<![想要望意求])在(?!家|哪)[^\s,。找想]{1,8}?(?:上班|打工|做工|干活)(?!的|时间)(?=$|[\s,。])"
)  # where somebody works now
AT_ONCE = re.compile(  # when somebody can begin, which is no day of publication
    "(?:今天|明天|后天|现在|马上|立刻|下周|这周)(?:就|都|也)?(?:想|能|要|可以)(?:去|来)?(?:干|做|上班|上岗|开工|入职)"
)
OWN_PRIMARY_SCHOOL = re.compile(r"(?<![^\s,、])(?:只有|只读过|读过)?小学(?=$|[\s,、能可找想])")


def without_ones_life(text: str) -> str:
    """A folded text without whom somebody looks after, and without what else they did before if it names what they want."""
    plain = OF_ONES_LIFE.sub(" ", _SPOKEN_ON.sub(" ", text))
    plain = plain if plain.strip(" ,。") else text
    rest = DID.sub(" ", plain)
    return rest if rest != plain and trades.known().named(rest) else plain


def tells(text: str) -> bool:
    """Whether a folded text says how old somebody is, or a man or a woman."""
    return OF_ONESELF.search(text) is not None
