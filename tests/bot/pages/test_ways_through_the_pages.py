"""Ways through the citizens' pages: finding work, leafing through the catalogue, applying, sharing; no way is a dead end."""

from __future__ import annotations

import html
import io
import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from docx import Document
from flask.testing import FlaskClient
from sqlalchemy import event, select

from bot.pages import apply
from config import contact
from content.services.office import Office
from content.store.tables import Department, Disclosure, Posting
from tests import factories, world

BASE = "http://127.0.0.1:8000"
ITEM = re.compile('href="/[dj]/')
COUNTED = re.compile(r'>([^<>]+) <span class="count">([\d,]+)<')


def test_no_way_through_the_site_is_a_dead_end(client: FlaskClient, told: Office) -> None:
    factories.publish(told)
    seen, found = set[str](), ["/"]
    while found and len(seen) < 400:
        path = found.pop()
        answer = client.get(path)
        assert answer.status_code in {200, 303}, path
        links = re.findall(r'(?:href|src|action)="(/[^"]*)"', answer.text) if answer.mimetype == "text/html" else []
        fresh = {html.unescape(link) for link in links if not link.startswith("/size")} - seen
        seen |= fresh
        found += sorted(fresh)
    for page in ("/disclosures", "/jobs", "/apply", "/apply/form", "/apply/form.docx", "/apply/status", "/search", "/articles", "/departments",
                 "/sitemap", "/accessibility", "/feeds/articles.xml", "/d/1", "/d/2", "/d/3", "/j/1", "/a/1"):  # fmt: skip
        assert page in seen, f"nothing leads to {page}"


def test_a_search_shows_what_is_near_and_the_rest_when_asked(client: FlaskClient) -> None:
    near = client.get("/search", query_string={"q": "公租房怎么申请"}).text
    everything = client.get("/search", query_string={"q": "公租房怎么申请", "all": "1"}).text
    assert "也看看" in near and "也看看" not in everything
    assert 'href="/d/2"' in near and 0 < len(ITEM.findall(near)) < len(ITEM.findall(everything))


def test_jobs_are_filtered_and_what_is_chosen_stays_chosen(client: FlaskClient) -> None:
    page = client.get("/jobs", query_string={"q": "电工", "place": "临江路", "pay": "7500", "degree": "3"}).text
    assert 'href="/j/1"' in page and "<h1>1 个职位符合</h1>" in page
    assert 'value="电工"' in page and '<option value="7500" selected>' in page and '<option value="3" selected>' in page
    assert 'href="/jobs?place=%E4%B8%B4%E6%B1%9F%E8%B7%AF&amp;pay=7500&amp;degree=3"' in page, "without the word"


def test_conditions_may_be_typed_or_chosen(client: FlaskClient) -> None:
    answer = client.get(
        "/jobs", query_string={"typed": "1", "q": "电工 7000以上 双休", "place": "", "pay": "7500", "years": ""}
    )
    assert (answer.status_code, parse_qs(urlsplit(answer.headers["Location"]).query)) == (
        303, {"q": ["电工"], "pay": ["7500"], "rest": ["weekends"]},
    )  # fmt: skip
    assert client.get("/jobs?typed=1&q=&place=").headers["Location"] == "/jobs"


def test_each_condition_is_a_field_of_the_form_and_stays_chosen(client: FlaskClient) -> None:
    chosen = {
        "q": "电工", "place": "临江路", "pay": "5000", "pay_to": "9000", "degree": "3-6", "employer": "精密", "board": "both", "rest": "weekends",
        "shift": "no-night", "paid_by": "day", "years": "4", "since": "2026-11-01", "until": "2026-11-22",
    }  # fmt: skip
    page = client.get("/jobs", query_string=chosen).text
    for name, value in chosen.items():
        field = re.search(rf'<(?:input|select)[^>]* name="{name}".*?(?=<div class="field">|</form>)', page, re.DOTALL)
        assert field is not None, name
        assert f'value="{value}" selected' in field[0] or f'name="{name}" value="{value}"' in field[0], name


@pytest.mark.parametrize(
    "query",
    ["pay=-1", "years=-1", "years=99", "board=x", "since=x", "until=2026-13-40", "pay_to=x", "pay=abc", "pay=99999999999", "pay=0", "pay=٣", "degree=9", "degree=x", "degree=0", "q=%00", "place=%25",
     "q=%E2%80%AE" + "x" * 3000, "employer=%27%3B--"],
)  # fmt: skip
def test_odd_conditions_do_no_harm(client: FlaskClient, query: str) -> None:
    assert client.get(f"/jobs?{query}").status_code == 200


def test_evil_conditions_are_shown_as_text(client: FlaskClient) -> None:
    evil = '"><script>alert(1)</script>'
    page = client.get("/jobs", query_string={"q": evil, "place": evil, "employer": evil}).text
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_no_job_that_fits_says_what_to_loosen(client: FlaskClient) -> None:
    page = client.get("/jobs?q=电工&pay=20000").text
    assert "没有符合全部条件的职位" in page and "不限工资（1 个职位）" in page
    assert 'href="/jobs?q=%E7%94%B5%E5%B7%A5"' in page
    assert "/search?q=" in client.get("/jobs?q=宇航员").text


def test_a_page_past_the_end_is_the_last_page(client: FlaskClient) -> None:
    assert 'href="/j/1"' in client.get("/jobs?page=99").text
    assert "安全生产检查通报第1期" in client.get("/disclosures?page=99").text


