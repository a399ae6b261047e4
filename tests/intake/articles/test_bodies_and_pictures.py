"""Bodies from files, and the pictures in them: taken in, made fit, or refused by name."""

from __future__ import annotations

import base64
import io
import random
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from content.intake import office_package
from content.intake.articles import attachments, documents, images, pictures
from content.intake.articles.documents import PostBody
from content.rules.errors import BadInput
from content.rules.publishing.limits import BODY_IMAGE_BYTES
from tests import factories
from tests.intake.articles import word_files


def noisy(kind: str, size: tuple[int, int] = (1600, 1200), mode: str = "RGB") -> bytes:
    """A picture that does not compress."""
    picture = Image.frombytes(mode, size, random.Random(7).randbytes(size[0] * size[1] * len(mode)))
    buffer = io.BytesIO()
    picture.save(buffer, kind, **({"lossless": True} if kind == "WEBP" else {}))
    return buffer.getvalue()


def gathered(html: str, folder: Path | None = None, fetch: pictures.Fetch | None = None) -> pictures.BodyPictures:
    return pictures.gather(PostBody(html, "html", html, folder), fetch=fetch)


@pytest.mark.parametrize(
    ("name", "kind"), [("a.md", "markdown"), ("a.MARKDOWN", "markdown"), ("a.txt", "text"), ("a.htm", "html")]
)
def test_the_ending_says_what_a_file_is(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).write_text("**正文**", encoding="utf-8")
    body = documents.read(tmp_path / name)
    assert body.format == kind
    assert ("<strong>" in body.html) == (kind == "markdown")


