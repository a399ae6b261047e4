"""Signs the ledger's head and writes it to the log, so that a cut or rewritten ledger is found out."""

from __future__ import annotations

import json
import logging

from content.services.figures import ledger_audit
from content.services.publishing import JobContext

log = logging.getLogger(__name__)


def run(context: JobContext) -> str:
    """The signed head, which also stands in HOME/ledger/heads.jsonl."""
    head = ledger_audit.sign_head(context.office, context.now())
    log.info("ledger head %s", json.dumps(head.to_json()))
    return ""
