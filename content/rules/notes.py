"""The note that a person writes to what they do; it is kept with the act and in the ledger."""

from __future__ import annotations

from content.rules.errors import BadInput
from content.rules.publishing.limits import visible

LONGEST = 1000  # characters; a line of the store holds 1024


def note(text: str, *, needed: str = "", longest: int = LONGEST) -> str:
    """A note as it is kept, without blanks around it. Raises BadInput if it is too long, or empty while `needed` says why."""
    kept = visible(text).strip()
    if needed and not kept:
        raise BadInput(needed)
    if len(kept) > longest:
        raise BadInput(f"说明太长（{len(kept)} 个字），最多 {longest} 个字。")
    return kept
