"""Reposts without their source: 政务新媒体 repost only from Party and government sites or listed sources, which they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from content.rules.checks.finding import CheckFinding, Passage, Rule, Severity

_WHY = "国办发〔2018〕123号和各地政务新媒体管理办法：转载要来自党委政府网站或者有转载资质的媒体，并注明来源。"
REPOST = Rule(
    "source.repost",
    Severity.QUERY,
    "转载没有写来源",
    _WHY,
    "在文末写“来源：……”，或者填上原文链接。自己写的，删去转载的字样。",
)
REPORTED = Rule("source.reported", Severity.QUERY, "引用报道没有写出处", _WHY, "写明是哪一家报道的。")
_REPOSTED = re.compile(
    r"转载|原标题\s*[：:]|本报讯|本报记者|本网讯|本台记者|[（(](?:[\u4e00-\u9fff]{2,8})?(?:记者|通讯员|作者)\s*[\u4e00-\u9fff ]{2,12}[)）]|摘编自|摘自"
)
_REPORTED = re.compile(
    r"据(?:有关|相关|多家)?(?:媒体)?报道|据(?:网友|网上|网络)(?:消息|反映|传)?|网传|有媒体(?:报道|称)|据悉"
)
_NAMED = r"\s*[：:]?\s*[“《【「]?(?!未知|网络|互联网|不详)[\u4e00-\u9fffA-Za-z]{2,}"
_SOURCE = re.compile(rf"(?:来\s*源|稿\s*源|出\s*处){_NAMED}")
_TAKEN_FROM = re.compile(rf"(?:转自|转载自|摘编自|摘自){_NAMED}")
_MEDIUM = re.compile(r"[\u4e00-\u9fff]{2,}(?:社|报|网|台|客户端|发布)[^，。]{0,12}(?:电|讯|报道|消息)")
_FREE = re.compile(
    r"(?:欢迎|请勿|禁止|谢绝|不得|未经[^，。]{0,8}不得|可以?|授权|如需|严禁)[^，。]{0,8}转载|转载(?:请|须|需|时|必究)"
)


def find(passages: Sequence[Passage], *, source_url: str) -> Iterator[CheckFinding]:
    """Where a text says that it comes from elsewhere, and nothing says where from; each kind once."""
    told = "\n".join(passage.text for passage in passages)
    if source_url or _SOURCE.search(told):
        return
    if not _TAKEN_FROM.search(told):
        yield from _first(REPOST, _REPOSTED, passages)
    yield from _first(REPORTED, _REPORTED, passages)


def _first(rule: Rule, pattern: re.Pattern[str], passages: Sequence[Passage]) -> Iterator[CheckFinding]:
    for passage in passages:
        found = pattern.search(passage.text)
        if found and not _FREE.search(passage.text) and not _MEDIUM.search(passage.text):
            yield CheckFinding(rule, passage, found.group(), found.group(), found.start())
            return
