"""An article's HTML: cleaned once and kept so; then for the platform, for a preview, for our own page."""

from __future__ import annotations

import html as escaping
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from content.render import economy, html_sanitizer
from content.rules.publishing.limits import address
from content.rules.publishing.markup import BLOCKS, SILENT, inner, tree, words

MANY_CELLS = 150  # beyond it a style for each cell would use up the platform's 20,000 characters
MOST_PASSES = 3
WIDE = 4  # columns that fit a phone; a wider table scrolls sideways
RENAMED = {"center": "section", "article": "section", "main": "section", "header": "section", "footer": "section",
           "address": "p", "dl": "section", "dt": "p", "dd": "p", "del": "s", "strike": "s", "ins": "u",
           "caption": "figcaption", "font": "span", "big": "strong", "mark": "strong", "kbd": "code"}  # fmt: skip
LOST = {"video": "视频", "audio": "音频", "iframe": "嵌入的网页", "form": "表单", "object": "嵌入的对象",
        "embed": "嵌入的对象", "svg": "矢量图", "canvas": "画布", "math": "公式", "script": "脚本"}  # fmt: skip
_FILE = re.compile(r"file:([0-9a-f]{64})")


@dataclass(frozen=True)
class CleanArticle:
    """Article HTML that holds nothing but what is allowed, and what the author must know."""

    html: str
    notes: tuple[str, ...]


def clean(html: str, *, title: str = "") -> CleanArticle:
    """Article HTML from any HTML whose pictures are `file:SHA256`. A heading that repeats `title` is left out."""
    notes = dict[str, None]()
    cleaned = _once(html, title, notes)
    for _ in range(MOST_PASSES):  # what a browser would move about has moved then
        before, cleaned = cleaned, _once(cleaned, "", {})
        if cleaned == before:
            break
    return CleanArticle(cleaned, tuple(notes))


def _once(html: str, title: str, notes: dict[str, None]) -> str:
    root = tree(html)
    _drop_losses(root, notes)
    for element in list(root.iterdescendants()):
        _plain(element, notes)
    _wrap_loose(root)
    if title and _drop_title(root, title):
        notes.setdefault("正文开头的标题与文章标题相同，已略去（微信会自己显示标题）。")
    _settle_tables(root)
    for element in root.iter():
        _dress(element, notes)
    if html_sanitizer.MISLEADING.search(inner(root)):
        notes.setdefault("有改变文字方向或看不见的控制字符，已去掉：它们会让人看到的与实际的文字不一样。")
    safe = tree(html_sanitizer.enforce(inner(root)))
    economy.spare_boxes(safe)
    return html_sanitizer.enforce(inner(safe)).strip()


def for_platform(html: str, images: Mapping[str, str]) -> str:
    """What is sent: pictures by the platform's addresses (by SHA-256); foreign links written out as text.

    Raises KeyError for a picture that has no address.
    """
    root = tree(html)
    for link in list(root.iter("a")):
        if address(link.get("href", ""))[1] not in html_sanitizer.PLATFORM_LINKS:
            _write_out(link)
    return f'<section style="{html_sanitizer.AROUND_ALL}">{with_images(inner(root), images)}</section>'


def with_images(html: str, images: Mapping[str, str]) -> str:
    """The HTML with each `file:SHA256` replaced by its address. Raises KeyError for one that has none."""
    return _FILE.sub(lambda found: escaping.escape(images[found.group(1)]), html)


def image_hashes(html: str) -> list[str]:
    """The SHA-256 of each picture in the HTML, once, in order."""
    return list(dict.fromkeys(_FILE.findall(html)))


def for_preview(
    html: str, images: Mapping[str, str], *, title: str, author: str = "", date: str = "", more: str = ""
) -> str:
    """A whole page as a phone will show the article; `images` are data URIs, `more` is shown below it."""
    byline = " · ".join(escaping.escape(part) for part in (author, date) if part)
    return _PAGE.format(
        title=escaping.escape(title), byline=byline, body=for_platform(html, images), more=escaping.escape(more)
    )


def links(html: str) -> list[str]:
    """The addresses in an article that the platform turns into mere text."""
    found = (link.get("href", "") for link in tree(html).iter("a"))
    return list(dict.fromkeys(url for url in found if address(url)[1] not in html_sanitizer.PLATFORM_LINKS))


def _drop_losses(root: HtmlElement, notes: dict[str, None]) -> None:
    kinds = dict.fromkeys(LOST[str(element.tag)] for element in root.iter(*LOST))
    if kinds:
        notes.setdefault(f"{'、'.join(kinds)}：微信会去掉，这里先去掉了。")
    for element in list(root.iter(*SILENT, *LOST)):
        if element.tag in ("form", "math"):
            element.drop_tag()  # their words stay
        elif element.getparent() is not None:
            element.drop_tree()


def _wrap_loose(root: HtmlElement) -> None:
    """Words and pictures that stand in no block get a paragraph."""
    paragraph = None
    children, loose = list(root), root.text
    root.text = None
    if (loose or "").strip():
        paragraph = root.makeelement("p")
        paragraph.text = loose
        root.insert(0, paragraph)
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in BLOCKS - {"br"}:
            paragraph = None
        else:
            paragraph = _started(root, paragraph, child)
            paragraph.append(child)
        if (tail or "").strip():
            paragraph = _started(root, paragraph, child) if paragraph is None else paragraph
            _say(paragraph, tail)


def _started(root: HtmlElement, paragraph: HtmlElement | None, near: HtmlElement) -> HtmlElement:
    if paragraph is not None:
        return paragraph
    paragraph = root.makeelement("p")
    root.insert(root.index(near) + (near.tag in BLOCKS - {"br"}), paragraph)
    return paragraph


