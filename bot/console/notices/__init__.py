"""Notices: importing disclosures, postings and portal items from sheets."""