@pytest.mark.parametrize(
    ("name", "word"), [("a.doc", "旧的 Word"), ("a.pdf", "PDF"), ("a.wps", "WPS"), ("a.xyz", "a.xyz")]
)
def test_another_kind_of_file_is_refused_with_what_to_do(tmp_path: Path, name: str, word: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(BadInput, match=f"{word}.*另存为 .docx"):
        documents.read(tmp_path / name)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(BadInput, match=r"找不到正文文件.*没有.md"):
        documents.read(Path("没有.md"))


@pytest.mark.parametrize(("encoding", "notes"), [("utf-8", 0), ("utf-8-sig", 0), ("gb18030", 1), ("utf-16", 1)])
def test_what_chinese_windows_writes_is_read_and_told(tmp_path: Path, encoding: str, notes: int) -> None:
    (tmp_path / "a.md").write_bytes("园区通知：停水".encode(encoding))
    body = documents.read(tmp_path / "a.md")
    assert body.html == "<p>园区通知：停水</p>\n"
    assert len(body.notes) == notes


def test_a_text_says_by_its_first_tag_what_it_is() -> None:
    assert documents.from_text(" <p>x</p>").format == "html"
    assert documents.from_text("1 < 2").format == "markdown"


@given(st.text())
@example("<HTML")
def test_any_text_becomes_a_body_or_is_refused_in_words(text: str) -> None:
    documents.from_text(text, "text")
    try:
        body = documents.from_text(text, "html")
    except BadInput as refused:
        assert "请只复制正文部分" in refused.message
        assert "<html" in text.lower() or "<body" in text.lower() or "<head" in text.lower()
    else:
        gathered(body.html)


def test_a_picture_the_platform_takes_is_kept_to_the_byte() -> None:
    for kind in ("PNG", "JPEG"):
        picture = images.fit(factories.image(kind), largest=BODY_IMAGE_BYTES)
        assert (picture.data, picture.changes) == (factories.image(kind), ())


@pytest.mark.parametrize("kind", ["WEBP", "BMP", "GIF", "TIFF"])
def test_another_kind_is_converted_and_told(kind: str) -> None:
    picture = images.fit(factories.image(kind), largest=BODY_IMAGE_BYTES)
    assert Image.open(io.BytesIO(picture.data)).format in ("JPEG", "PNG")
    assert kind in picture.changes[0]


@pytest.mark.parametrize("data", [noisy("PNG"), noisy("WEBP"), noisy("PNG", (1200, 900), "RGBA")])
def test_a_picture_of_more_than_a_megabyte_is_made_smaller(data: bytes) -> None:
    assert len(data) > BODY_IMAGE_BYTES
    picture = images.fit(data, largest=BODY_IMAGE_BYTES)
    assert len(picture.data) < BODY_IMAGE_BYTES
    shown = Image.open(io.BytesIO(picture.data))
    assert shown.format in ("JPEG", "PNG")
    assert abs(shown.width / shown.height - 4 / 3) < 0.01
    assert "压缩" in "".join(picture.changes)


def test_where_a_photo_was_taken_does_not_go_out() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[1] = "N"
    buffer = io.BytesIO()
    Image.new("RGB", (80, 40)).save(buffer, "JPEG", exif=exif)
    picture = images.fit(buffer.getvalue(), largest=BODY_IMAGE_BYTES)
    shown = Image.open(io.BytesIO(picture.data))
    assert not shown.getexif()
    assert shown.size == (40, 80)
    assert "位置" in picture.changes[0]


def test_a_moving_picture_keeps_its_first_frame_and_says_so() -> None:
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    assert "动图只留第一帧" in images.fit(buffer.getvalue(), largest=BODY_IMAGE_BYTES).changes


@settings(max_examples=30, deadline=None)
@given(st.integers(1, len(factories.image("JPEG", (300, 200))) - 1), st.binary(max_size=20))
def test_a_broken_picture_is_refused_or_read_but_never_a_crash(cut: int, junk: bytes) -> None:
    data = factories.image("JPEG", (300, 200))[:cut] + junk
    try:
        images.fit(data, largest=BODY_IMAGE_BYTES)
    except BadInput as error:
        assert error.message


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"<svg/>", "SVG"), (b"GIF", "认不出是图片"), (b"\1\0\0\0".ljust(40, b"\0") + b" EMF".ljust(60, b"\0"), "EMF"), (factories.image("PNG", (400, 400))[:-400], "坏"),
     (b"\x89PNG" + b"\0" * (10 * 1024 * 1024), "超过 10 MB")],
)  # fmt: skip
def test_a_picture_that_is_none_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        images.fit(data, largest=BODY_IMAGE_BYTES)


@pytest.mark.parametrize("side", [8_000, 20_000])
def test_a_picture_that_unpacks_without_end_is_refused(side: int) -> None:
    buffer = io.BytesIO()
    Image.new("1", (side, side)).save(buffer, "PNG")
    with pytest.raises(BadInput, match="的像素太多了"):
        images.fit(buffer.getvalue(), largest=BODY_IMAGE_BYTES)


def test_pictures_are_found_wherever_the_body_says(tmp_path: Path) -> None:
    (tmp_path / "图").mkdir()
    (tmp_path / "图" / "一 二.png").write_bytes(factories.image())
    inline = base64.b64encode(factories.image("JPEG")).decode()
    fetched = []

    def fetch(url: str) -> bytes:
        fetched.append(url)
        return factories.image("WEBP")

    found = gathered(
        f'<img src="图/一%20二.png"><img src=".\\图\\一 二.png"><img src="data:image/jpeg;base64,{inline}">'
        '<img data-src="https://a.cn/x.webp" src="blank.gif"><img src="http://mmbiz.qpic.cn/y?wx_fmt=png">',
        tmp_path,
        fetch,
    )
    assert found.faults == []
    assert found.count == 5
    assert len(found.pictures) == 3, "one file named twice is one picture"
    assert fetched == ["https://a.cn/x.webp"]
    assert 'src="https://mmbiz.qpic.cn/y?wx_fmt=png"' in found.html
    assert [f"file:{sha256}" in found.html for sha256 in found.pictures] == [True] * 3
    assert len(found.notes) == 1
    assert "第 4 张图片（https://a.cn/x.webp）：WEBP" in found.notes[0]


