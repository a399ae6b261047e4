"""Files under HOME: by hash, keys, sealed values, the spool, locks, atomic writes."""
