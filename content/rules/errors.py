"""The tree of our errors. Each says whether to try again and what a person may read.

GongkaiError                  `message` is plain Chinese and safe to show
├── BadInput                  what was given is wrong; the message says what to do
│   └── WrongPassword         a password that does not fit: guessing it must cost something
├── NotAllowed                this person may not do this; the message says who may
├── NotFound                  no such thing
├── Conflict                  somebody was faster, or the state has moved on
├── Unapproved                the ledger does not hold that three people passed what was to go out
├── TooBusy                   too many ask for the same at once: try again in a moment
├── Stopped                   this process is to end, so the rest is left for the next
└── PlatformError             the platform, or the way to it
    ├── Refused               it answered "no" and did nothing: `code`, `fault` (the class of the code)
    ├── Unreachable           the call never reached it: safe to try again
    └── Unanswered            it may or may not have acted: look before you try again
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any


class Fault(Enum):
    """What a platform error code asks of us."""

    TOKEN = "token"  # the token is no longer good: replace it once
    RETRY = "retry"  # try again soon
    WAIT = "wait"  # an allowance is used up: try again when it returns
    SPACE = "space"  # too fast: try again, further apart
    PERSON = "person"  # a person must do something on the platform
    CONTENT = "content"  # the platform will not have this content
    GONE = "gone"  # what was named is not there (any more)
    BUG = "bug"  # our mistake


class GongkaiError(Exception):
    """Something could not be done; `message` may be shown to a person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadInput(GongkaiError):
    """What was given is wrong."""


class WrongPassword(BadInput):
    """A password that does not fit."""


class TooBusy(GongkaiError):
    """Too many ask for the same at once."""


class NotAllowed(GongkaiError):
    """This person may not do this."""


class NotFound(GongkaiError):
    """There is no such thing."""


class Conflict(GongkaiError):
    """The state has moved on in the meantime."""


class Unapproved(GongkaiError):
    """The ledger does not vouch for what was to go out; `faults` says why, by the article's number."""

    def __init__(self, faults: Mapping[int, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


class Stopped(GongkaiError):
    """This process was told to end in the middle of it."""


class PlatformError(GongkaiError):
    """The platform, or the way to it, failed."""


class Refused(PlatformError):
    """The platform said no and did nothing. `code` is its errcode, `fault` what that asks of us, `answer` its JSON."""

    def __init__(self, message: str, code: int, fault: Fault, answer: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.fault = fault
        self.answer = answer or {}


class Unreachable(PlatformError):
    """The call never reached the platform."""


class Unanswered(PlatformError):
    """The call went out and no usable answer came: the platform may have acted."""
