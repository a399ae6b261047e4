"""Figures: the yearly tally, its lines, and the audit of the ledger."""
