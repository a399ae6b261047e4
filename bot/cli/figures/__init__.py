"""Commands about figures: tally, ledger, reconcile."""
