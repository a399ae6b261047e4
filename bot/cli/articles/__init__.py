"""Commands for posts: queue, review, settle."""
