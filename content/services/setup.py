"""Making the store ready for use."""

from __future__ import annotations

from content.rules.errors import GongkaiError
from content.services import coded_names
from content.services.office import Office
from content.store import people, person_seals, schema
from content.store.disk import private
from content.store.figures import ledger
from content.store.notices import postings


def prepare(office: Office) -> None:
    """Creates or migrates the store and its coded names; safe to repeat."""
    office.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    private.close(office.home)
    schema.migrate(office.store)
    with office.store.write() as session:
        if office.store.seals is not None:
            office.store.seals.begin(ledger.head(session))
            if office.store.seals.wants_former_people():
                person_seals.put_former(session, people.everyone(session))
            if office.store.seals.top() is None:
                office.store.seals.keep_top(*ledger.top(session))
        postings.read_anew(session)
    if office.store.seals is not None:
        office.store.seals.end_former_people()
    coded_names.keep(office)


def demand_ready(office: Office) -> None:
    """For processes that stay: raises GongkaiError as `demand_current` does, and closes HOME to others."""
    demand_current(office)
    private.close(office.home)


def demand_current(office: Office) -> None:
    """Raises GongkaiError unless the store is there and has the newest schema."""
    if not office.home.is_dir() or not schema.is_current(office.store):
        raise GongkaiError("数据库还没有建立或需要升级。请先执行：gongkai init")
