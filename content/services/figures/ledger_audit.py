"""The audit of the ledger: the chain walked, signed heads held against it, exports."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from config.clock import local
from content.render import spreadsheet
from content.rules.errors import BadInput, Conflict
from content.services.figures import ledger_comparison
from content.services.office import Office
from content.store.disk import atomic_write
from content.store.figures import ledger, ledger_signatures, ledger_verification
from content.store.figures.ledger_signatures import SignedHead
from content.store.tables import LedgerEntry

HEADINGS = ("台账号", "时间", "事项", "经手人", "角色", "对象", "内容", "上一条校验值", "校验值")


@dataclass(frozen=True)
class LedgerVerdict:
    """`entries` were walked; `broken` is the number of the first entry that does not hold, with `why`.

    `faults`: sentences on heads that are gone, and on rows and files that are not what the ledger says.
    """

    entries: int
    heads: int
    broken: int | None = None
    why: str = ""
    faults: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return self.broken is None and not self.faults

    def to_json(self) -> dict[str, Any]:
        """`{"ok","entries","heads","broken":null|{"number","why"},"faults":["…"]}`."""
        broken = None if self.broken is None else {"number": self.broken, "why": self.why}
        return {"ok": self.ok, "entries": self.entries, "heads": self.heads, "broken": broken,
                "faults": list(self.faults)}  # fmt: skip


def verify(office: Office, head_file: Path | None = None) -> LedgerVerdict:
    """Walks the whole chain; holds it against every head that was signed here, and tables and files against it.

    `head_file` has further heads. Raises BadInput for a file without a head, or with one that this office did not sign.
    """
    signed = _signed_heads(office, head_file)
    with office.store.read() as session:
        entries, broken = ledger_verification.walk(session, signed)
    cut = ledger.is_cut(office.store)
    number, why = broken or (None, "")
    faults = (
        *_lost_heads(office),
        *([cut] if cut else []),
        *(ledger_comparison.faults(office) if broken is None else ()),
    )
    return LedgerVerdict(entries, len(signed), number, why, faults)


def sign_head(office: Office, at: datetime) -> SignedHead:
    """Signs the ledger's last entry and adds the head to `HOME/ledger/heads.jsonl`; log it, and keep it elsewhere.

    Raises Conflict when the earlier heads are gone: a new one would bless whatever was written since.
    """
    if lost := _lost_heads(office):
        raise Conflict(lost[0])
    with office.store.read() as session:
        number, digest = ledger.top(session)
    path = heads_file(office)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()  # before the key, so that a key without heads is never what a crash leaves
    head = ledger_signatures.sign(key_file(office), number=number, hash=digest, at=local(at, office.settings.zone))
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(head.to_json()) + "\n")
    return head


def export(office: Office, path: Path, at: datetime) -> SignedHead:
    """Writes the whole ledger as `.jsonl`, `.csv` or `.xlsx`, and a signed head to `FILE.head.json` beside it.

    A ledger that does not hold is not exported: the new head would bless it. Raises Conflict, BadInput, GongkaiError.
    """
    if path.suffix.lower() not in (".jsonl", ".csv", ".xlsx"):
        raise BadInput(f"文件名要以 .jsonl、.csv 或 .xlsx 结尾，现在是“{path.name}”。")
    verdict = verify(office)
    if verdict.broken is not None:
        raise Conflict(f"台账从第 {verdict.broken} 条起不可信：{verdict.why}没有导出。")
    head = sign_head(office, at)
    with office.store.read() as session:
        entries = (entry for entry in ledger.since(session, 0) if entry.number <= head.number)
        _write(path, entries)
    text = json.dumps(head.to_json(), indent=2) + "\n"
    atomic_write.write(path.with_name(path.name + ".head.json"), lambda file: _put(file, text))
    return head


def heads_file(office: Office) -> Path:
    """Where this office keeps the heads it signed."""
    return office.home / "ledger" / "heads.jsonl"


def _lost_heads(office: Office) -> list[str]:
    """A sentence when there is a key, which is made with the first head, and yet no file of heads."""
    path = heads_file(office)
    if path.exists() or not key_file(office).exists():
        return []
    return [f"台账的封印记录 {path} 不见了，密钥却还在：可能有人删了它。请从备份恢复，或者用 --head 核对另存的封印。"]


def key_file(office: Office) -> Path:
    """Where its key lies, which is not in the database."""
    return office.home / "keys" / "ledger"


def _signed_heads(office: Office, head_file: Path | None) -> list[SignedHead]:
    """All heads to hold the ledger against, lowest number first."""
    given = ledger_signatures.read(head_file) if head_file else []
    if head_file and not given:
        raise BadInput(f"{head_file} 里没有台账的封印。封印由 gongkai ledger export 写在导出文件旁边。")
    own = heads_file(office)
    found = dict.fromkeys([*given, *(ledger_signatures.read(own) if own.exists() else [])])
    key = ledger_signatures.public_key(key_file(office)) if found else None
    if found and key is None:
        raise BadInput(f"核对封印要用 {key_file(office)} 里的密钥，但它不在。请从备份里恢复它。")
    for head in found:
        if not head.is_signed_with(str(key)):
            raise BadInput(f"第 {head.number} 条的封印（{head.at}）不是用本单位的密钥签的，或被改动过，不能作凭据。")
    return sorted(found, key=lambda head: head.number)


def _write(path: Path, entries: Iterable[LedgerEntry]) -> None:
    if path.suffix.lower() == ".jsonl":
        atomic_write.write(path, lambda file: _put_lines(file, entries))
    else:
        spreadsheet.write(path, spreadsheet.OutputSheet("台账", HEADINGS, (tuple(_plain(entry)) for entry in entries)))


def _plain(entry: LedgerEntry) -> list[str | int]:
    at = entry.at.isoformat(timespec="microseconds")
    return [
        entry.number,
        at,
        entry.kind,
        entry.actor,
        entry.role,
        entry.subject,
        entry.data,
        entry.previous,
        entry.hash,
    ]


def _put_lines(path: Path, entries: Iterable[LedgerEntry]) -> None:
    """One line an entry; SHA-256 over the canonical JSON of all but `hash`, with `data` as text, gives `hash`."""
    names = ("number", "at", "kind", "actor", "role", "subject", "data", "previous", "hash")
    with path.open("w", encoding="utf-8") as file:
        for entry in entries:
            file.write(json.dumps(dict(zip(names, _plain(entry), strict=True)), ensure_ascii=False) + "\n")


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
