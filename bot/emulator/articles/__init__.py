"""Published articles on the rehearsed platform: their pages, lists, mass sends, and the HTML filter."""
