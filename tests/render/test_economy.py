"""Markup that changes nothing is dropped before the platform counts it; what is seen stays as it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.render.article import clean, for_platform
from content.render.economy import simplified
from content.rules.publishing.limits import fits
from content.rules.publishing.markup import words


@pytest.mark.parametrize(
    ("html", "short"),
    [
        ("<section><section><section>字</section></section></section>", "<section>字</section>"),
        ('<section style="margin:0px;padding:0">字</section>', "<section>字</section>"),
        ("<h2><span><span>字</span></span></h2>", "<h2>字</h2>"),
        ('<h2><span style="color: rgb(192, 0, 0)">字</span></h2>', '<h2><span style="color:#c00000">字</span></h2>'),
        ('<section style="color:red"><h2><span style="color:red">字</span></h2></section>',
         '<section style="color:red"><h2>字</h2></section>'),
        ('<section style="text-align:center"><section style="text-align:left">字</section></section>',
         '<section style="text-align:center"><section style="text-align:left">字</section></section>'),
        ("<section>字</section><section></section><span></span>", "<section>字</section>"),
        ('<section style="height:3px;background-color:red"></section>',
         '<section style="height:3px;background-color:red"></section>'),
        ("<h2>甲<span> </span>乙</h2>", "<h2>甲 乙</h2>"),
        ('<section style="letter-spacing:normal;background-color:transparent;border:none;width:auto">字</section>',
         "<section>字</section>"),
        ('<section style="text-align:justify">字</section>', "<section>字</section>"),
    ],
)  # fmt: skip
def test_what_changes_nothing_is_gone(html: str, short: str) -> None:
    found = re.sub(r'(<h2) style="margin[^"]*"', r"\1", lightest(html))
    assert found == short


def lightest(html: str) -> str:
    """The clean article when it is too long as it is."""
    lengths = iter([False, True])
    return simplified(clean(html).html, lambda found: next(lengths))[0]


def test_a_body_that_fits_stays_as_it_was_written() -> None:
    html = '<section style="text-align:left;margin:0"><section style="letter-spacing:normal">字</section></section>'
    assert simplified(clean(html).html, lambda found: True) == (html, "")


@pytest.mark.parametrize(
    ("style", "short"),
    [
        ("padding-top:5px;padding-right:10px;padding-bottom:5px;padding-left:10px", "padding:5px 10px"),
        ("padding-top:5px;padding-right:10px;padding-left:10px", "padding:5px 10px 0"),
        ("border-bottom-width:1px;border-bottom-style:solid;border-color:#007aaa", "border-bottom:1px solid #007aaa"),
        ("max-width:100%;box-sizing:border-box;word-wrap:break-word !important", ""),
        ("box-sizing:border-box;width:50%;padding:5px", "box-sizing:border-box;width:50%;padding:5px"),
        ("min-height:1em;visibility:visible;display:block", ""),
    ],
)
def test_what_a_layout_says_at_length_is_said_shortly(style: str, short: str) -> None:
    found = lightest(f'<section style="color:red"><section style="{style}">字</section>字</section>')
    said = f' style="{short}"' if short else ""
    assert found == f'<section style="color:red"><section{said}>字</section>字</section>'


def test_what_is_missed_least_goes_first() -> None:
    html = clean('<p style="letter-spacing:2px;font-size:20px;color:#c00000">字</p>').html
    plain, given_up = simplified(html, lambda found: "letter-spacing" not in found)
    assert "font-size:20px" in plain and "字间距" in given_up


LAYOUT = (
    '<section data-tools="135" style="margin:10px auto;padding:15px 20px;border:1px solid rgb(200, 30, 30);line-height:2">'
    '<section style="display:flex;justify-content:center;margin-top:{n}px"><section style="width:96%;padding:{n}px 1%">'
    '<p style="margin:0 0 {n}px;font-size:15px;letter-spacing:1px;line-height:1.75em;color:rgb(62,62,{n})">{text}</p>'
    "</section></section></section>"
)


def test_a_layout_heavier_than_its_words_fits() -> None:
    html = clean("".join(LAYOUT.format(n=n, text="政策解读。" * 7) for n in range(80))).html
    assert len(words(html).replace("\n", "")) == 2800
    plain, given_up = simplified(html, lambda found: fits(for_platform(found, {})))
    assert words(plain) == words(html) and fits(for_platform(plain, {}))
    assert not given_up or "预览" in given_up


def test_of_a_layout_that_does_not_fit_the_words_and_places_stay() -> None:
    html = clean("".join(
        f'<p style="text-align:right;color:#{n:06x};font-size:{n}px;letter-spacing:1.{n}px;margin-left:{n}px">字</p>'
        for n in range(10, 210))).html  # fmt: skip
    plain, given_up = simplified(html, lambda found: len(found) < 18_000)
    assert "格式" in given_up and words(plain) == words(html) and "text-align:right" in plain and "#000010" in plain
    plain, given_up = simplified(html, lambda found: len(found) < 2_000)
    assert "只留下文字" in given_up and plain.startswith("<p>字</p>")
    assert simplified(html, lambda found: False) == (html, "")


PARTS = st.sampled_from(['<section style="color:red">', "</section>", "<p>", "</p>", "字", "<span>", "</span>", "<b></b>", "<br>",
                         "<table><tr><td>", "</table>", "<h2>", "</h2>", '<span style="color:red;margin:0">', " "])  # fmt: skip


@given(st.lists(PARTS, max_size=14).map("".join))
def test_no_word_is_lost_and_twice_is_once(html: str) -> None:
    cleaned = clean(html).html
    assert "".join(words(cleaned).split()) == "".join(words(html).split())
    assert clean(cleaned).html == cleaned
    for step in (0, 1, 2):
        tries = iter(range(9))
        plain, _ = simplified(cleaned, lambda found, tries=tries, step=step: next(tries) > step)
        assert "".join(words(plain).split()) == "".join(words(cleaned).split())
