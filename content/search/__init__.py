"""The search index over disclosures and postings, and everything that only it uses."""
