"""Feeds of portals as they are: every family, odd encodings, broken ones told clearly, nothing dangerous read."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.intake.notices import feeds, notice_rows
from content.intake.rows import InputSheet
from content.rules.errors import BadInput
from tests import world

PORTAL = "https://www.linjiang.gov.cn/xw/rss.xml"
RSS = """<?xml version="1.0" encoding="{encoding}"?>
<!-- made by the portal -->
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
     xmlns:media="http://search.yahoo.com/mrss/"><channel><title>临江工业园区</title><link>https://www.linjiang.gov.cn/</link>
<item><media:title>图</media:title><title><![CDATA[园区召开&quot;安全生产&quot;会议]]></title><link>/xw/1.html</link>
  <atom:link href="https://elsewhere.cn/" rel="self"/><guid isPermaLink="false">gk-1</guid><category>园区要闻</category>
  <dc:creator>党政办公室</dc:creator><pubDate>Sun, 22 Nov 2026 23:30:00 GMT</pubDate></item>
<item><title>关于停水的通知&nbsp;（东湖片区）</title><guid>https://www.linjiang.gov.cn/xw/2.html</guid>
  <pubDate>2026-11-21 09:00:00</pubDate></item>
</channel></rss>"""


def read(text: str | bytes, *, encoding: str = "utf-8", charset: str = "", url: str = PORTAL) -> InputSheet:
    """What the feed holds."""
    return feeds.read(text if isinstance(text, bytes) else text.encode(encoding), url=url, charset=charset)


def cells(sheet: InputSheet) -> list[dict[str, Any]]:
    """The items as the store takes them."""
    found = notice_rows.entries("portal", sheet, world.ZONE)
    return [
        {"key": entry.key, "title": entry.columns["title"], "url": entry.columns["url"], "category": entry.category,
         "department": entry.department, "on": str(entry.columns["published_on"])}
        for entry in found.entries.values()
    ]  # fmt: skip


FIRST = {
    "key": "gk-1", "title": '园区召开"安全生产"会议', "url": "https://www.linjiang.gov.cn/xw/1.html", "category": "园区要闻",
    "department": "党政办公室", "on": "2026-11-23",
}  # fmt: skip
SECOND = {
    "key": "https://www.linjiang.gov.cn/xw/2.html", "title": "关于停水的通知 （东湖片区）",
    "url": "https://www.linjiang.gov.cn/xw/2.html", "category": "", "department": "", "on": "2026-11-21",
}  # fmt: skip


def test_an_rss_feed() -> None:
    """The day is the office's: 23:30 in Greenwich is the next morning."""
    assert cells(read(RSS.format(encoding="utf-8"))) == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("declared", "encoding", "charset"),
    [
        ("gbk", "gbk", ""),
        ("gb2312", "gb18030", ""),
        ("GB2312", "gbk", "utf-8"),
        ("utf-8", "gbk", ""),
        ("utf-8", "gbk", "gbk"),
        ("UTF-8", "utf-8-sig", "iso-8859-1"),
        ("utf-16", "utf-16", ""),
        ("big5", "gb18030", "no-such-thing"),
        ("no-such-thing", "utf-8", ""),
    ],
)
def test_the_encoding_is_the_one_that_fits(declared: str, encoding: str, charset: str) -> None:
    text = RSS.format(encoding=declared)
    if declared == "big5":
        text = text.replace("临江", "临江镕")  # no Big5 text has this
    assert cells(read(text, encoding=encoding, charset=charset)) == [FIRST, SECOND]


