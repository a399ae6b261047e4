"""HTML of unknown origin on the citizens' pages: nothing that acts or calls strangers survives, and texts stay texts."""

from __future__ import annotations

import pytest

from bot.pages.safe_html import article_body, notice_body, with_sliding_tables

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
