"""Our ledger against the platform's lists, day by day; each difference stays open until somebody signs it."""

from content.services.reconciling.looking import reconcile
from content.services.reconciling.resolving import VERDICTS, resolve

__all__ = ["VERDICTS", "reconcile", "resolve"]
