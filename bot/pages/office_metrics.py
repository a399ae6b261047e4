"""Figures for Prometheus that tell whether the office's promise holds: alarms, empty days, overdue posts, the clock."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, Metric

from content.services.alarms import metrics
from content.services.office import Office


def figures(office: Office) -> Iterator[Metric]:
    """All of them, as they are now; one that cannot be told at present is left out."""
    found = metrics.vitals(office, office.clock.now())
    pulse = metrics.pulse(office, found.ledger_head)
    by_kind = GaugeMetricFamily("gongkai_alarms_open", "Alarms that nobody has closed", labels=["kind"])
    for kind, count in sorted(found.alarms.items()):
        by_kind.add_metric([kind], count)
    yield by_kind
    last, since = found.last_publication, found.led_since
    yield from _told(
        "gongkai_days_without_publication", "Days of this year without a post", found.days_without_publication
    )
    yield from _told("gongkai_two_week_rule_days_left", "Days until two weeks without a post", found.days_left)
    yield from _told("gongkai_last_publication_seconds", "When the last post went out (Unix time)",
                     last.timestamp() if last else None)  # fmt: skip
    yield from _told("gongkai_articles_overdue", "Due articles that are not out", found.overdue)
    yield from _told("gongkai_publications_unknown", "Publications whose fate is not known", found.unknown)
    yield from _told("gongkai_ledger_head", "Number of the last ledger entry", found.ledger_head)
    yield from _told("gongkai_tally_lag", "Ledger entries that the counters do not include yet", pulse.tally_lag)
    yield from _told("gongkai_clock_fence", "How often the lead of the clock was taken", found.fence)
    yield from _told("gongkai_clock_led_since_seconds", "When it was last taken (Unix time)",
                     since.timestamp() if since else None)  # fmt: skip
    yield from _told("gongkai_clock_beat_age_seconds", "How long ago the leader last gave a sign", pulse.beat_age)
    leader = GaugeMetricFamily("gongkai_clock_leader", "1 for the process that leads", labels=["holder"])
    if pulse.leader:
        leader.add_metric([pulse.leader], 1)
    yield leader


def _told(name: str, help: str, value: float | None) -> Iterator[Metric]:
    if value is not None:
        yield GaugeMetricFamily(name, help, value)
