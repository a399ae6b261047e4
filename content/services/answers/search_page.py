"""What a page of search results shows: what fits, narrowed and ordered as chosen, each with the passage that holds the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from content.rules.language import question_terms
from content.rules.language.query import vocabulary
from content.rules.notices import highlights
from content.rules.notices.highlights import Piece
from content.rules.publishing import markup
from content.services.answers import article_search, notice_search
from content.services.answers.notice_search import Result
from content.services.office import Office
from content.store.articles import published
from content.store.notices import notices

FOUND = 200  # of the ranking
NEAR = 0.2  # of the best score: what is below is shown only when asked for
LOOKED_AT = 20_000  # characters of a text
NEWEST = "new"  # the order by date; any other is the order of the ranking
TEXTS = {"disclosure": ("body",), "posting": ("description", "how_to_apply", "benefits")}


@dataclass(frozen=True)
class SearchChoice:
    """How a citizen narrows and orders the results; empty is any kind, None any year. `everything`: what is far too."""

    kind: str = ""
    year: int | None = None
    order: str = ""
    everything: bool = False


@dataclass(frozen=True)
class FoundNotice:
    """One result with its title and its passage in pieces."""

    result: Result
    title: Sequence[Piece]
    snippet: Sequence[Piece]


@dataclass(frozen=True)
class SearchResults:
    """`kinds` and `years` count what suits the other choice; `left_out` is what shares but a word with the question.

    `cut`: there is more than one looks through. `asked`: the question as it was understood; `mended` if not as it was typed.
    """

    found: Sequence[Result]
    kinds: Counter[str]
    years: list[tuple[int, int]]
    left_out: int
    cut: bool
    asked: str
    mended: bool
    fits: bool


def search(office: Office, question: str, choice: SearchChoice) -> SearchResults:
    """All that fits a folded question, as chosen."""
    answers = notice_search.find(office, question, FOUND)
    everything = notice_search.shown(office, answers.hits)
    articles = article_search.shown(office, article_search.find(office, question, FOUND))
    near = _merged(everything if choice.everything else _near(everything), articles)
    found = [one for one in near if _suits(one, choice)]
    if choice.order == NEWEST:
        found.sort(key=lambda one: one.published_on or date.min, reverse=True)
    return SearchResults(
        found=found,
        kinds=Counter(one.kind for one in near if choice.year in (None, _year(one))),
        years=_counted(_year(one) for one in near if choice.kind in ("", one.kind)),
        left_out=len(everything) + len(articles) - len(near),
        cut=len(everything) == FOUND,
        asked=answers.asked,
        mended=answers.mended,
        fits=bool(articles) or not everything or notice_search.fits(office, answers.asked, everything),
    )


def _merged(found: Sequence[Result], articles: Sequence[Result]) -> list[Result]:
    """Both rankings as one. Each has scores of its own, so what counts is how far one is behind the best of its kind."""
    return sorted([*found, *articles], key=_behind_best(found, articles), reverse=True)


def _behind_best(*rankings: Sequence[Result]) -> Callable[[Result], float]:
    best = [max((one.score for one in ranking), default=0.0) or 1.0 for ranking in rankings]
    parts = {one.ref: one.score / top for ranking, top in zip(rankings, best, strict=True) for one in ranking}
    return lambda one: parts[one.ref]


def with_passages(office: Office, asked: str, results: Sequence[Result]) -> list[FoundNotice]:
    """The results of one page, with the words of the question marked."""
    terms = question_terms.wanted(asked, vocabulary()).terms
    texts = _texts(office, results)
    return [
        FoundNotice(one, highlights.marked(one.title, terms), highlights.snippet(texts.get(one.ref, ""), terms))
        for one in results
    ]


def _texts(office: Office, results: Sequence[Result]) -> dict[str, str]:
    found: dict[str, str] = {}
    with office.store.read() as session:
        for kind, names in TEXTS.items():
            ids = [one.id for one in results if one.kind == kind]
            for row in notices.standing(session, kind, ids):
                fields = notices.fields(row)
                found[f"{kind}:{row.id}"] = "\n".join(_plain(str(fields.get(name) or "")) for name in names)
        articles = published.articles(session, [one.id for one in results if one.kind == article_search.KIND])
        return found | {f"{article_search.KIND}:{each.id}": _plain(each.html) for each in articles}


def _plain(text: str) -> str:
    """The words of the beginning of a text of unknown origin."""
    beginning = text[:LOOKED_AT]
    return markup.words(beginning) if "<" in beginning else beginning


def _near(found: list[Result]) -> list[Result]:
    """Without the long tail of what shares but a word with the question."""
    best = max((one.score for one in found), default=0.0)
    return [one for one in found if one.score >= NEAR * best]


def _suits(one: Result, choice: SearchChoice) -> bool:
    return choice.kind in ("", one.kind) and choice.year in (None, _year(one))


def _year(one: Result) -> int | None:
    return one.published_on.year if one.published_on else None


def _counted(years: Iterable[int | None]) -> list[tuple[int, int]]:
    return sorted(Counter(year for year in years if year).items(), reverse=True)
