"""Equations of Word (OMML) on one line of text: fractions a/b, powers a^2, roots √(a), sums with their bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx.oxml.ns import qn

RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def linear(element: Any) -> str:
    """The equation as text. What is not known stands as its parts one after the other."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    if tag in (qn("m:t"), qn("w:t")):
        return element.text or ""
    if tag.endswith("Pr"):
        return ""
    spelling = _SPELLINGS.get(tag)
    return spelling(element) if spelling else "".join(map(linear, element))


def _part(element: Any, name: str) -> str:
    found = element.find(qn(name))
    return linear(found) if found is not None else ""


def _value(element: Any, path: str, default: str) -> str:
    names = path.split("/")
    found = element.find("/".join(map(qn, names)))
    return default if found is None else str(found.get(qn("m:val"), default))


def _grouped(text: str) -> str:
    return text if len(text) <= 1 or text.replace(".", "").isalnum() else f"({text})"


def _raised(text: str) -> str:
    return text.translate(RAISED) if text and all(ord(sign) in RAISED for sign in text) else f"^{_grouped(text)}"


def _lowered(text: str) -> str:
    return text.translate(LOWERED) if text and all(ord(sign) in LOWERED for sign in text) else f"_{_grouped(text)}"


def _fraction(element: Any) -> str:
    return f"{_grouped(_part(element, 'm:num'))}/{_grouped(_part(element, 'm:den'))}"


def _root(element: Any) -> str:
    degree = _part(element, "m:deg")
    return f"{_raised(degree) if degree else ''}√({_part(element, 'm:e')})"


def _sum(element: Any) -> str:
    sign = _value(element, "m:naryPr/m:chr", "∫")
    below, above = _part(element, "m:sub"), _part(element, "m:sup")
    return f"{sign}{_lowered(below) if below else ''}{_raised(above) if above else ''}{_grouped(_part(element, 'm:e'))}"


def _bracket(element: Any) -> str:
    inside = _value(element, "m:dPr/m:sepChr", "|").join(linear(e) for e in element.iterchildren(qn("m:e")))
    return f"{_value(element, 'm:dPr/m:begChr', '(')}{inside}{_value(element, 'm:dPr/m:endChr', ')')}"


def _matrix(element: Any) -> str:
    rows = (", ".join(linear(e) for e in row.iterchildren(qn("m:e"))) for row in element.iterchildren(qn("m:mr")))
    return f"[{'; '.join(rows)}]"


def _lines(element: Any) -> str:
    return "；".join(linear(e) for e in element.iterchildren(qn("m:e")))


_SPELLINGS: dict[str, Callable[[Any], str]] = {
    qn("m:f"): _fraction,
    qn("m:rad"): _root,
    qn("m:nary"): _sum,
    qn("m:d"): _bracket,
    qn("m:m"): _matrix,
    qn("m:eqArr"): _lines,
    qn("m:sSup"): lambda e: f"{_grouped(_part(e, 'm:e'))}{_raised(_part(e, 'm:sup'))}",
    qn("m:sSub"): lambda e: f"{_grouped(_part(e, 'm:e'))}{_lowered(_part(e, 'm:sub'))}",
    qn("m:sSubSup"): lambda e: f"{_grouped(_part(e, 'm:e'))}{_lowered(_part(e, 'm:sub'))}{_raised(_part(e, 'm:sup'))}",
    qn("m:func"): lambda e: f"{_part(e, 'm:fName')}({_part(e, 'm:e')})",
    qn("m:limLow"): lambda e: f"{_part(e, 'm:e')}_{_grouped(_part(e, 'm:lim'))}",
    qn("m:phant"): lambda e: "",
}