def test_every_picture_that_is_wrong_is_named(tmp_path: Path) -> None:
    (tmp_path / "坏.png").write_bytes(b"no picture")

    def fetch(url: str) -> bytes:
        raise BadInput("取不到：对方网站回答 404")

    found = gathered(
        '<img src="没有.png"><img src="坏.png"><img src="http://a.cn/x"><img src="data:,"><img><img src="http://[x">',
        tmp_path,
        fetch,
    )
    told = "\n".join(found.faults)
    assert len(found.faults) == 6
    for words in (
        "第 1 张图片（没有.png）找不到",
        "第 2 张图片（坏.png）认不出",
        "（http://a.cn/x）取不到",
        "内嵌图片",
        "没有跟着文字过来",
    ):
        assert words in told


def test_without_a_way_to_the_web_pictures_there_are_refused_with_advice() -> None:
    assert "请存到正文文件旁边" in gathered('<img src="//a.cn/x.png">').faults[0]


def test_pictures_inside_a_word_file_are_taken_in(tmp_path: Path) -> None:
    document = word_files.new()
    document.add_picture(io.BytesIO(factories.image("BMP")))
    body = documents.read(word_files.write(tmp_path / "稿.docx", document))
    found = pictures.gather(body)
    assert found.faults == []
    [(sha256, picture)] = found.pictures.items()
    assert picture.kind in ("image/jpeg", "image/png")
    assert f"file:{sha256}" in found.html


def sheet_of(rows: str) -> bytes:
    """A workbook with these rows in its XML."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["姓名", "电话"])
    book.save(file)
    return repacked(
        file.getvalue(),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", rows.encode() + b"</sheetData>"),
    )


def repacked(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A file of Office with one part changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change(old.read(part)) if part.filename == name else old.read(part))
    return file.getvalue()


def test_only_cells_that_are_there_are_read_of_an_attached_workbook() -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>13800001234</t></is></c></row>'
    before = time.process_time()
    read = attachments.read("名单.xlsx", sheet_of(far))
    assert read is not None and read[-1].text == "13800001234" and read[-1].anchor.endswith("!XFD1048576")
    assert time.process_time() - before < 2


@pytest.mark.parametrize("prefix", [b"w", b"x"])
def test_a_word_file_with_far_too_much_in_it_is_refused_as_a_body_and_as_an_attachment(
    prefix: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wide(much: bytes) -> bytes:
        return repacked(word_files.saved(docx.Document()), "word/document.xml",
                        lambda xml: re.sub(rb"\bw:", prefix + b":", xml.replace(b"<w:sectPr", much + b"<w:sectPr", 1)))  # fmt: skip

    with pytest.raises(BadInput, match="段，一篇文章放不下"):
        documents.from_bytes("a.docx", wide(b"<w:p/>" * 30_000))
    monkeypatch.setattr(office_package, "MOST_TAGS", 20_000)
    monkeypatch.setattr(office_package, "MOST_ATTRIBUTES", 20_000)
    for much in (b"<w:p/>" * 20_000, b"<w:p " + b" ".join(b'a%d="1"' % at for at in range(20_000)) + b"/>"):
        assert attachments.read("a.docx", wide(much)) is None
        with pytest.raises(BadInput, match="内容太多"):
            documents.from_bytes("a.docx", wide(much))


def test_runs_of_one_paragraph_cost_no_more_each_the_more_there_are() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()._p
    paragraph.extend(parse_xml(f"<w:r {nsdecls('w')}><w:t>{at % 10}</w:t></w:r>") for at in range(20_000))
    before = time.process_time()
    assert len(documents.from_bytes("a.docx", word_files.saved(document)).html) > 20_000
    assert time.process_time() - before < 3
