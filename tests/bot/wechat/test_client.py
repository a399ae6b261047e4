"""The line to the platform: tokens shared and replaced once, every answer read as what it is, no secret in an error."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from bot.emulator import Options, Running, running
from bot.wechat import errcodes
from bot.wechat.channel import WeChatChannel
from content.rules.errors import Fault, PlatformError, Refused, Unanswered, Unreachable
from content.services.office import Office
from content.services.ports import FileBody
from tests import world
from tests.factories import image
from tests.fixtures.office_processes import free_port

PICTURE = FileBody("a.jpg", "image/jpeg", image("JPEG"))


@pytest.fixture(scope="module")
def emulator() -> Iterator[Running]:
    """A platform of its own for this module."""
    credentials = {name.removeprefix("wechat_"): value for name, value in world.WECHAT.items()}
    with running(Options(**credentials, bind="127.0.0.1:0")) as it:
        yield it


@pytest.fixture
def line_office(emulator: Running, tmp_path: Any) -> Iterator[Office]:
    """An office whose platform is the emulator, as new."""
    emulator.door.act("reset")
    office = Office(world.settings(tmp_path / "home", wechat_api_url=emulator.url))
    world.furnish(office)
    yield office
    office.close()


def calls(emulator: Running, path: str) -> int:
    counts: dict[str, int] = emulator.door.look("calls")["calls"]["counts"]
    return counts.get(path, 0)


def fault(emulator: Running, **rule: Any) -> None:
    emulator.door.act("faults", **rule)


def test_many_threads_share_one_token(line_office: Office, emulator: Running) -> None:
    channels = [WeChatChannel(line_office) for _ in range(8)]
    threads = [threading.Thread(target=channel.published, args=(0, 1)) for channel in channels]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert calls(emulator, "/cgi-bin/stable_token") == 1
    assert calls(emulator, "/cgi-bin/freepublish/batchget") == 8


def test_a_refused_token_is_replaced_once_and_then_the_call_fails(line_office: Office, emulator: Running) -> None:
    fault(emulator, endpoint="/cgi-bin/draft/count", act="refuse", errcode=40001)
    fault(emulator, endpoint="/cgi-bin/freepublish/batchget", act="refuse", errcode=40001)
    with pytest.raises(Refused) as refusal:
        WeChatChannel(line_office).published(0, 1)
    assert refusal.value.fault is Fault.TOKEN
    assert calls(emulator, "/cgi-bin/freepublish/batchget") == 2
    assert calls(emulator, "/cgi-bin/stable_token") <= 3


def test_a_token_that_another_program_took_away_is_replaced_and_the_file_goes_up_whole(
    line_office: Office, emulator: Running
) -> None:
    channel = WeChatChannel(line_office)
    channel.published(0, 1)
    fault(emulator, endpoint="/cgi-bin/media/uploadimg", act="refuse", errcode=42001, times=1)
    assert channel.upload_image(PICTURE).startswith("http")


@pytest.mark.parametrize("code", sorted(errcodes.CODES))
def test_every_documented_code_is_read_as_its_class_with_words_for_staff(
    line_office: Office, emulator: Running, code: int
) -> None:
    row = errcodes.CODES[code]
    message = "invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 1"
    fault(emulator, endpoint="/cgi-bin/freepublish/batchget", act="refuse", errcode=code, errmsg=message)
    with pytest.raises(Refused) as refusal:
        WeChatChannel(line_office).published(0, 1)
    assert (refusal.value.code, refusal.value.fault) == (code, row.fault)
    assert refusal.value.message == f"{row.words.format(ip='203.0.113.9')}（微信返回 {code}）"


def test_a_code_nobody_knows_asks_for_a_person(line_office: Office, emulator: Running) -> None:
    fault(emulator, endpoint="/cgi-bin/freepublish/batchget", act="refuse", errcode=99999)
    with pytest.raises(Refused) as refusal:
        WeChatChannel(line_office).published(0, 1)
    assert refusal.value.fault is Fault.PERSON and "99999" in refusal.value.message


def test_a_connection_that_breaks_after_the_call_is_unanswered(line_office: Office, emulator: Running) -> None:
    channel = WeChatChannel(line_office)
    channel.published(0, 1)
    for act in ("drop", "act_then_drop"):
        fault(emulator, endpoint="/cgi-bin/freepublish/batchget", act=act, times=1)
        with pytest.raises(Unanswered):
            channel.published(0, 1)


def test_a_platform_that_is_not_there_is_unreachable(tmp_path: Any) -> None:
    office = Office(world.settings(tmp_path / "home", wechat_api_url=f"http://127.0.0.1:{free_port()}"))
    world.furnish(office)
    try:
        with pytest.raises(Unreachable):
            WeChatChannel(office).published(0, 1)
    finally:
        office.close()


def test_no_error_carries_a_token_or_secret(line_office: Office, emulator: Running) -> None:
    channel = WeChatChannel(line_office)
    channel.published(0, 1)
    token = channel.client.tokens.current()
    for rule in ({"act": "drop"}, {"act": "refuse", "errcode": 48001}):
        fault(emulator, endpoint="/cgi-bin/freepublish/batchget", times=1, **rule)
        with pytest.raises(PlatformError) as error:
            channel.published(0, 1)
        seen = f"{error.value!r} {error.value.__cause__!r} {error.value.__context__!r}"
        assert token not in repr(error.value.__cause__) and token not in error.value.message
        assert line_office.settings.wechat_app_secret not in seen
