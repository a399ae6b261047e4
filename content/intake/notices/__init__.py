"""Disclosures, postings and portal items as they come in: sheets, JSON lines, feeds, list pages."""
