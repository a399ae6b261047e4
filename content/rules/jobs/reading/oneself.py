"""What citizens say of themselves: how old they are, a man or a woman, what school they went to.

An employer must not ask for most of it: 就业促进法 art. 27, 人力资源市场暂行条例 art. 24. So it filters nothing.
"""

from __future__ import annotations

import re

OF_ONESELF = re.compile(
    r"(?:本人|我是?|今年|刚|已经|快|男|女|都|满|过)*(?:\d{2}(?=岁|周岁|多|来|了)|[一二三四五六七八九十]{2,3})(?:多?(?:周?岁|来岁)|(?<=\d)了(?!\d))(?:以[上下]|左右|了|的|多)?(?:[男女](?:的|性|生|士|人)?)?"
    r"|(?<![^\s,、])(?:我(?:爸|妈|爹|娘|哥|姐|老公|爱人)|老[爸妈]|爱人|父亲|母亲|我|今年|都|已经|快)*[二三四五六七]十(?:(?:多|来|几|好几)(?:岁)?(?:的人)?了?|[一二三四五六七八九](?:岁)?(?:的人)?了?|(?:岁)?(?:的人)?了)(?=$|[\s,、他你厂单公能可还想有行])"
    r"|(?<![^\s,、])(?:本人|我是?)?[男女](?:的|性|生|士|人|工)?(?=$|[\s,、能可找想有招小初高大本中])|(?<=招)[男女]工?(?=$|[\s,、吗的])"
    r"|(?<![^\s,、])(?:本人|已婚|未婚|有孩子|宝妈)(?=$|[\s,、能可找想])"
)
AT_WORK = re.compile(
    r"(?:我们?|人|现在|目前|一直|都|平时)*在(?!家|哪)[^\s,。找想]{1,8}?(?:上班|打工|做工|干活)(?!的|时间)(?=$|[\s,。])"
)  # where somebody works now
AT_ONCE = re.compile(  # when somebody can begin, which is no day of publication
    "(?:今天|明天|后天|现在|马上|立刻|下周|这周)(?:就|都|也)?(?:想|能|要|可以)(?:去|来)?(?:干|做|上班|上岗|开工|入职)"
)
OWN_PRIMARY_SCHOOL = re.compile(r"(?<![^\s,、])(?:只有|只读过|读过)?小学(?=$|[\s,、能可找想])")


def tells(text: str) -> bool:
    """Whether a folded text says how old somebody is, or a man or a woman."""
    return OF_ONESELF.search(text) is not None
