"""The clock: one leader among any number of processes, a heartbeat by APScheduler, due times kept as rows."""
