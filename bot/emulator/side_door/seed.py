"""Fills the platform at once: publications with their own times, followers, a menu."""

from __future__ import annotations

from typing import Any

from bot.emulator.api import drafts, publishing
from bot.emulator.articles import published
from bot.emulator.platform import Platform


def seed(platform: Platform, body: dict[str, Any]) -> dict[str, Any]:
    """`published`: [{at, articles: [{title, content, …}], kind?: published|pushed}], `followers`: names, `drafts`.

    Titles and bodies obey the same rules as draft/add, but need no cover. Returns what was made.
    """
    with platform.state.transaction():
        made = [_publication(platform, item) for item in body.get("published", [])]
        kept = [drafts.keep(platform, _covered(platform, item["articles"])) for item in body.get("drafts", [])]
        for name in body.get("followers", []):
            platform.chats.follow(platform.chats.phone(name)["openid"], follows=True)
        if "menu" in body:
            platform.state.set_value("menu", body["menu"])
    return {
        "published": [{"article_id": w["article_id"], "urls": [i["url"] for i in w["items"]]} for w in made],
        "drafts": [draft["media_id"] for draft in kept],
    }


def _publication(platform: Platform, item: dict[str, Any]) -> dict[str, Any]:
    kind = item.get("kind", published.PUBLISHED)
    if kind not in (published.PUBLISHED, published.PUSHED):
        raise ValueError(f"kind 只能是 {published.PUBLISHED} 或 {published.PUSHED}")
    draft = drafts.keep(platform, _covered(platform, item["articles"]))
    platform.state.shelf("drafts").delete(draft["media_id"])
    return published.bring_out(
        platform, draft["articles"], kind=kind, msg_data_id=publishing.new_msg_data_id(platform), by="hand",
        at=platform.clock.parse(item["at"]).timestamp(),
    )  # fmt: skip


def _covered(platform: Platform, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Articles with a cover: their own, or an empty one that stands for it."""
    media_id = "seeded-cover"
    if platform.state.shelf("materials").get(media_id) is None:
        cover = {"media_id": media_id, "type": "image", "name": "", "url": "", "update_time": 0, "sha256": ""}
        platform.state.shelf("materials").put(media_id, cover)
    return [{"thumb_media_id": media_id, **article} for article in given]
