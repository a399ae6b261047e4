"""The console: where staff write, review, schedule and answer. One page family a module, all closed unless opened."""
