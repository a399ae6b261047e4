"""Jobs: which postings match what a citizen wants."""
