"""Articles and their publications in SQL."""
