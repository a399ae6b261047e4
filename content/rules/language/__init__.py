"""Rules about Chinese text: characters, numerals, dates, spelling, and the terms of a question."""
