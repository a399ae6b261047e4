"""Values of cells that are seen in another way than they are stored: numbers, days, words that lead somewhere."""

from __future__ import annotations

from datetime import date, datetime


class ShownNumber(float):
    """A number that a sheet shows in another way than its digits: 0007, 7.5%, 江园发〔2026〕12号.

    `from_1904`: as a number of days it counts from 1904, as workbooks of old Macs do.
    """

    shown: str
    from_1904: bool

    def __new__(cls, value: float, shown: str, *, from_1904: bool = False) -> ShownNumber:
        """The number with the words that the sheet shows for it."""
        number = super().__new__(cls, value)
        number.shown, number.from_1904 = shown, from_1904
        return number

    def __str__(self) -> str:
        return self.shown


class ShownDay(datetime):
    """A day or moment with the words that the sheet shows for it: 11月30日 9:30."""

    shown: str

    @classmethod
    def of(cls, value: date, shown: str) -> ShownDay:
        """The moment with the words for it."""
        hour, minute, second = (getattr(value, name, 0) for name in ("hour", "minute", "second"))
        day = cls(value.year, value.month, value.day, hour, minute, second)
        day.shown = shown
        return day

    def __str__(self) -> str:
        return self.shown


class LinkedText(str):
    """The words of a cell that leads somewhere when it is clicked."""

    address: str

    @classmethod
    def of(cls, text: str, address: str) -> LinkedText:
        """The words with their address."""
        linked = cls(text)
        linked.address = address
        return linked
