"""The catalogue of what must be disclosed: kept as a sheet, held against the calendar, shown to citizens."""
