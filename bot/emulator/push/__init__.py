"""Deliveries to the product's webhook: sealed, sent, and the replies checked."""
