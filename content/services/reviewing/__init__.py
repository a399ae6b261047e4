"""What surrounds the three reviews: remarks and questions at a place, and reviews that are owed after an emergency."""
