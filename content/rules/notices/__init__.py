"""What notices say of each other, and what a list shows of their text."""