def test_an_rss_1_feed() -> None:
    text = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="urn:1"><title>公告</title><link>https://a.cn/1</link>
      <dc:date>2026-11-22T08:00:00+08:00</dc:date><dc:subject>公示公告</dc:subject></item></rdf:RDF>"""
    [item] = cells(read(text))
    assert (item["key"], item["title"], item["category"], item["on"]) == ("urn:1", "公告", "公示公告", "2026-11-22")


def test_an_atom_feed() -> None:
    text = """<feed xmlns="http://www.w3.org/2005/Atom"><title>临江</title><entry>
      <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">园区<b>要闻</b></div></title><id>tag:linjiang,2026:7</id>
      <link rel="edit" href="/edit/7"/><link href="../7.html"/><category term="yw" label="园区要闻"/>
      <author><name>党政办公室</name></author><published>2026-11-22T23:59:00+08:00</published>
      <updated>2026-11-25T00:00:00Z</updated></entry></feed>"""
    assert cells(read(text)) == [
        {"key": "tag:linjiang,2026:7", "title": "园区要闻", "url": "https://www.linjiang.gov.cn/7.html", "category": "园区要闻",
         "department": "党政办公室", "on": "2026-11-22"}
    ]  # fmt: skip


def test_a_json_feed() -> None:
    items = [
        {"id": 7, "title": "公告", "url": "/7", "date_published": "2026-11-22T01:00:00Z", "tags": ["公示公告"],
         "authors": [{"name": "党政办公室"}]},
        "nonsense",
    ]  # fmt: skip
    sheet = read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}))
    assert cells(sheet) == [
        {"key": "7", "title": "公告", "url": "https://www.linjiang.gov.cn/7", "category": "公示公告",
         "department": "党政办公室", "on": "2026-11-22"}
    ]  # fmt: skip
    assert [(fault.row, fault.message) for fault in sheet.refused] == [(2, "这一条不是一个对象，没有读进来。")]


def test_a_page_of_links_with_days() -> None:
    text = """<!DOCTYPE html><html><head><meta charset="gb2312"></head><body>
      <div class="nav"><a href="/">首页</a><a href="/zw">政务公开栏目导航</a> 今天是2026年11月22日</div>
      <ul><li><a href="./t1.html" title="关于2026年国庆节放假安排的通知（全文）">关于2026年国庆节放假安…</a><span>2026-11-20</span></li>
      <li>[<a href="/tz">通知公告</a>] <a href="./t2.html">关于开展消防检查的通知</a> <em>2026/11/19</em></li>
      <li><a href="./t3.html"><p>关于停水的公告</p><i>2026年11月18日</i></a></li>
      <li><a href="javascript:void(0)">关于打印的那个按钮</a><span>2026-11-17</span></li>
      <li><a href="./t5.html">没有日期的那一条</a></li></ul>
      <div class="page"><a href="?p=2">下一页</a></div></body></html>"""
    url = "https://www.linjiang.gov.cn/tzgg/index.html"
    assert [(item["title"], item["url"], item["on"]) for item in cells(read(text, encoding="gbk", url=url))] == [
        ("关于2026年国庆节放假安排的通知（全文）", "https://www.linjiang.gov.cn/tzgg/t1.html", "2026-11-20"),
        ("关于开展消防检查的通知", "https://www.linjiang.gov.cn/tzgg/t2.html", "2026-11-19"),
        ("关于停水的公告", "https://www.linjiang.gov.cn/tzgg/t3.html", "2026-11-18"),
    ]


def test_an_item_that_cannot_be_read_is_told_and_loses_nothing_else() -> None:
    text = """<rss><channel><item><title>没有网址</title></item><item><guid>a</guid></item>
      <item><guid>b</guid><title>好的</title><pubDate>前天</pubDate><link>javascript:alert(1)</link></item></channel></rss>"""
    sheet = read(text)
    assert [(fault.row, fault.message) for fault in sheet.refused] == [
        (1, "这一条没有编号也没有网址，没有读进来。"),
        (2, "这一条没有标题，没有读进来。"),
    ]
    found = notice_rows.entries("portal", sheet, world.ZONE)
    assert list(found.entries) == ["b"] and found.entries["b"].columns["url"] == ""
    assert {fault.field for fault in found.warnings} == {"url", "published_on"}


def test_a_long_address_still_makes_a_key() -> None:
    text = "<rss><channel><item><title>长</title><link>https://a.cn/?q={}</link></item></channel></rss>"
    one, other = (cells(read(text.format("x" * 400 + end)))[0] for end in "ab")
    assert len(one["key"]) == len("sha256:") + 64 and one["key"] != other["key"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<rss><channel><item><title>断了", "不是完整的 XML（第 1 行附近有错）"),
        ("<rss>\n<item><link>https://a.cn/?a=1&b=2</link></item></rss>", "第 2 行附近"),
        ("", "不是完整的 XML"),
        ("<opml><body/></opml>", "不是 RSS 或 Atom（最外层是 <opml>）"),
        ('{"items": 3}', "不是 JSON Feed"),
        ('{"items": [', "不是完整的 JSON"),
        ("<html><body><p>系统维护中</p></body></html>", "找不到带日期的标题列表"),
        ('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item><title>&x;</title></item></rss>', "DTD"),
        ('<!-- a --><?b c?> <!DOCTYPE r SYSTEM "http://127.0.0.1/x.dtd"><rss/>', "DTD"),
        ('<rss><!ENTITY x "y"><item><title>&x;</title></item></rss>', "不是完整的 XML"),
        (b"\x80\xff\x00\x81", "文字编码认不出来"),
    ],
)
def test_what_is_no_feed_is_told_clearly(text: str | bytes, why: str) -> None:
    with pytest.raises(BadInput) as told:
        read(text)
    assert why in told.value.message


def test_an_endless_feed_is_cut_and_told() -> None:
    item = "<item><guid>{0}</guid><title>第{0}条</title></item>"
    sheet = read(f"<rss>{''.join(map(item.format, range(feeds.MOST_ITEMS + 9)))}</rss>")
    assert len(sheet.rows) == feeds.MOST_ITEMS and "超过 2000 条" in sheet.warnings[0].message


PIECES = st.sampled_from(["<rss>", "</rss>", "<item>", "</item>", "<title>", "</title>", "<guid>1", "</guid>", "<![CDATA[",
                          "]]>", "&amp;", "&nbsp;", "&#0;", "<?xml", "?>", "<!--", "<!DOCTYPE", '{"items":[', "]}", "\x00",
                          "<li><a href='x'>关于那件事情</a>2026-11-22", "<html>", "园区"])  # fmt: skip


@given(st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=30).map(lambda parts: "".join(parts).encode())))
def test_whatever_comes_is_items_or_a_sentence(data: bytes) -> None:
    try:
        sheet = feeds.read(data, url=PORTAL)
    except BadInput as error:
        assert error.message.endswith("。")
    else:
        assert all(row.cells["key"] and row.cells["title"] for row in sheet.rows)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Wed, 31 Dec 2025 23:30:00 CST", "2025-12-31"),
        ("Wed Dec 31 23:30:00 CST 2025", "2025-12-31"),
        ("Wed Dec 31 17:30:00 UTC 2025", "2026-01-01"),
        ("1767195000000", "2025-12-31"),
        ("1767195000", "2025-12-31"),
        ("星期三, 31 十二月 2025 23:30:00 +0800", "2025-12-31"),
        ("周四, 1 一月 2026 00:30:00 +0800", "2026-01-01"),
        ("Wed, 31 12月 2025 23:30:00 +0800", "2025-12-31"),
        ("Wed, 31 Dec 2025 23:30:00 GMT+0800", "2025-12-31"),
        ("Wed, 31 Dec 2025 23:30:00 GMT+8", "2025-12-31"),
        ("Wednesday, 31 December 2025 23:30:00 +0800", "2025-12-31"),
        ("Wed, 31 Dec 2025 23:30:00", "2025-12-31"),
        ("2025年12月31日 23:30", "2025-12-31"),
        ("2025-12-31T23:30:00.000Z", "2026-01-01"),
        ("31 Smarch 2025", "None"),
    ],
)
def test_days_as_portals_write_them(written: str, day: str) -> None:
    text = f"<rss><channel><item><title>公告</title><link>https://a.cn/1</link><pubDate>{written}</pubDate></item></channel></rss>"
    assert [item["on"] for item in cells(read(text))] == [day]


ITEM = "<item><title>甲</title><link>{link}</link><guid>1</guid><pubDate>{day}</pubDate></item>"


@pytest.mark.parametrize(
    ("day", "on", "told"),
    [
        ("Thu, 30 Apr 2026 23:57:00 MEST", "2026-05-01", ""),
        ("Thu, 05 Mar 2026 23:30:00 JST", "2026-03-05", ""),
        ("Thu Mar 05 00:30:00 CEST 2026", "2026-03-05", ""),
        ("Thu, 05 Mar 2026 00:30:00 CST", "2026-03-05", ""),
        ("Thu, 05 Mar 2026 23:30:00 XYZT", "2026-03-05", "XYZT"),
    ],
)
def test_zones_by_name_are_known_or_told(day: str, on: str, told: str) -> None:
    sheet = read(f"<rss><channel>{ITEM.format(link='/1.html', day=day)}</channel></rss>")
    warned = "".join(fault.message for fault in sheet.warnings)
    assert cells(sheet)[0]["on"] == on and (told in warned if told else not warned)


@pytest.mark.parametrize(
    ("attribute", "link", "url"),
    [
        ("", "<link>http://portal.cn/</link>", "http://portal.cn/a/1.html"),
        ('xml:base="http://base.cn/x/"', "<link>http://portal.cn/</link>", "http://base.cn/a/1.html"),
        ("", "<link>portal</link>", "https://www.linjiang.gov.cn/a/1.html"),
    ],
)
def test_links_start_from_where_the_feed_says(attribute: str, link: str, url: str) -> None:
    sheet = read(f"<rss {attribute}><channel>{link}{ITEM.format(link='/a/1.html', day='')}</channel></rss>")
    assert cells(sheet)[0]["url"] == url


def test_a_day_far_ahead_is_told() -> None:
    feed = f"<rss><channel>{ITEM.format(link='/1', day='Thu, 05 Mar 2099 17:00:00 +0800')}</channel></rss>"
    found = notice_rows.entries("portal", read(feed), world.ZONE)
    notice_rows.warn_of_future(found, date(2098, 3, 5))
    assert not found.warnings
    notice_rows.warn_of_future(found, date(2026, 3, 5))
    assert "2099-03-05" in found.warnings[0].message


@pytest.mark.parametrize(
    ("written", "seen"),
    [("选用&lt;A&gt;级标准", "选用<A>级标准"), ("&lt;b&gt;粗&lt;/b&gt;题&lt;br&gt;下", "粗题下"), ("&lt;font color=red&gt;红", "红"),
     ("按&lt;管理办法&gt;办", "按<管理办法>办"), ("C&lt;D且5&lt;6", "C<D且5<6")],
)  # fmt: skip
def test_only_html_is_taken_off_a_title(written: str, seen: str) -> None:
    sheet = read(f"<rss><channel><item><title>{written}</title><link>https://a.cn/1</link></item></channel></rss>")
    assert sheet.rows[0].cells["title"] == seen
