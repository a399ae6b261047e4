"""What author and reviewers are told of a draft: losses of its body stay with it, attachments are looked into."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest
from PIL import Image
from sqlalchemy import update

from content.intake.articles import documents
from content.services import articles as article_services
from content.services.articles import FaultyPost, PostForm, Upload
from content.services.office import Office
from content.store.tables import Department
from tests.fixtures.post_forms import AUTHOR, post


def pdf(*pages: str) -> bytes:
    """A PDF with a line of text on each page."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>",
               f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{4 + 2 * n} 0 R' for n in range(len(pages)))}]>>".encode(),
               b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]  # fmt: skip
    for number, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode()
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {5 + 2 * number} 0 R"
                       "/Resources<</Font<</F1 3 0 R>>>>>>".encode())  # fmt: skip
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    written, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (written + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
            + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(written)))  # fmt: skip


def scan() -> bytes:
    """A PDF that is a picture of a page."""
    buffer = io.BytesIO()
    Image.new("RGB", (200, 200), "white").save(buffer, "PDF")
    return buffer.getvalue()


def list_of_people(kind: str) -> bytes:
    """A list with a mobile number, in an attachment of this kind; the workbook hides it on a second sheet."""
    buffer = io.BytesIO()
    if kind == "xlsx":
        book = openpyxl.Workbook()
        hidden = book.create_sheet("原始数据")
        hidden.sheet_state = "hidden"
        hidden.append(["王某", 13812345678])
        book.save(buffer)
    elif kind == "docx":
        document = docx.Document()
        document.add_table(1, 1).cell(0, 0).text = "13812345678"
        document.save(buffer)
    elif kind == "pdf":
        buffer.write(pdf("The telephone of the person in charge is 13812345678."))
    else:
        buffer.write("王某,13812345678".encode("gb18030"))
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["xlsx", "docx", "csv", "txt", "pdf"])
def test_personal_data_in_an_attachment_is_told(office: Office, kind: str) -> None:
    upload = Upload(f"名单.{kind}", list_of_people(kind))
    told = article_services.add(office, post(attachments=(upload,)), username=AUTHOR).warnings
    assert any(f"附件“名单.{kind}”里有 1 个完整的手机号（138****5678）" in warning for warning in told)


def test_what_only_a_look_inside_finds_in_an_attachment_is_told(office: Office) -> None:
    document, book = docx.Document(), openpyxl.Workbook()
    document.add_paragraph("正文").add_run("批示原文 13812345678").font.hidden = True
    book.create_sheet("底稿").sheet_state = "hidden"
    book.active.column_dimensions["B"].hidden = True
    files = []
    for name, each in (("稿.docx", document), ("表.xlsx", book)):
        buffer = io.BytesIO()
        each.save(buffer)
        files.append(Upload(name, buffer.getvalue()))
    told = "\n".join(article_services.add(office, post(attachments=tuple(files)), username=AUTHOR).warnings)
    assert "附件“稿.docx”里有隐藏的文字，" in told and "附件“稿.docx”里有 1 个完整的手机号" in told
    assert "附件“表.xlsx”里有隐藏的工作表、隐藏的行或列，" in told and "批示" not in told


def test_a_scan_and_a_pdf_of_which_a_page_is_one_are_not_read(office: Office) -> None:
    told = article_services.add(office, post(attachments=(Upload("扫描.pdf", scan()),)), username=AUTHOR).warnings
    assert any("扫描.pdf" in warning and "没有检查" in warning for warning in told)
    told = article_services.add(office, post(title="另一篇通知", attachments=(Upload("字.pdf", pdf("Nothing personal stands on this page.")),)),
                                username=AUTHOR).warnings  # fmt: skip
    assert told == ()


def test_what_was_told_of_a_body_stays_with_the_draft(office: Office) -> None:
    body = documents.from_text('<p>请参加。</p><p style="display:none">批示原文</p>', "html")
    form = PostForm(title="园区停水通知", body=body, category="通知公告", department="党政办公室")
    queued_post = article_services.add(office, form, username=AUTHOR)
    [warning] = queued_post.warnings
    assert "隐藏" in warning and "批示" not in warning
    assert article_services.show(office, queued_post.id)["warnings"] == [warning]
    assert article_services.concerns(office, queued_post.id) == [warning]
    assert warning in article_services.preview(office, queued_post.id)
    edited = article_services.edit(office, queued_post.id, {"title": "园区停水公告"}, username=AUTHOR)
    assert edited.warnings == (warning,) and article_services.show(office, queued_post.id)["warnings"] == [warning]
    article_services.edit(office, queued_post.id, {"body": documents.from_text("全新的正文")}, username=AUTHOR)
    assert article_services.show(office, queued_post.id)["warnings"] == []


@pytest.mark.parametrize("upload", [Upload("表.pdf", b"%PDF"), Upload("表.xlsx", b"broken"), Upload("表.docx", b"")])
def test_an_attachment_that_cannot_be_read_is_told_or_refused(office: Office, upload: Upload) -> None:
    try:
        told = article_services.add(office, post(attachments=(upload,)), username=AUTHOR).warnings
    except FaultyPost as refused:
        assert (upload.data, refused.faults[0][0]) == (b"", "attach")
    else:
        assert any("没有检查" in warning for warning in told)


def test_an_office_that_has_listed_no_departments_is_not_told_that_one_is_missing(office: Office) -> None:
    (office.home / "directory.toml").unlink()
    with office.store.write() as session:
        session.execute(update(Department).values(known=False))
    made = article_services.add(office, post(department="党政办公室", category="没有的栏目"), username=AUTHOR)
    assert [warning for warning in made.warnings if "不在名单里" in warning] == [
        "分类“没有的栏目”不在名单里，已照收，请核对有没有写错。"
    ]
