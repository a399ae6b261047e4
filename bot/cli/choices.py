"""Options with few values: the English ones that programs write, and beside them the Chinese ones that people write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click


class ChineseChoice(click.Choice[str]):
    """`words`: value → its Chinese words, the usual one first. What comes out is the value."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(list(words))
        self._words = words
        self._values = {word: value for value, all_words in words.items() for word in all_words}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value; raises click.BadParameter in Chinese."""
        given = str(value).strip()
        known = self._values.get(given, given)
        if known not in self._words:
            self.fail(f"“{given}”不行，可以是：{self.told()}。", param, ctx)
        return known

    def told(self) -> str:
        """All values with their words: 群发（mass）、…"""
        return "、".join(f"{all_words[0]}（{value}）" for value, all_words in self._words.items())
