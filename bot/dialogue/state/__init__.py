"""What is remembered of a conversation, and under which pseudonym."""
