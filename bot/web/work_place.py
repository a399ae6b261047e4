"""The place that a request has among those that are worked on, for what only waits: others may have it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request

PLACE = "gongkai.work_place"  # in the environment of a request, where a server gives out places


@contextmanager
def without_place() -> Iterator[None]:
    """Within it this request has no place; it waits for one at the end."""
    place = request.environ.get(PLACE)
    if place is None:
        yield
        return
    place.leave()
    try:
        yield
    finally:
        place.take()
