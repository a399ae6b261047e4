"""The office's directory: what holds, and a broken file that does no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import reference
from config.directory import Directory, directory_file, made
from config.reference import Coded

GOOD = '[[department]]\nname = "财政局"\nphone = "000-1"\nduties = ["预算", "决算"]\n'


def test_the_built_in_file_invents_no_department() -> None:
    assert made(reference.table("directory")) == (Directory(), ())


def test_a_code_stays_when_a_name_changes_and_follows_from_the_name_where_none_is_written() -> None:
    directory, _ = made({"department": [{"name": "财政所", "code": "czj"}, {"name": "民政办"}]})
    assert directory.coded == (Coded("czj", "财政所"), Coded(reference.code_of("民政办"), "民政办"))
    for rows in ([{"name": "甲所"}, {"name": "甲所"}], [{"name": "甲所", "code": "a"}, {"name": "乙所", "code": "a"}]):
        assert "和前面的一样" in made({"department": rows})[1][0]


def test_the_offices_own_file_is_used_as_soon_as_it_is_there(tmp_path: Path) -> None:
    file = directory_file(tmp_path)
    file.path.write_text(GOOD + '[[leader]]\nname = "张三"\npost = "主任"\n', encoding="utf-8")
    [entry] = file.read().departments
    assert (entry.phone, entry.duties) == ("000-1", ("预算", "决算"))
    assert [leader.post for leader in file.read().leaders] == ["主任"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[department]]\nphone = "1"', "name 没有写"), (GOOD.replace('"000-1"', "1"), "写在引号里"),
        (GOOD.replace('["预算", "决算"]', '"预算"'), "写成一列"), (GOOD.replace("phone", "fone"), "不认识的 fone"),
        ("department = 3", "[[department]]"), (GOOD + '[[leader]]\nname = "张三"', "post 没有写"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_in_words_and_the_built_in_one_serves(text: str, said: str, tmp_path: Path) -> None:
    file = directory_file(tmp_path)
    file.path.write_text(text, encoding="utf-8")
    assert not file.read().departments
    assert any(said in fault for fault in file.faults), file.faults
