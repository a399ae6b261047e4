"""Words that tell that a message is no search for work, though it names a job, a sum or a degree."""

from __future__ import annotations

import re

from content.rules.jobs import trades

_OTHER = re.compile(
    r"(?<![有带供包费])(?:接驳|班)车|公告|公示|招聘会|双选会|宣讲会|通知|公开|考试|成绩|名单|政策|补贴|补助|条例|办法|规定|规划|预算|决算|采购|招标|招商|招生|职称|职业|"
    r"局(?:的|里)?(?:电话|地址|在哪)|投诉|举报|噪音|噪声|扰民|拖欠|欠薪|罚|公务员|事业编|编制|会议|报告|总结|安全|证明|怎么办|为什么|最低工资|标准|入学|就读|落户|人才公寓|公租房|租房|保障房|补办|质疑|建议|反映|请求|呼吁|志愿者|疫情|退休工资|退休金|养老金"
)
_OF_THE_OFFICE = re.compile(
    "^第[0-9一二三四五六七八九十]+[个条家]|(?:你们|单位|大厅|中心|窗口|管委会|政府|办公室|局里?)[^招找]{0,6}(?:几点|什么时候|啥时候|周[一二三四五六日末天]|星期|礼拜|今天|明天|中午|节假日)[^招找]{0,6}(?:上班|下班|开门|办公|有人)|(?:上班|下班|办公)时间.{0,4}办事|办事.{0,6}上班"
)
_COMPLAINS = re.compile(
    "没给|政府|发钱|领钱|考下来|不给|不发|拖|欠|骗|黑心|黑中介|退[钱费]|扣|赔|受伤|工伤|告他|投诉|举报|仲裁|辞退|开除|讨|要回|跑路"
)


def are_said(text: str) -> bool:
    """Whether a folded text is of another matter: a notice, a subsidy, the hours of an office."""
    return _OF_THE_OFFICE.search(text) is not None or (
        _OTHER.search(text) is not None and _OTHER.search(trades.known().without(text)) is not None
    )


def complains(text: str) -> bool:
    """Whether it blames somebody, or wants its money back."""
    return _COMPLAINS.search(text) is not None
