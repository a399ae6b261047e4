"""Replies, one module for each subject that a citizen may write about."""
