"""Headers that keep a page safe: no script, style, picture or frame of anybody else."""

from __future__ import annotations

from flask import Response, request

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def secure(response: Response, base_url: str) -> Response:
    """The response with them; what it has already stays. `base_url` tells whether citizens come by https."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if base_url.startswith("https://"):
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def asked_again(response: Response) -> Response:
    """A page that a browser keeps, and asks each time whether it still holds; a page that may not be kept says so itself."""
    response.headers.setdefault("Cache-Control", "no-cache")
    response.vary.add("Cookie")
    if response.status_code == 200 and request.method in {"GET", "HEAD"}:
        response.add_etag()
        response.make_conditional(request)
    return response
