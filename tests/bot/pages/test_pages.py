"""Citizens' pages: what they show and do not show, what they link to, and how safe they are."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from bot.pages.safe_html import article_body, notice_body, with_sliding_tables
from content.services.office import Office
from content.store.tables import Disclosure, File
from tests import factories, world

LISTS = ("/", "/search", "/search?q=公租房", "/disclosures", "/disclosures?category=yjgl&year=2026", "/jobs",
         "/jobs?q=电工&place=临江&pay=5000&degree=3&employer=精密", "/jobs?q=宇航员", "/apply", "/apply/form",
         "/apply/status")  # fmt: skip
PAGES = (*LISTS, "/d/1", "/d/2", "/d/3", "/j/1", "/j/2", "/d/999", "/nowhere")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_a_whole_small_chinese_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    page = answer.text
    assert page.count("<h1>") == 1 and page.count("<title>") == 1
    assert '<html lang="zh-CN">' in page and 'name="viewport"' in page and 'href="#main"' in page
    assert len(answer.data) < 100_000
    assert re.findall(r"<script[^>]*>", page) == re.findall(r'<script src="/static/page.js\?v=\w+" defer>', page)
    assert " style=" not in page and " onclick" not in page
    assert 'property="og:title"' in page and 'property="og:image"' in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_closed_to_scripts_frames_and_strangers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "http" not in headers["Content-Security-Policy"] and "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_on_a_page_leads_nowhere(client: FlaskClient, path: str) -> None:
    links = {link for link in re.findall(r'(?:href|src)="(/[^"]*)"', client.get(path).text)}
    assert links
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code in {200, 303}, link


def test_the_home_page_leads_to_the_newest(client: FlaskClient, told: Office) -> None:
    number, *_ = factories.publish(told)
    page = client.get("/").text
    for address in ("/d/2", "/j/1", f"/a/{number}", "/disclosures", "/jobs", "/search"):
        assert f'href="{address}"' in page
    assert 'href="/j/2"' not in page, "expired"


def test_the_search_finds_and_is_kind_when_it_does_not(client: FlaskClient) -> None:
    assert 'href="/d/2"' in client.get("/search", query_string={"q": "公租房怎么申请"}).text
    nothing = client.get("/search", query_string={"q": '"><script>alert(1)</script>xylophone'}).text
    assert "<script>" not in nothing and 'value="&#34;&gt;&lt;script' in nothing
    assert "没有找到" in client.get("/search", query_string={"q": "xylophone"}).text


def test_disclosures_are_found_by_category_and_year_page_by_page(client: FlaskClient, told: Office) -> None:
    for chosen, count in (("", 10), ("?category=yjgl", 7), ("?year=2025", 1), ("?category=msfw&year=2026", 1),
                          ("?department=czj", 1), ("?department=czj&year=2026", 0)):  # fmt: skip
        page = client.get(f"/disclosures{chosen}").text
        assert f">{count} 条，新的在前" in page or (not count and "这里没有内容" in page), chosen
    assert "这里没有内容" in client.get("/disclosures?category=nothing").text
    with told.store.write() as session:
        session.add_all(
            Disclosure(key=f"x{number}", title=f"通知{number}", fields="{}", fingerprint="0" * 64,
                       first_seen_at=world.NOON, changed_at=world.NOON) for number in range(30)
        )  # fmt: skip
    first, second = client.get("/disclosures").text, client.get("/disclosures?page=2").text
    assert "第 1 页，共 2 页" in first and 'href="/disclosures?page=2"' in first
    assert 'href="/disclosures"' in second and 'rel="next"' not in second


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=999999999999", "year=0000", "year=abcd", "year=9999",
                                   "category=%27", "category=%00", "page=٣"])  # fmt: skip
def test_odd_filters_do_no_harm(client: FlaskClient, query: str) -> None:
    assert client.get(f"/disclosures?{query}").status_code == 200
    assert client.get(f"/jobs?{query}").status_code == 200


def test_a_disclosure_shows_its_facts_its_body_and_its_attachments(client: FlaskClient) -> None:
    page = client.get("/d/1").text
    for fact in (
        "临园财〔2025〕3号",
        "LJ-2025-003",
        "财政金融局",
        "财政预决算",
        "2025-02-10",
        "<p>园区2025年部门预算收支总表。</p>",
    ):
        assert fact in page
    assert 'href="https://www.linjiang.example.cn/3.xlsx"' in page and "javascript:" not in page
    assert 'href="https://www.linjiang.example.cn/3.html"' in page


def test_a_body_of_unknown_origin_is_cleaned(client: FlaskClient) -> None:
    page = client.get("/d/2").text
    assert "<h2>公租房怎么申请</h2>" in page and "<b>身份证</b>" in page
    assert 'href="https://www.linjiang.example.cn/gzf/form.doc"' in page
    for evil in ("alert(1)", "onclick", "elsewhere.example", "javascript:"):
        assert evil not in page


def test_what_is_repealed_says_so_and_names_what_holds_now(client: FlaskClient) -> None:
    page = client.get("/d/3").text
    assert "已废止" in page and "园区公共租赁住房申请指南" in page


def test_a_withdrawn_disclosure_says_so_and_nothing_else(client: FlaskClient, told: Office) -> None:
    with told.store.write() as session:
        session.get_one(Disclosure, 1).withdrawn_at = world.NOON
    answer = client.get("/d/1")
    assert answer.status_code == 200 and "已撤下" in answer.text
    assert "预算" not in answer.text.replace("政策、通知、预算", "") and "noindex" in answer.text
    assert 'href="/d/1"' not in client.get("/disclosures").text


def test_a_posting_shows_how_to_apply(client: FlaskClient) -> None:
    page = client.get("/j/1").text
    for fact in (
        "临江精密制造有限公司",
        "6000-8000元/月",
        "王女士",
        "带身份证到人事部",
        'href="tel:051255550118"',
        "2026-12-31",
    ):
        assert fact in page


def test_an_expired_posting_says_so_kindly(client: FlaskClient) -> None:
    answer = client.get("/j/2")
    assert answer.status_code == 200 and "已过期" in answer.text and "门卫室" not in answer.text


def test_what_is_not_there_is_told_kindly_with_a_search(client: FlaskClient) -> None:
    for path in ("/d/999", "/j/0", "/a/1", "/a/99999999999999999999", "/d/99999999999999999999", "/files/1/abc", "/x"):
        answer = client.get(path)
        assert answer.status_code == 404 and "搜一搜" in answer.text
    assert client.post("/jobs").status_code == 405
    assert client.get("/static/../app.py").status_code == 404


def test_a_published_article_has_a_page_with_its_pictures_and_attachments(client: FlaskClient, told: Office) -> None:
    number, picture, paper = factories.publish(told)
    page = client.get(f"/a/{number}").text
    assert "园区召开安全生产会议" in page and "<b>冬季</b>" in page and "https://mp.weixin.qq.com/s/abc" in page
    assert "onclick" not in page and "else.example" not in page and page.count("<img") == 1
    assert 'alt="图片"' in page, "for those who hear the page"
    assert f'src="/files/{number}/{picture}"' in page and "办事 指南.pdf" in page
    shown = client.get(f"/files/{number}/{picture}")
    assert (shown.status_code, shown.mimetype) == (200, "image/png")
    saved = client.get(f"/files/{number}/{paper}")
    assert saved.data == b"%PDF-1.4 attachment" and saved.headers["Content-Disposition"].startswith("attachment")
    assert "%E5%8A%9E%E4%BA%8B" in saved.headers["Content-Disposition"]


def test_an_article_that_is_not_published_yet_is_not_there(client: FlaskClient, told: Office) -> None:
    number = factories.approved_article(told)
    assert client.get(f"/a/{number}").status_code == 404


def test_a_withdrawn_article_and_its_files_are_gone(client: FlaskClient, told: Office) -> None:
    number, picture, paper = factories.publish(told, withdrawn=True)
    answer = client.get(f"/a/{number}")
    assert answer.status_code == 200 and "已撤下" in answer.text and "安全生产" not in answer.text
    assert client.get(f"/files/{number}/{picture}").status_code == 404
    assert client.get(f"/files/{number}/{paper}").status_code == 404
    assert f"/a/{number}" not in client.get("/").text


def test_only_an_articles_own_files_are_given_out(client: FlaskClient, told: Office) -> None:
    number, *_ = factories.publish(told)
    secret = told.files.keep(b"not for everybody")
    with told.store.write() as session:
        session.add(File(sha256=secret, kind="text/plain", name="x", size=17, created_at=world.NOON))
    assert client.get(f"/files/{number}/{secret}").status_code == 404


@pytest.mark.parametrize(
    "back",
    [
        "//x.cn",
        "/\\x.cn",
        "/\t/x.cn",
        "/\n/x.cn",
        "/\r/x.cn",
        "\t//x.cn",
        "https://x.cn",
        "x.cn",
        "/a\\b",
        "",
        "javascript:x",
        "/\x00/x",
    ],
)
def test_the_way_back_never_leads_elsewhere(client: FlaskClient, back: str) -> None:
    answer = client.get("/size", query_string={"to": "big", "back": back})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_type_grows_on_demand_and_stays_large(client: FlaskClient) -> None:
    answer = client.get("/size?to=big&back=/jobs?page=1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/jobs?page=1")
    page = client.get("/jobs").text
    assert 'class="big"' in page and "标准字" in page
    client.get("/size?to=normal")
    assert 'class="big"' not in client.get("/jobs").text


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "/\n/x", ""]
)
def test_the_switch_sends_nobody_elsewhere(client: FlaskClient, back: str) -> None:
    assert client.get("/size", query_string={"to": "big", "back": back}).headers["Location"] == "/"


def test_operators_see_that_it_is_alive_and_able(client: FlaskClient) -> None:
    assert client.get("/healthz").text == "ok\n"
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json) == (
        200,
        {"ready": True, "parts": {"database": True, "redis": True, "index": True}},
    )
    figures = client.get("/metrics").text
    assert 'gongkai_notices{kind="disclosure"} 10.0' in figures and "gongkai_redis_up 1.0" in figures


def test_what_is_not_able_says_which_part(told: Office) -> None:
    from bot.app import create_app

    settings = told.settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"})
    office = Office(settings)
    answer = create_app(office).test_client().get("/readyz")
    assert answer.status_code == 503 and answer.json
    assert answer.json["parts"] == {"database": True, "redis": False, "index": True}
    office.close()


def test_a_page_that_fails_apologises_without_a_trace(client: FlaskClient, told: Office) -> None:
    with told.store.write() as session:
        session.connection().exec_driver_sql("ALTER TABLE posting RENAME TO hidden")
    answer = client.get("/jobs")
    assert answer.status_code == 500 and "系统有点忙" in answer.text and "Traceback" not in answer.text


EVIL = (
    "<p><svg onload=alert(1)></p>", "<p><a href=' javascript:alert(1)'>x</a></p>", "<p><math><mi xlink:href='data:x'></math>",
    "<p><iframe srcdoc='<script>x</script>'></iframe></p>", "<p style='background:url(//evil)'>x</p>",
    "<p><img src=x onerror=alert(1)></p>", "<p><a href='data:text/html,x'>x</a></p>", "<p><form action=//evil><input></form>",
    "<p></p><base href=//evil>", "<p></p><meta http-equiv=refresh content=0>", "<p><img src='file:///etc/passwd'></p>",
    "<p><a href='file:///etc/passwd'>x</a></p>",
)  # fmt: skip


@pytest.mark.parametrize("evil", EVIL)
def test_no_evil_html_survives(evil: str) -> None:
    for clean in (notice_body(evil, "https://a.cn/"), article_body(evil, lambda sha256: f"/files/1/{sha256}")):
        for sign in (
            "script",
            "onload",
            "onerror",
            "iframe",
            "style",
            "form",
            "base",
            "meta",
            "data:",
            "file:",
            "<img",
            "svg",
        ):
            assert sign not in clean


def test_text_that_only_looks_like_tags_is_shown_as_text() -> None:
    assert notice_body("甲 <乙> & 丙\n\n丁", "") == "<p>甲 &lt;乙&gt; &amp; 丙</p>\n<p>丁</p>"


def test_each_table_slides_by_itself() -> None:
    framed = with_sliding_tables(notice_body("<p>一</p><table><tr><td>1</td></tr></table><table></table>", ""))
    assert framed.count('<div class="slide" tabindex="0"') == framed.count("</table></div>") == 2
