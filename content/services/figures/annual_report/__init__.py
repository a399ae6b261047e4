"""The office's own annual report: what people enter, the year's figures, the files, the signature."""
