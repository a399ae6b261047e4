"""Commands about citizens: ask, guides, letters, questions."""
