"""The annual report as a file: Word in official layout, a workbook, a web page, JSON; one document behind all four."""
