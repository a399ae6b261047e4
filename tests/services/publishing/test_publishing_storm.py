"""Whatever fails, and wherever the process dies: each approved article goes out once and is counted once."""

from __future__ import annotations

import contextlib
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.rules.errors import Fault, Refused, Unanswered, Unreachable
from content.rules.publishing.publication import PublicationState
from content.services.office import Office
from content.store.articles import publications
from tests import world
from tests.factories import approved_article
from tests.fakes.channel import After
from tests.fixtures.redis_server import RedisServer
from tests.services.publishing.rehearsal import Killed, Rehearsal

SILENCE = Unanswered("没有回音")
FAULTS = st.sampled_from(
    [
        None,
        None,
        None,
        SILENCE,
        After(SILENCE),
        Killed(),
        After(Killed()),
        Unreachable("连不上"),
        Refused("繁忙", -1, Fault.RETRY),
        Refused("次数用完", 45009, Fault.WAIT),
        Refused("太快", 53501, Fault.SPACE),
    ]
)


@given(
    deliveries=st.lists(st.sampled_from(["publish", "mass"]), min_size=1, max_size=4),
    faults=st.lists(FAULTS, max_size=25),
    steps=st.lists(st.integers(0, 4000), max_size=12),
)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_article_is_out_once_and_counted_once(
    redis_server: RedisServer, deliveries: list[str], faults: list[object], steps: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as home:
        office = Office(world.settings(Path(home), redis_url=redis_server.new_database(), submit_gap=0.0))
        try:
            world.furnish(office)
            _storm(Rehearsal(office), deliveries, faults, steps)
        finally:
            office.close()


def _storm(rehearsal: Rehearsal, deliveries: list[str], faults: list[object], steps: list[int]) -> None:
    articles = [approved_article(rehearsal.office, title=f"第{n}篇", delivery=d) for n, d in enumerate(deliveries)]
    rehearsal.channel.faults = list(faults)  # type: ignore[arg-type]
    for step in steps:
        rehearsal.now += timedelta(seconds=step)
        with contextlib.suppress(Killed):
            rehearsal.run()
        rehearsal.context = rehearsal.new_context()
    rehearsal.channel.faults = []
    rehearsal.run()
    rehearsal.run_until_settled(days=40)
    assert [rehearsal.article(article).state for article in articles] == ["published"] * len(articles)
    marks = [article.source_url for item in rehearsal.channel.out for article in item.articles]
    assert len(marks) == len(set(marks)) == deliveries.count("publish")
    assert len(rehearsal.channel.pushes) == _pushes(rehearsal)
    assert len(rehearsal.entries("article.published")) == len(articles)


def _pushes(rehearsal: Rehearsal) -> int:
    with rehearsal.office.store.read() as session:
        return sum(p.delivery == "mass" for p in publications.in_states(session, {PublicationState.PUBLISHED}))
