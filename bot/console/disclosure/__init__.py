"""Disclosure: applications with their documents, reviews and suits, the catalogue and what is due, working days."""
