"""Links by their form: those that no citizen can open, short ones, and those that lead away from government sites."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from content.rules.checks.finding import CheckFinding, Passage, Rule, Severity

_INSPECTED = "国办秘函〔2019〕19号检查指标把打不开的链接、错链列为扣分项"
DEAD = Rule(
    "link.dead", Severity.QUERY, "打不开的链接", f"{_INSPECTED}；群众点了没有用。", "改成别人也能打开的网址，或者删去。"
)
GONE = Rule(
    "link.gone",
    Severity.QUERY,
    "通往已撤下内容的链接",
    f"{_INSPECTED}；链接的内容已经撤下。",
    "换成现在有效的，或者删去。",
)
SHORT = Rule("link.short", Severity.QUERY, "短网址", "看不出通往哪里，过后还会换成别的内容。", "换成完整的网址。")
FOREIGN = Rule("link.foreign", Severity.QUERY, "通往别家网站的链接", "政务新媒体检查把外链列入检查内容：链接的网站以后换了内容，也算本单位的。",
               "核对是不是非放不可，网站是谁办的。")  # fmt: skip
SHORTENERS = frozenset({"t.cn", "url.cn", "dwz.cn", "suo.im", "suo.nz", "bit.ly", "tinyurl.com", "goo.gl", "t.co", "mrw.so", "sourl.cn", "u.nu", "is.gd", "dwz.win", "w.url.cn", "3.cn", "tb.cn", "m.tb.cn"})  # fmt: skip
TRUSTED = (".gov.cn", ".政务.cn", "mp.weixin.qq.com", "weixin.qq.com", "12371.cn", "xinhuanet.com", "news.cn", "people.com.cn", "people.cn", "cctv.com", "cctv.cn", "qstheory.cn", "gmw.cn", "chinanews.com.cn", "12388.gov.cn")  # fmt: skip
_BARE = re.compile(
    r"(?:https?|ftp)\s*[:：]\s*[/／\\]{1,3}[^\s<>\"'，。；、！？（）()《》“”\u4e00-\u9fff]+|(?<![A-Za-z0-9@./])www\.[a-z0-9.\-]+\.[a-z]{2,}[^\s，。；、（）()\u4e00-\u9fff]*",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"(?:[a-z0-9\u4e00-\u9fff](?:[a-z0-9\u4e00-\u9fff\-]{0,61}[a-z0-9\u4e00-\u9fff])?\.)+[a-z\u4e00-\u9fff]{2,}",
    re.IGNORECASE,
)
_INTERNAL = (".local", ".lan", ".internal", ".localhost", ".corp", ".home", ".invalid", ".test", ".example")


@dataclass(frozen=True)
class Link:
    """A link of a post with the passage that it stands in."""

    url: str
    passage: Passage


def find(links: Sequence[Link], *, own: Collection[str], gone: Mapping[str, str]) -> Iterator[CheckFinding]:
    """What is wrong with links. `own`: hosts of the office's own; `gone`: addresses of ours that are taken down → why."""
    for link in dict.fromkeys(links):
        if link.url in gone:
            yield CheckFinding(GONE, link.passage, link.url[:200], link.url, detail=gone[link.url])
        elif _host(link.url) in own:
            continue
        elif fault := form_fault(link.url):
            yield CheckFinding(DEAD, link.passage, link.url[:200], link.url, detail=fault)
        elif rule := _leads_away(link.url):
            yield CheckFinding(rule, link.passage, link.url[:200], link.url)


def written_in(passages: Sequence[Passage]) -> list[Link]:
    """The addresses that are written out in the words."""
    return [Link(found.group(), passage) for passage in passages for found in _BARE.finditer(passage.text)]


def form_fault(url: str) -> str:
    """Why nobody outside can open this address, by its form alone; empty if it may be one that works."""
    if url.startswith(("mailto:", "tel:")):
        return ""
    if url.lower().startswith("www."):
        url = f"http://{url}"
    if re.search(r"[\s：／\\]", url.strip()):
        return "网址里有空格、反斜杠或者全角符号。"
    try:
        parts = urlsplit(url.strip())
        host, _ = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return "网址写得不对。"
    if parts.scheme not in ("http", "https"):
        return "不是 http:// 或 https:// 开头的网址。"
    return _host_fault(host)


def _host_fault(host: str) -> str:
    try:
        return "" if ipaddress.ip_address(host).is_global else "是内部网络的地址，外面打不开。"
    except ValueError:
        pass
    if host == "localhost" or host.endswith(_INTERNAL) or (host and "." not in host):
        return "是内部网络的地址，外面打不开。"
    return "" if _HOST.fullmatch(host) else "网址里的域名写得不对。"


def _host(url: str) -> str:
    try:
        return (urlsplit(url if "//" in url else f"http://{url}").hostname or "").lower()
    except ValueError:
        return ""


def _leads_away(url: str) -> Rule | None:
    host = "" if url.startswith(("mailto:", "tel:")) else _host(url)
    if not host:
        return None
    if host in SHORTENERS:
        return SHORT
    is_trusted = any(
        host == each.lstrip(".") or host.endswith(each if each.startswith(".") else f".{each}") for each in TRUSTED
    )
    return None if is_trusted else FOREIGN
