"""What differs between machines, and facts that change by decree. Knows nobody."""
