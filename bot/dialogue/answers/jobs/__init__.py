"""Answers about work: what a search for jobs finds, and how a list of jobs reads."""
