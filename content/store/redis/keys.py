"""The names of everything that is kept in Redis, each once; all begin with `gongkai:`.

Only questions on their way and late answers are nowhere else: they, and what citizens were last shown, carry these names
since the first version. All else is counted anew, fetched anew, or runs out by itself (docs/architecture.md).
"""

from __future__ import annotations

from datetime import date

PREFIX = "gongkai:"

QUESTIONS = f"{PREFIX}questions"  # answered, and not in SQL yet
PROBE = f"{PREFIX}probe"  # written to see whether anything can be
SHED = f"{PREFIX}shed"  # messages for which there was no time, sealed, on their way to the spool
DELIVERIES = f"{PREFIX}deliveries"  # kind of message → how many were worked on
TALLY = f"{PREFIX}tally:current"  # the name of the generation of counters that holds
TALLY_QUESTIONS = f"{PREFIX}tally:questions"

# With a keyed hash behind it: of a delivery, of an address's timestamp and nonce, or of a citizen.
SEEN = f"{PREFIX}seen:"  # who works on a delivery, or its answer
LEFT = f"{PREFIX}left:"  # that a late answer to a delivery was left
STAMP = f"{PREFIX}stamp:"  # which message came with this timestamp and nonce
RATE = f"{PREFIX}rate:"  # how many messages a citizen sent within the last minute
TALK = f"{PREFIX}talk:"  # what a citizen was last shown
LATE = f"{PREFIX}late:"  # the answers that came too late for their own messages
TYPED = f"{PREFIX}typed:"  # what was written a moment ago, for a tap to hand over

CLOCK_REFUSALS = (
    f"{PREFIX}clock:refusals"  # deliveries refused in a row for their time; gone with the next that is taken
)
LEAD = f"{PREFIX}clock:lead"
SUBMIT_GAP = f"{PREFIX}submit:gap"
SUBMIT_SLOW = f"{PREFIX}submit:slow"
PORTAL_VERSION = f"{PREFIX}portal:version"  # what the site called the version that was taken in last


def tally(generation: str) -> str:
    """One generation of the counters."""
    return f"{PREFIX}tally:{generation}"


def token(app_id: str) -> str:
    """The platform's access token."""
    return f"{PREFIX}token:{app_id}"


def token_lock(app_id: str) -> str:
    """Held by the process that fetches one."""
    return f"{PREFIX}token:{app_id}:lock"


def calls(name: str, day: date) -> str:
    """How often a call with a small allowance was made on a day."""
    return f"{PREFIX}calls:{name}:{day}"


def phone_code(code: str) -> str:
    """Who asked for the code that binds a phone; `code` is a hash of it."""
    return f"{PREFIX}phone:{code}"


def console_session(token: str) -> str:
    """A session of the console; `token` is a hash of the cookie's value."""
    return f"{PREFIX}console:session:{token}"


def console_step(token: str) -> str:
    """Whose password was right, with the second step still to come; a hash of the form's token."""
    return f"{PREFIX}console:step:{token}"


def console_form(form: str) -> str:
    """That a form was sent; `form` is a hash of its key."""
    return f"{PREFIX}console:form:{form}"


def console_failures(username: str) -> str:
    """How often logging in failed lately, by address; `username` is a hash, and so are the addresses."""
    return f"{PREFIX}console:failed:{username}"


def console_locked(name_and_address: str) -> str:
    """That a name must wait at an address until it may try again; both are hashes."""
    return f"{PREFIX}console:locked:{name_and_address}"


def console_known(username: str) -> str:
    """Where a name came in, with the time; `username` is a hash, and so are the addresses."""
    return f"{PREFIX}console:known:{username}"


def console_shown(wording: str) -> str:
    """That a person was shown a wording; a hash of both."""
    return f"{PREFIX}console:shown:{wording}"


def console_seen(article: str) -> str:
    """Which wordings of an article a person was shown, by their numbers; a hash of both."""
    return f"{PREFIX}console:seen:{article}"


def console_typing(form: str) -> str:
    """What a person has typed into a form and not sent; a hash of both."""
    return f"{PREFIX}console:typing:{form}"


def console_pen(article: int) -> str:
    """Who is writing an article now."""
    return f"{PREFIX}console:pen:{article}"


def visits(what: str, who: str) -> str:
    """How often a visitor of the pages did something lately; `who` is a keyed hash."""
    return f"{PREFIX}visits:{what}:{who}"


def console_work(work: str) -> str:
    """How far a piece of long work is; `work` is its random name."""
    return f"{PREFIX}console:work:{work}"