def test_the_catalogue_counts_categories_within_the_year_and_years_within_the_category(client: FlaskClient) -> None:
    years = COUNTED.findall(client.get("/disclosures").text)
    assert [each for each in years if each[0].endswith("年")] == [("2026年", "8"), ("2025年", "1"), ("2019年", "1")]
    within = client.get("/disclosures?category=yjgl&year=2025").text
    assert {("应急管理", "0"), ("财政预决算", "1"), ("2026年", "7")} <= set(COUNTED.findall(within))
    assert re.search(r'href="/disclosures\?year=2025">不限应急管理<', within), "what to drop"


def test_what_has_no_category_is_found_too(client: FlaskClient, told: Office) -> None:
    with told.store.write() as session:
        session.get_one(Disclosure, 1).category_id = None
    page = client.get("/disclosures?category=未分类").text
    assert 'href="/d/1"' in page and "1 条，新的在前" in page and ("未分类", "1") in COUNTED.findall(page)


def test_what_is_repealed_leads_to_what_holds_now(client: FlaskClient, told: Office) -> None:
    assert 'href="/d/2">现在请看：园区公共租赁住房申请指南' in client.get("/d/3").text
    with told.store.write() as session:
        session.get_one(Disclosure, 2).title = "别的"
    assert 'href="/search?q=%E5%9B%AD%E5%8C%BA' in client.get("/d/3").text, "searched for if it is not ours"


def test_how_to_apply_tells_what_the_office_has_written_and_nothing_else(client: FlaskClient, told: Office) -> None:
    for path in ("/apply", "/apply/status"):
        page = client.get(path).text
        assert "发“人工”" in page and "tel:" not in page and "mailto:" not in page and "None" not in page
    file = told.home / contact.NAME
    file.write_text('phone = "0512-5555 0100"\naddress = "滨江大道88号"\nemail = "a@linjiang.example.cn"\nother = "x"')
    page = client.get("/apply").text
    assert 'href="tel:051255550100"' in page and "滨江大道88号" in page and "mailto:a@linjiang.example.cn" in page
    assert "<h3>传真</h3>" not in page and "<h3>网上</h3>" not in page
    assert "滨江大道88号" in client.get("/").text, "in the foot of every page"


def test_contact_data_that_cannot_be_read_leave_the_pages_up(client: FlaskClient, told: Office) -> None:
    (told.home / contact.NAME).write_text("phone = 不是 TOML")
    assert client.get("/apply").status_code == 200
    assert contact.contact(told.home) == contact.Contact()


def test_the_form_asks_for_what_the_law_asks_for_and_for_no_purpose(client: FlaskClient, told: Office) -> None:
    (told.home / contact.NAME).write_text('desk = "党政办公室"')
    answer = client.get("/apply/form.docx")
    assert answer.mimetype == apply.WORD and "attachment" in answer.headers["Content-Disposition"]
    word = Document(io.BytesIO(answer.data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    text, page = "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells]), client.get("/apply/form").text
    for asked in ("党政办公室", "姓名", "证件号码", "联系电话", "名称、文号，或者便于查询的其他特征", "□纸质", "□邮寄",
                  "法律服务机构"):  # fmt: skip
        assert asked in text and asked in page
    assert "用途" not in text + page
    assert client.get("/apply/form.docx", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_page_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/disclosures")
    assert "Cookie" in first.headers["Vary"]
    again = client.get("/disclosures", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    client.get("/size?to=big")
    assert client.get("/disclosures", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    style = client.get(re.findall(r'href="(/static/style.css[^"]*)"', first.text)[0])
    assert "max-age=31536000" in style.headers["Cache-Control"] and "immutable" in style.headers["Cache-Control"]


def test_what_is_shared_has_a_whole_address_and_a_picture(client: FlaskClient) -> None:
    page = client.get("/d/2?from=groupmessage").text
    assert f'property="og:url" content="{BASE}/d/2"' in page and f'rel="canonical" href="{BASE}/d/2"' in page
    [picture] = re.findall(r'property="og:image" content="([^"]+)"', page)
    assert picture.startswith(f"{BASE}/static/")
    assert client.get(picture.removeprefix(BASE)).mimetype == "image/png"
    [filtered] = re.findall(r'property="og:url" content="([^"]+)"', client.get("/disclosures?year=2026&page=1").text)
    assert filtered == f"{BASE}/disclosures?year=2026", "a list is shared as it was filtered"


def questions(asked: list[str]) -> int:
    """How many of the statements ask for rows."""
    return sum(statement.startswith("SELECT") for statement in asked)


@pytest.mark.parametrize(
    "path", ["/", "/disclosures", "/disclosures?year=2026", "/jobs", "/jobs?q=电工", "/d/1", "/j/1"]
)
def test_a_page_asks_the_database_as_little_when_there_is_much(client: FlaskClient, told: Office, path: str) -> None:
    asked: list[str] = []
    event.listen(told.store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    client.get(path)
    asked.clear()
    client.get(path)
    few = questions(asked)
    with told.store.write() as session:
        departments = [row.id for row in session.scalars(select(Department))]
        common = {"fields": "{}", "fingerprint": "0" * 64, "first_seen_at": world.NOON, "changed_at": world.NOON}
        for number in range(40):
            session.add(Disclosure(key=f"x{number}", title="通知", department_id=departments[number % len(departments)],
                                   published_on=date(2026, 1, 1), **common))  # fmt: skip
            session.add(Posting(key=f"x{number}", title="电工", words="电工", **common))
    asked.clear()
    assert client.get(path).status_code == 200
    assert questions(asked) <= few <= 10
