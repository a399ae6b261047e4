"""What the text of a posting asks for, which may say more than its fields, or something else."""

from __future__ import annotations

import re

LONGEST = 180  # characters
_HEAD = re.compile("(?:基本|任职|岗位|职位|应聘|招聘|入职)(?:资格|要求|条件)[:：]|(?:任职资格|任职要求|基本条件)")
_END = re.compile("(?:薪酬|薪资|福利|工资|工作|岗位|职位)?(?:待遇|福利|职责|描述|时间|地点|地址)[:：]")
_SENTENCE = re.compile("[^。;；\n]+[。;；]?")
_ASKS = re.compile("经验|学历|以上|周岁|[岁证]|持|熟悉|熟练|精通|能够?|会|要求|优先|身体|吃苦|细心|耐心|仔细|标准")


def of(text: str) -> str:
    """The passage that says it: what stands under its heading, else the sentences that name such things."""
    if head := _HEAD.search(text):
        rest = text[head.start() : head.start() + LONGEST]
        end = _END.search(rest, head.end() - head.start())
        return (rest[: end.start()] if end else rest).strip()
    said = [part.strip() for part in _SENTENCE.findall(text) if _ASKS.search(part)]
    return "".join(said)[:LONGEST]
