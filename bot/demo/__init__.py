"""The demo world, and the command that brings it to life."""
