"""Claims on deliveries: repeats, replays of one timestamp and nonce by another message, and too many from one citizen.

A delivery is claimed before it is worked on and closed with its answer afterwards; both are one script, so that of
two processes with the same delivery one works and the other waits for the answer. A claim that is not closed (its
process was killed) runs out, and the next repeat takes over; whoever then comes too late with an answer keeps nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from bot.dialogue.turn import Recall
from content.store.redis.scripts import Script

LEASE = 1500  # milliseconds for one answer, which leaves within that time whatever hangs
MOST_A_MINUTE, MINUTE = 120, 60  # messages of one citizen, and seconds from the first of them

CLAIM = Script("""
if not redis.call('SET', KEYS[5], ARGV[3], 'NX', 'EX', ARGV[4]) and redis.call('GET', KEYS[5]) ~= ARGV[3] then
  return {'forged', ''}
end
redis.call('DEL', KEYS[7])
local held = redis.call('GET', KEYS[1])
if not held then
  if ARGV[5] ~= '0' then
    local sent = redis.call('INCR', KEYS[6])
    if sent == 1 then redis.call('EXPIRE', KEYS[6], ARGV[6]) end
    if sent > tonumber(ARGV[5]) then
      redis.call('HINCRBY', KEYS[8], 'limited', 1)
      return {'over', sent == tonumber(ARGV[5]) + 1 and 'first' or ''}
    end
  end
  redis.call('SET', KEYS[1], 'w' .. ARGV[1], 'PX', ARGV[2])
  local found = redis.call('LRANGE', KEYS[3], 0, -1)
  table.insert(found, 1, redis.call('GET', KEYS[4]) or '')
  table.insert(found, 1, redis.call('GET', KEYS[2]) or '')
  table.insert(found, 1, 'mine')
  return found
end
if string.sub(held, 1, 1) == 'w' then return {'busy', ''} end
return {'done', held}
""")
CLOSE = Script("""
local held = redis.call('GET', KEYS[1])
if held and held ~= 'w' .. ARGV[1] then return 0 end
if ARGV[4] == 'failed' then redis.call('DEL', KEYS[1]) return 1 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
if ARGV[4] == 'forget' then redis.call('DEL', KEYS[2], KEYS[5], KEYS[6])
elseif ARGV[4] ~= '' then redis.call('SET', KEYS[2], ARGV[4], 'EX', ARGV[5]) end
redis.call('HINCRBY', KEYS[3], ARGV[6], 1)
if ARGV[7] ~= '' then redis.call('RPUSH', KEYS[4], ARGV[7]) end
if ARGV[9] ~= '' then redis.call('SET', KEYS[6], ARGV[9], 'EX', ARGV[10]) end
if ARGV[8] ~= '0' then redis.call('LTRIM', KEYS[5], ARGV[8], -1) end
return 1
""")


class DeliveryState(Enum):
    """How a delivery stands when it comes in."""

    MINE = "mine"  # nobody has seen it: work on it
    DONE = "done"  # it was answered: answer the same again
    BUSY = "busy"  # somebody is working on it
    BLIND = "blind"  # Redis cannot be asked: work on it, remember nothing
    FORGED = "forged"  # another message came with this very timestamp and nonce
    OVER = "over"  # this citizen sends too many messages


class CloseResult(Enum):
    """What closing a claim came to."""

    KEPT = "kept"  # answer and question are in Redis
    LOST = "lost"  # the claim had run out, and another has it now
    BLIND = "blind"  # Redis could not be told


@dataclass(frozen=True)
class LateAnswer:
    """An answer that came too late for its own message. `asked`: the message, as far as it has words."""

    text: str
    asked: str = ""
    recall: Recall | None = None


@dataclass(frozen=True)
class DeliveryClaim:
    """What claiming a delivery brought. `answer` is the rendered reply when done, `token` the claim's own.

    `first`: of the messages that are too many, it is the first one.
    """

    state: DeliveryState
    token: str = ""
    answer: str = ""
    talk: str = ""  # what the citizen was last shown, packed
    typed: str = ""  # what one tap would hand over
    first: bool = False
    late: tuple[LateAnswer, ...] = field(default=())  # oldest first
