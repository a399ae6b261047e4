"""Long texts come in parts that are each light and together are the whole."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from bot.pages import long_texts
from content.services.office import Office
from content.store.tables import Disclosure

SHORT = "<p>短</p>"
TALL = (
    "<table><tbody>" + "".join(f"<tr><td>{n}</td><td>{'收支' * 20}</td></tr>" for n in range(1500)) + "</tbody></table>"
)
BLOCK = "<div>" + "".join(f"<p>第{n}段{'安全' * 50}</p>" for n in range(600)) + "结尾</div>"
app = Flask(__name__)


def words(html: str) -> str:
    """The text without its tags."""
    return re.sub(r"<[^>]+>|\s", "", html)


def part(body: str, asked: str = "") -> long_texts.TextPart:
    """The part of a text that this asks for."""
    with app.test_request_context(f"/d/1?part={asked}"):
        return long_texts.asked_for(Markup(body))


def test_a_short_text_is_one_part() -> None:
    assert part(SHORT) == part(SHORT, "7") == long_texts.TextPart(Markup(SHORT), 1, 1)


@pytest.mark.parametrize("body", [TALL, BLOCK, BLOCK + TALL, f"<ol>{'<li>一</li>' * 20000}</ol>", "<p>字</p>" * 30000])
def test_the_parts_are_light_and_together_the_whole(body: str) -> None:
    first = part(body)
    found = [part(body, str(number)) for number in range(1, first.count + 1)]
    assert first.count > 1 and first == found[0]
    assert [each.number for each in found] == list(range(1, first.count + 1))
    assert all(len(each.body.encode()) < 1.1 * long_texts.HEAVY for each in found)
    assert words("".join(each.body for each in found)) == words(body)
    assert part(body, "all").body == body


def test_a_table_stays_a_table_in_each_part() -> None:
    second = part(TALL, "2").body
    assert second.startswith("<table><tbody><tr>") and second.count("<table>") == 1


@pytest.mark.parametrize("asked", ["0", "-1", "x", "99999", "٣", "all ", "1.5"])
def test_what_is_no_part_is_the_nearest(asked: str) -> None:
    assert part(BLOCK, asked).number in {1, part(BLOCK).count}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([SHORT, BLOCK, TALL, "散字" * 9000, "<ul><li>甲</li></ul>", "&lt;乙&gt;"]), max_size=4))
def test_nothing_is_lost_and_nothing_is_opened(pieces: list[str]) -> None:
    body = "".join(pieces)
    found = [part(body, str(number)).body for number in range(1, part(body).count + 1)]
    assert words("".join(found)) == words(body)


def test_a_long_disclosure_is_read_part_by_part(client: FlaskClient, told: Office) -> None:
    with told.store.write() as session:
        row = session.get_one(Disclosure, 1)
        row.fields = row.fields.replace(
            "园区2025年部门预算收支总表。", "".join(f"第{n}段{'安全' * 50}\\n" for n in range(900))
        )
    first, whole = client.get("/d/1"), client.get("/d/1?part=all")
    assert "第 1 部分，共 " in first.text and 'href="/d/1?part=2"' in first.text and len(first.data) < 100_000
    assert "第899段" not in first.text and "第899段" in whole.text
    assert 'rel="canonical" href="http://127.0.0.1:8000/d/1"' in client.get("/d/1?part=2").text
