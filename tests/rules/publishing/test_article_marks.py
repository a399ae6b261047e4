"""An article's mark survives whatever address the author set."""

from hypothesis import given
from hypothesis import strategies as st

from content.rules.publishing.article_marks import mark, read

BASE = "https://gk.example.gov.cn"
addresses = st.text("abc/?#=&.%中", max_size=40).map(lambda tail: f"https://www.example.gov.cn/{tail}")


@given(article=st.integers(1, 10**9), source=st.one_of(st.just(""), addresses))
def test_a_mark_is_read_back(article: int, source: str) -> None:
    assert read(mark(article, base_url=BASE, source_url=source), base_url=BASE) == article


@given(source=addresses)
def test_an_address_without_a_mark_marks_nothing(source: str) -> None:
    assert read(source, base_url=BASE) is None


def test_an_author_s_own_address_stays_in_front() -> None:
    assert mark(7, base_url=BASE, source_url="https://x.gov.cn/#/page") == "https://x.gov.cn/#/page#a-7"
