"""The one state machine of a publication: its states, its transitions, and what people see of them.

Before each call to the platform the intent is committed (drafting, submitting); after it, the result. What a crash
or a timeout leaves between the two is `unknown` and is settled by looking, never by sending again blindly.
"""

from __future__ import annotations

from enum import StrEnum

from content.rules.errors import Conflict
from content.rules.publishing.article_states import ArticleState


class PublicationState(StrEnum):
    """How far a publication has come."""

    PREPARED = "prepared"
    DRAFTING = "drafting"
    DRAFTED = "drafted"
    SUBMITTING = "submitting"
    SUBMITTED = "submitted"
    CONFIRMING = "confirming"  # mass send: the administrator has 30 minutes
    HANDED = "handed"  # the draft is on the platform; a person presses the button
    UNKNOWN = "unknown"
    PUBLISHED = "published"
    REFUSED = "refused"
    CANCELLED = "cancelled"  # given up before anything was out; the article may be queued anew
    WITHDRAWN = "withdrawn"


P = PublicationState

TRANSITIONS: dict[PublicationState, frozenset[PublicationState]] = {
    P.PREPARED: frozenset({P.DRAFTING, P.CANCELLED, P.REFUSED, P.PUBLISHED}),  # published: by hand, meanwhile
    P.DRAFTING: frozenset({P.DRAFTED, P.PREPARED, P.REFUSED, P.CANCELLED}),
    P.DRAFTED: frozenset({P.SUBMITTING, P.HANDED, P.PREPARED, P.CANCELLED, P.REFUSED, P.PUBLISHED}),
    P.SUBMITTING: frozenset(
        {P.SUBMITTED, P.CONFIRMING, P.DRAFTED, P.PREPARED, P.HANDED, P.UNKNOWN, P.REFUSED, P.PUBLISHED}
    ),
    P.SUBMITTED: frozenset({P.PUBLISHED, P.REFUSED, P.UNKNOWN, P.CONFIRMING}),
    P.CONFIRMING: frozenset({P.SUBMITTED, P.PUBLISHED, P.REFUSED, P.UNKNOWN, P.PREPARED, P.CANCELLED}),
    P.HANDED: frozenset({P.PUBLISHED, P.REFUSED, P.CANCELLED, P.PREPARED}),
    P.UNKNOWN: frozenset({P.SUBMITTED, P.PUBLISHED, P.REFUSED, P.DRAFTED, P.PREPARED, P.CANCELLED, P.HANDED}),
    P.PUBLISHED: frozenset({P.WITHDRAWN}),
    P.REFUSED: frozenset({P.PUBLISHED}),
    P.CANCELLED: frozenset({P.PUBLISHED}),
    P.WITHDRAWN: frozenset(),
}

SEEN_AS: dict[PublicationState, ArticleState] = {
    P.PREPARED: ArticleState.PUBLISHING,
    P.DRAFTING: ArticleState.PUBLISHING,
    P.DRAFTED: ArticleState.PUBLISHING,
    P.SUBMITTING: ArticleState.PUBLISHING,
    P.SUBMITTED: ArticleState.PUBLISHING,
    P.CONFIRMING: ArticleState.WAITING,
    P.HANDED: ArticleState.WAITING,
    P.UNKNOWN: ArticleState.UNKNOWN,
    P.PUBLISHED: ArticleState.PUBLISHED,
    P.REFUSED: ArticleState.REFUSED,
    P.CANCELLED: ArticleState.SCHEDULED,
    P.WITHDRAWN: ArticleState.WITHDRAWN,
}

BEFORE_THE_PLATFORM = frozenset({P.PREPARED, P.DRAFTING, P.DRAFTED})
IN_FLIGHT = frozenset({P.SUBMITTING, P.SUBMITTED, P.CONFIRMING, P.UNKNOWN})
MAY_BE_OUT = IN_FLIGHT | {P.HANDED}
OPEN = BEFORE_THE_PLATFORM | MAY_BE_OUT
NOT_OUT = BEFORE_THE_PLATFORM | {P.HANDED, P.REFUSED, P.CANCELLED}
OUT = frozenset({P.PUBLISHED, P.WITHDRAWN})


class Delivery(StrEnum):
    """How an article reaches the public."""

    PUBLISH = "publish"
    MASS = "mass"
    DRAFT = "draft"
    HAND = "hand"  # posted by hand on the platform, confirmed by a person


def check(old: PublicationState, new: PublicationState) -> None:
    """Raises Conflict unless the table allows the step."""
    if new not in TRANSITIONS[old]:
        raise Conflict(f"这次发布现在是“{old}”，不能变为“{new}”。")
