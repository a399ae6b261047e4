"""Who asks for a notice by its title finds one that bears it, whatever else the store holds and however it is asked."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.rules.language.plain_text import pairs
from content.search.index import Index
from content.search.index_entry import IndexEntry

TODAY = date(2026, 11, 22)
PLACES = st.sampled_from(["临江", "东湖", "青山", "白沙", "园区"])
MATTERS = st.sampled_from(
    ["道路改造", "公共租赁住房", "政府采购", "部门预算", "招聘教师", "停水", "危房鉴定", "幼儿园招生"]
)
FORMS = st.sampled_from(["公告", "办法", "申请指南", "结果公示", "通知"])
TITLES = st.builds("{}{}{}".format, PLACES, MATTERS, FORMS)
BODIES = st.lists(st.builds("有关{}{}的事项见附件，".format, PLACES, MATTERS), max_size=12).map("".join)
AROUND = ["{}", "请问{}怎么办理呀", "您好{}在哪办", "麻烦问下{}咋弄嘞", "我想问一下{}能补办吗"]


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(TITLES, BODIES), min_size=1, max_size=40),
    copies=st.sampled_from([1, 3, 30]),  # of all of it: every word is then common
    asked=st.sampled_from(AROUND),
    data=st.data(),
)
def test_a_title_is_found(rows: list[tuple[str, str]], copies: int, asked: str, data: st.DataObject) -> None:
    title, _ = data.draw(st.sampled_from(rows))
    with tempfile.TemporaryDirectory() as folder:
        index = Index(Path(folder))
        with index.building():
            entries = (IndexEntry(f"disclosure:{n}", *row) for n, row in enumerate(rows * copies))
            index.build(entries, "m")
        found = index.search(asked.format(title), limit=3, today=TODAY)
        index.close()
    assert any({*pairs(title)} <= {*pairs(hit.folded)} for hit in found), [hit.folded for hit in found]


@pytest.mark.parametrize("sentences", [0, 1, 3, 12, 200])
def test_a_title_is_found_behind_any_number_that_nearly_bear_it(tmp_path: Path, sentences: int) -> None:
    """Short notices score higher by their words alone, and here more of them than are asked for."""
    text = "有关临江道路改造的事项见附件，" * sentences
    rows = [("临江道路改造公告", "")] * 9 + [("临江公共租赁住房公告", ""), ("临江公共租赁住房办法", text)]
    index = Index(tmp_path)
    with index.building():
        index.build((IndexEntry(f"disclosure:{n}", *row) for n, row in enumerate(rows * 15)), "m")
    found = index.search("请问临江公共租赁住房办法在哪里看", limit=10, today=TODAY)
    assert [hit.folded for hit in found[:3]] == ["临江公共租赁住房办法"] * 3
    scores = [hit.score for hit in found]
    assert scores == sorted(scores, reverse=True)
