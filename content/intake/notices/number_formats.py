"""Numbers as a sheet shows them: 7 under `0000` is 0007, 0.075 under `0.0%` is 7.5%, 12 under `"第"0"号"` is 第12号.

Source: ECMA-376 part 1, 18.8.31 (number formats). Days are not here: openpyxl reads them as days.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from content.intake.workbook_looks import chinese_numbers

MOST_DIGITS = 15  # of a number that Excel keeps; further ones it turns into zeros
LONGEST_GENERAL = Decimal(10) ** 11  # from here on a number without format is shown as 1.23457E+11
SHORT = re.compile(r"-?\d(?:\.\d+)?[Ee]\+\d{1,3}")

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|\[DBNum(?P<spelled>[123])\]'
    r"|\[(?P<colour>Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|黑色|蓝色|青色|绿色|洋红|红色|白色|黄色|Color ?\d+)\]"
    r"|(?P<other>\[[^\]]*\])|(?P<general>General|G/通用格式)|(?P<power>E[+-]0+)|(?P<place>[0#?]|[.,%@])|(?P<letter>[A-Za-z/])"
    r"|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTIONS = re.compile(r'((?:"[^"]*"?|[\\!_*].|\[[^\]]*\]|[^;"\\!_*\[])*)(?:;|$)', re.DOTALL)


@dataclass(frozen=True)
class _Section:
    """A part of a format. `tokens`: (kind, text) with the kinds literal, place, point, percent, text, general, power."""

    tokens: tuple[tuple[str, str], ...]
    grouped: bool = False
    thousands: int = 0  # how often the number is divided by 1000
    known: bool = True
    spelled: str = ""  # 1, 2 or 3: digits are written in Chinese, by [DBNum1] and so on

    def count(self, kind: str) -> int:
        return sum(1 for each, _ in self.tokens if each == kind)


def number(value: float, code: str) -> str | None:
    """A number as the format shows it; None if the format is not known here."""
    sections = _sections(code)
    try:
        exact = kept(value)
        at = (1 if exact < 0 and len(sections) > 1 else 2 if exact == 0 and len(sections) > 2 else 0)  # fmt: skip
        section = sections[at]
        if not section.known:
            return None
        shown = _filled(section, abs(exact))
    except (InvalidOperation, ArithmeticError):
        return None
    return ("-" if exact < 0 and at == 0 and re.search(r"[1-9]", shown) else "") + shown.strip()


def kept(value: float) -> Decimal:
    """A number with the digits that Excel keeps of it: fifteen, and zeros after them."""
    return Context(prec=MOST_DIGITS, rounding=ROUND_HALF_UP).create_decimal(repr(value))


def general(value: float) -> str:
    """A number as a cell without a format shows it, where the column is wide enough: eleven signs at most."""
    exact = kept(value)
    size = abs(exact)
    if not size:
        return "0"
    if (
        size >= LONGEST_GENERAL
        or size < Decimal("1e-9")
        or (size < Decimal("1e-4") and len(f"{size.normalize():f}") > 11)
    ):
        mantissa, _, exponent = f"{exact:.5E}".partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent[0]}{exponent[1:].rjust(2, '0')}"
    places = max(0, 10 - max(size.adjusted() + 1, 1))
    shown = f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def is_short(words: str) -> bool:
    """Whether a number is written as 1.23E+17, which keeps only its first digits."""
    return bool(SHORT.fullmatch(words.strip()))


def text(words: str, code: str) -> str | None:
    """Words as the format shows them; None if the format is not known here."""
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) < 4 and not section.count("text"):
        return words
    if not section.known:
        return None
    return "".join(words if kind == "text" else sign for kind, sign in section.tokens)


@functools.lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    found, at = list[_Section](), 0
    while at <= len(code) and len(found) < 4:
        part = _SECTIONS.match(code, at)
        if part is None:
            break
        found.append(_section(part[1]))
        at = part.end()
        if not part[0].endswith(";") or len(part[0]) == len(part[1]):
            break
    return tuple(found)


def _section(code: str) -> _Section:
    tokens: list[tuple[str, str]] = []
    known, spelled = True, ""
    for token in _TOKEN.finditer(code):
        kind, sign = token.lastgroup or "", token[token.lastgroup] if token.lastgroup else ""
        if kind in ("quoted", "escaped", "currency", "plain"):
            tokens.append(("literal", sign or ""))
        elif kind == "place":
            tokens.append(({".": "point", ",": "comma", "%": "percent", "@": "text"}.get(sign, "place"), sign))
        elif kind in ("general", "power"):
            tokens.append((kind, sign))
        elif kind == "spelled":
            spelled = sign or ""
        elif kind in ("letter", "other"):
            known = False  # fractions, conditions
    return _settled(tokens, spelled, known=known)


def _settled(tokens: list[tuple[str, str]], spelled: str, *, known: bool) -> _Section:
    """Says of each comma whether it groups the digits or divides by a thousand."""
    point = next((at for at, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    places = [at for at, (kind, _) in enumerate(tokens) if kind == "place" and at < point]
    commas = [at for at, (kind, _) in enumerate(tokens) if kind == "comma"] if places else []
    grouped = any(places[0] < at < places[-1] for at in commas)
    thousands = sum(at > places[-1] for at in commas)
    return _Section(tuple(token for token in tokens if token[0] != "comma"), grouped, thousands, known, spelled)


def _filled(section: _Section, amount: Decimal) -> str:
    amount = amount.scaleb(2 * section.count("percent") - 3 * section.thousands)
    if section.count("power"):
        return _scientific(section, amount)
    kinds = [kind for kind, _ in section.tokens]
    point = kinds.index("point") if "point" in kinds else len(kinds)
    before = [sign for kind, sign in section.tokens[:point] if kind == "place"]
    after = [sign for kind, sign in section.tokens[point:] if kind == "place"]
    rounded = amount.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP)
    whole, _, rest = f"{rounded:f}".partition(".")
    return _written(section, _spread(whole.lstrip("0"), before, grouped=section.grouped), _cut(rest, after), amount)


def _spread(digits: str, places: list[str], *, grouped: bool) -> list[str]:
    """What stands at each place before the point; the first takes all digits that are too many."""
    least = len(places) - next((at for at, place in enumerate(places) if place == "0"), len(places))
    digits = digits.rjust(least, "0")
    signs = [f",{digit}" if grouped and left and left % 3 == 0 and at else digit
             for at, (digit, left) in enumerate(zip(digits, range(len(digits), 0, -1), strict=True))]  # fmt: skip
    surplus = max(len(signs) - len(places), 0)
    at_places = [""] * (len(places) - len(signs)) + ["".join(signs[: surplus + 1]), *signs[surplus + 1 :]]
    return at_places[-len(places) :] if places else []


def _cut(digits: str, places: list[str]) -> list[str]:
    """What stands at each place after the point: zeros at the end only where the format asks for them."""
    needed = max((at + 1 for at, place in enumerate(places) if place == "0"), default=0)
    shown = digits[:needed] + digits[needed:].rstrip("0")
    return list(shown.ljust(len(places))) if places else []


def _written(section: _Section, before: list[str], after: list[str], amount: Decimal) -> str:
    shown, places = "", [*before, *(digit.strip() for digit in after)]
    for kind, sign in section.tokens:
        if kind == "place":
            digits = places.pop(0)
            shown += chinese_numbers.one_by_one(digits, section.spelled) if section.spelled else digits
        elif kind in ("general", "text"):
            plain = f"{amount.normalize():f}"
            shown += chinese_numbers.spelled(plain, section.spelled) if section.spelled else plain
        else:
            shown += sign
    return shown


def _scientific(section: _Section, amount: Decimal) -> str:
    kinds = [kind for kind, _ in section.tokens]
    decimals = sum(1 for kind in kinds[kinds.index("point") :] if kind == "place") if "point" in kinds else 0
    power = next(sign for kind, sign in section.tokens if kind == "power")
    mantissa, _, exponent = f"{amount:.{decimals}E}".partition("E")
    sign = "-" if exponent.startswith("-") else "+" if "+" in power else ""
    return f"{mantissa}E{sign}{exponent.lstrip('+-').rjust(power.count('0'), '0')}"
