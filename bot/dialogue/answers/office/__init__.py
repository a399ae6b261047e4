"""Answers about the office itself: its standing guides, its days and hours, its departments, and how an application stands."""
