"""How cells of a workbook look: colours, days, Chinese numerals, and what a sheet hides or links."""
