"""What programs read: valid feeds of what is new, and the list of all pages for crawlers."""

from __future__ import annotations

import re
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from bot.pages.machines import crawlers
from content.services.office import Office
from content.store.tables import Disclosure
from tests import factories, world

BASE = "http://127.0.0.1:8000"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def feed(client: FlaskClient, name: str) -> ET.Element:
    """A feed, held against what RFC 4287 demands of any."""
    answer = client.get(f"/feeds/{name}.xml")
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    root = ET.fromstring(answer.data)
    assert root.tag == f"{ATOM}feed" and root.find(f"{ATOM}author/{ATOM}name") is not None
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "alternate"}
    entries = root.findall(f"{ATOM}entry")
    for part in (root, *entries):
        for needed in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{needed}")) == 1 and part.findtext(f"{ATOM}{needed}"), needed
        assert datetime.fromisoformat(str(part.findtext(f"{ATOM}updated"))).tzinfo
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    return root


def test_feeds_name_the_newest_first(client: FlaskClient, told: Office) -> None:
    number, *_ = factories.publish(told)
    factories.publish(told, withdrawn=True)
    [article] = feed(client, "articles").findall(f"{ATOM}entry")
    assert (
        article.findtext(f"{ATOM}id") == f"{BASE}/a/{number}"
        and article.findtext(f"{ATOM}title") == "园区召开安全生产会议"
    )
    disclosures = feed(client, "disclosures").findall(f"{ATOM}entry")
    assert disclosures[0].findtext(f"{ATOM}title") == "园区公共租赁住房申请指南" and len(disclosures) == 10
    assert "<" not in str(disclosures[0].findtext(f"{ATOM}summary")) and "alert" not in str(
        disclosures[0].findtext(f"{ATOM}summary")
    )
    assert disclosures[0].findtext(f"{ATOM}published") == "2026-03-02T00:00:00+08:00"
    [job] = feed(client, "jobs").findall(f"{ATOM}entry")
    assert job.findtext(f"{ATOM}title") == "维修电工", "what has expired is not new"


def test_a_feed_without_entries_is_valid(client: FlaskClient) -> None:
    assert feed(client, "articles").findall(f"{ATOM}entry") == []


def test_a_reader_is_told_that_nothing_changed(client: FlaskClient) -> None:
    first = client.get("/feeds/jobs.xml")
    again = client.get("/feeds/jobs.xml", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_evil_titles_break_no_feed(client: FlaskClient, told: Office) -> None:
    with told.store.write() as session:
        session.get_one(Disclosure, 2).title = "]]><script>&\x07\x00\ufffe"
    assert feed(client, "disclosures").find(f"{ATOM}entry/{ATOM}title").text == "]]><script>&"  # type: ignore[union-attr]


def places(client: FlaskClient, path: str) -> list[str]:
    """The addresses that a part of the site map names."""
    return [str(found.text) for found in ET.fromstring(client.get(path).data).iter(f"{SITEMAP}loc")]


def test_the_site_map_names_every_page_that_may_be_seen(client: FlaskClient, told: Office) -> None:
    number, *_ = factories.publish(told)
    with told.store.write() as session:
        session.get_one(Disclosure, 1).withdrawn_at = world.NOON
    found = places(client, "/sitemap.xml")
    assert {f"{BASE}/", f"{BASE}/d/2", f"{BASE}/j/1", f"{BASE}/a/{number}", f"{BASE}/departments"} <= set(found)
    assert not {f"{BASE}/d/1", f"{BASE}/j/2"} & set(found), "withdrawn, expired"
    for address in found:
        assert client.get(address.removeprefix(BASE)).status_code == 200, address


def test_a_long_site_map_comes_in_parts(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = places(client, "/sitemap.xml")
    monkeypatch.setattr(crawlers, "MOST", 9)
    parts = places(client, "/sitemap.xml")
    assert parts[0] == f"{BASE}/sitemap.xml?part=1" and len(parts) == -(-len(whole) // 9)
    assert [place for part in parts for place in places(client, part.removeprefix(BASE))] == whole
    for odd in ("0", "x", "99", "-1", "9" * 5000):
        assert places(client, f"/sitemap.xml?part={odd}") == parts


def test_crawlers_are_told_where_the_site_map_is_and_what_is_closed(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain" and f"Sitemap: {BASE}/sitemap.xml" in answer.text
    closed = re.findall(r"^Disallow: (\S+)$", answer.text, re.MULTILINE)
    assert "/console/" in closed and "/search" in closed and "/" not in closed
