"""Figures: the yearly tally, its lines, the audit of the ledger, terms in working days, the check of an annual report."""
