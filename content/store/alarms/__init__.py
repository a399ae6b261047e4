"""Alarms in SQL, and the rows that they are raised from: stuck work, the posts of a day."""
