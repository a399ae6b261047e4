"""The office's Redis: a real server of its own, or the one that GONGKAI_REDIS_URL names. The callers cannot tell.

places    where the server's socket, locks and files lie
binary    which server program is used
keeper    the small process that starts the server, watches it, and ends it when the last user has left
own       how a user process joins the others and has the server brought up
clients   redis-py, set up so that nothing is sent twice
scripts   scripts with a short patience, for those who have somebody waiting
handle    `Redis.open(settings)`: what everybody else uses
"""

from content.store.redis.handle import Redis

__all__ = ["Redis"]
