"""Answers from the notices: by words, by dates, by a document's number."""
