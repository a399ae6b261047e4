"""Checks before review: what they find in a post, what was dismissed with which reason, and whether anything still stands."""
