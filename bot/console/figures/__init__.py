"""Figures: the count with its evidence, the ledger, reconciliation."""
