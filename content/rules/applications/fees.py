"""What processing costs whoever applies very often or for very much: 国办函〔2020〕109号, in yuan. Each bracket counts for itself."""

from __future__ import annotations

FREE_ITEMS, FIRST_ITEMS, ITEM_BAND, ITEM_PRICE = 10, 30, 10, 100
FREE_PAGES = 30
PAGE_BANDS = ((100, 10), (200, 20), (None, 40))  # up to so many pages, yuan a page
BY_ITEM, BY_PAGE = "item", "page"  # one of the two for each application
BASIS_WORDS = {BY_ITEM: "按件计收", BY_PAGE: "按量计收"}


def of_item(ordinal: int) -> int:
    """For the `ordinal`-th application of one applicant in one calendar month."""
    return by_item(ordinal) - by_item(ordinal - 1)


def by_item(applications: int) -> int:
    """For the applications of one applicant in one calendar month: 10 free, to 30 100 each, then 100 more for every 10."""
    total = 0
    for number in range(FREE_ITEMS + 1, applications + 1):
        bands = 0 if number <= FIRST_ITEMS else (number - FIRST_ITEMS - 1) // ITEM_BAND + 1
        total += ITEM_PRICE * (1 + bands)
    return total


def by_page(pages: int) -> int:
    """For the pages of one application: 30 free, to 100 10 each, to 200 20 each, then 40 each."""
    total, before = 0, FREE_PAGES
    for upto, price in PAGE_BANDS:
        last = pages if upto is None else min(pages, upto)
        total += max(0, last - before) * price
        before = upto or before
    return total
