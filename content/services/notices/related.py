"""What belongs to a disclosure, seen from both ends: what replaced it, what it replaced, what explains it, what names it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from content.rules.notices import quoted_titles
from content.services.answers import notice_search
from content.services.answers.index_upkeep import NotReady
from content.services.answers.notice_search import NoticeDetails
from content.services.notices import catalogue
from content.services.notices.catalogue import DisclosureName
from content.services.office import Office
from content.store.notices import notices
from content.store.tables import Disclosure

MOST = 6  # of a kind
NAMES = 5  # documents named in a text that are looked for
LOOKED_THROUGH = 12  # notices that may name it, whose texts are read
NEAREST = 3  # of the ranking, for a document of a name


@dataclass(frozen=True)
class RelatedNotices:
    """By what they are to the one that is shown. `replaced_by` is what holds now."""

    replaced_by: DisclosureName | None = None
    replaces: Sequence[DisclosureName] = ()
    explained_by: Sequence[DisclosureName] = ()
    explains: Sequence[DisclosureName] = ()
    others: Sequence[DisclosureName] = ()

    def __bool__(self) -> bool:
        return bool(self.replaces or self.explained_by or self.explains or self.others)


def related(office: Office, item: NoticeDetails) -> RelatedNotices:
    """What belongs to a disclosure; nothing of it is withdrawn, and nothing stands twice."""
    name, own = str(item.fields.get("replaced_by") or ""), item.result.id
    now = catalogue.named(office, name) if name else None
    before = _replaced(office, item)
    known = {own, *(each.id for each in before), *([now.id] if now else [])}
    text = f"{item.result.title}\n{item.fields.get('body') or ''}"
    named = [each for each in _named(office, quoted_titles.quoted(text)) if each.id not in known]
    naming = [each for each in _naming(office, item.result.title) if each[0].id not in known]
    explained_by = [each for each, explains in naming if explains]
    explains = named if quoted_titles.explains(item.result.title, item.category) else []
    rest = [*([] if explains else named), *(each for each, does in naming if not does)]
    return RelatedNotices(
        replaced_by=now,
        replaces=before,
        explained_by=explained_by[:MOST],
        explains=explains[:MOST],
        others=list({each.id: each for each in rest if each not in explained_by}.values())[:MOST],
    )


def _replaced(office: Office, item: NoticeDetails) -> list[DisclosureName]:
    """The disclosures that name this one as what replaced them."""
    called = {name for name in (item.result.key, item.result.document_no, item.result.title) if name}
    query = select(Disclosure.id, Disclosure.title).where(Disclosure.replaced_by.in_(called))
    standing = query.where(Disclosure.withdrawn_at.is_(None), Disclosure.id != item.result.id)
    with office.store.read() as session:
        rows = session.execute(standing.order_by(Disclosure.id.desc()).limit(MOST)).all()
        return [DisclosureName(*row) for row in rows]


def _named(office: Office, names: Iterable[str]) -> list[DisclosureName]:
    """Our disclosures that have one of these names as `quoted` gives them."""
    found: dict[int, DisclosureName] = {}
    for name in list(names)[:NAMES]:
        for hit in _disclosures(office, name, NEAREST):
            if quoted_titles.names(hit.title, name):
                found[hit.id] = hit
    return list(found.values())


def _naming(office: Office, title: str) -> list[tuple[DisclosureName, bool]]:
    """Our disclosures whose text names this title, each with whether it explains it."""
    near = [hit.id for hit in _disclosures(office, f"《{quoted_titles.core(title)}》", LOOKED_THROUGH)]
    found = []
    with office.store.read() as session:
        for row in notices.standing(session, "disclosure", near):
            text = f"{row.title}\n{notices.fields(row).get('body') or ''}"
            if any(quoted_titles.names(title, name) for name in quoted_titles.quoted(text)):
                category = row.category.name if row.category else ""
                found.append((DisclosureName(row.id, row.title), quoted_titles.explains(row.title, category)))
    return found


def _disclosures(office: Office, text: str, limit: int) -> list[DisclosureName]:
    """Those that the search finds; none while there is no index, since the page can do without."""
    try:
        found = notice_search.find(office, text, limit).hits
    except NotReady:
        return []
    hits = [hit.card() for hit in found if hit.ref.startswith("disclosure:")]
    return [DisclosureName(card["id"], card["title"]) for card in hits]
