"""What we are measured against must do the work that it is said to do."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bench import plain, product
from bench.questions import Deliveries
from content.services.office import Office

ROWS = [
    {
        "key": "a",
        "title": "临江公共租赁住房申请办法",
        "body": "申请公租房应当提交身份证明。",
        "published_on": "2026-01-05",
    },
    {"key": "b", "title": "临江2026年部门预算", "body": "收入预算总额一千万元。", "published_on": "2026-02-10"},
    {"key": "c", "title": "安全生产检查通报", "body": "检查企业三十家。", "published_on": "2026-03-15"},
]


@pytest.fixture
def redis_url() -> str:
    """The office has a server of its own, as in the measurements."""
    return ""


@pytest.fixture
def store(office: Office, monkeypatch: pytest.MonkeyPatch) -> plain.Store:
    """The store of plain parts with three disclosures."""
    for name, value in product.environment(office.home, BENCH_REDIS=product.redis_address(office)).items():
        monkeypatch.setenv(name, value)
    store = plain.open_store()
    store.line.executescript(plain.SCHEMA)
    load(store, office.home, ROWS)
    return store


@pytest.fixture
def client(store: plain.Store) -> FlaskClient:
    """The web application of plain parts."""
    return plain.application().test_client()


def load(store: plain.Store, folder: Path, rows: list[dict[str, str]]) -> None:
    """Imports rows."""
    file = folder / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    plain.load(store, file)


def ask(client: FlaskClient, delivery: bytes) -> bytes:
    """The sealed answer to a delivery."""
    head, _, body = delivery.partition(b"\r\n\r\n")
    return client.post(head.split()[1].decode(), data=body).data


def test_a_question_is_answered_with_the_best_titles_first(client: FlaskClient) -> None:
    deliveries = Deliveries(product.ACCOUNT)
    reply = deliveries.reply(ask(client, deliveries.sealed("请问公共租赁住房怎么申请").stamped(1_790_000_000)))
    assert reply.splitlines()[1].endswith('/d/1">临江公共租赁住房申请办法</a> 2026-01-05')


def test_a_delivery_that_is_repeated_is_answered_alike_and_kept_once(client: FlaskClient, office: Office) -> None:
    deliveries = Deliveries(product.ACCOUNT)
    delivery = deliveries.sealed("部门预算").stamped(1_790_000_000)
    first, again = (deliveries.reply(ask(client, delivery)) for _ in range(2))
    with sqlite3.connect(office.home / "plain.db") as line:
        kept = line.execute("SELECT text, offered FROM question").fetchall()
    assert (first, kept) == (again, [("部门预算", '["b"]')])


def test_a_wrong_signature_is_refused(client: FlaskClient) -> None:
    _, _, body = Deliveries(product.ACCOUNT).different(1)[0].now().partition(b"\r\n\r\n")
    assert client.post("/wechat?timestamp=1&nonce=2&msg_signature=wrong", data=body).status_code == 403


def test_an_import_puts_a_row_in_place_of_the_one_with_its_key(store: plain.Store, office: Office) -> None:
    load(store, office.home, [{**ROWS[2], "title": "防汛物资采购公告", "body": "采购编织袋。"}])
    assert [key for _, key, _, _ in store.search("防汛物资", 10)] == ["c"]
    assert store.search("安全生产", 10) == []
