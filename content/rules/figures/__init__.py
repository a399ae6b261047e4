"""Rules about figures: what counts, working days, and what must foot in the annual report."""
