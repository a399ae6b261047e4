"""One article with everything that a colleague wants to know: its wordings, who passed what, what may be done now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.rules.errors import NotFound
from content.rules.figures import counted_publications
from content.rules.people import ROLE_WORDS, Right, Role
from content.rules.publishing import article_states, schedule
from content.rules.publishing.article_states import ACTION_WORDS, Action, ArticleState
from content.rules.publishing.publication import PublicationState
from content.rules.publishing.three_reviews import STEP_WORDS, STEPS, ReviewTurn
from content.services.articles.article_list import ArticleCard, card_of
from content.services.articles.article_outlook import ArticleOutlook, outlook
from content.services.office import Office
from content.services.people import review_staff
from content.services.reviewing import corrections, emergencies, remarks
from content.services.reviewing.remarks import PlacedRemark
from content.store import people
from content.store.articles import articles
from content.store.tables import Alarm, Person, Review, Revision

SETTLED = (ArticleState.UNKNOWN, ArticleState.WAITING)


@dataclass(frozen=True)
class ArticleAct:
    """What one person may do with an article now."""

    edit: bool = False
    move: bool = False
    submit: bool = False
    review: bool = False
    urgent: bool = False  # pass as the chief before the others, in an emergency
    remark: bool = False
    answer: bool = False
    return_: bool = False
    ask_correction: bool = False
    withdraw: bool = False
    settle: bool = False


@dataclass(frozen=True)
class TrailEntry:
    """One step in the life of an article. `mark`: ok, bad or waiting; `revision`: its number."""

    at: datetime
    who: str
    role: str
    did: str
    note: str
    revision: int
    mark: str
    void: bool = False


@dataclass(frozen=True)
class ArticleDossier:
    """One article. `revisions` are the wordings with who wrote each, the newest first; `shown` is the present one.

    `turn`: the review that this person may pass now. `remarks`: what was said at places of it, the newest first.
    """

    card: ArticleCard
    shown: Revision
    revisions: tuple[tuple[Revision, str], ...]
    trail: tuple[TrailEntry, ...]
    requests: tuple[Alarm, ...]
    notes: tuple[str, ...]
    acts: ArticleAct
    url: str
    turn: ReviewTurn | None
    remarks: tuple[PlacedRemark, ...]
    publication: PublicationState | None
    editor_name: str
    outlook: ArticleOutlook

    @property
    def is_due_by_hand(self) -> bool:
        """Whether a person has to press on the platform."""
        return self.publication in (PublicationState.HANDED, PublicationState.CONFIRMING)


def dossier(office: Office, article_id: int, *, username: str) -> ArticleDossier:
    """Everything about one article, and what this person may do with it. Raises NotFound."""
    with office.store.read() as session:
        article = articles.find(session, article_id) if article_id < 2**31 else None
        if article is None:
            raise NotFound("没有这篇稿件。")
        shown, person = articles.present(session, article), people.find(session, username)
        card = card_of(office, session, article, shown)
        parts = articles.publications_of(session, article_id)
        names = {each.id: each.name for each in session.scalars(select(Person))}
        revisions = [(revision, names[revision.created_by]) for revision in articles.revisions(session, article_id)]
        said = remarks.of_article(session, article_id)
        authors, passed = articles.authors(session, article), articles.passes(session, article)
        staff = review_staff.on(office, session, office.clock.today())
        turn = staff.turns(authors=authors, passed=passed).get(username) if card.steps else None
        return ArticleDossier(
            card=card,
            shown=shown,
            revisions=tuple(revisions),
            trail=tuple(_trail(session, article_id, revisions, said)),
            requests=tuple(corrections.standing(session, article_id)),
            notes=(*json.loads(shown.notes), *counted_publications.unfiled(card.category, card.department)),
            acts=_acts(card, person, authors=authors, turn=turn,
                       urgent=office.settings.emergency_publishing and card.state == ArticleState.REVIEWING
                       and emergencies.may_hurry(staff.reviewer(username), authors=authors, passed=passed)),
            url=next((part.url for part in reversed(parts) if part.url), ""),
            turn=turn,
            remarks=tuple(said),
            publication=PublicationState(parts[-1].publication.state) if parts else None,
            editor_name=names[shown.created_by],
            outlook=outlook(office, staff, card, username, authors=authors, passed=passed),
        )  # fmt: skip


def seen_before(found: ArticleDossier, who: str, shown: int = 0) -> Revision | None:
    """The wording to compare the present one with.

    The one of number `shown`, which this person was shown last; else the last that they had to do with; else the one
    before.
    """
    older = [revision for revision, _ in found.revisions if revision.number < found.shown.number]
    known = {entry.revision for entry in found.trail if entry.who == who and entry.mark in ("ok", "bad")} | {shown}
    return next((revision for revision in older if revision.number in known), older[0] if older else None)


def _acts(
    card: ArticleCard, person: Person, *, authors: frozenset[str], turn: ReviewTurn | None, urgent: bool
) -> ArticleAct:
    state = card.state
    out = state == ArticleState.PUBLISHED
    writes, withdraws = people.holds(person, Right.WRITE), people.holds(person, Right.WITHDRAW)
    review, is_author = turn is not None, person.username in authors
    return ArticleAct(
        edit=writes and state in article_states.EDITABLE,
        move=(right := schedule.right_to_move(state)) is not None and people.holds(person, right),
        submit=writes and state in article_states.SUBMITTABLE,
        review=review,
        urgent=urgent,
        remark=(review or people.holds(person, *STEPS)) and bool(card.steps) and not is_author,
        answer=is_author,
        return_=people.holds(person, *STEPS) and state in article_states.RETURNABLE,
        withdraw=(withdraws and (out or state in article_states.EDITABLE))
        or (writes and card.author == person.username and state in article_states.EDITABLE),
        ask_correction=out and writes and not withdraws,
        settle=people.holds(person, Right.SETTLE) and state in SETTLED,
    )


def _trail(
    session: Session, article_id: int, revisions: list[tuple[Revision, str]], said: Sequence[PlacedRemark]
) -> list[TrailEntry]:
    """The steps, newest first: wordings, reviews, remarks, questions and answers."""
    numbers = {revision.id: revision.number for revision, _ in revisions}
    written = [
        TrailEntry(revision.created_at, name, "", "写了第 1 稿" if revision.number == 1 else f"改成第 {revision.number} 稿",
                   "", revision.number, "waiting")
        for revision, name in revisions
    ]  # fmt: skip
    rows = list(session.scalars(select(Review).where(Review.article_id == article_id).order_by(Review.id)))
    reviewed = [_reviewed(review, numbers[review.revision_id], late=_is_late(review, rows)) for review in rows]
    talk = [entry for each in said for entry in _said(each)]
    asked = [
        TrailEntry(each.at, each.who, "", "答复更正、撤下的请求" if each.answers else "请求更正、撤下", each.text,
                   each.revision, "waiting")
        for each in corrections.steps(session, article_id)
    ]  # fmt: skip
    return sorted([*written, *reviewed, *talk, *asked], key=lambda entry: entry.at, reverse=True)


def _reviewed(review: Review, number: int, *, late: bool) -> TrailEntry:
    action = Action(review.action)
    did = ACTION_WORDS[action]
    if action == Action.PASS:
        word = STEP_WORDS[review.step - 1]
        did = f"应急{word}通过" if review.urgent else f"补{word}通过" if late else f"{word}通过"
    if review.covers:
        did = f"代{review.covers.name}{did}"
    mark = {Action.PASS: "ok", Action.RETURN: "bad", Action.WITHDRAW: "bad"}.get(action, "waiting")
    role = ROLE_WORDS[Role(review.role)] if review.role else ""
    return TrailEntry(review.at, review.person.name, role, did, review.note, number, mark, review.void)


def _is_late(review: Review, rows: Sequence[Review]) -> bool:
    """Whether a pass was given after an emergency had let the article out: two of its wording came before, one urgent."""
    before = [row for row in rows
              if row.id < review.id and row.revision_id == review.revision_id and row.void == review.void
              and row.action == Action.PASS]  # fmt: skip
    return len(before) == len(STEPS) - 1 and any(row.urgent for row in before)


def _said(said: PlacedRemark) -> list[TrailEntry]:
    """A remark or a question, and its answer."""
    verb = "问作者" if said.is_question else "写意见"
    asked = TrailEntry(said.at, said.who, "", verb, said.said, said.revision, "waiting")
    if not said.answered_at:
        return [asked]
    return [
        asked,
        TrailEntry(said.answered_at, said.answered_by, "", f"答{said.who}", said.answer, said.revision, "waiting"),
    ]