def _say(paragraph: HtmlElement, text: str | None) -> None:
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + (text or "")
    else:
        paragraph.text = (paragraph.text or "") + (text or "")


def _plain(element: HtmlElement, notes: dict[str, None]) -> None:
    tag = str(element.tag)
    if tag == "div":
        element.tag = "section" if any(child.tag in BLOCKS - {"br"} for child in element.iterdescendants()) else "p"
    if tag in RENAMED:
        element.tag = RENAMED[tag]
    aligned = "center" if tag == "center" else element.attrib.pop("align", "")
    if aligned in ("center", "right", "left"):
        element.set("style", f"text-align:{aligned};{element.get('style', '')}")
    if tag == "font" and element.get("color"):
        element.set("style", f"color:{element.get('color')};{element.get('style', '')}")
    if tag == "img" and not html_sanitizer.IMAGE.fullmatch(element.get("src", "")):
        element.drop_tree()
        notes.setdefault("有图片没有可用的地址，已略去。")
    if tag == "a" and address(element.get("href", ""))[0] not in ("http", "https", "mailto", "tel"):
        if element.get("href"):
            notes.setdefault(f"链接“{element.get('href')[:60]}”不是完整的网址，只留下文字。")
        element.drop_tag()


def opening_heading(html: str) -> str:
    """The heading with which a text opens; empty if it opens otherwise."""
    first = _opening(tree(html))
    return "" if first is None else " ".join(first.text_content().split())


def _opening(root: HtmlElement) -> HtmlElement | None:
    first = next((child for child in root.iter("h1", "h2")), None)
    if first is None or words(inner(root)).split("\n")[0].split() != first.text_content().split():
        return None
    return first


def _drop_title(root: HtmlElement, title: str) -> bool:
    first = _opening(root)
    if first is None or "".join(first.text_content().split()) != "".join(title.split()):
        return False
    first.drop_tree()
    return True


def _settle_tables(root: HtmlElement) -> None:
    for table in list(root.iter("table")):
        columns = max((_columns(row) for row in table.iter("tr")), default=0)
        if columns > WIDE:
            table.set("style", f"{table.get('style', '')};min-width:{columns * 90}px")
        for name in set(table.attrib) - {"style"}:
            del table.attrib[name]
        if len(list(table.iter("td", "th"))) > MANY_CELLS:
            table.attrib.update({"border": "1", "cellspacing": "0", "cellpadding": "5"})
        if "overflow-x" in (table.getparent().get("style") or "") and _frames_table(table.getparent()):
            continue
        holder = table.makeelement("section", {"style": "margin:0 0 1em;overflow-x:auto"})
        holder.tail, table.tail = table.tail, None
        parent = table.getparent()
        parent.replace(table, holder)
        holder.append(table)


def _frames_table(element: HtmlElement) -> bool:
    """Whether tables are all that an element holds."""
    pieces = (element.text, *(child.tail for child in element))
    return bool(len(element)) and all(child.tag == "table" for child in element) and not any(map(_says, pieces))


def _says(text: str | None) -> bool:
    return bool((text or "").strip())


def _columns(row: HtmlElement) -> int:
    spans = (cell.get("colspan", "1") for cell in row.iterchildren("td", "th"))
    return sum(int(span) if span.isdigit() and len(span) < 4 else 1 for span in spans)


def _dress(element: HtmlElement, notes: dict[str, None]) -> None:
    if not isinstance(element.tag, str):
        return
    table = next(element.iterancestors("table"), None) if element.tag in ("td", "th") else None
    own = element.attrib.pop("style", "")
    has_words = bool((element.text_content() or "").strip())
    if has_words:
        for declaration in html_sanitizer.hiding(own):
            notes.setdefault(f"样式“{declaration[:60]}”可能会藏住文字，已去掉。")
    tag = "" if table is not None and table.get("border") else element.tag
    style = html_sanitizer.style(tag, own, has_words=has_words, frames_table=_frames_table(element))
    if style:
        element.set("style", style)


def _write_out(link: HtmlElement) -> None:
    """A link that the platform takes off: its text stays, with the address behind it for a reader to copy."""
    href, text = link.get("href", ""), link.text_content().strip()
    if address(href)[0] in ("http", "https") and href.rstrip("/") != text.rstrip("/"):
        link.append(link.makeelement("span"))
        link[-1].text = f"（{href}）"
        link[-1].drop_tag()
    if link.get("style"):
        link.tag = "span"  # it looks as it did
        del link.attrib["href"]
    else:
        link.drop_tag()


_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; img-src data: https://mmbiz.qpic.cn; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ margin: 0 auto; padding: 20px 16px 48px; max-width: 677px; box-sizing: border-box; background: #fff;
  color: rgba(0, 0, 0, .9); font: 17px/1.75 -apple-system, BlinkMacSystemFont, "PingFang SC", "Hiragino Sans GB",
  "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif }}
h1.title {{ margin: 0 0 14px; font-size: 22px; line-height: 1.4; font-weight: 500; overflow-wrap: anywhere }}
p.byline {{ margin: 0 0 22px; font-size: 15px; line-height: 20px; color: rgba(0, 0, 0, .3) }}
main {{ overflow-wrap: break-word; text-align: justify }}
main h2, main h3 {{ font-weight: 600 }}
main img {{ max-width: 100%; height: auto }}
main a {{ color: #576b95; text-decoration: none }}
:target {{ outline: 3px solid #7a4a00; outline-offset: 4px; scroll-margin: 72px }}
footer {{ margin-top: 32px; padding-top: 12px; border-top: 1px dashed #ccc; font-size: 13px; color: #888;
  white-space: pre-line }}
</style></head>
<body><h1 class="title">{title}</h1><p class="byline">{byline}</p>
<main>{body}</main>
<footer>{more}</footer></body></html>
"""
