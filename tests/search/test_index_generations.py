"""Generations of the index: built beside, switched in one step, cleaned up, never shown half done."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from content.rules.language.periods import Period
from content.search import switch as generations
from content.search.build import MOST_LATE
from content.search.index import Index
from content.search.index_entry import IndexEntry

TODAY = date(2026, 11, 22)
WATER = IndexEntry("disclosure:1", "停水通知", "临江大道停水八小时", card={"key": "a"})
WELDER = IndexEntry("posting:1", "焊工", last_day=date(2026, 11, 30), card={"key": "b"})


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index(tmp_path / "index")


def build(index: Index, *entries: IndexEntry, marker: str = "m") -> None:
    with index.building():
        index.build(entries, marker)


def refs(index: Index, text: str, today: date = TODAY) -> list[str]:
    return [hit.ref for hit in index.search(text, limit=10, today=today)]


def test_nothing_is_found_where_nothing_was_built(index: Index) -> None:
    assert refs(index, "停水") == []
    assert not index.is_open() and index.pointer() is None


def test_an_empty_index_is_an_index(index: Index) -> None:
    build(index)
    assert index.is_open() and refs(index, "停水") == []


def test_a_hit_brings_its_card(index: Index) -> None:
    build(index, WATER, WELDER)
    hit = index.search("停水", limit=1, today=TODAY)[0]
    assert (hit.ref, hit.card(), hit.in_force) == ("disclosure:1", {"key": "a"}, True)


def test_an_entry_is_gone_on_the_day_after_its_last(index: Index) -> None:
    build(index, WATER, WELDER)
    assert refs(index, "焊工", date(2026, 11, 30)) == ["posting:1"]
    assert refs(index, "焊工", date(2026, 12, 1)) == []


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts open files as Linux shows them")
def test_an_index_that_was_replaced_lets_go_of_its_files_at_once(index: Index) -> None:
    build(index, WATER, WELDER)
    gc.disable()  # so that nothing waits for it
    try:
        for number in range(3):
            assert index.find("停谁通知", limit=3, today=TODAY, period=Period(TODAY, TODAY, "今天")) is not None
            open_files = len(os.listdir("/proc/self/fd"))
            build(index, WATER, WELDER, marker=str(number))
            assert refs(index, "停水") and len(os.listdir("/proc/self/fd")) <= open_files
    finally:
        gc.enable()


def test_a_patch_replaces_and_drops_and_leaves_the_rest(index: Index) -> None:
    build(index, WATER, WELDER, marker="one")
    base = index.pointer()
    assert base is not None
    changed = IndexEntry(WATER.ref, "停电通知")
    with index.building():
        index.patch(base, put=[changed], drop=[WELDER.ref], marker="two")
    assert refs(index, "停电") == ["disclosure:1"]
    assert refs(index, "停水") == [] and refs(index, "焊工") == []
    pointer = index.pointer()
    assert pointer is not None and pointer.marker == "two"


def test_a_patch_leaves_the_generation_before_as_it_was(index: Index, tmp_path: Path) -> None:
    build(index, WATER)
    base = index.pointer()
    assert base is not None
    reader = Index(index.root)
    assert refs(reader, "停水") == ["disclosure:1"]
    before = {file.name: file.read_bytes() for file in (index.root / base.generation).rglob("*.*")}
    with index.building():
        index.patch(base, put=[WELDER], drop=[WATER.ref], marker="two")
    assert {file.name: file.read_bytes() for file in (index.root / base.generation).rglob("*.*")} == before


def test_a_patch_of_nothing_only_moves_the_marker(index: Index) -> None:
    build(index, WATER, marker="one")
    base = index.pointer()
    assert base is not None
    with index.building():
        index.patch(base, put=[], drop=[], marker="two")
    assert index.pointer() == generations.GenerationPointer(base.generation, "two")
    assert refs(index, "停水") == ["disclosure:1"]


def test_old_generations_are_removed_but_for_the_last(index: Index) -> None:
    for number in range(5):
        build(index, WATER, marker=str(number))
    assert len([path for path in index.root.iterdir() if path.is_dir()]) == generations.GENERATIONS_KEPT


def test_a_generation_of_another_format_is_not_used(index: Index) -> None:
    build(index, WATER)
    text = (index.root / "current").read_text(encoding="utf-8")
    (index.root / "current").write_text(text.replace('"format": "', '"format": "old-'), encoding="utf-8")
    assert Index(index.root).pointer() is None and not Index(index.root).is_open()


@pytest.mark.parametrize("text", ["", "[]", "null", '{"generation": 1}', '{"generation": "x", "marker": "y"}'])
def test_a_pointer_that_makes_no_sense_is_no_index(index: Index, text: str) -> None:
    index.root.mkdir()
    (index.root / "current").write_text(text, encoding="utf-8")
    assert index.pointer() is None and refs(index, "停水") == []


def test_a_builder_that_is_killed_lets_the_next_one_in(index: Index) -> None:
    build(index, WATER)
    code = (
        "import sys, time; from pathlib import Path; from content.search.switch import builder\n"
        "with builder(Path(sys.argv[1])): print('in', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(index.root)], stdout=subprocess.PIPE)
    assert other.stdout is not None and other.stdout.readline() == b"in\n"
    entered = threading.Event()

    def wait() -> None:
        with index.building():
            entered.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert not entered.wait(0.2)  # one builder at a time
    os.kill(other.pid, signal.SIGKILL)
    other.wait()
    other.stdout.close()
    waiting.join()
    assert entered.is_set()


def test_what_a_killed_builder_left_is_neither_used_nor_kept(index: Index) -> None:
    build(index, WATER)
    (index.root / "99999999-dead").mkdir()
    (index.root / "current.99999999-dead.tmp").write_text("{}", encoding="utf-8")
    assert refs(index, "停水") == ["disclosure:1"]
    build(index, WATER)
    build(index, WATER)
    build(index, WATER)
    assert not list(index.root.glob("*.tmp"))
    assert len([path for path in index.root.iterdir() if path.is_dir()]) == generations.GENERATIONS_KEPT
    assert refs(index, "停水") == ["disclosure:1"]


def test_a_second_small_change_keeps_the_first(index: Index) -> None:
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


def test_too_many_changes_ask_for_a_new_whole(index: Index) -> None:
    with index.building():
        index.build([IndexEntry("disclosure:0", "停水通知")], "0")
        pointer = index.pointer()
        assert pointer is not None
        many = [IndexEntry(f"disclosure:{number}", "断水") for number in range(MOST_LATE + 1)]
        assert not index.patch(pointer, put=many, drop=[], marker="1")
    assert index.pointer() == pointer
