"""Rules about figures: what counts."""
