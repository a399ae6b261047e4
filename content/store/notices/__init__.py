"""Disclosures, postings and portal items in SQL."""
