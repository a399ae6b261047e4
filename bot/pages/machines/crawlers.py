"""For search engines: what they may visit (`/robots.txt`) and every page there is (`/sitemap.xml`)."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, request
from lxml import etree

from content.services.notices import feed_items
from content.services.office import Office

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 25_000  # addresses in one file; the format allows 50,000
STANDING = ("/", "/disclosures", "/articles", "/jobs", "/departments", "/catalogue", "/apply", "/apply/online", "/apply/form",
            "/apply/status", "/report-check", "/accessibility", "/sitemap")  # fmt: skip
CLOSED = ("/console/", "/search", "/size", "/wechat", "/metrics", "/correct")


def blueprint(office: Office) -> Blueprint:
    """`/robots.txt` and `/sitemap.xml`."""
    pages = Blueprint("crawlers", __name__)

    @pages.get("/robots.txt")
    def robots() -> Response:
        lines = [
            "User-agent: *",
            *(f"Disallow: {path}" for path in CLOSED),
            "",
            f"Sitemap: {office.base_url}/sitemap.xml",
        ]
        return Response("\n".join(lines) + "\n", mimetype="text/plain")

    @pages.get("/sitemap.xml")
    def sitemap() -> Response:
        """All pages; where they are too many for one file, a list of files, each `?part=N`."""
        paths = [*STANDING, *feed_items.paths(office)]
        count = -(-len(paths) // MOST)
        asked = request.args.get("part", "")
        part = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
        if count > 1 and not 1 <= part <= count:
            files = (f"/sitemap.xml?part={number}" for number in range(1, count + 1))
            return _xml(office, "sitemapindex", "sitemap", list(files))
        first = MOST * (max(1, min(part, count)) - 1)
        return _xml(office, "urlset", "url", paths[first : first + MOST])

    return pages


def _xml(office: Office, outer: str, inner: str, paths: Sequence[str]) -> Response:
    root = etree.Element(f"{{{SITEMAP}}}{outer}", nsmap={None: SITEMAP})  # type: ignore[dict-item]
    for path in paths:
        entry = etree.SubElement(root, f"{{{SITEMAP}}}{inner}")
        etree.SubElement(entry, f"{{{SITEMAP}}}loc").text = office.base_url + path
    return Response(etree.tostring(root, xml_declaration=True, encoding="utf-8"), mimetype="application/xml")
