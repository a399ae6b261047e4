"""Answering citizens: ranking what fits a question, listing the newest, opening one item, keeping the question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from content.rules.errors import NotFound
from content.rules.language import document_numbers, plain_text, question_terms
from content.rules.language.document_numbers import DocumentNumber
from content.rules.language.periods import Period
from content.rules.language.query import vocabulary
from content.rules.language.question_terms import QuestionTerms
from content.search.hits import Hit
from content.services.answers import index_upkeep
from content.services.office import Office
from content.store.notices import notices

IN_FORCE = notices.IN_FORCE
PAGES = {"disclosure": "d", "posting": "j", "article": "a"}
NEAR_BEST = 0.4  # of the best score: what has less is not shown; of 213 right answers in second or third place none had
FEW = 5  # of a ranking that are enough where only the best is wanted
LOOKED_THROUGH = 100  # of the ranking, for those of one number
GONE = "没有找到这一条，可能网址不完整。请回到首页重新查找。"


@dataclass(frozen=True)
class Result:
    """One item offered to a citizen. `url` is our page of it; `ref` is `disclosure:12`."""

    kind: str  # disclosure, posting or article
    id: int
    key: str
    title: str
    url: str
    score: float = 0.0
    published_on: date | None = None
    document_no: str = ""
    status: str = IN_FORCE
    department: str = ""
    employer: str = ""
    salary: str = ""
    area: str = ""

    @property
    def ref(self) -> str:
        """What names the item in logs and memory."""
        return f"{self.kind}:{self.id}"

    @property
    def folded(self) -> str:
        """Its title in the one spelling that search knows."""
        return plain_text.normalise(self.title)


@dataclass(frozen=True)
class NoticeDetails:
    """One item with all that is known of it. `fields` is the row as imported."""

    result: Result
    fields: dict[str, Any]
    source_url: str
    category: str
    version: int
    changed_at: datetime
    withdrawn_at: datetime | None
    withdrawn_why: str
    expired: bool
    valid_until: date | None
    lat: float | None
    lng: float | None


class Ranked(Protocol):
    """What stands in a ranking: a hit of the index, or a result made of it."""

    @property
    def ref(self) -> str:
        """What names the item."""

    @property
    def score(self) -> float:
        """How well it fits."""

    @property
    def folded(self) -> str:
        """Its title in the one spelling that search knows."""


AnyRanked = TypeVar("AnyRanked", bound=Ranked)


@dataclass(frozen=True)
class Answers:
    """What fits a question, best first. `asked`: the question as it was understood; `mended` if not as it was typed."""

    hits: list[Hit]
    asked: str
    mended: bool = False


def find(
    office: Office, text: str, limit: int = 10, *, today: date | None = None, period: Period | None = None
) -> Answers:
    """Disclosures and postings that fit the question (and belong to the period), best first; slips are mended.

    None for a question without a word. `shown` makes results of what is to be shown.
    """
    if not office.index.is_cared_for():
        index_upkeep.keep_up(office)
    asked, day = office.board.seen().widened(text), today or office.clock.today()
    found = office.index.find(asked, limit=limit, today=day, period=period)
    hits = _ordered(found.hits, found.meant or asked)
    if not found.meant:
        return Answers(hits, text)
    added = plain_text.normalise(asked[len(text) :])
    return Answers(hits, found.meant.removesuffix(added).strip(), mended=True)


def _ordered(hits: Sequence[Hit], asked: str) -> list[Hit]:
    """What is repealed comes last, marked; a job that only mentions what is asked, behind disclosures nearly as good."""
    behind = _behind(hits, asked) if hits and _is_posting(hits[0]) else set()
    return sorted(hits, key=lambda hit: (not hit.in_force, hit.ref in behind))


def _behind(hits: Sequence[Hit], asked: str) -> set[str]:
    """Where the best is a job that only mentions what is asked: all such jobs, and what is not nearly as good."""
    question = question_terms.question(asked, vocabulary())
    terms = question.pairs.keys() if question else ()
    if not _only_mentions(hits[0], terms):
        return set()
    near = {hit.ref for hit in outstanding(hits)}
    return {hit.ref for hit in hits if hit.ref not in near or _only_mentions(hit, terms)}


def _only_mentions(hit: Hit, terms: Iterable[str]) -> bool:
    """Whether it is a posting of which neither title nor employer says any of the terms."""
    return _is_posting(hit) and not any(
        term in said for said in (hit.folded, plain_text.normalise(hit.card()["employer"])) for term in terms
    )


def _is_posting(hit: Hit) -> bool:
    return hit.ref.startswith("posting:")


def shown(office: Office, ranking: Sequence[Hit | Result]) -> list[Result]:
    """A ranking as it is offered. Only for what is shown: each hit has to be read."""
    return [one if isinstance(one, Result) else result(office, one.card(), one.score) for one in ranking]


def rank(
    office: Office, text: str, limit: int = 10, *, today: date | None = None, period: Period | None = None
) -> list[Result]:
    """All results at once, without what was understood."""
    return shown(office, find(office, text, limit, today=today, period=period).hits)


def fits(office: Office, text: str, ranking: Sequence[Ranked]) -> bool:
    """Whether any of a ranking holds enough of what is asked to be offered to a citizen."""
    sought = wanted(office, text)
    return any(_titles_meet(sought, ranking)) or any(_notices_meet(office, sought, ranking))


def fitting(office: Office, text: str, ranking: Sequence[AnyRanked]) -> list[AnyRanked]:
    """Those of a ranking that hold enough of what is asked to be offered to a citizen."""
    sought = wanted(office, text)
    met = [*_titles_meet(sought, ranking)]
    doubted = [one for one, is_met in zip(ranking, met, strict=True) if not is_met]
    others = iter(_notices_meet(office, sought, doubted))
    return [one for one, is_met in zip(ranking, met, strict=True) if is_met or next(others)]


def titled(office: Office, text: str, ranking: Sequence[Ranked]) -> bool:
    """Whether a title of a ranking says enough of what is asked."""
    return any(_titles_meet(wanted(office, text), ranking))


def says_nothing(text: str) -> bool:
    """Whether a folded text holds nothing but question words and politeness."""
    return not plain_text.runs_of(vocabulary().plain(text))


def wanted(office: Office, text: str) -> QuestionTerms:
    """What a question wants, with the synonyms of the office."""
    return question_terms.wanted(office.board.seen().widened(text), vocabulary())


def _titles_meet(sought: QuestionTerms, ranking: Sequence[Ranked]) -> Iterator[bool]:
    """Whether each title alone says enough: most do, and they are at hand, while a notice has to be looked up."""
    terms = [term for term in sought.terms if plain_text.is_chinese(term)]
    return (sought.is_met_by({term for term in terms if term in one.folded}) for one in ranking)


def _notices_meet(office: Office, sought: QuestionTerms, ranking: Sequence[Ranked]) -> list[bool]:
    held = office.index.held([one.ref for one in ranking], sought.terms) if ranking else []
    return [sought.is_met_by(terms) for terms in held]


def outstanding(ranking: Sequence[AnyRanked]) -> list[AnyRanked]:
    """Those of a ranking that are not far behind the best."""
    best = max([one.score for one in ranking], default=0.0)
    return [one for one in ranking if one.score >= NEAR_BEST * best]


def numbered(office: Office, asked: DocumentNumber, *, today: date | None = None) -> list[Result]:
    """The disclosures that have this number, in their own field or in their title."""
    found = rank(office, str(asked), LOOKED_THROUGH, today=today)
    return [result for result in found if result.kind == "disclosure" and _has_number(result, asked)]


def newest(
    office: Office,
    kind: str,
    *,
    limit: int = 10,
    offset: int = 0,
    today: date | None = None,
    period: Period | None = None,
) -> list[Result]:
    """The newest disclosures or postings that citizens may see, newest first; those of one period, if given."""
    days = (period.first, period.last) if period else None
    with office.store.read() as session:
        found: list[Any] = notices.newest(session, kind, today=today or office.clock.today(), days=days,
                               posting_days=office.settings.posting_days, limit=limit, offset=offset)  # fmt: skip
        return [result(office, notices.card(notice)) for notice in found]


def count(office: Office, kind: str, *, today: date | None = None) -> int:
    """How many disclosures or postings citizens may see today."""
    with office.store.read() as session:
        return notices.count_open(session, kind, today=today or office.clock.today(),
                                  posting_days=office.settings.posting_days)  # fmt: skip


def one(office: Office, kind: str, notice_id: int, *, today: date | None = None) -> NoticeDetails:
    """One disclosure or posting, withdrawn or not. Raises NotFound."""
    found = several(office, kind, [notice_id], today=today)
    if notice_id not in found:
        raise NotFound(GONE)
    return found[notice_id]


def several(office: Office, kind: str, ids: Sequence[int], *, today: date | None = None) -> dict[int, NoticeDetails]:
    """Those of these disclosures or postings that there are, withdrawn or not, by their numbers."""
    found = notices.several(office.store, kind, [one for one in ids if 0 < one < 2**31])
    return {row.id: _details(office, kind, row, today or office.clock.today()) for row in found}


def _details(office: Office, kind: str, row: Any, today: date) -> NoticeDetails:
    is_posting = kind == "posting"
    until = notices.last_day(row, office.settings.posting_days) if is_posting else None
    return NoticeDetails(
        result=result(office, notices.card_of(kind, row, "" if is_posting else row.department)),
        fields=notices.fields(row),
        source_url=row.url,
        category="" if is_posting else row.category,
        version=row.version,
        changed_at=row.changed_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_why=row.withdrawn_why,
        expired=until is not None and until < today,
        valid_until=until,
        lat=row.lat if is_posting else None,
        lng=row.lng if is_posting else None,
    )


def result(office: Office, card: Mapping[str, Any], score: float = 0.0) -> Result:
    """An item as it is offered, from its card."""
    published = date.fromisoformat(card["published_on"]) if card.get("published_on") else None
    url = page(office, card["kind"], card["id"])
    return Result(**{**card, "published_on": published, "url": url, "score": score})


def _has_number(result: Result, asked: DocumentNumber) -> bool:
    own = document_numbers.numbers(result.document_no) or document_numbers.numbers(result.title)
    return any(number.is_meant_by(asked) for number in own)


def page(office: Office, kind: str, notice_id: int) -> str:
    """The address of our page of an item."""
    return f"{office.base_url}/{PAGES[kind]}/{notice_id}"
