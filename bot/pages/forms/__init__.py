"""Forms that anybody may send: what they hold stays in memory, and each visitor may send so many."""
