"""What an article is recognised by on the platform, since titles repeat: its 阅读原文 address (content_source_url).

Without one of the author's it is the article's own page `/a/<id>`; an author's own carries `#a-<id>` at its end.
That the platform gives it back in lists is unconfirmed on the live platform, hence the setting `GONGKAI_MARK_ARTICLES`.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"#a-(\d+)$")


def mark(article_id: int, *, base_url: str, source_url: str) -> str:
    """The 阅读原文 address to send."""
    if not source_url:
        return f"{base_url}/a/{article_id}"
    return f"{source_url}#a-{article_id}"


def read(source_url: str, *, base_url: str) -> int | None:
    """The article that an address marks, or None."""
    found = _MARK.search(source_url) or re.fullmatch(re.escape(base_url) + r"/a/(\d+)", source_url)
    return int(found.group(1)) if found else None
