"""Checks of a post before it is reviewed: pure, over its words with their places. Each finding says why, and what to do."""
