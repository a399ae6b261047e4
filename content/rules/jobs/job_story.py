"""Long messages of people who look for work: what of them is wanted, and what is only told of former times."""

from __future__ import annotations

import re

_SEEKS = re.compile(
    "(?:单位|厂里?|公司|地方|老板|哪里|哪儿|谁家?)(?:还|都)?(?:会|肯|能|愿意)?要(?:我|我们|俺)|找(?:个|份|点|一份|一个|到)?.{0,8}?(?:工作|活儿?|事做|事干|班上|上班|做工)|(?:想|要)(?:找|当|做)|求(?:一份|个|份)?.{0,8}?(?:工作|活)|求职|应聘|(?:有没有|哪里|哪儿|哪家|谁|还|在)(?:在|还)?(?:要|招).{1,10}?(?:工|员|师傅|人|的)|(?:想|要|能)(?:要|来|去)?(?:上班|打工|做点|干点)"
    "|(?<!没)有(?:啥子?|什么|没有)?.{0,4}?活路|(?<!没)有(?:没有|什么|哪些)?.{0,10}?(?:工作|岗位|岗(?=$|[\\s,.吗呢有])|活干|职位|招工|招人|的活)|(?:工作|活儿?|岗位|职位)(?:还|现在)?(?:有没有|有吗|有不)|招不招|要人吗|缺不缺|还缺|(?:还|在)?招(?:人|工|不招)|能(?:做|干)(?:点|些)?(?:什么|啥)|(?:介绍|推荐).{0,6}?(?:工作|岗位|活)|招聘|(?:岗位|职位)[吗呢有没?]*$|(?:的|份)工作[吗呢?]*$"
    "|(?:期望|要求)(?:月薪|年薪|薪资|薪水|工资|待遇)|(?:月薪|工资|薪资|薪水|待遇)[^,.;!?、。\\s]{0,8}?(?:以上|左右|起步)(?:就行|就可以|就好|即可|都行|都可以)"
)  # fmt: skip
_CLAUSE = re.compile("[,.;!?、。\\s]+|(?<=.)(?=现在|如今|想找|想在|打算)")
_FORMER = re.compile("以前|之前|原来|原先|曾经|[做干当开]过|[做干]了.{1,4}年|下岗|辞职|失业|离职|倒闭|关门|上一份|老家")
_SKILL = re.compile("[做干]了?.{1,5}年|.年.{0,4}经验|师傅|证|会|手艺|技术")
_FROM = re.compile("从[^,.;!?、。\\s]{1,6}?(?=[回到去来])")  # where somebody comes from is not where they want to work
_WANTS = re.compile("想|找|有没有|有什么|希望|最好|要求|招")


def seeks(text: str) -> bool:
    """Whether somebody looks for work in it."""
    return _SEEKS.search(text) is not None


def is_skill(former: str) -> bool:
    """Whether what is told of former times is a trade that somebody knows, and not only had once."""
    return _SKILL.search(former) is not None


def parted(text: str) -> tuple[str, str]:
    """What is wanted, and what is told of former times, each with blanks between its clauses."""
    wanted, former = list[str](), list[str]()
    for clause in filter(None, _CLAUSE.split(_FROM.sub("", text))):
        is_former = _FORMER.search(clause) is not None and not _WANTS.search(clause)
        (former if is_former else wanted).append(clause)
    return " ".join(wanted), " ".join(former)
