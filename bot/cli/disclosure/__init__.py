"""Commands for the register of applications, reviews and suits, and the catalogue."""
