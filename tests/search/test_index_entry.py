"""An entry of the index is kept as a line, and comes back as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from content.search.index_entry import IndexEntry, unpacked


@given(st.builds(IndexEntry, ref=st.just("disclosure:1"), title=st.text(), body=st.text(), last_day=st.dates()))
def test_an_entry_comes_back_from_its_line(entry: IndexEntry) -> None:
    assert unpacked(entry.packed()) == entry and "\n" not in entry.packed()
