"""The annual report as figures: the form of both formats, cells, and all that a check finds."""
