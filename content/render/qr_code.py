"""An address as a QR code: an SVG that stands in a page as it is, drawn without styles so that no policy refuses it."""

from __future__ import annotations

import segno


def svg(address: str, *, title: str) -> str:
    """The `<svg class="qr">` of an address, dark on white with the quiet zone that readers want; `title` is read aloud."""
    code = segno.make(address, error="m", micro=False)
    return str(
        code.svg_inline(omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff", border=4, title=title)
    )
