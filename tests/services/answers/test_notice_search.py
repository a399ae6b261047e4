"""Questions are answered from what was imported last, best first, whatever becomes of the index."""

from __future__ import annotations

import json
import shutil
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.rules.errors import NotFound
from content.services.answers import index_upkeep, notice_search
from content.services.notices import notice_import
from content.services.office import Office

HOUSING = {"key": "d1", "title": "公共租赁住房申请指南", "body": "符合条件的家庭可以向街道申请公租房。"}
RULES = {"key": "d2", "title": "公共租赁住房管理办法", "body": "公共租赁住房的申请、轮候和退出。", "status": "废止"}
WATER = {"key": "d3", "title": "停水通知", "body": "临江大道停水八小时", "document_no": "临园办〔2026〕3号"}
WELDER = {
    "key": "j1",
    "title": "焊工",
    "employer": "临江船舶有限公司",
    "area": "临江工业园区",
    "salary": "6000-8000元/月",
}


@pytest.fixture
def stocked(office: Office, tmp_path: Path) -> Office:
    """An office with three disclosures and one posting."""
    put(office, tmp_path, "disclosure", HOUSING, RULES, WATER)
    put(office, tmp_path, "posting", WELDER)
    return office


def put(office: Office, folder: Path, kind: str, *rows: dict[str, Any]) -> None:
    file = folder / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    notice_import.import_file(office, kind, file)


def keys(office: Office, text: str, **options: Any) -> list[str]:
    return [result.key for result in notice_search.rank(office, text, **options)]


def test_disclosures_and_postings_are_ranked_together(stocked: Office) -> None:
    assert keys(stocked, "停水到什么时候")[0] == "d3"
    assert keys(stocked, "有没有招焊工的")[0] == "j1"
    assert keys(stocked, "临江船舶")[0] == "j1"


def test_what_is_repealed_comes_last_and_is_marked(stocked: Office) -> None:
    found = notice_search.rank(stocked, "公共租赁住房管理办法")
    assert (found[-1].key, found[-1].status) == ("d2", "废止")
    assert found[0].key == "d1"


def test_a_result_has_what_a_list_shows(stocked: Office) -> None:
    posting = notice_search.rank(stocked, "焊工")[0]
    assert (posting.employer, posting.area, posting.salary) == ("临江船舶有限公司", "临江工业园区", "6000-8000元/月")
    assert posting.url == f"http://127.0.0.1:8000/j/{posting.id}" and posting.ref == f"posting:{posting.id}"
    notice = notice_search.rank(stocked, "停水")[0]
    assert (notice.document_no, notice.status) == ("临园办〔2026〕3号", "有效") and notice.score > 0


def test_a_document_is_found_by_its_number(stocked: Office) -> None:
    assert keys(stocked, "临园办〔2026〕3号")[0] == "d3"
    assert keys(stocked, "临园办[2026]3号")[0] == "d3"


@pytest.mark.parametrize("text", ["", " ", "？！", "😀", "\u200b", "\x00", 'title:"a" AND (b OR', "*", "-", "\ud800"])
def test_a_text_without_words_finds_nothing_and_breaks_nothing(stocked: Office, text: str) -> None:
    assert notice_search.rank(stocked, text) == [] or text.startswith("title")


def test_a_very_long_text_is_answered(stocked: Office) -> None:
    assert keys(stocked, "公租房申请" * 1000)[0] == "d1"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(text=st.text(st.characters(codec=None), max_size=60))
def test_no_text_can_break_a_search(stocked: Office, text: str) -> None:
    assert len(notice_search.rank(stocked, text, 3)) <= 3


def test_no_more_than_asked_for(stocked: Office) -> None:
    assert len(notice_search.rank(stocked, "公共租赁住房", 1)) == 1
    assert notice_search.rank(stocked, "公共租赁住房", 0) == []


def test_expired_postings_do_not_take_the_place_of_open_ones(office: Office, tmp_path: Path) -> None:
    old = [{"key": f"old{number}", "title": "电工", "valid_until": "2026-01-31"} for number in range(30)]
    put(office, tmp_path, "posting", *old, {"key": "new", "title": "厂区维修电工数名"})
    assert keys(office, "电工", limit=3, today=date(2026, 2, 1)) == ["new"]
    assert len(keys(office, "电工", limit=3, today=date(2026, 1, 31))) == 3


