"""What we send is what readers see: the platform's filter finds nothing more to take away."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from bot.emulator.articles import html_filter
from content.intake.articles.documents import from_text
from content.render.article import clean, for_platform
from content.render.html_sanitizer import ATTRIBUTES, OURS, STYLES, TAGS

SHA = "b" * 64
ADDRESS = "https://mmbiz.qpic.cn/mmbiz_png/x/0?wx_fmt=png"
BODY = f"""<h2>一、怎么办</h2><p style="text-align:center;color:#c00000">请看<a href="https://www.gov.cn/">官网</a>和
<a href="https://mp.weixin.qq.com/s/abc">推文</a></p><ol start="3"><li>三</li></ol><blockquote>引</blockquote><hr>
<table><thead><tr><th colspan="2">表</th></tr></thead><tr><td rowspan="2">1</td><td>2</td></tr><tr><td>3</td></tr></table>
<pre>a
  b</pre><img src="file:{SHA}" alt="图"><p>H<sub>2</sub>O <s>删</s> <u>线</u></p>"""


def parts(html: str) -> list[tuple[object, dict[str, str], str, str]]:
    """Every element with its attributes (styles spelt one way) and its words."""
    found = []
    for element in lxml_html.fragment_fromstring(html, create_parent="div").iter():
        attributes = {str(name): str(value) for name, value in element.attrib.items()}
        if "style" in attributes:
            attributes["style"] = ";".join(part.strip() for part in attributes["style"].split(";") if part.strip())
        found.append((element.tag, attributes, (element.text or "").strip(), (element.tail or "").strip()))
    return found


@pytest.mark.parametrize("body", [BODY, from_text("# 一\n\n- **“甲”**\n- 乙\n\n| a | b |\n| - | - |\n| 1 | 2 |").html])
def test_the_platform_takes_nothing_away_from_what_we_send(body: str) -> None:
    sent = for_platform(clean(body).html, {SHA: ADDRESS})
    assert parts(html_filter.clean(sent, base_url="http://127.0.0.1:1")) == parts(sent)


def test_our_list_allows_nothing_that_the_platform_takes_away() -> None:
    assert TAGS <= html_filter.KEPT
    assert not STYLES & html_filter.STYLES_GONE
    named = {name for names in ATTRIBUTES.values() for name in names} - {"href", "src"}
    assert named <= html_filter.ATTRIBUTES
    assert {property_.partition(":")[0] for style in OURS.values() for property_ in style.split(";")} <= STYLES
