"""What `search` gives is what the formula says: BM25 over whole notices, and a part of the best passage's on top."""

from __future__ import annotations

import math
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.rules.language import query, question_terms
from content.search import index_entry
from content.search.arrays import posting_writer
from content.search.hits import Hit
from content.search.index import Index
from content.search.index_entry import IndexEntry
from tests.search.terms import characters_and_pairs, pairs

TODAY = date(2026, 11, 22)
ALL = 100  # more than there are entries here
PASSAGE_SHARE = 0.4
COARSENESS = 0.02  # of a score and for each term: what is kept and added up is rounded

words = st.sampled_from(["停水", "停电", "招聘", "2026", "公告", "iso9001"])
sentences = st.lists(words, min_size=1, max_size=12).map("，".join)


def found(folder: Path, entries: list[IndexEntry], *questions: str) -> list[list[Hit]]:
    """What an index of these entries finds for each question."""
    index = Index(folder)
    with index.building():
        index.build(entries, "m")
    hits = [index.search(question, limit=ALL, today=TODAY) for question in questions]
    index.close()
    return hits


def of(*texts: str) -> list[IndexEntry]:
    """Entries that say this, under titles that say nothing."""
    return [IndexEntry(f"disclosure:{number}", "*", text) for number, text in enumerate(texts)]


def bm25(documents: list[list[str]], weights: dict[str, float]) -> list[float]:
    """What each document scores, computed plainly."""
    mean = sum(map(len, documents)) / len(documents) or 1.0
    scores = [0.0] * len(documents)
    for term, weight in weights.items():
        size = sum(term in terms for terms in documents)
        rarity = max(math.log(1 + max(len(documents) - size + 0.5, 0) / (size + 0.5)), 0.05)
        for number, terms in enumerate(documents):
            count = Counter(terms)[term]
            scores[number] += weight * rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * len(terms) / mean))
    return scores


def expected(entries: list[IndexEntry], text: str) -> list[float]:
    """What each entry scores for a question."""
    asked = question_terms.question(text, query.vocabulary())
    assert asked
    folded = [entry.folded() for entry in entries]
    pieces = [(number, pairs(text)) for number, entry in enumerate(folded) for text in index_entry.passages(entry)]
    by_piece = bm25([terms for _, terms in pieces], asked.pairs)
    best = [0.0] * len(entries)
    for (number, _), score in zip(pieces, by_piece, strict=True):
        best[number] = max(best[number], score)
    wholes = bm25([characters_and_pairs(index_entry.whole(entry)) for entry in folded], asked.terms)
    return [whole + PASSAGE_SHARE * piece for whole, piece in zip(wholes, best, strict=True)]


@settings(max_examples=60)
@given(texts=st.lists(sentences, min_size=1, max_size=12), data=st.data())
def test_scores_are_those_of_the_formula_and_fall_from_first_to_last(texts: list[str], data: st.DataObject) -> None:
    said = sorted({word for text in texts for word in text.split("，")})
    question = " ".join(data.draw(st.lists(st.sampled_from(said), unique=True, min_size=1, max_size=3)))
    entries = of(*texts)
    with tempfile.TemporaryDirectory() as folder:
        [hits] = found(Path(folder, "index"), entries, question)
    wanted, asked = expected(entries, question), question_terms.question(question, query.vocabulary())
    assert asked is not None
    assert {hit.ref for hit in hits} == {f"disclosure:{n}" for n, score in enumerate(wanted) if score > 0}
    for hit in hits:
        score = wanted[int(hit.ref.partition(":")[2])]
        assert hit.score == pytest.approx(score, rel=COARSENESS, abs=COARSENESS * len(asked.terms))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_words_that_stand_together_count_more_than_words_far_apart(tmp_path: Path) -> None:
    far = "停水。" + "别的事情写了很多很多。" * 40 + "招聘。"
    near = "停水招聘。" + "别的事情写了很多很多。" * 40 + "完了。"
    [hits] = found(tmp_path / "index", of(far, near), "停水 招聘")
    assert [hit.ref for hit in hits] == ["disclosure:1", "disclosure:0"]


def test_a_word_said_a_thousand_times_does_not_outdo_two_that_were_asked_for(tmp_path: Path) -> None:
    [hits] = found(tmp_path / "index", of("停水，" * 1000, "停水，招聘", "招聘"), "停水 招聘")
    assert hits[0].ref == "disclosure:1"


def test_of_a_very_long_question_the_rarest_words_count(tmp_path: Path) -> None:
    common = "，".join(f"c{number}" for number in range(150))
    entries = of(*[common] * 20, f"{common}，r1，r2")
    [hits] = found(tmp_path / "index", entries, f"r1 r2 {common}")
    assert hits[0].ref == "disclosure:20" and hits[0].score > 1.3 * hits[1].score  # 1.2 if all counted


def test_a_character_by_itself_counts_where_it_is_rare(tmp_path: Path) -> None:
    texts = ["甲等停水"] * 60 + ["乙等停水"] * 39 + ["罕等停水"]
    [hits] = found(tmp_path / "index", of(*texts), "停水罕")
    assert hits[0].ref == "disclosure:99" and hits[0].score > 1.2 * hits[1].score


@settings(max_examples=20)
@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=5, max_size=12), unique=True, max_size=12))
def test_every_word_leads_to_the_one_notice_that_has_it(names: list[str]) -> None:
    names = [f"w{name}" for name in names]
    with tempfile.TemporaryDirectory() as folder:
        hits = found(Path(folder, "index"), of(*names), *names)
    assert [[hit.ref for hit in each] for each in hits] == [[f"disclosure:{number}"] for number in range(len(names))]


def test_what_is_sorted_in_many_parts_is_found_as_what_is_sorted_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"停水{number % 7}，招聘{number % 11}，公告{number}" for number in range(400)]
    questions = ("停水3", "招聘10 公告77", "公告399")
    at_once = found(tmp_path / "one", of(*texts), *questions)
    monkeypatch.setattr(posting_writer, "CHUNK", 500)
    assert [[hit[:4] for hit in each] for each in found(tmp_path / "many", of(*texts), *questions)] == [
        [hit[:4] for hit in each] for each in at_once
    ]
