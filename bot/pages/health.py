"""For operators: alive, able to serve, and figures for Prometheus, read from SQL and Redis at each scrape."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from flask import Blueprint, Response, jsonify
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.dialogue.state.conversation_memory import Memory
from bot.pages import office_metrics
from content.services.alarms import machine_check
from content.services.answers import index_upkeep
from content.services.office import Office
from content.store import schema
from content.store.tables import Article, Disclosure, Posting, Publication, Question

log = logging.getLogger(__name__)


def blueprint(office: Office, memory: Memory) -> Blueprint:
    """`/healthz`, `/readyz`, `/metrics`."""
    pages = Blueprint("health", __name__)
    figures = CollectorRegistry()
    figures.register(MetricsCollector(office, memory))
    parts: dict[str, Callable[[], bool]] = {
        "database": lambda: schema.is_current(office.store) and not machine_check.database(office),
        "redis": lambda: memory.is_awake() and not machine_check.redis(office),
        "index": lambda: _can_search(office),
        "disk": lambda: not machine_check.disk(office),
    }

    @pages.get("/healthz")
    def alive() -> Response:
        return Response("ok\n", mimetype="text/plain")

    @pages.get("/readyz")
    def ready() -> tuple[Response, int]:
        found = {name: _works(name, part) for name, part in parts.items()}
        able = all(found.values())
        return jsonify(ready=able, parts=found), 200 if able else 503

    @pages.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(figures), content_type=CONTENT_TYPE_LATEST)

    return pages


class MetricsCollector:
    """A collector that any process can answer, since nothing is counted in a process."""

    def __init__(self, office: Office, memory: Memory) -> None:
        self._office = office
        self._memory = memory

    def collect(self) -> Iterator[Metric]:
        """All figures, as they are now; without the database only what can be told without it."""
        wrong = machine_check.faults(self._office)
        broken = GaugeMetricFamily("gongkai_machine_fault", "1 for what the machine is short of", labels=["part"])
        for part in ("disk", "database", "redis"):
            broken.add_metric([part], int(part in wrong))
        yield broken
        try:
            yield from list(self._of_the_database())
        except SQLAlchemyError as error:
            log.warning("no figures from the database", extra={"fields": {"error": repr(error)}})
        yield from self._deliveries()

    def _of_the_database(self) -> Iterator[Metric]:
        with self._office.store.read() as session:
            for name, help, column in (
                ("gongkai_articles", "Articles by state", Article.state),
                ("gongkai_publications", "Publications by state", Publication.state),
            ):
                gauge = GaugeMetricFamily(name, help, labels=["state"])
                for state, count in session.execute(select(column, func.count()).group_by(column)):
                    gauge.add_metric([state], count)
                yield gauge
            standing = GaugeMetricFamily("gongkai_notices", "Notices that stand, by kind", labels=["kind"])
            for kind, table in (("disclosure", Disclosure), ("posting", Posting)):
                query = select(func.count()).select_from(table).where(table.withdrawn_at.is_(None))
                standing.add_metric([kind], session.scalar(query) or 0)
            yield standing
            asked = CounterMetricFamily("gongkai_questions", "Questions kept", labels=["answered"])
            for answered, count in session.execute(select(Question.answered, func.count()).group_by(Question.answered)):
                asked.add_metric(["yes" if answered else "no"], count)
            yield asked
        yield from office_metrics.figures(self._office)

    def _deliveries(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("gongkai_redis_up", "Whether Redis answers", int(self._memory.is_awake()))
        counted = CounterMetricFamily("gongkai_deliveries", "Messages and events worked on", labels=["kind"])
        for kind, count in sorted(self._memory.counts().items()):
            counted.add_metric([kind], count)
        yield counted


def _can_search(office: Office) -> bool:
    index_upkeep.keep_up(office)
    return office.index.is_open()


def _works(name: str, part: Callable[[], bool]) -> bool:
    try:
        return part()
    except Exception:
        log.exception("not ready", extra={"fields": {"part": name}})
        return False
