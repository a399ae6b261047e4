"""Who is asked for money by an employer, or doubts a posting, is warned and shown no list for it."""

from __future__ import annotations

import pytest

from content.rules.jobs.reading import money_demanded
from content.services.office import Office
from tests.bot import conversation


@pytest.mark.parametrize(
    "turns",
    [
        ("叉车", "他让我先交500块培训费"),
        ("叉车", "中介要我交800元介绍费"),
        ("保安", "进去要先买200块的工作服，正常吗"),
        ("月嫂", "她叫我先打八百块订金"),
        ("挡车工", "对方要我交1000块岗前培训费"),
        ("有个招打字员的说先交199保证金，靠谱吗",),
    ],
)
def test_a_demand_for_money_is_no_wage(park: Office, turns: tuple[str, ...]) -> None:
    said = conversation.last(park, *turns)
    assert "不要交" in said
    assert all(number in said for number in ("12333", "96110", "110"))
    assert "元以上" not in said
    assert "不该交" in conversation.last(park, *turns, "该不该给")


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("那个焊工的招聘是真的吗 会不会是骗子", "焊接机器人操作员"),
        ("云帆那个挡车工是不是真的 怕被骗", "细纱挡车工"),
        ("百顺家政招月嫂靠谱吗", "月嫂"),
    ],
)
def test_a_posting_in_doubt_is_named_with_the_advice(park: Office, asked: str, named: str) -> None:
    said = conversation.last(park, asked)
    assert named in said
    assert "公众号没法替它担保" in said
    assert "都不要交" in said


@pytest.mark.parametrize(
    "text",
    [
        "不收押金的普工",
        "月付5000以上的有没有",
        "交社保的有吗",
        "招聘不用交培训费的有吗",
        "转正后工资5000",
        "8千以上的",
        "五险要我自己交吗",
    ],
)
def test_a_wish_demands_no_money(text: str) -> None:
    assert not money_demanded.is_told(text)


def test_money_for_another_matter_is_none_of_an_employer(park: Office) -> None:
    assert "12333" not in conversation.last(park, "房东让我先交500块押金")
