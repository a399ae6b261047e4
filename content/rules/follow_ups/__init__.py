"""Short questions about what was shown a moment ago: what they ask, and the passage of an item that answers."""
