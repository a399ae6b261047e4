"""The audit: a changed entry, a missing one, a cut tail and a chain written anew are all found and named."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import stat
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text

from config.settings import Settings
from content.rules.errors import BadInput, Conflict, GongkaiError
from content.services.figures import ledger_audit
from content.services.office import Office
from content.store.figures import ledger
from content.store.tables import File, LedgerEntry
from tests import world
from tests.factories import approved_article
from tests.services import ledger_entries as entries
from tests.services.alarm_world import published as out_on

CHANGES = [
    "UPDATE ledger SET actor = 'nobody' WHERE number = 7",
    "UPDATE ledger SET data = replace(data, 'cd', 'ce') WHERE number = 7",
    "UPDATE ledger SET at = '2026-01-01 00:00:00.000000' WHERE number = 7",
    "UPDATE ledger SET at = 'whenever' WHERE number = 7",
    "UPDATE ledger SET previous = hash WHERE number = 7",
    "DELETE FROM ledger WHERE number = 7",
    "UPDATE ledger SET number = 99 WHERE number = 7",
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """On SQLite, whose triggers `_tamper` knows how to remove."""
    return world.settings(tmp_path / "home")


@pytest.fixture
def filled(office: Office) -> Office:
    """Five entries of the world's people, and five more."""
    for _ in range(5):
        entries.something_else(office)
    return office


def test_a_whole_ledger_holds(filled: Office) -> None:
    assert ledger_audit.verify(filled).to_json() == {
        "ok": True,
        "entries": 10,
        "heads": 0,
        "broken": None,
        "faults": [],
    }


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_entry_is_named(filled: Office, change: str) -> None:
    _tamper(filled, change)
    verdict = ledger_audit.verify(filled)
    assert (verdict.broken, verdict.entries) == (7, 6)
    assert verdict.why.endswith("。")


def test_an_entry_whose_hash_was_made_to_fit_lacks_the_seal_of_the_key(filled: Office) -> None:
    with filled.store.read() as session:
        entry = session.get_one(LedgerEntry, 7)
        entry.actor = "nobody"
        fitting = ledger.seal(entry)
        session.rollback()
    _tamper(filled, f"UPDATE ledger SET actor = 'nobody', hash = '{fitting}' WHERE number = 7")
    verdict = ledger_audit.verify(filled)
    assert verdict.broken == 7
    assert "封签" in verdict.why


def test_a_cut_tail_is_found_by_the_head(filled: Office, tmp_path: Path) -> None:
    ledger_audit.export(filled, tmp_path / "ledger.jsonl", world.NOON)
    shutil.rmtree(ledger_audit.heads_file(filled).parent)  # only the copy kept elsewhere is left
    _tamper(filled, "DELETE FROM ledger WHERE number > 8")
    assert ledger_audit.verify(filled).broken is None
    verdict = ledger_audit.verify(filled, tmp_path / "ledger.jsonl.head.json")
    assert verdict.broken == 9
    assert "截去" in verdict.why


def test_a_chain_written_anew_is_found_by_the_head(filled: Office, tmp_path: Path) -> None:
    head = ledger_audit.sign_head(filled, world.NOON)
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps(head.to_json()))
    for _ in range(3):
        entries.something_else(filled)
    shutil.rmtree(ledger_audit.heads_file(filled).parent)
    _write_anew(filled)
    assert ledger_audit.verify(filled).broken is None
    verdict = ledger_audit.verify(filled, kept)
    assert verdict.broken == 10
    assert "重写" in verdict.why


def test_the_heads_signed_here_are_always_held_against_the_ledger(filled: Office) -> None:
    ledger_audit.sign_head(filled, world.NOON)
    entries.something_else(filled)
    ledger_audit.sign_head(filled, world.NOON)
    assert ledger_audit.verify(filled).to_json() == {
        "ok": True,
        "entries": 11,
        "heads": 2,
        "broken": None,
        "faults": [],
    }
    _write_anew(filled)
    assert ledger_audit.verify(filled).broken == 10


def test_a_ledger_that_has_grown_since_still_holds_against_its_old_head(filled: Office, tmp_path: Path) -> None:
    log = tmp_path / "night.log"
    line = {"event": "ledger head", **ledger_audit.sign_head(filled, world.NOON).to_json()}
    log.write_text('{"event": "something else"}\nnot json\n' + json.dumps(line) + "\n")
    entries.something_else(filled)
    assert ledger_audit.verify(filled, log).to_json() == {
        "ok": True,
        "entries": 11,
        "heads": 1,
        "broken": None,
        "faults": [],
    }


def test_heads_that_are_gone_while_their_key_is_there_are_a_fault(filled: Office, tmp_path: Path) -> None:
    ledger_audit.sign_head(filled, world.NOON)
    assert ledger_audit.verify(filled).ok
    ledger_audit.heads_file(filled).unlink()
    verdict = ledger_audit.verify(filled)
    assert not verdict.ok and "heads.jsonl 不见了" in verdict.faults[0]
    with pytest.raises(Conflict, match="不见了"):
        ledger_audit.sign_head(filled, world.NOON)


