"""The catalogue of what must be disclosed (政务公开目录): its columns, its time limits, what is due when."""
