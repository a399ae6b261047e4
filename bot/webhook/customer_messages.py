"""Late answers as customer-service messages, for accounts that may send them, inside the window that the platform allows."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from bot.wechat.messages import Message
from content.rules.citizens.letters import in_time
from content.rules.errors import Fault, GongkaiError, Refused, Unanswered, Unreachable
from content.services.office import Office
from content.services.ports import Channel

# Platform page on customer-service messages: within 48 hours of a message, within a minute of a menu tap or a follow.
AFTER_AN_EVENT = timedelta(minutes=1)
NO_RIGHT = 3600.0  # seconds for which nothing is tried after the platform said that the account may not
TROUBLE = 60.0  # … or after it could not be reached

log = logging.getLogger(__name__)


class CustomerMessages:
    """Sends texts to citizens who wrote first; learns from the platform whether this account may."""

    def __init__(self, office: Office, channel: Channel) -> None:
        self._office = office
        self._channel = channel
        self._not_before = 0.0

    def may(self, message: Message, at: datetime) -> bool:
        """Whether a text may go out to who sent `message`, as far as we know."""
        if time.monotonic() < self._not_before:
            return False
        now = self._office.clock.now()
        return now - at < AFTER_AN_EVENT if message.is_event else in_time(at, now)

    def tell(self, message: Message, text: str) -> bool:
        """Sends; False if it surely did not go out. What nobody knows of counts as sent, and is never sent again."""
        try:
            self._channel.tell(message.sender, text)
        except Unanswered:
            self._rest(TROUBLE)
            log.warning("nobody knows whether a late answer went out; it is not sent again")
        except (Refused, Unreachable) as error:
            if isinstance(error, Unreachable):
                self._rest(TROUBLE)
            elif error.fault is Fault.PERSON or error.code == 48001:
                self._rest(NO_RIGHT)
            log.info("a late answer waits for the citizen's next message: %s", error.message)
            return False
        except GongkaiError as error:
            log.info("a late answer waits for the citizen's next message: %s", error.message)
            return False
        return True

    def _rest(self, seconds: float) -> None:
        self._not_before = time.monotonic() + seconds
