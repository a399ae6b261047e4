"""Bodies of posts as staff bring them: Word, Markdown, HTML, text, pictures, attachments."""