def test_another_process_follows_without_a_restart(stocked: Office, tmp_path: Path) -> None:
    other = Office(stocked.settings)
    assert keys(other, "高温补贴") == []
    put(stocked, tmp_path, "disclosure", {"key": "d9", "title": "高温补贴发放办法"})
    assert keys(other, "高温补贴")[0] == "d9"
    put(stocked, tmp_path, "disclosure", {"key": "d9", "title": "防暑降温费办法"})
    assert keys(other, "高温补贴") == []
    other.close()


def test_a_lost_index_is_built_again_from_the_rows(stocked: Office) -> None:
    shutil.rmtree(stocked.home / "index")
    fresh = Office(stocked.settings)
    assert keys(fresh, "停水")[0] == "d3"
    fresh.close()


def test_a_process_that_has_the_lost_index_open_goes_on_answering(stocked: Office) -> None:
    assert keys(stocked, "停水")[0] == "d3"
    shutil.rmtree(stocked.home / "index")
    assert keys(stocked, "停水")[0] == "d3"


def test_a_damaged_index_is_built_again(stocked: Office) -> None:
    (stocked.home / "index" / "current").write_text("{", encoding="utf-8")
    fresh = Office(stocked.settings)
    assert keys(fresh, "停水")[0] == "d3"
    fresh.close()


def test_an_import_that_died_before_the_index_is_made_up_for(stocked: Office, tmp_path: Path) -> None:
    before = (stocked.home / "index" / "current").read_bytes()
    put(stocked, tmp_path, "disclosure", {"key": "d9", "title": "高温补贴发放办法"})
    (stocked.home / "index" / "current").write_bytes(before)  # as if the switch had never come
    fresh = Office(stocked.settings)
    assert keys(fresh, "高温补贴")[0] == "d9"
    fresh.close()


def test_a_patched_index_shows_the_same_as_one_built_anew(stocked: Office, tmp_path: Path) -> None:
    put(
        stocked,
        tmp_path,
        "disclosure",
        HOUSING | {"body": "家庭收入符合条件的可以申请。"},
        {"key": "d9", "title": "申请表下载"},
    )
    patched = keys(stocked, "公租房怎么申请")
    shutil.rmtree(stocked.home / "index")
    assert index_upkeep.refresh(stocked)
    assert keys(stocked, "公租房怎么申请") == patched


def test_an_index_in_step_is_left_alone(stocked: Office) -> None:
    assert not index_upkeep.refresh(stocked)


def test_many_threads_may_ask_while_imports_go_on(stocked: Office, tmp_path: Path) -> None:
    faults: list[BaseException] = []
    done = threading.Event()

    def ask() -> None:
        try:
            while not done.is_set():
                assert keys(stocked, "停水")[0] == "d3"
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(5):
        put(stocked, tmp_path, "disclosure", {"key": f"n{number}", "title": f"第{number}期简报"})
    done.set()
    for thread in threads:
        thread.join()
    assert not faults
    assert len(list((stocked.home / "index").glob("0*"))) <= 2  # old generations are gone


def test_the_newest_come_first_and_those_without_a_day_last(office: Office, tmp_path: Path) -> None:
    days = {"a": "2026-01-01", "b": "2026-03-01", "c": "", "d": "2026-02-01"}
    put(office, tmp_path, "disclosure", *({"key": key, "title": key, "published_on": day} for key, day in days.items()))
    assert [result.key for result in notice_search.newest(office, "disclosure")] == ["b", "d", "a", "c"]
    assert [result.key for result in notice_search.newest(office, "disclosure", limit=2, offset=1)] == ["d", "a"]


@pytest.mark.parametrize("number", [0, -1, 999, 2**40])
def test_an_address_that_leads_nowhere_says_so(stocked: Office, number: int) -> None:
    with pytest.raises(NotFound, match="没有找到"):
        notice_search.one(stocked, "disclosure", number)
