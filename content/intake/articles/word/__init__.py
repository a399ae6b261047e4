"""Word documents (.docx) to HTML: headings, paragraphs, runs, lists with their numbers, tables, pictures, links."""

from content.intake.articles.word.package import to_html

__all__ = ["to_html"]
