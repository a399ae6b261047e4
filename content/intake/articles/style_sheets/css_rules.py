"""A style sheet as a list of plain rules: nested ones written out, conditions decided, layers told by rank.

Sources: CSS Syntax 3, CSS Nesting 1, CSS Cascade 5 (layers).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.intake.articles.style_sheets import conditions

DEEPEST = 12  # rules inside one another
MOST_SELECTORS = 400  # that one rule may stand for
MOST_RANKS = 6

_MARK = re.compile(
    r"""/\*.*?(?:\*/|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|url\(\s*[^"')\s][^)]*\)|\\.|[{}();,\[\]]|[^"'/\\{}();,\[\]u]+|.""",
    re.DOTALL | re.IGNORECASE,
)
_ANY = re.compile(r":(?:is|where|matches|-webkit-any|-moz-any)\(", re.IGNORECASE)
_AT = re.compile(r"@(-?[\w-]+)\s*(.*)", re.DOTALL)

_APPLIES = {"media": conditions.on_screen, "supports": conditions.is_supported}


@dataclass(frozen=True)
class StyleRule:
    """Declarations for one selector. `rank`: how many layers it stands above."""

    selector: str
    declarations: str
    rank: int = 0


def flat(css: str) -> list[StyleRule]:
    """The rules that apply on a screen, each with one selector."""
    sheet = _Sheet()
    found = list(sheet.rules(css.replace("<!--", "").replace("-->", ""), (), ""))
    ranks = {name: rank for rank, name in enumerate(sheet.layers)}
    highest = min(len(ranks), MOST_RANKS)
    return [
        StyleRule(selector, declarations, min(ranks.get(layer, highest), highest))
        for layer, selector, declarations in found
    ]


class _Sheet:
    def __init__(self) -> None:
        self.layers: dict[str, None] = {}  # in the order in which they are first named

    def rules(self, css: str, parents: Sequence[str], layer: str, *, depth: int = 0) -> Iterator[tuple[str, str, str]]:
        """(layer, selector, declarations) of a block's own declarations, then of what is nested in it."""
        own: list[str] = []
        inside: list[tuple[str, str]] = []
        for prelude, body in _blocks(css):
            if body is not None:
                inside.append((prelude, body))
            elif prelude.lower().startswith("@layer"):
                self.layers |= dict.fromkeys(f"{layer}{name.strip()}." for name in prelude[6:].split(","))
            elif not prelude.startswith("@"):
                own.append(prelude)
        yield from ((layer, parent, ";".join(own)) for parent in parents if own)
        for prelude, body in inside if depth < DEEPEST else ():
            at = _AT.match(prelude)
            if at:
                yield from self._conditional(at, body, parents, (layer, depth))
            else:
                yield from self.rules(body, _nested(parents, prelude), layer, depth=depth + 1)

    def _conditional(
        self, at: re.Match[str], body: str, parents: Sequence[str], place: tuple[str, int]
    ) -> Iterator[tuple[str, str, str]]:
        name, rest = at[1].lower(), at[2].strip()
        layer, depth = place
        if name == "layer":
            layer = f"{layer}{rest or f'({len(self.layers)})'}."
            self.layers.setdefault(layer)
        elif name == "scope":
            parents = _nested(parents, rest.partition(")")[0].lstrip("(")) if rest.startswith("(") else parents
        if _APPLIES[name](rest) if name in _APPLIES else name in ("layer", "scope", "container"):
            yield from self.rules(body, parents, layer, depth=depth + 1)


def split(text: str, mark: str) -> list[str]:
    """The parts of a text between marks that stand in no brackets and no quotes."""
    parts, depth = [""], 0
    for found in _MARK.finditer(text):
        sign = found[0]
        depth += (sign in "([{" and len(sign) == 1) - (sign in ")]}" and len(sign) == 1)
        if sign == mark and depth <= 0:
            parts.append("")
        elif not sign.startswith("/*"):
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def _blocks(css: str) -> Iterator[tuple[str, str | None]]:
    """(what stands before a block, the block), or (a statement, None)."""
    pieces: list[str] = []
    prelude, depth = "", 0
    for found in _MARK.finditer(css):
        sign = found[0]
        if sign.startswith("/*"):
            continue
        if sign == "{":
            depth += 1
            if depth == 1:
                prelude, pieces = "".join(pieces).strip(), []
                continue
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield prelude, "".join(pieces)
                pieces = []
                continue
            depth = max(depth, 0)
        elif sign == ";" and depth == 0:
            if statement := "".join(pieces).strip():
                yield statement, None
            pieces = []
            continue
        pieces.append(sign)
    if rest := "".join(pieces).strip():
        yield (prelude, rest) if depth else (rest, None)


def _nested(parents: Sequence[str], prelude: str) -> list[str]:
    """The selectors of a rule, those of the rules around it written in."""
    own = [each for selector in split(prelude, ",") for each in _written_out(selector)]
    if not parents:
        return [selector.replace("&", ":root") for selector in own][:MOST_SELECTORS]
    joined = [
        selector.replace("&", parent) if "&" in selector else f"{parent} {selector}"
        for parent in parents
        for selector in own
    ]
    return joined[:MOST_SELECTORS]


def _written_out(selector: str, depth: int = 0) -> list[str]:
    """A selector with `:is(a, b)` as several; one that cannot be written so stays."""
    found = _ANY.search(selector)
    if not found or depth > DEEPEST:
        return [selector]
    level, end = 1, found.end()
    while end < len(selector) and level:
        level += (selector[end] == "(") - (selector[end] == ")")
        end += 1
    before, after = selector[: found.start()], selector[end:]
    is_joined = bool(before) and before[-1] not in " >+~,("
    return [
        each
        for inside in split(selector[found.end() : end - 1], ",")
        if not (is_joined and re.match(r"[\w*]", inside))
        for each in _written_out(before + inside + after, depth + 1)
    ][:MOST_SELECTORS]
