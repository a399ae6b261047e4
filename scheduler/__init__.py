"""What happens because of the time of day."""
