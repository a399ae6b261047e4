"""Rules about jobs: pay, degrees, distance, and which postings match a query."""
