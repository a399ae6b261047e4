"""Citizens' pages: what they show and do not show, what they link to, and how safe they are."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from config import contact
from content.search.index import Index
from content.services.answers import article_search, index_upkeep
from content.services.notices.notice_import import import_file
from content.services.office import Office
from content.store.tables import Article, Department, Disclosure, File
from tests import factories, world

LISTS = ("/", "/search", "/search?q=公租房", "/search?q=公租房&kind=disclosure&year=2026&order=new", "/articles", "/departments",
         "/sitemap", "/accessibility", "/correct?page=/d/1", "/disclosures", "/disclosures?category=yjgl&year=2026", "/jobs",
         "/jobs?q=电工&place=临江&pay=5000&degree=3&employer=精密", "/jobs?q=宇航员", "/apply", "/apply/form",
         "/apply/status", "/apply/online", "/report-check", "/catalogue")  # fmt: skip
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
                                   "category=%27", "category=%00", "page=٣", f"page={'9' * 5000}",
                                   "department=%27", "department=%00"])  # fmt: skip
def test_odd_filters_do_no_harm(client: FlaskClient, query: str) -> None:
    assert client.get(f"/disclosures?{query}").status_code == 200
    assert client.get(f"/jobs?{query}").status_code == client.get(f"/articles?{query}").status_code == 200
    assert client.get(f"/search?q=公租房&{query}").status_code == 200


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
    path = told.files.path(paper)
    path.write_bytes(b"%PDF-1.4 altered later")
    assert client.get(f"/files/{number}/{paper}").status_code == 404, "what was altered is not given out"
    path.write_bytes(saved.data)
    assert client.get(f"/files/{number}/{paper}").data == saved.data


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


ELSEWHERE = (
    "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "javascript:x", "/\n/x",
    "/\t/evil.example", "/\r\nLocation: https://evil.example", "/%0d%0aX: y", "/%2fevil.example", "/%5cevil.example",
    "/%255cevil.example", "%2f%2fevil.example", "/ /evil.example", "/\x00/x", "http:evil.example", "",
)  # fmt: skip
OURS = (
    "/",
    "/jobs?page=2",
    "/d/12",
    "/search?q=公租房&kind=posting",
    "/search?q=%2F%2Fevil.example",
    "/search?q=http://x/",
)


@pytest.mark.parametrize("back", ELSEWHERE)
def test_the_switch_sends_nobody_elsewhere(client: FlaskClient, back: str) -> None:
    answer = client.get("/size", query_string={"to": "big", "back": back})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    named = re.findall(r'href="([^"]*)">回到那一页', client.get("/correct", query_string={"page": back}).text)
    assert named in ([], ["/"])


@pytest.mark.parametrize("back", OURS)
def test_the_switch_leads_back_to_where_one_was(client: FlaskClient, back: str) -> None:
    answer = client.get("/size", query_string={"to": "big", "back": back})
    assert unquote(answer.headers["Location"]) == unquote(back)


def test_operators_see_that_it_is_alive_and_able(client: FlaskClient) -> None:
    assert client.get("/healthz").text == "ok\n"
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json) == (
        200,
        {"ready": True, "parts": {"database": True, "redis": True, "index": True, "disk": True}},
    )
    figures = client.get("/metrics").text
    assert 'gongkai_notices{kind="disclosure"} 10.0' in figures and "gongkai_redis_up 1.0" in figures


def test_what_is_not_able_says_which_part(told: Office) -> None:
    from bot.app import create_app

    settings = told.settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"})
    office = Office(settings)
    answer = create_app(office).test_client().get("/readyz")
    assert answer.status_code == 503 and answer.json
    assert answer.json["parts"] == {"database": True, "redis": False, "index": True, "disk": True}
    office.close()


def test_a_search_before_there_is_an_index_is_asked_to_come_again(
    told: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.app import create_app

    monkeypatch.setattr(index_upkeep, "_heal", lambda *_: None)  # a machine under load has not come to it yet
    shutil.rmtree(told.home / "index")
    office = Office(told.settings)
    answer = create_app(office).test_client().get("/search?q=公租房")
    assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0 and "系统有点忙" in answer.text
    office.close()


def test_a_page_that_fails_apologises_without_a_trace(client: FlaskClient, told: Office) -> None:
    with told.store.write() as session:
        session.connection().exec_driver_sql("ALTER TABLE posting RENAME TO hidden")
    answer = client.get("/jobs")
    assert answer.status_code == 500 and "系统有点忙" in answer.text and "Traceback" not in answer.text


def test_only_the_search_needs_the_index(client: FlaskClient, told: Office) -> None:
    shutil.rmtree(told.home / "index")
    with Index(told.home / "index").building():  # nobody can build it meanwhile
        for path in ("/", "/disclosures", "/jobs", "/d/1", "/d/3", "/j/1", "/articles", "/departments", "/sitemap.xml"):
            assert client.get(path).status_code == 200, path
        assert "系统有点忙" in client.get("/search?q=公租房").text


def test_a_search_is_narrowed_by_kind_and_year_and_its_words_are_marked(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "电工"}).text
    assert "<mark>电工</mark>" in page and 'href="/j/1"' in page
    assert 'href="/search?q=%E7%94%B5%E5%B7%A5&amp;kind=posting"' in page
    narrowed = client.get("/search", query_string={"q": "公租房", "kind": "disclosure", "year": "2026"}).text
    assert 'href="/d/2"' in narrowed and 'href="/d/3"' not in narrowed, "of 2019"
    assert "去掉条件：2026年" in narrowed and "公租房，信息公开，2026年 - 搜索" in narrowed
    none = client.get("/search", query_string={"q": "公租房", "year": "1990"}).text
    assert "这些条件下没有" in none and "不限1990年" in none


def test_a_search_in_the_order_of_days_begins_with_the_newest(client: FlaskClient) -> None:
    shown = client.get("/search", query_string={"q": "安全生产检查", "order": "new", "all": "1"}).text
    days = re.findall(r'<time datetime="([\d-]+)"', shown)
    assert len(days) > 3 and days == sorted(days, reverse=True)


@pytest.mark.parametrize("question", ["公" * 3000, "<" * 500, "%00", "a b " * 400, "《" * 300, "\u202e公租房"])
def test_any_search_is_answered(client: FlaskClient, question: str) -> None:
    assert client.get("/search", query_string={"q": question}).status_code == 200


def test_what_replaced_and_what_explains_is_named_on_both_sides(
    client: FlaskClient, told: Office, tmp_path: Path
) -> None:
    rows = [
        {"key": "r1", "title": "临江工业园区停车收费管理办法", "category": "政策文件", "body": "收费标准见附件。", "document_no": "临园办〔2026〕9号"},
        {"key": "r2", "title": "停车收费怎么算，一次说清", "category": "政策解读", "body": "解读《临江工业园区停车收费管理办法》。"},
        {"key": "r3", "title": "关于停车收费的通知", "body": "按《停车收费管理办法》执行。"},
        {"key": "r4", "title": "停车收费暂行规定", "status": "废止", "replaced_by": "临园办〔2026〕9号"},
    ]  # fmt: skip
    file = tmp_path / "more.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    import_file(told, "disclosure", file)
    with told.store.read() as session:
        numbers = {
            key: session.scalars(select(Disclosure.id).where(Disclosure.key == key)).one()
            for key in ("r1", "r2", "r3", "r4")
        }
    rule = client.get(f"/d/{numbers['r1']}").text
    for heading, other in (("解读", "r2"), ("相关文件", "r3"), ("代替了", "r4")):
        assert re.search(rf'<h2>{heading}</h2><ul class="doors">\s*<li><a href="/d/{numbers[other]}">', rule), heading
    assert re.search(
        rf'<h2>解读的是</h2><ul class="doors">\s*<li><a href="/d/{numbers["r1"]}">',
        client.get(f"/d/{numbers['r2']}").text,
    )
    assert f'href="/d/{numbers["r1"]}">现在请看' in client.get(f"/d/{numbers['r4']}").text


def test_articles_are_listed_by_month_category_and_department_with_the_platforms_link(
    client: FlaskClient, told: Office
) -> None:
    number, *_ = factories.publish(told)
    gone, *_ = factories.publish(told, withdrawn=True)
    with told.store.write() as session:
        session.get_one(Article, number).department_id = session.scalars(
            select(Department.id).where(Department.code == "yjj")
        ).one()
    page = client.get("/articles").text
    assert f'href="/a/{number}"' in page and f'href="/a/{gone}"' not in page
    assert 'href="https://mp.weixin.qq.com/s/abc"' in page and "2026年11月 <span" in page
    assert f'href="/a/{number}"' in client.get("/articles?month=2026-11&department=yjj").text
    for empty in ("month=2026-10", "department=czj", "category=tzgg"):
        assert "这里没有文章" in client.get(f"/articles?{empty}").text
    assert f'href="/a/{number}"' in client.get("/articles?month=2026-13").text, "no month, no condition"


def test_a_found_article_is_among_the_results(client: FlaskClient, told: Office) -> None:
    number, *_ = factories.publish(told)
    article_search.refresh(told)
    page = client.get("/search", query_string={"q": "召开安全生产会议", "kind": "article"}).text
    assert f'href="/a/{number}"' in page and "部署了" in page


def test_the_foot_says_what_the_office_has_filled_in_and_nothing_else(client: FlaskClient, told: Office) -> None:
    bare = client.get("/").text
    for word in ("备案", "网站标识码"):
        assert word not in bare and "ICP" not in bare
    assert (
        "主办单位：" not in bare
        and "临江工业园区" not in bare.partition("<main")[0]
        and 'href="/sitemap"' in bare
        and 'href="/accessibility"' in bare
        and 'href="/correct?page=/"' in bare
    )
    (told.home / contact.NAME).write_text(
        'organiser = "某管委会"\nicp = "某ICP备1号"\npolice = "某公网安备 12号"\nsite_code = "4400000001"\n'
    )
    full = client.get("/").text
    for words in ("主办单位：某管委会", "某ICP备1号", "网站标识码：4400000001", "webSearch?code=12"):
        assert words in full


def test_the_directory_tells_how_to_reach_each_department(client: FlaskClient, told: Office) -> None:
    (told.home / "directory.toml").write_text(
        '[[department]]\nname = "财政金融局"\nphone = "000-8550 0102"\nduties = ["预算"]\n[[leader]]\nname = "张三"\npost = "主任"\n'
    )
    page = client.get("/departments").text
    assert 'href="tel:00085500102"' in page and "预算" in page and "张三" in page
    assert 'href="/disclosures?department=czj"' in page and "社会事务局" in page, "it has disclosed something"
    assert 'href="tel:00085500102"' in client.get("/d/1").text, "whom to ask about it"
