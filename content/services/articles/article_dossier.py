"""One article with everything that a colleague wants to know: its wordings, who passed what, what may be done now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.rules.errors import NotFound
from content.rules.people import ROLE_WORDS, Right, Role
from content.rules.publishing import three_reviews as rules
from content.rules.publishing.publication import PublicationState
from content.rules.publishing.three_reviews import ACTION_WORDS, STEP_WORDS, STEPS, Action, ArticleState
from content.services.articles.article_list import ArticleCard, card_of
from content.services.office import Office
from content.store import people
from content.store.articles import articles
from content.store.tables import Person, Review, Revision

SETTLED = (ArticleState.UNKNOWN, ArticleState.WAITING)


@dataclass(frozen=True)
class ArticleAct:
    """What one person may do with an article now."""

    edit: bool = False
    submit: bool = False
    review: bool = False
    return_: bool = False
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
    """One article. `revisions` are the wordings with who wrote each, the newest first; `shown` is the present one."""

    card: ArticleCard
    shown: Revision
    revisions: tuple[tuple[Revision, str], ...]
    trail: tuple[TrailEntry, ...]
    notes: tuple[str, ...]
    acts: ArticleAct
    url: str
    step: int
    publication: PublicationState | None
    editor_name: str

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
        return ArticleDossier(
            card=card,
            shown=shown,
            revisions=tuple(revisions),
            trail=tuple(_trail(session, article_id, revisions)),
            notes=tuple(json.loads(shown.notes)),
            acts=_acts(card, person),
            url=next((part.url for part in reversed(parts) if part.url), ""),
            step=card.passed,
            publication=PublicationState(parts[-1].publication.state) if parts else None,
            editor_name=names[shown.created_by],
        )


def seen_before(found: ArticleDossier, who: str) -> Revision | None:
    """The wording to compare the present one with: the last that this person had to do with, else the one before."""
    older = [revision for revision, _ in found.revisions if revision.number < found.shown.number]
    known = {entry.revision for entry in found.trail if entry.who == who and entry.mark in ("ok", "bad")}
    return next((revision for revision in older if revision.number in known), older[0] if older else None)


def _acts(card: ArticleCard, person: Person) -> ArticleAct:
    state = card.state
    out = state == ArticleState.PUBLISHED
    writes, withdraws = people.holds(person, Right.WRITE), people.holds(person, Right.WITHDRAW)
    return ArticleAct(
        edit=writes and state in rules.EDITABLE,
        submit=writes and state in rules.SUBMITTABLE,
        review=person.username in dict(card.waits_for),
        return_=people.holds(person, *STEPS) and state in rules.RETURNABLE,
        withdraw=(withdraws and (out or state in rules.EDITABLE))
        or (writes and card.author == person.username and state in rules.EDITABLE),
        settle=people.holds(person, Right.SETTLE) and state in SETTLED,
    )


def _trail(session: Session, article_id: int, revisions: list[tuple[Revision, str]]) -> list[TrailEntry]:
    """The steps, newest first: wordings and reviews."""
    numbers = {revision.id: revision.number for revision, _ in revisions}
    written = [
        TrailEntry(revision.created_at, name, "", "写了第 1 稿" if revision.number == 1 else f"改成第 {revision.number} 稿",
                   "", revision.number, "waiting")
        for revision, name in revisions
    ]  # fmt: skip
    rows = session.scalars(select(Review).where(Review.article_id == article_id).order_by(Review.id))
    reviewed = [_reviewed(review, numbers[review.revision_id]) for review in rows]
    return sorted([*written, *reviewed], key=lambda entry: entry.at, reverse=True)


def _reviewed(review: Review, number: int) -> TrailEntry:
    action = Action(review.action)
    did = f"{STEP_WORDS[review.step - 1]}通过" if action == Action.PASS else ACTION_WORDS[action]
    mark = {Action.PASS: "ok", Action.RETURN: "bad", Action.WITHDRAW: "bad"}.get(action, "waiting")
    role = ROLE_WORDS[Role(review.role)] if review.role else ""
    return TrailEntry(review.at, review.person.name, role, did, review.note, number, mark, review.void)
