"""Arrays on disk that the index is made of: posting lists, dense rows, texts."""
