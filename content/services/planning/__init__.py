"""What is planned and what waits: the days of a month, and what each person is asked to do."""
