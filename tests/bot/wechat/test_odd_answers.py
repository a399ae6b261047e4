"""A platform, or something that stands in its place, that answers as no documentation says: one clear error, nothing leaks."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.wechat.channel import WeChatChannel
from content.rules.errors import PlatformError, Unanswered, Unreachable
from content.services.office import Office
from content.services.ports import FileBody
from tests import world
from tests.factories import image
from tests.fixtures import site as sites
from tests.fixtures.site import Site

TOKEN = {"access_token": "the-token", "expires_in": 7200}
PICTURE = FileBody("a.jpg", "image/jpeg", image("JPEG"))
CALLS: list[tuple[str, Callable[[WeChatChannel], Any]]] = [
    ("/cgi-bin/material/add_material", lambda channel: channel.upload_cover(PICTURE)),
    ("/cgi-bin/media/uploadimg", lambda channel: channel.upload_image(PICTURE)),
    ("/cgi-bin/draft/add", lambda channel: channel.add_draft([])),
    ("/cgi-bin/freepublish/submit", lambda channel: channel.submit("m")),
    ("/cgi-bin/freepublish/get", lambda channel: channel.result("1")),
    ("/cgi-bin/freepublish/batchget", lambda channel: channel.published(0, 20)),
    ("/cgi-bin/message/mass/sendall", lambda channel: channel.mass_send("m", "c")),
    ("/cgi-bin/draft/batchget", lambda channel: channel.drafts(0, 20)),
]
NAMES = [path.rpartition("/")[2] for path, _ in CALLS]


@pytest.fixture(scope="module")
def running_site() -> Iterator[Site]:
    """Something that answers under the platform's address."""
    with sites.running() as site:
        yield site


@pytest.fixture
def site(running_site: Site) -> Site:
    """The same, and it gives a token."""
    running_site.put("/cgi-bin/stable_token", json.dumps(TOKEN))
    return running_site


@pytest.fixture(scope="module")
def channel(running_site: Site) -> Iterator[WeChatChannel]:
    """The line of an office without Redis: each call asks for its token."""
    home = Path("/nonexistent")
    office = Office(world.settings(home, wechat_api_url=running_site.url, redis_url="redis://127.0.0.1:1/0"))
    yield WeChatChannel(office)
    office.close()


@pytest.mark.parametrize(("path", "call"), CALLS, ids=NAMES)
@pytest.mark.parametrize(
    "body",
    ["<html>502</html>", "", "null", "[1]", '"ok"', '{"errcode": "many"}', '{"errcode": [1]}', '{"errcode": {}, "x": 1, "item": 5}',
     '{"item": [{"article_id": 1}]}', '{"item": [{"update_time": 1e300, "article_id": "a", "media_id": "b"}]}',
     '{"item": {"a": 1}}', '{"publish_status": "soon"}', '{"publish_status": 0, "article_detail": {"item": [7]}}',
     "[" * 100_000, '{"errcode": 1' + "0" * 5000 + "}"],
    ids=range(15),
)  # fmt: skip
def test_what_is_no_answer_is_one_clear_error(
    channel: WeChatChannel, site: Site, path: str, call: Callable[[WeChatChannel], Any], body: str
) -> None:
    site.put(path, body)
    if path.endswith("batchget") and body.startswith('{"publish_status"'):
        assert call(channel) == [], "a list that names no items has none"
        return
    with pytest.raises(PlatformError, match="微信"):
        call(channel)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_with_a_token_or_a_secret(channel: WeChatChannel, site: Site, status: int) -> None:
    with sites.running() as thief:
        thief.put("/caught", "{}")
        site.put("/cgi-bin/freepublish/batchget", status=status, Location=f"{thief.url}/caught")
        with pytest.raises(Unreachable, match="转到了别处"):
            channel.published(0, 20)
        site.put("/cgi-bin/stable_token", status=status, Location=f"{thief.url}/caught")
        with pytest.raises(Unreachable, match="转到了别处"):
            channel.published(0, 20)
        assert thief.visits == []


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_without_an_end_is_not_read(channel: WeChatChannel, site: Site, packed: bool) -> None:
    huge = b'{"item": [], "more": "' + b"0" * 40_000_000 + b'"}'
    if packed:
        site.put("/cgi-bin/freepublish/batchget", gzip.compress(huge), Content_Encoding="gzip")
    else:
        site.put("/cgi-bin/freepublish/batchget", huge)
    with pytest.raises(Unanswered, match="太长"):
        channel.published(0, 20)


def test_packed_answers_are_read_and_broken_ones_are_not(channel: WeChatChannel, site: Site) -> None:
    site.put("/cgi-bin/freepublish/batchget", gzip.compress(b'{"item": []}'), Content_Encoding="gzip")
    assert channel.published(0, 20) == []
    site.put("/cgi-bin/freepublish/batchget", b"not gzip", Content_Encoding="gzip")
    with pytest.raises(Unanswered):
        channel.published(0, 20)


@pytest.mark.parametrize(
    "token", ['{"access_token": ""}', '{"access_token": 5}', "{}", '{"access_token": "x", "expires_in": "soon"}']
)
def test_a_token_that_is_none_is_told(channel: WeChatChannel, site: Site, token: str) -> None:
    site.put("/cgi-bin/stable_token", token)
    with pytest.raises(Unanswered, match="access_token"):
        channel.published(0, 20)


def test_no_error_and_no_log_carries_the_token_or_the_secret(
    channel: WeChatChannel, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    site.put("/cgi-bin/freepublish/batchget", '{"item": [{}]}')
    with caplog.at_level(logging.DEBUG, logger="bot"), pytest.raises(PlatformError) as told:
        channel.published(0, 20)
    words = caplog.text + repr(told.value.__cause__) + told.value.message
    assert TOKEN["access_token"] not in words and world.WECHAT["wechat_app_secret"] not in words
