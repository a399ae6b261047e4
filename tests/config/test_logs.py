"""Logs: one JSON line an event, and nothing in it that opens a door."""

from __future__ import annotations

import json
import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import logs

TOKEN = "92_hX3kQv0bLm-Z7yT5nR2"
SECRETS = {
    "a token in an address": f"GET https://api.weixin.qq.com/cgi-bin/draft/add?access_token={TOKEN}&x=1",
    "a secret in an address": f"/cgi-bin/token?grant_type=client_credential&appid=wx1&secret={TOKEN}",
    "a token in JSON": f'{{"access_token":"{TOKEN}","expires_in":7200}}',
    "a token in spaced JSON": f'{{"access_token": "{TOKEN}", "expires_in": 7200}}',
    "a secret in JSON": f'{{"appid": "wx1", "secret": "{TOKEN}"}}',
    "a token in Python's spelling": f"{{'access_token': '{TOKEN}'}}",
    "a Redis password": f"redis://:{TOKEN}@127.0.0.1:6379/0",
    "a Redis password over TLS": f"rediss://default:{TOKEN}@redis.example:6380/0",
    "a database password": f"postgresql+psycopg://office:{TOKEN}@db.example/gongkai",
}


def line(message: str, **extra: object) -> str:
    """What is written for one event."""
    record = logging.LogRecord("content.x", logging.WARNING, __file__, 1, message, (), None)
    record.__dict__.update(extra)
    return logs.JsonLines("web").format(record)


@pytest.mark.parametrize("what", SECRETS)
def test_a_secret_is_struck_out(what: str) -> None:
    assert TOKEN not in logs.strike_out(SECRETS[what])
    assert TOKEN not in line(SECRETS[what])
    assert TOKEN not in line("call", fields={"detail": SECRETS[what]})


@pytest.mark.parametrize("what", SECRETS)
def test_a_secret_in_a_trace_is_struck_out(what: str) -> None:
    try:
        raise ConnectionError(SECRETS[what])
    except ConnectionError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
    written = logs.JsonLines("web").format(record)
    assert TOKEN not in written
    assert "ConnectionError" in json.loads(written)["trace"]


def test_what_is_no_secret_stays() -> None:
    text = "GET https://api.weixin.qq.com/cgi-bin/draft/get?media_id=abc 关于2026年预算的公告"
    assert logs.strike_out(text) == text


@given(st.text(), st.dictionaries(st.text(min_size=1), st.text()))
def test_every_event_is_one_line_of_json(message: str, fields: dict[str, str]) -> None:
    written = line(message, fields=fields)
    assert "\n" not in written
    json.loads(written)


def test_the_fields_of_a_call_stand_beside_the_event() -> None:
    read = json.loads(line("已发布", fields={"article": 12}))
    assert (read["event"], read["article"], read["level"], read["process"]) == ("已发布", 12, "warning", "web")


PERSONAL = {
    "an ID number": "11010519491231002X",
    "with blanks": "110105 19491231 0021",
    "full-width": "１１０１０５１９４９１２３１００２Ｘ",
    "a mobile": "13812345678",
    "a mobile with its country": "+86 138-1234-5678",
    "a full-width mobile": "１３８１２３４５６７８",
    "a telephone": "0574-87654321",
}


@pytest.mark.parametrize("what", PERSONAL)
def test_numbers_of_people_are_masked_in_every_part_of_a_line(what: str) -> None:
    number = PERSONAL[what]
    try:
        raise ValueError(f"不认识 {number}")
    except ValueError:
        trace = sys.exc_info()
    record = logging.LogRecord("content.x", logging.ERROR, __file__, 1, "来信：%s", (f"我叫张三，{number}。",), trace)
    record.__dict__["fields"] = {"words": f"电话{number}", "all": [{"deep": number}], number: 1}
    written = logs.JsonLines("web").format(record)
    assert number not in written and "张三" in written
    assert json.loads(written)["level"] == "error"


@pytest.mark.parametrize(
    "kept", ["2247500001", "7300000000000000001", "2026-11-22T09:30:00+0800", "1795320000", "1795320000123", "a" * 64,
             "13800 13900 行", "12345", "000001795320000-00000000123456789012"]
)  # fmt: skip
def test_other_numbers_stay(kept: str) -> None:
    assert kept in line(f"publication {kept}: done")
    assert json.loads(line("x", fields={"number": 13812345678}))["number"] == 13812345678, "no text"
