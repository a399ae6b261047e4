"""What is fetched from the web: bounded, and never from the office's own network unless the office itself lives there."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from bot.outside import download, remote_pictures
from bot.outside.address_guard import may_be_asked
from config.settings import Settings
from content.rules.errors import BadInput
from content.services.office import Office
from tests.fixtures import site as sites
from tests.fixtures.site import Site

MOST = 1024 * 1024


@pytest.fixture
def site() -> Iterator[Site]:
    with sites.running() as site:
        yield site


@pytest.fixture
def other() -> Iterator[Site]:
    with sites.running() as site:
        yield site


def refusal(url: str, **how: object) -> str:
    """Why it cannot be had."""
    with pytest.raises(download.DownloadFailed) as told:
        download.get(url, most=MOST, **how)  # type: ignore[arg-type]
    return told.value.message


def test_what_stands_there_comes_whole(site: Site) -> None:
    answer = download.get(site.put("/a", "内容", Content_Type="text/plain"), most=MOST, near=True)
    assert (answer.status, answer.data.decode(), answer.headers["content-type"]) == (200, "内容", "text/plain")
    assert download.get(site.url + "/nothing", most=MOST, near=True).status == 404


def test_this_machine_is_not_asked_and_nothing_is_sent_to_it(site: Site) -> None:
    address = site.put("/secret", "内容")
    for url in (address, address.replace("127.0.0.1", "localhost")):
        assert refusal(url) == "这个网址通向内部网络，不取"
    assert site.visits == []


def test_a_redirect_into_the_office_s_network_is_not_followed(site: Site, other: Site) -> None:
    """The one address that the settings name may be anywhere; where it leads may not."""
    secret = other.put("/secret", "内容")
    url = site.put("/a", status=302, Location=secret)
    assert refusal(url, trusted=url) == "这个网址通向内部网络，不取"
    assert other.visits == [] and len(site.visits) == 1
    assert download.get(site.put("/b", status=301, Location="/c"), most=MOST, trusted=url).url == site.url + "/c"


@pytest.mark.parametrize(
    ("address", "far", "near"),
    [
        ("93.184.216.34", True, True),
        ("2606:2800:220:1:248:1893:25c8:1946", True, True),
        ("127.0.0.1", False, True),
        ("::1", False, True),
        ("10.1.2.3", False, True),
        ("192.168.1.1", False, True),
        ("fd00::1", False, True),
        ("::ffff:10.1.2.3", False, True),
        ("::127.0.0.1", False, True),
        ("64:ff9b::7f00:1", False, True),
        ("64:ff9b::a9fe:a9fe", False, False),
        ("64:ff9b:1::a00:1", False, True),
        ("2002:7f00:1::", False, True),
        ("2002:a9fe:a9fe::", False, False),
        ("2002:5db8:d822::", True, True),
        ("64:ff9b::5db8:d822", True, True),
        ("fec0::1", False, True),
        ("5f00::1", False, True),
        ("3fff::1", False, True),
        ("::ffff:0:7f00:1", False, True),
        ("::ffff:0:169.254.169.254", False, False),
        ("2001:0:4136:e378::1", False, True),
        ("100.64.0.1", False, False),
        ("169.254.169.254", False, False),
        ("::ffff:169.254.169.254", False, False),
        ("fe80::1%eth0", False, False),
        ("0.0.0.0", False, False),
        ("224.0.0.1", False, False),
    ],
)
def test_which_addresses_may_be_asked(address: str, far: bool, near: bool) -> None:
    assert (may_be_asked(address, near=False), may_be_asked(address, near=True)) == (far, near)


def test_behind_a_proxy_too_the_office_s_network_is_not_asked(
    site: Site, other: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection ends at the proxy, which would go anywhere for us."""
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, site.url)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    secret = other.put("/secret", "内容")
    for url in (
        secret,
        secret.replace("127.0.0.1", "localhost"),
        "http://169.254.169.254/latest",
        "http://[::ffff:10.0.0.1]/",
    ):
        assert refusal(url) == "这个网址通向内部网络，不取"
    assert refusal("http://no-such-host.invalid/") == "连不上那个网站"
    assert site.visits == []
    site.put("http://93.184.216.34/a", status=302, Location=secret)
    assert refusal("http://93.184.216.34/a") == "这个网址通向内部网络，不取", "nor where a site leads"
    assert [path for path, _ in site.visits] == ["http://93.184.216.34/a"]


def test_going_round_in_circles_ends(site: Site) -> None:
    assert refusal(site.put("/a", status=302, Location="/a"), near=True) == "对方网站转来转去，超过 5 次"


def test_too_much_is_not_read_however_it_is_packed(site: Site) -> None:
    big = b"0" * (MOST + 1)
    assert refusal(site.put("/big", big), near=True) == "超过 1 MB"
    packed = site.put("/packed", gzip.compress(big * 20), Content_Encoding="gzip")
    assert refusal(packed, near=True) == "超过 1 MB"


@pytest.mark.parametrize(
    "said", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n"]
)
def test_a_site_that_never_comes_to_an_end_is_left(said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "WHOLE_S", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=drip, args=(door, said), daemon=True).start()
        begun = time.monotonic()
        assert refusal(f"http://127.0.0.1:{door.getsockname()[1]}/", near=True) in (
            "1 秒还没有传完", "对方网站转来转去，超过 5 次")  # fmt: skip
        assert time.monotonic() - begun < 10


def drip(door: socket.socket, said: bytes) -> None:
    """Answers each who comes, and goes on with a line now and then until she leaves."""
    with contextlib.suppress(OSError):
        while True:
            line, _ = door.accept()
            with line, contextlib.suppress(OSError):
                line.recv(1000)
                line.sendall(said)
                while True:
                    line.sendall(b"X: y\r\n")
                    time.sleep(0.1)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://no-such-host.invalid/", "http://[/", "http://a b/"])
def test_what_cannot_be_reached_is_told(url: str) -> None:
    assert refusal(url, near=True) == "连不上那个网站"


def test_pictures_of_an_office_that_serves_only_this_machine_may_come_from_here(site: Site, settings: Settings) -> None:
    url = site.put("/p.png", b"picture")
    here, public = (
        Office(settings.model_copy(update={"public_url": base})) for base in ("", "https://gk.example.gov.cn")
    )
    assert remote_pictures.pictures(here)(url) == b"picture"
    with pytest.raises(BadInput, match="取不到：这个网址通向内部网络，不取。请存到正文文件旁边再引用"):
        remote_pictures.pictures(public)(url)


@pytest.mark.parametrize(
    ("url", "near"),
    [("http://127.0.0.1:8000", True), ("http://localhost", True), ("http://10.0.0.5", True), ("http://[::1]:80", True),
     ("https://gk.example.gov.cn", False), ("https://8.8.8.8", False)],
)  # fmt: skip
def test_whether_an_office_is_near(url: str, near: bool) -> None:
    assert download.is_near(url) is near
