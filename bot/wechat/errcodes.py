"""The platform's error codes, in one table: what each asks of us, and the words for staff.

Source: the "全局返回码" page of developers.weixin.qq.com and the pages of the single interfaces. A code that is not here
is treated as a fault for a person, loudly, with its number and the platform's own words.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from content.rules.errors import Fault


class Code(NamedTuple):
    """One row: the class of the fault, and a sentence for staff that says what to do."""

    fault: Fault
    words: str


_RETRY_WORDS = "微信暂时繁忙，程序会自动重试。"
_WAIT_WORDS = "今天这项接口的次数用完了，程序明天自动继续。"
_KEY_WORDS = "AppID 或 AppSecret 不对。请在公众平台“设置与开发→基本配置”核对后改设置。"
_ADMIN_WORDS = "需要公众号管理员在微信里确认这次调用，请联系管理员。"
_IMAGE_WORDS = "微信不收这张图片：类型或大小不合要求。请换一张 jpg 或 png 图片。"
_MENU_WORDS = "菜单内容不合微信的要求，请检查 menu.toml 里的名称、类型和网址。"
_BUG_WORDS = "程序发出的请求有错，请把日志发给维护人员。"
_GONE_WORDS = "微信上已经没有这一项（可能已被删除或已发布）。"

CODES: dict[int, Code] = {
    -1: Code(Fault.RETRY, _RETRY_WORDS),
    40001: Code(Fault.TOKEN, "访问令牌失效，程序会换一次；若仍失败，请核对 AppSecret。"),
    40014: Code(Fault.TOKEN, "访问令牌失效，程序会换一次。"),
    42001: Code(Fault.TOKEN, "访问令牌过期，程序会换一次。"),
    40002: Code(Fault.BUG, _BUG_WORDS),
    40013: Code(Fault.PERSON, _KEY_WORDS),
    40125: Code(Fault.PERSON, _KEY_WORDS),
    41002: Code(Fault.PERSON, _KEY_WORDS),
    41004: Code(Fault.PERSON, _KEY_WORDS),
    40243: Code(Fault.PERSON, "AppSecret 已被冻结。请在公众平台“基本配置”里解冻或重置。"),
    40164: Code(Fault.PERSON, "服务器的 IP 不在白名单。请在公众平台“基本配置→IP白名单”里加上：{ip}"),
    50004: Code(Fault.PERSON, "这个接口被禁用，请在公众平台查看通知。"),
    50007: Code(Fault.PERSON, "公众号已被冻结，请在公众平台查看通知。"),
    89503: Code(Fault.PERSON, _ADMIN_WORDS),
    89504: Code(Fault.PERSON, _ADMIN_WORDS),
    89505: Code(Fault.PERSON, _ADMIN_WORDS),
    89506: Code(Fault.PERSON, "管理员拒绝了这次调用，24 小时后才能再试。"),
    89507: Code(Fault.PERSON, "管理员拒绝了这次调用，1 小时后才能再试。"),
    41001: Code(Fault.BUG, _BUG_WORDS),
    40003: Code(Fault.GONE, "这位关注者已经找不到了。"),
    40004: Code(Fault.CONTENT, _IMAGE_WORDS),
    40005: Code(Fault.CONTENT, _IMAGE_WORDS),
    40006: Code(Fault.CONTENT, _IMAGE_WORDS),
    40007: Code(Fault.GONE, _GONE_WORDS),
    40008: Code(Fault.CONTENT, _IMAGE_WORDS),
    40009: Code(Fault.CONTENT, _IMAGE_WORDS),
    40137: Code(Fault.CONTENT, _IMAGE_WORDS),
    40016: Code(Fault.CONTENT, _MENU_WORDS),
    40017: Code(Fault.CONTENT, _MENU_WORDS),
    40018: Code(Fault.CONTENT, _MENU_WORDS),
    40019: Code(Fault.CONTENT, _MENU_WORDS),
    40020: Code(Fault.CONTENT, _MENU_WORDS),
    40021: Code(Fault.CONTENT, _MENU_WORDS),
    40022: Code(Fault.CONTENT, _MENU_WORDS),
    40023: Code(Fault.CONTENT, _MENU_WORDS),
    40024: Code(Fault.CONTENT, _MENU_WORDS),
    40025: Code(Fault.CONTENT, _MENU_WORDS),
    40026: Code(Fault.CONTENT, _MENU_WORDS),
    40027: Code(Fault.CONTENT, _MENU_WORDS),
    40033: Code(Fault.CONTENT, "请求里有微信不收的字符，请检查内容。"),
    40054: Code(Fault.CONTENT, _MENU_WORDS),
    40055: Code(Fault.CONTENT, _MENU_WORDS),
    40037: Code(
        Fault.PERSON, "订阅通知的模板编号不对。请在公众平台“订阅通知→我的模板”核对后改设置 GONGKAI_NOTICE_TEMPLATE。"
    ),
    40059: Code(Fault.PERSON, "微信不认得这次群发的编号，请到公众平台手动处理。"),
    40114: Code(Fault.BUG, _BUG_WORDS),
    40130: Code(Fault.BUG, _BUG_WORDS),
    40152: Code(Fault.PERSON, "群发的标签不存在，请在公众平台核对。"),
    41039: Code(Fault.CONTENT, "“阅读原文”的网址微信不接受，请检查网址。"),
    43004: Code(Fault.GONE, "对方没有关注公众号。"),
    43019: Code(Fault.GONE, "对方在黑名单里。"),
    43101: Code(Fault.GONE, "对方没有订阅这类通知。"),
    44002: Code(Fault.BUG, _BUG_WORDS),
    44003: Code(Fault.BUG, _BUG_WORDS),
    45002: Code(Fault.CONTENT, "正文太长，微信不收。请缩短正文后重新送审。"),
    45003: Code(Fault.CONTENT, "标题太长，微信不收。请缩短标题后重新送审。"),
    45004: Code(Fault.CONTENT, "摘要太长，微信不收。请缩短摘要后重新送审。"),
    45110: Code(Fault.CONTENT, "作者名太长，微信不收。请缩短后重新送审。"),
    45008: Code(Fault.BUG, _BUG_WORDS),
    45009: Code(Fault.WAIT, _WAIT_WORDS),
    45011: Code(Fault.SPACE, "调用得太快，程序会放慢。"),
    45015: Code(Fault.GONE, "对方超过 48 小时没有来信，不能再发客服消息。"),
    45028: Code(Fault.WAIT, "群发次数用完了，程序等次数恢复后自动继续。"),
    45047: Code(Fault.GONE, "发给对方的客服消息太多了。"),
    45065: Code(Fault.GONE, "这次群发微信已经收到过，不会重复发送。"),
    45066: Code(Fault.SPACE, "同一次群发重试得太快，程序会等一分钟。"),
    45067: Code(Fault.BUG, _BUG_WORDS),
    45083: Code(Fault.BUG, _BUG_WORDS),
    45084: Code(Fault.BUG, _BUG_WORDS),
    45157: Code(Fault.CONTENT, "标签名重复或不合法。"),
    45158: Code(Fault.CONTENT, "标签名太长。"),
    45159: Code(Fault.CONTENT, "标签不合法。"),
    45166: Code(Fault.CONTENT, "正文里有微信不收的内容，请检查后重新送审。"),
    47001: Code(Fault.BUG, _BUG_WORDS),
    47003: Code(Fault.PERSON, "订阅通知的字段和模板对不上。请在公众平台核对模板的字段后改设置 GONGKAI_NOTICE_FIELDS。"),
    48001: Code(Fault.PERSON, "公众号没有这项接口的权限（是否已认证？）。"),
    48002: Code(Fault.PERSON, "对方拒收消息。"),
    48003: Code(Fault.PERSON, "管理员还没有同意群发协议，请到公众平台同意。"),
    48004: Code(Fault.PERSON, "接口被封禁，请登录公众平台查看。"),
    48005: Code(Fault.PERSON, "接口被禁用，请登录公众平台查看。"),
    48006: Code(Fault.PERSON, "本月清零次数已用完。"),
    48008: Code(Fault.PERSON, "没有这类消息的发送权限，请到公众平台查看。"),
    48021: Code(Fault.PERSON, "自动保存的草稿不能发送，请到公众平台手动保存。"),
    53404: Code(Fault.PERSON, "公众号的商品权限被封禁。"),
    53405: Code(Fault.CONTENT, "商品卡片有误。"),
    53406: Code(Fault.CONTENT, "商品卡片太多。"),
    53500: Code(Fault.PERSON, "公众号的发布功能被封禁，请登录公众平台查看。"),
    53501: Code(Fault.SPACE, "发布得太频繁，程序会放慢。"),
    53502: Code(Fault.GONE, "微信不认得这次发布的编号。"),
    53503: Code(Fault.CONTENT, "草稿没有通过微信的发布检查，请按公众平台的提示修改后重新送审。"),
    53504: Code(Fault.PERSON, "这篇要到公众平台官网上手动发布。"),
    53505: Code(Fault.PERSON, "请先在公众平台官网手动保存这篇草稿，再发布。"),
    53600: Code(Fault.GONE, _GONE_WORDS),
    61500: Code(Fault.BUG, _BUG_WORDS),
    61501: Code(Fault.BUG, _BUG_WORDS),
    61503: Code(Fault.RETRY, "微信的统计还没有准备好，程序会晚些再取。"),
    76001: Code(Fault.GONE, "查不到这次请求的记录。"),
    76003: Code(Fault.GONE, "这次请求不属于本公众号。"),
    76004: Code(Fault.GONE, "这次请求的记录已经过期。"),
    87009: Code(Fault.BUG, _BUG_WORDS),
    87014: Code(Fault.CONTENT, "内容含有微信认为有风险的文字或图片，请检查。"),
    88000: Code(Fault.PERSON, "公众号没有留言功能。"),
}

NO_RIGHT = 48001
ALREADY_SENT = 45065


def row(code: int) -> Code:
    """What a code asks of us; an unknown one asks for a person."""
    return CODES.get(code, Code(Fault.PERSON, "微信返回了没见过的错误，请登录公众平台查看通知。"))


def address_in(message: str) -> str:
    """The IP address that a 40164 names (`invalid ip 1.2.3.4 … not in whitelist`), or a hint where to find it."""
    found = re.search(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F:]*:[0-9a-fA-F:]+(?=[\s,]|$)", message)
    return found.group(0) if found else "（微信没有写明，见服务器的出口地址）"