@pytest.mark.parametrize(("attack", "said"), [
    ("UPDATE revision SET html = '<p>改过的</p>' WHERE article_id = 1", "内容与台账上发布的不符"),
    ("UPDATE article SET state = 'scheduled' WHERE id = 1", "已经发布过"),
    ("UPDATE article SET state = 'published' WHERE id = 2", "没有发布的记录"),
    ("UPDATE revision SET title = '改过的' WHERE article_id = 2", "内容与三审通过的那一稿不符"),
    ("UPDATE revision SET number = 7 WHERE article_id = 1", "没有这一稿"),
    ("UPDATE review SET person_id = 1 WHERE id = 2", "台账上没有的通过"),
    ("DELETE FROM review WHERE id = 2", "审核记录里没有"),
])  # fmt: skip
def test_rows_that_are_not_what_the_ledger_says_are_named(office: Office, attack: str, said: str) -> None:
    _one_out_and_one_approved(office)
    assert ledger_audit.verify(office).ok
    _tamper(office, attack)
    verdict = ledger_audit.verify(office)
    assert (verdict.broken, verdict.ok) == (None, False)
    assert any(said in fault for fault in verdict.faults)


@pytest.mark.parametrize("swapped", [True, False])
def test_files_that_are_not_what_the_ledger_says_are_named(office: Office, swapped: bool) -> None:
    _one_out_and_one_approved(office)
    with office.store.read() as session:
        path = office.files.path(session.scalars(select(File.sha256)).one())
    path.write_bytes(b"another") if swapped else path.unlink()
    assert [fault[:4] for fault in ledger_audit.verify(office).faults] == ["稿件 1", "稿件 2"]


@pytest.mark.parametrize("field,value", [("number", 9), ("hash", "0" * 64), ("at", "2020-01-01"), ("signature", "zz")])
def test_a_head_that_was_changed_proves_nothing(filled: Office, tmp_path: Path, field: str, value: object) -> None:
    changed = {**ledger_audit.sign_head(filled, world.NOON).to_json(), field: value}
    (tmp_path / "head.json").write_text(json.dumps(changed))
    with pytest.raises(BadInput, match="不是用本单位的密钥签的"):
        ledger_audit.verify(filled, tmp_path / "head.json")


def test_a_head_signed_with_another_key_proves_nothing(filled: Office, tmp_path: Path) -> None:
    ledger_audit.export(filled, tmp_path / "ledger.csv", world.NOON)
    key = filled.home / "keys" / "ledger"
    key.unlink()
    shutil.rmtree(ledger_audit.heads_file(filled).parent)
    with pytest.raises(BadInput, match="密钥"):
        ledger_audit.verify(filled, tmp_path / "ledger.csv.head.json")
    ledger_audit.sign_head(filled, world.NOON)  # makes a new key
    with pytest.raises(BadInput, match="不是用本单位的密钥签的"):
        ledger_audit.verify(filled, tmp_path / "ledger.csv.head.json")


def test_a_file_without_a_head_is_refused(filled: Office, tmp_path: Path) -> None:
    (tmp_path / "head.json").write_text("{}")
    with pytest.raises(BadInput, match="没有台账的封印"):
        ledger_audit.verify(filled, tmp_path / "head.json")


def test_the_key_is_ours_alone_and_not_in_the_database(filled: Office) -> None:
    ledger_audit.sign_head(filled, world.NOON)
    key = filled.home / "keys" / "ledger"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.read_bytes() not in (filled.home / "gongkai.db").read_bytes()
    key.chmod(0o644)
    with pytest.raises(GongkaiError, match="chmod 600"):
        ledger_audit.sign_head(filled, world.NOON)


def test_an_export_can_be_checked_by_anyone_with_nothing_but_sha256(filled: Office, tmp_path: Path) -> None:
    head = ledger_audit.export(filled, tmp_path / "ledger.jsonl", world.NOON)
    lines = [json.loads(line) for line in (tmp_path / "ledger.jsonl").read_text(encoding="utf-8").splitlines()]
    previous = "0" * 64
    for line in lines:
        claimed = line.pop("hash")
        sealed = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(sealed.encode()).hexdigest() == claimed
        assert line["previous"] == previous
        previous = claimed
    assert (len(lines), previous) == (head.number, head.hash)
    assert head.is_signed_with(head.key)


def test_csv_and_xlsx_have_one_line_for_each_entry(filled: Office, tmp_path: Path) -> None:
    ledger_audit.export(filled, tmp_path / "ledger.csv", world.NOON)
    ledger_audit.export(filled, tmp_path / "ledger.xlsx", world.NOON)
    with (tmp_path / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    sheet = load_workbook(tmp_path / "ledger.xlsx").active
    assert sheet is not None
    assert [[str(cell or "") for cell in row] for row in sheet.values] == rows
    assert [row[0] for row in rows] == ["台账号", *map(str, range(1, 11))]


def test_a_broken_ledger_is_not_exported_and_so_not_blessed(filled: Office, tmp_path: Path) -> None:
    _tamper(filled, "UPDATE ledger SET actor = 'nobody' WHERE number = 7")
    with pytest.raises(Conflict, match="第 7 条"):
        ledger_audit.export(filled, tmp_path / "ledger.jsonl", world.NOON)
    assert not list(tmp_path.glob("ledger*"))


def test_an_export_needs_a_known_ending(filled: Office, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.jsonl"):
        ledger_audit.export(filled, tmp_path / "ledger.pdf", world.NOON)


def _one_out_and_one_approved(office: Office) -> None:
    out_on(office, world.NOON)
    approved_article(office, title="还没有发")


def _tamper(office: Office, statement: str) -> None:
    """What someone with the database file can do."""
    with office.store.engine.begin() as connection:
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS ledger_no_{verb}"))
        connection.execute(text(statement))


def _write_anew(office: Office) -> None:
    """The same number of entries, a perfect chain, another history."""
    with office.store.read() as session:
        number = ledger.head(session)
    _tamper(office, "DELETE FROM ledger")
    for _ in range(number):
        entries.something_else(office)
