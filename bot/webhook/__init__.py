"""The platform's door, and what happens behind it within the five seconds that the platform waits.

door       `/wechat` as a small WSGI application in front of the pages
receiving  one delivery: opened, claimed, answered, sealed
working    what the answer is, and what else has to be kept
later      what could not be done in time: done afterwards, in order, once
"""

from bot.webhook.deliveries import Webhook
from bot.webhook.view import Door

__all__ = ["Door", "Webhook"]
