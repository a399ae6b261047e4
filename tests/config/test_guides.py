"""The file of standing guides: what counts as asking for one, and a broken file that does no harm."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import guides, reference
from config.edited import EditedFile
from config.guides import LONGEST_ANSWER, LONGEST_ASKED, guides_file

GOOD = '[[guide]]\nname = "食堂"\nwords = ["食堂", "几点开饭"]\nanswer = "{office}食堂：{address}"\n'


BUILT_IN = guides_file(Path("/nowhere")).read()


def written(home: Path, text: str | bytes) -> EditedFile[guides.GuideFile]:
    home.mkdir(exist_ok=True)
    file = guides_file(home)
    file.path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


@pytest.mark.parametrize(
    ("asked", "name"),
    [("地址", "地址"), ("你们在哪里", "地址"), ("园区管委会怎么走", "地址"), ("你们几点上班?", "办公时间"), ("周六上班吗", "办公时间"),
     ("电话多少", "联系电话"), ("你们单位的电话", "联系电话"), ("怎么申请公开", "申请公开"), ("怕打击报复,能匿名不", "匿名"), ("举报要收费吗", "收不收费"),
     ("打完119还要跟你们说吗", "报了警还要不要说"), ("你是机器人还是真人啊", "我是谁"), ("不识字,能发语音吗", "语音"), ("请问信息公开指南在哪里看", "信息公开指南")],
)  # fmt: skip
def test_a_guide_is_asked_for_in_many_words(asked: str, name: str) -> None:
    found = BUILT_IN.find(asked)
    assert found and found.name == name


@pytest.mark.parametrize(
    "asked",
    [
        "车管所办公时间",
        "公租房申请地址",
        "社保局电话",
        "公开",
        "招聘",
        "人工",
        "电",
        "公租房怎么申请",
        "幼儿园免费吗",
        "地址" * 20,
        "",
    ],
)
def test_what_asks_for_more_is_no_guide(asked: str) -> None:
    assert BUILT_IN.find(asked) is None


def test_the_built_in_file_has_no_fault_and_each_word_one_answer() -> None:
    assert not guides.made(reference.table(guides.NAME))[1] and len(BUILT_IN.guides) >= 10
    words = [word for guide in BUILT_IN.guides for word in guide.words]
    assert len(words) == len(set(words))
    assert all(len(guide.answer.encode()) <= LONGEST_ANSWER for guide in BUILT_IN.guides)


def test_the_offices_own_file_is_used_as_soon_as_it_is_there(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD)
    mine = file.read()
    assert file.in_use == tmp_path / "guides.toml" and [guide.name for guide in mine.guides] == ["食堂"]
    assert mine.find("食堂几点开饭") is None and (mine.find("几点开饭") or mine.guides[0]).name == "食堂"
    file.path.unlink()
    assert file.in_use == file.built_in and len(file.read().guides) == len(BUILT_IN.guides)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[guide", "格式不对"), (b"\xff\xfe\x00", "UTF-8"), ("", "一条指南也没有"), ('guide = "x"', "一条指南也没有"),
        ('[[guide]]\nwords = ["地址"]\nanswer = "x"', "name 没有写"), (GOOD.replace('["食堂", "几点开饭"]', '"食堂"'), "words 要写成一列"),
        (GOOD.replace('"食堂", "几点开饭"', '"食"'), "至少两个字"), (GOOD.replace("{office}食堂：{address}", " "), "要写上内容"),
        (GOOD.replace("{office}", "{offices}"), "不认识的 {offices}"), (GOOD.replace("{office}", "{office"), "花括号不成对"),
        (GOOD.replace("{office}", "长" * 600), "太长"), ("around = 3\n" + GOOD, "around 要写成"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_in_words_and_the_built_in_one_serves(
    text: str | bytes, said: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        file = written(tmp_path, text)
        found = file.read().find("地址")
    assert any(said in fault for fault in file.faults) and said in caplog.text
    assert found and found.name == "地址" and file.in_use == file.built_in


@given(st.text(max_size=LONGEST_ASKED + 4))
def test_any_text_is_held_against_the_words(asked: str) -> None:
    found = BUILT_IN.find(asked)
    assert found is None or any(word in asked for word in found.words)
