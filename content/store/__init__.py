"""Where everything is kept: SQL is the truth, Redis and the index are derived from it."""
