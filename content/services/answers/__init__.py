"""Answers to questions: which notices a question finds, and the index behind it."""
