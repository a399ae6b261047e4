"""The office's directory: what holds, and a broken file that does no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import reference
from config.directory import directory_file, made

GOOD = '[[department]]\nname = "财政局"\nphone = "000-1"\nduties = ["预算", "决算"]\n'


def test_the_built_in_file_names_the_departments_and_invents_no_number() -> None:
    directory, faults = made(reference.table("directory"))
    assert not faults
    assert [entry.name for entry in directory.departments] == [each.name for each in reference.departments()]
    assert not any(entry.phone or entry.address or entry.leader for entry in directory.departments)
    assert directory.leaders == ()


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
    assert len(file.read().departments) == len(reference.departments())
    assert any(said in fault for fault in file.faults), file.faults
