"""The ledger in SQL with its signatures, and the tally's counters in Redis."""
