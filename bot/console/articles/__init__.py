"""Articles: the list, one article, writing, reviewing, the calendar."""
