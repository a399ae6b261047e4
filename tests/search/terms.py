"""Texts cut into terms one by one, as plain_text has it."""

from __future__ import annotations

from content.rules.language import plain_text


def pairs(folded: str) -> list[str]:
    """Pairs of Chinese characters, other words, and numbers of documents."""
    return plain_text.terms_of(plain_text.runs_of(folded)) + plain_text.document_numbers(folded)


def characters_and_pairs(folded: str) -> list[str]:
    """公租房 3号 → 公 租 房 公租 租房 3 号."""
    runs = plain_text.runs_of(folded)
    chinese = [run for run in runs if plain_text.is_chinese(run)]
    others = [run for run in runs if not plain_text.is_chinese(run)]
    found = [*"".join(chinese), *others, *(pair for run in chinese for pair in plain_text.pairs(run))]
    return found + plain_text.document_numbers(folded)
