"""A count as a file that proves itself: figures, every line, and the ledger's head, signed with the office's key.

The signature is Ed25519 over the canonical JSON `{"purpose":PURPOSE,"text":T}`, where T is the canonical JSON of the
whole file without `key` and `signature`. Every line names its ledger entry by number and hash; the head seals them all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from config.clock import local
from content.rules.errors import BadInput
from content.rules.figures.counted_publications import DEFINITION
from content.services.figures import counting, ledger_audit, tally_lines
from content.services.figures.count_filter import CountFilter
from content.services.office import Office
from content.store.disk import atomic_write
from content.store.figures import ledger_signatures
from content.store.figures.ledger import canonical

PURPOSE = "gongkai count evidence 1"


def write(office: Office, path: Path, wanted: CountFilter, now: datetime) -> int:
    """Writes the file; the number of its lines. Raises Conflict when the ledger cannot be signed, GongkaiError."""
    head = ledger_audit.sign_head(office, now)
    figures = counting.read(office, wanted, now)
    rows = tally_lines.lines(office, wanted)
    told: dict[str, Any] = {
        "definition": DEFINITION,
        "as_of": local(now, office.settings.zone),
        "conditions": {"from": wanted.first.isoformat(), "to": wanted.last.isoformat(), "channel": wanted.channel,
                       "delivery": wanted.delivery, "category": wanted.category, "department": wanted.department,
                       "withdrawn": wanted.withdrawn},
        "total": figures.total,
        "by_month": {month.first.isoformat()[:7]: month.items for month in figures.by_month},
        "by_channel": dict(figures.by_channel),
        "by_delivery": dict(figures.by_delivery),
        "by_category": dict(figures.by_category),
        "by_department": dict(figures.by_department),
        "lines": [row._asdict() for row in rows],
        "ledger_head": head.to_json(),
    }  # fmt: skip
    key, signature = ledger_signatures.sign_text(ledger_audit.key_file(office), PURPOSE, canonical(told))
    text = json.dumps({**told, "key": key, "signature": signature}, ensure_ascii=False, indent=1)
    atomic_write.write(path, lambda file: _put(file, text))
    return len(rows)


def check(office: Office, data: bytes) -> Mapping[str, Any]:
    """The contents of such a file, if this office signed them and nothing in it was changed. Raises BadInput."""
    try:
        told = json.loads(data)
        key, signature = str(told.pop("key")), str(told.pop("signature"))
        whole = isinstance(told["total"], int) and told["total"] == len(told["lines"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInput("这不是证据文件。请选从“统计”页导出、以 .json 结尾的那个文件。") from error
    if key != ledger_signatures.public_key(ledger_audit.key_file(office)):
        raise BadInput("这个文件不是用本单位的密钥签的，不能作凭据。")
    if not whole or not ledger_signatures.holds(key, PURPOSE, text=canonical(told), signature=signature):
        raise BadInput("这个文件签名以后被改动过，不能作凭据。")
    contents: Mapping[str, Any] = told
    return contents


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
