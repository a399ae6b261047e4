"""Pages of portals as rows: one notice with its text, or a list; whatever the page calls its parts."""

from __future__ import annotations

import pytest

from content.intake.notices import portal_pages
from content.rules.errors import BadInput

TEXT = "为做好冬季供热工作，现将有关事项通知如下，请各小区物业和居民相互转告，家中留人。"
HEAD = '<meta name="ArticleTitle" content="供热试水通知"><meta name="PubDate" content="2026-11-02 08:30:00">'
MENU = "".join(f"<li><a href='/{number}'>栏目{number}</a></li>" for number in range(60))


def page(body: str, head: str = HEAD) -> bytes:
    return f"<!doctype html><html><head><title>供热试水通知-临江区人民政府</title>{head}</head><body>{body}</body></html>".encode()


def row(data: bytes, url: str = "https://www.example.gov.cn/a/1.html") -> dict[str, object]:
    [found] = portal_pages.read(data, "页.html", url=url).rows
    return found.cells


@pytest.mark.parametrize(
    "around",
    [
        '<div class="header">网站</div><div id="zoom">{0}</div><div class="footer">主办单位</div>',
        '<div class="x1"><ul>{1}</ul></div><div class="x2">{0}</div><div class="x3"><ul>{1}</ul></div>',
        '<table><tr><td class="left"><ul>{1}</ul></td><td>{0}</td></tr></table>',
    ],
)
def test_a_page_gives_title_day_and_its_text_alone(around: str) -> None:
    found = row(page(around.format(f"<p>{TEXT}</p><p>{TEXT}</p><p>{TEXT}</p>", MENU)))
    assert (found["title"], found["published_on"]) == ("供热试水通知", "2026-11-02 08:30:00")
    assert found["body"] == f"{TEXT}\n{TEXT}\n{TEXT}"
    assert found["key"] == found["url"] == "https://www.example.gov.cn/a/1.html"


def test_a_page_that_says_nothing_of_itself_is_read_by_what_it_shows() -> None:
    found = row(page(f'<h1>供热</h1><div>发布时间：2026年11月3日</div><div id="zoom"><p>{TEXT}</p></div>', head=""))
    assert (found["title"], found["published_on"]) == ("供热试水通知", "2026年11月3日")


def test_attachments_are_named_with_whole_addresses() -> None:
    found = row(page(f'<div id="zoom"><p>{TEXT}</p><a href="../f/1.docx">附件1</a><a href="/b.html">另一页</a></div>'))
    assert found["attachments"] == [{"name": "附件1", "url": "https://www.example.gov.cn/f/1.docx"}]


def test_a_list_gives_a_row_for_each_link_with_a_day() -> None:
    listed = "".join(f"<li><a href='{n}.html'>关于第{n}件事的公告</a> 2026-11-0{n}</li>" for n in range(1, 5))
    found = portal_pages.read(page(f"<ul>{listed}</ul>", head=""), "页.html", url="https://www.example.gov.cn/a/").rows
    assert [each.cells["url"] for each in found] == [f"https://www.example.gov.cn/a/{n}.html" for n in range(1, 5)]


def test_a_page_without_an_article_is_refused_with_what_to_do() -> None:
    with pytest.raises(BadInput, match="请"):
        portal_pages.read(page(f"<ul>{MENU}</ul>", head=""), "页.html")
