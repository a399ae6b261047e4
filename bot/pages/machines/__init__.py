"""What programs read: Atom feeds, the list of all pages, what crawlers may visit."""
