"""The platform's limits: what just fits is taken, one more is told with what is too much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.publishing.limits import PostFields, body_faults, default_digest, field_faults, one_line, visible


@pytest.mark.parametrize(("name", "limit"), [("title", 32), ("digest", 120), ("author", 16)])
def test_a_field_may_be_just_as_long_as_the_platform_takes(name: str, limit: int) -> None:
    assert field_faults(PostFields(**{"title": "题", name: "字" * limit})) == []
    [(field, sentence)] = field_faults(PostFields(**{"title": "题", name: "字" * limit + "多"}))
    assert field == name
    assert f"有 {limit + 1} 个字" in sentence
    assert "“多”" in sentence


def test_everything_wrong_is_told_at_once() -> None:
    faults = field_faults(PostFields(title="", digest="字" * 121, author="字" * 17, source_url="www.gov.cn"))
    assert [field for field, _ in faults] == ["title", "digest", "author", "source_url"]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://", "http://[x", "ftp://a.cn", "https://a.cn/" + "x" * 1024]
)
def test_an_address_the_platform_would_refuse_is_refused(url: str) -> None:
    assert [field for field, _ in field_faults(PostFields("题", source_url=url))] == ["source_url"]
    assert field_faults(PostFields("题", source_url="https://a.cn/x")) == []


@pytest.mark.parametrize(("characters", "faults"), [(19_999, 0), (20_000, 1)])
def test_a_body_holds_fewer_than_twenty_thousand_characters(characters: int, faults: int) -> None:
    assert len(body_faults(text="字", html="字" * characters, images=0)) == faults


def test_a_body_without_words_and_pictures_is_empty() -> None:
    assert "空" in body_faults(text=" \n", html="<p></p>", images=0)[0][1]
    assert body_faults(text="", html="<img>", images=1) == []


@given(st.text())
def test_one_line_is_one_line_that_databases_and_xml_can_hold(text: str) -> None:
    line = one_line(text)
    assert line == line.strip()
    assert not set(line) & set("\n\r\t\x00\x1b")
    assert one_line(line) == line
    visible(text).encode()


def test_the_default_digest_is_what_the_platform_would_take_but_for_a_time_cut_in_two() -> None:
    assert default_digest("好" * 49 + "9:00—20:30") == "好" * 49
    assert default_digest("一\n二" + "三" * 60) == "一 二" + "三" * 51
