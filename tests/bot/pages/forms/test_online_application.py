"""Applying on the web: the form, what it refuses, the receipt, and asking by number and telephone."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.pages.forms import online_application
from bot.web.visitors import VisitLimit
from content.render import qr_code
from content.rules.applications.steps import Step
from content.services.applications import handling, register
from content.services.applications.handling import StepToTake
from content.services.office import Office
from tests.services.applications.applicants import GIVEN
from tests.services.applications.applicants import form as filled

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 200


def send(client: FlaskClient, *files: tuple[bytes, str], **changes: Any) -> TestResponse:
    """A form that is sent."""
    data = {**GIVEN, **changes, "files": [(io.BytesIO(data), name) for data, name in files]}
    return client.post("/apply", data=data, content_type="multipart/form-data")


def ask(client: FlaskClient, number: str, phone: str, who: str = "127.0.0.1") -> TestResponse:
    """A question by number and telephone."""
    return client.post("/apply/status", data={"number": number, "phone": phone}, headers={"X-Forwarded-For": who})


def test_both_pages_hold_a_form_whose_controls_have_labels(client: FlaskClient) -> None:
    for path in ("/apply", "/apply/online"):
        page = client.get(path).text
        assert 'method="post" action="/apply"' in page and "还不能" not in page
        controls = re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', page)
        assert {*GIVEN, "files", "address", "contact"} <= set(controls)
        assert all(f'for="{name}"' in page for name in (*GIVEN, "files", "address", "contact"))


def test_an_application_gets_a_number_and_can_be_asked_about(client: FlaskClient, told: Office) -> None:
    answer = send(client, (PNG, "身份证.png"))
    [number] = re.findall(r"<strong>(2026-\d{4})</strong>", answer.text)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert set(re.findall(r"2026-\d{4}", send(client, (PNG, "身份证.png")).text)) == {number}  # sent twice, it is one
    [code] = re.findall(r'<svg viewBox="[^"]+" class="qr">.*?</svg>', answer.text)
    address = f"{told.base_url}/apply/status?number={number}"
    assert "style" not in code and qr_code.svg(address, title=f"扫一扫，查申请 {number} 办到哪一步了") == code
    assert f'value="{number}"' in client.get(f"/apply/status?number={number}").text
    [line] = register.listing(told)
    assert line.application.number == number
    page = register.page(told, number, username="hejing")
    assert page.form == filled() and [file.name for file in page.files] == ["身份证.png"]
    assert "等工作人员与您确认" in ask(client, number, "13800001234").text
    handling.take(told, number, StepToTake(Step.CONFIRM, date(2026, 11, 22), "内部说明"), username="hejing")
    progress = ask(client, number, "138-0000-1234").text
    assert "正在办理" in progress and "最晚 2026-12-18 答复" in progress
    assert GIVEN["name"] not in progress and "内部说明" not in progress


def test_what_is_missing_is_said_at_each_field_and_nothing_is_lost(client: FlaskClient, told: Office) -> None:
    answer = send(client, name="", phone="12", wanted="甲", way="邮寄", identity="<b>“x”")
    page = answer.text
    assert answer.status_code == 422 and "有 4 处要改" in page
    for field in ("name", "phone", "wanted", "address"):
        assert f'id="{field}-error"' in page and f'href="#{field}"' in page
    assert 'value="&lt;b&gt;“x”"' in page and ">甲</textarea>" in page and 'value="邮寄" selected' in page
    assert register.listing(told) == []


@pytest.mark.parametrize(("size", "said"), [(6, "超过 5 MB"), (40, "附件太大")])
def test_too_many_pictures_are_refused_in_words(client: FlaskClient, told: Office, size: int, said: str) -> None:
    answer = send(client, (PNG + b"0" * size * 1024**2, "大.png"))
    assert answer.status_code == 422 and said in answer.text and register.listing(told) == []
    assert GIVEN["wanted"] in answer.text and GIVEN["name"] in answer.text  # nothing that was written is lost


def test_thirty_megabytes_of_pictures_and_missing_fields_are_told_together(client: FlaskClient, told: Office) -> None:
    answer = send(client, *[(PNG + b"0" * 15 * 1024**2, f"{at}.png") for at in range(2)], phone="")
    assert answer.status_code == 422 and "附件太大" in answer.text and "能打通的电话" in answer.text
    assert GIVEN["wanted"] in answer.text and register.listing(told) == []


def test_an_empty_or_odd_form_does_no_harm(client: FlaskClient, told: Office) -> None:
    for data in (None, {}, {"kind": "king"}, {"kind": ["person", "x"], "wanted": "\x00\ufffe"}):
        assert client.post("/apply", data=data).status_code == 422
    assert client.post("/apply/status", data={}).status_code == 404
    assert register.listing(told) == []


def test_a_wrong_telephone_tells_nothing_and_is_not_to_be_guessed(client: FlaskClient) -> None:
    [number] = re.findall(r"<strong>(2026-\d{4})</strong>", send(client).text)
    wrong, nothing = ask(client, number, "13900000000"), ask(client, "2026-9999", "13900000000")
    assert wrong.status_code == nothing.status_code == 404 and online_application.UNKNOWN in wrong.text
    assert wrong.text.replace(number, "") == nothing.text.replace("2026-9999", "")
    answers = [ask(client, number, f"1390000{at:04}", f"2001:db8:1:2::{at:x}").status_code for at in range(12)]
    assert answers[-1] == 429 and ask(client, number, "13800001234", "2001:db8:1:2::99").status_code == 429
    assert [ask(client, number, "13800001234", "10.9.9.9").status_code for _ in range(12)] == [200] * 12


def test_attachments_of_strangers_end_when_a_day_s_bytes_are_there(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(online_application, "BYTES_ALL", VisitLimit("all", 3 * len(PNG), 3600))
    answers = [send(client, (PNG, "a.png"), wanted=f"第 {at} 份文件") for at in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429] and "不带附件" in answers[-1].text
    assert send(client, wanted="又一份文件").status_code == 200


def test_files_that_were_refused_use_up_nothing(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(online_application, "BYTES_HERE", VisitLimit("here", 3 * len(PNG), 3600))
    monkeypatch.setattr(online_application, "APPLY", VisitLimit("apply-few", 1, 3600))
    many = [(PNG, f"{at}.png") for at in range(6)]
    for refused in (many, many, [(b"MZ" + PNG * 2, "a.exe")]):
        answer = send(client, *refused)
        assert answer.status_code == 422 and "附件" in answer.text
    assert send(client, (PNG, "a.png")).status_code == 200


def test_one_address_sends_so_many_and_others_go_on(client: FlaskClient) -> None:
    for at in range(online_application.APPLY.most):
        assert send(client, wanted=f"第 {at} 份文件").status_code == 200
    refused = send(client, wanted="又一份文件")
    assert refused.status_code == 429 and "又一份文件" in refused.text
    other = client.post(
        "/apply", data={**GIVEN, "wanted": "别人的文件"}, headers={"X-Forwarded-For": "1.2.3.4, 10.1.1.1"}
    )
    assert other.status_code == 200
