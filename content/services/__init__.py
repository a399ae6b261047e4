"""The verbs of the office; each one is a few lines of rules, store and ports."""
