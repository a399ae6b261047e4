"""The way of an approved article to the public, one committed step at a time.

prepared → drafting → drafted → submitting → submitted → published. Before each call the intent is committed, after it
the result; whoever finds an intent without a result looks before anything is sent again.
"""

from content.services.publishing.context import JobContext
from content.services.publishing.publishing_run import run

__all__ = ["JobContext", "run"]
