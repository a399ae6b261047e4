"""The file of message kinds: a broken one is told in words with its place, and the built-in one serves."""

from __future__ import annotations

import logging
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from config import reference
from config.edited import EditedFile
from config.triage import KINDS, LONGEST_ANSWER, TriageTable, made, triage_file

GOOD = """
[hotline.119]
what = "火警"
checked = 2026-11-30
[group]
"火" = ["着火", "起火"]
[[context]]
name = "没有"
before = ["没有"]
[usual.danger]
unless = ["没有"]
[[matter]]
kind = "danger"
name = "火"
words = ["<火>+快", "冒烟"]
numbers = ["119"]
answer = "请打 119"
"""


def test_the_built_in_file_has_no_fault_and_every_kind() -> None:
    read, faults = made(reference.table("triage"))
    assert faults == () and {matter.kind for matter in read.matters} == set(KINDS)
    assert len({matter.name for matter in read.matters}) == len(read.matters)
    assert all(len(matter.answer.encode()) <= LONGEST_ANSWER for matter in read.matters)


def write(home: Path, text: str | bytes, stamp: int) -> EditedFile[TriageTable]:
    file = triage_file(home)
    file.path.write_bytes(text if isinstance(text, bytes) else text.encode())
    os.utime(file.path, ns=(stamp, stamp))
    return file


def test_the_offices_own_file_is_used_as_soon_as_it_is_there_and_while_it_is(tmp_path: Path) -> None:
    file = triage_file(tmp_path)
    assert len(file.read().matters) > 20 and file.read() is file.read()
    write(tmp_path, GOOD, 1)
    [matter] = file.read().matters
    assert matter.name == "火" and matter.words[0].parts == (("着火", "起火"), ("快",)) and file.faults == ()
    assert matter.numbers[0].checked == date(2026, 11, 30) and matter.unless == ("没有",)
    write(tmp_path, GOOD.replace('name = "火"', 'name = "烟"'), 2)
    assert [matter.name for matter in file.read().matters] == ["烟"]
    file.path.unlink()
    assert len(file.read().matters) > 20


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[matter", "格式不对"), (b"\xff\xfe\x00", "UTF-8"), ("", "一条也没有"), (GOOD.replace('name = "火"\nwords', "words"), "第 1 条的 name 没有写"),
        (GOOD.replace('kind = "danger"', 'kind = "fire"'), "第 1 条（火）的 kind"), (GOOD.replace("<火>", "<水>"), "没有的 [group] 水"),
        (GOOD.replace('"冒烟"', '"a+b+c+d"'), "最多三段"), (GOOD.replace('"冒烟"', '"冒烟+"'), "每段都要有词"), (GOOD.replace('["<火>+快", "冒烟"]', '"冒烟"'), "words 要写成一列词"),
        (GOOD.replace('words = ["<火>+快", "冒烟"]\n', ""), "至少写一样"), (GOOD.replace('numbers = ["119"]', 'numbers = ["119", "999"]'), "[hotline.999]"),
        (GOOD + '\n[matter.then]\n"赔|钱" = "打 12348 问。"\n', "[hotline.12348]"), (GOOD + '\n[matter.then]\n"赔|" = "问保险公司。"\n', "两边都要有词"),
        (GOOD.replace('numbers = ["119"]\n', ""), "号码 119 没有写进 numbers"), (GOOD.replace("checked = 2026-11-30", 'checked = "今天"'), "checked 要写上"),
        (GOOD.replace('unless = ["没有"]', 'unless = ["有"]'), "不认识的 有"), (GOOD.replace("请打 119", "{offices}"), "不认识的 {offices}"), (GOOD.replace("请打 119", "{office"), "花括号不成对"),
        (GOOD.replace("请打 119", "长" * 400), "太长"), (GOOD.replace("请打 119", " "), "要写上内容"), (GOOD + 'colour = "red"', "不认识的 colour"), ("around = 3\n" + GOOD, "around 要写成"),
        (GOOD.replace('before = ["没有"]', 'before = "没有"'), "每一项都要写成一列词"), (GOOD.replace("[usual.danger]", "[usual.fire]"), "没有这一类"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_in_words_and_the_built_in_one_serves(
    text: str | bytes, said: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = write(tmp_path, text, 3)
    with caplog.at_level(logging.ERROR):
        assert len(file.read().matters) > 20
    assert any(said in fault for fault in file.faults) and said in caplog.text


def test_an_edited_file_of_any_shape_is_followed(tmp_path: Path) -> None:
    def keys(read: dict[str, Any]) -> tuple[list[str], tuple[str, ...]]:
        return sorted(read), ()

    file = EditedFile(tmp_path, "menu", keys)
    assert file.read() == ["button"]
    file.path.write_text("a = 1\nb = 2\n", encoding="utf-8")
    assert file.read() == ["a", "b"]
