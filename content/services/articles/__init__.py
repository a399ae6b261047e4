"""Posts on their way to the reviews: queued, edited, taken in many at once, shown.

`taking` makes a checked draft of what staff bring; `keeping` writes it; `showing` reads it; `many` imports.
"""

from content.services.articles.article_view import concerns, listing, picture_kind, preview, show
from content.services.articles.bulk_import import PostImportReceipt, import_posts
from content.services.articles.drafts import QueuedPost, add, edit
from content.services.articles.submission_form import FaultyPost, PostForm, Upload

__all__ = [
    "FaultyPost",
    "PostForm",
    "PostImportReceipt",
    "QueuedPost",
    "Upload",
    "add",
    "concerns",
    "edit",
    "import_posts",
    "listing",
    "picture_kind",
    "preview",
    "show",
]
