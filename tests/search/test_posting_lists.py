"""Posting lists are what a table of numbers would be, however they were built; small changes lie beside the large whole."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from content.search.arrays import posting_writer
from content.search.arrays.posting_lists import SATURATION, STEP, WHOLE, PostingLists, key, keys
from content.search.arrays.posting_writer import PostingWriter
from content.search.build import MOST_LATE
from content.search.field import MOST_TERMS, RARE_WEIGHT, IndexField
from content.search.index import Index
from content.search.index_entry import IndexEntry, unpacked
from content.search.vocabulary import IndexWords

TODAY = date(2026, 11, 22)

PARTS = 5000.0  # that scores are counted in here: far finer than the steps of the lists

words = st.sampled_from(["水", "电", "停水", "停电", "2026", "公告号", "iso9001"])
documents = st.lists(st.lists(words, max_size=12), max_size=12)


def built(folder: Path, texts: list[list[str]]) -> PostingLists:
    builder = PostingWriter(folder)
    for terms in texts:
        builder.add(terms)
    builder.write()
    return PostingLists(folder)


def counted(postings: PostingLists, term: str) -> list[float]:
    """What the term counts in each document, by its list."""
    scores = np.zeros(postings.documents, WHOLE)
    postings.add(scores, postings.find(keys([term]))[0], PARTS)
    return [float(score) / PARTS for score in scores]


def expected(texts: list[list[str]], term: str) -> list[float]:
    """What the term counts in each document, by the formula of BM25."""
    mean = sum(map(len, texts)) / len(texts) if any(texts) else 1.0
    counts = [Counter(terms)[term] for terms in texts]
    return [
        count * 2.2 / (count + 1.2 * (0.25 + 0.75 * len(terms) / mean)) if count else 0.0
        for count, terms in zip(counts, texts, strict=True)
    ]


@given(documents, words)
def test_a_list_holds_what_the_formula_says(texts: list[list[str]], term: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        postings = built(Path(folder, "lists"), texts)
        [span] = postings.find(keys([term]))
        scores = counted(postings, term)
        assert span[1] - span[0] == sum(term in terms for terms in texts)
        assert np.allclose(scores, expected(texts, term), atol=STEP)
        assert [score > 0 for score in scores] == [term in terms for terms in texts]


@given(documents.filter(bool), st.lists(words, unique=True, max_size=4), st.data())
def test_the_best_of_a_stretch_is_its_best_document(
    texts: list[list[str]], terms: list[str], data: st.DataObject
) -> None:
    edges = sorted(data.draw(st.lists(st.integers(0, len(texts)), min_size=2, max_size=6)))
    firsts, ends = np.array(edges[:-1]), np.array(edges[1:])
    with tempfile.TemporaryDirectory() as folder:
        field = IndexField([built(Path(folder, "lists"), texts)])
        sought = field.seek(dict.fromkeys(terms, 1.0))
        scores, fine = field.scores(sought)
        best = field.best_within(sought, firsts, ends)
    for place, (first, end) in enumerate(zip(firsts, ends, strict=True)):
        assert np.isclose(best[place], max(scores[first:end], default=0) / fine, atol=len(terms) / fine)


def test_of_many_terms_the_rarest_that_are_held_count(tmp_path: Path) -> None:
    letters = [chr(0x4E00 + number) for number in range(150)]
    texts = [letters[: number + 1] for number in range(len(letters))]  # the later a letter, the rarer
    field = IndexField([built(tmp_path / "lists", texts)])
    sought = field.seek(dict.fromkeys([*letters, "字", "词"], 1.0))
    assert list(sought.worth) == letters[-MOST_TERMS:]
    assert len(sought.terms) == MOST_TERMS
    assert len(field.seek(dict.fromkeys(letters[:20], 1.0)).worth) == 20


def test_a_character_by_itself_counts_more_where_it_is_rare_and_nothing_where_it_is_common(tmp_path: Path) -> None:
    texts = [
        ["常", "罕", *"甲" * (number < 60)] if number == 0 else ["常", *"甲" * (number < 60)] for number in range(100)
    ]
    field = IndexField([built(tmp_path / "lists", texts)])
    plain, loose = (
        field.seek({"罕": 1.0, "甲": 1.0}),
        field.seek({"罕": 1.0, "甲": 1.0, "常": 1.0}, loose="罕甲常", most=80),
    )
    assert loose.worth["罕"] == RARE_WEIGHT * plain.worth["罕"]
    assert loose.worth["甲"] == plain.worth["甲"]
    assert "常" not in loose.worth


def test_what_the_notices_know_of_words(tmp_path: Path) -> None:
    passages = [["公租", "租房"], ["公租", "租房", "申请"], ["申请"]]
    known = IndexWords(
        IndexField([built(tmp_path / "wholes", [[*"公租房"], ["公"]])]),
        IndexField([built(tmp_path / "lists", passages)]),
    )
    assert known.counts(["公租", "申请", "公祖", ""]) == [2, 2, 0, 0]
    assert known.links("公申", "租请龘") == {"公租": 2, "申请": 2}
    assert known.links("", "租") == {}
    assert (known.together(["公租", "租房"]), known.together(["公租", "申请"]), known.together(["公祖", "申请"])) == (
        2,
        1,
        0,
    )
    assert (known.share("公"), known.share("租"), known.share("龘")) == (1.0, 0.5, 0.0)


def test_many_chunks_make_the_same_lists_as_one(tmp_path: Path) -> None:
    chunk = posting_writer.CHUNK
    letters = [chr(0x4E00 + number) for number in range(3000)]
    texts = [letters[number : number + 1500] for number in range(1500)]
    assert sum(map(len, texts)) > 2 * chunk
    postings = built(tmp_path / "lists", texts)
    for place in (0, 700, 1499, 1500, 2998):
        there = [letters[place] in terms for terms in texts]
        assert np.allclose(counted(postings, letters[place]), there, atol=STEP)


def test_a_long_list_counts_the_same_among_very_many_documents(tmp_path: Path) -> None:
    few, many = [["水", "电"], ["水"], []] * 1000, [["水", "电"], ["水"], []] * 14_000
    here, there = (built(tmp_path / str(len(texts)), texts) for texts in (few, many))
    for term in ("水", "电", "水"):
        assert np.allclose(counted(there, term), counted(here, term) * 14, atol=STEP)


def test_more_than_a_code_can_hold_counts_as_the_most(tmp_path: Path) -> None:
    scores = counted(built(tmp_path / "lists", [["水"] * 1000, ["电"] * 10]), "水")
    assert SATURATION * 0.9 < scores[0] <= SATURATION + STEP and scores[1] == 0


@given(st.text(min_size=1, max_size=3), st.text(min_size=1, max_size=3))
def test_two_terms_have_two_keys(one: str, other: str) -> None:
    assert (key(one) == key(other)) == (one == other)


@given(st.builds(IndexEntry, ref=st.just("disclosure:1"), title=st.text(), body=st.text(), last_day=st.dates()))
def test_an_entry_comes_back_from_its_line(entry: IndexEntry) -> None:
    assert unpacked(entry.packed()) == entry and "\n" not in entry.packed()


def test_a_second_small_change_keeps_the_first(tmp_path: Path) -> None:
    index = Index(tmp_path / "index")
    entries = [
        IndexEntry(f"disclosure:{number}", title) for number, title in enumerate(["停水通知", "停电通知", "停气通知"])
    ]
    with index.building():
        index.build(entries, "0")
        for number, title in ((0, "断水公告"), (1, "断电公告"), (0, "无水公告")):
            pointer = index.pointer()
            assert pointer is not None
            assert index.patch(pointer, put=[IndexEntry(f"disclosure:{number}", title)], drop=[], marker=title)
    assert [hit.ref for hit in index.search("无水", limit=9, today=TODAY)] == ["disclosure:0"]
    assert [hit.ref for hit in index.search("断电", limit=9, today=TODAY)] == ["disclosure:1"]
    assert [hit.ref for hit in index.search("停气", limit=9, today=TODAY)] == ["disclosure:2"]
    assert not index.search("停水断水停电", limit=9, today=TODAY)


def test_too_many_changes_ask_for_a_new_whole(tmp_path: Path) -> None:
    index = Index(tmp_path / "index")
    with index.building():
        index.build([IndexEntry("disclosure:0", "停水通知")], "0")
        pointer = index.pointer()
        assert pointer is not None
        many = [IndexEntry(f"disclosure:{number}", "断水") for number in range(MOST_LATE + 1)]
        assert not index.patch(pointer, put=many, drop=[], marker="1")
    assert index.pointer() == pointer
