"""Content security policies: no script, style, picture or frame of anybody else, anywhere in the console."""

from __future__ import annotations

from flask import g

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EDITOR_POLICY = POLICY.replace(
    "style-src 'self'", "style-src 'self' 'unsafe-inline'"
)  # a pasted layout is inline style
FRAME_POLICY = (
    "default-src 'none'; img-src data: 'self' https://mmbiz.qpic.cn; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; sandbox allow-same-origin; frame-ancestors 'self'"
)


def choose(policy: str) -> None:
    """This page has another policy than most."""
    g.console_policy = policy


def chosen() -> str:
    """The policy of this page."""
    policy: str = g.get("console_policy", POLICY)
    return policy


def framed_by_us() -> bool:
    """Whether this page may stand in a frame of ours."""
    return chosen() == FRAME_POLICY
