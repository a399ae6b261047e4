"""The side door /_/…: what only a rehearsal can do. Look, seed, move time, cause faults."""
