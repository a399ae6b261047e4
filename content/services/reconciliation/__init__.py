"""Our ledger against the platform's lists, day by day; each difference stays open until somebody signs it."""

from content.services.reconciliation.list_comparison import reconcile
from content.services.reconciliation.resolution import VERDICTS, resolve

__all__ = ["VERDICTS", "reconcile", "resolve"]
