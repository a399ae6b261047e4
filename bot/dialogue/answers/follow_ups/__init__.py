"""Answers about what was shown a moment ago."""
