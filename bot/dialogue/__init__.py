"""What is said to citizens."""
