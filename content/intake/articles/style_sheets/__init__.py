"""Style sheets of a page in plain rules: what applies on a screen, without nesting, layers, conditions and pseudo-elements."""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.intake.articles.style_sheets import conditions, css_rules
from content.intake.articles.style_sheets.css_rules import StyleRule

HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?\s*(?:;|!|$)", re.IGNORECASE
)
BEFORE, AFTER = "--before-", "--after-"  # how the properties of pseudo-elements are called on their elements

_SHEET = re.compile(r"<style\b([^>]*)>(.*?)</style\s*>", re.IGNORECASE | re.DOTALL)
_MEDIA = re.compile(r"""\bmedia\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_PSEUDO = re.compile(r"::?(before|after)\s*$", re.IGNORECASE)
_OTHER_PSEUDO = re.compile(r"::[\w-]+(?:\([^)]*\))?\s*$|:(?:first-letter|first-line)\s*$", re.IGNORECASE)


@dataclass
class PlainPage:
    """A page with its style sheets in plain rules. `is_unsure`: some rule that hides could not be followed."""

    html: str
    is_unsure: bool = False


def plain(html: str) -> PlainPage:
    """The page with each style sheet made plain; a sheet that is not for screens goes."""
    page = PlainPage("")

    def settled(found: re.Match[str]) -> str:
        media = _MEDIA.search(found[1])
        if media and not conditions.on_screen(media[1] or media[2] or media[3] or ""):
            return ""
        rules = css_rules.flat(found[2])
        page.is_unsure |= any(":has(" in rule.selector and HIDES.search(rule.declarations) for rule in rules)
        return f"<style>{' '.join(_written(rule) for rule in rules)}</style>"

    page.html = _SHEET.sub(settled, html)
    return page


def _written(rule: StyleRule) -> str:
    declarations = rule.declarations
    selector = rule.selector
    if pseudo := _PSEUDO.search(selector):
        start = BEFORE if pseudo[1].lower() == "before" else AFTER
        parts = (part.partition(":") for part in css_rules.split(declarations, ";"))
        declarations = ";".join(
            f"{start}{name.strip().lower()}:{value.strip()}" for name, _, value in parts if value.strip()
        )
        selector = selector[: pseudo.start()] or "*"
    elif _OTHER_PSEUDO.search(selector):
        return ""
    return f"{selector}{':not(#_)' * rule.rank}{{{declarations}}}" if declarations.strip() else ""
