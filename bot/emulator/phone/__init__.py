"""The citizen's phone: its page, and what a citizen can do with it."""
