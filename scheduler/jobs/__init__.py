"""The clock's jobs; each is one `run(now, …)` that may safely run twice."""
