"""What is read out of everyday words: what is not wanted, where somebody leaves, and names that mean a place or a firm."""

from __future__ import annotations

import pytest

from content.rules.jobs import known_names
from content.rules.jobs.match import CurrentPosting
from content.rules.jobs.reading import origins, unwanted

NAMES = known_names.of(
    [
        CurrentPosting(1, "会计", "捷顺汽车有限公司", "深圳-南山区"),
        CurrentPosting(2, "人工智能工程师", "华岭电子有限公司", "深圳-福田区"),
        CurrentPosting(3, "算法工程师", "万应云人工智能有限公司", "成都"),
        CurrentPosting(4, "大数据开发", "深圳市云帆纺织有限公司", "上海-浦东新区"),
    ]
)


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("不要销售和保险", ("销售", "保险"), ""), ("除了保洁还有啥", ("保洁",), "还有啥"), ("不想进厂 想做文员", ("进厂",), "想做文员"),
        ("派遣不要", ("派遣",), ""), ("不当保安 想做文员", ("保安",), "想做文员"), ("不出差的", ("出差",), ""), ("杭州 不要外包 java", ("外包",), "杭州 java"),
        ("不要经验", (), "不要经验"), ("要不要会计", (), "要不要会计"), ("不要太累的", (), "不要太累的"), ("不要学历的普工", (), "不要学历的普工"),
    ],
)  # fmt: skip
def test_what_is_not_wanted_is_told_from_conditions(text: str, names: tuple[str, ...], rest: str) -> None:
    assert unwanted.read(text) == (names, rest)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("深圳回成都 会计", "成都 会计"),
        ("人在深圳 想去成都", "人在 成都"),
        ("深圳或者成都", "深圳或者成都"),
        ("成都的会计", "成都的会计"),
    ],
)
def test_the_place_that_somebody_leaves_is_not_where_they_want_to_work(text: str, left: str) -> None:
    assert " ".join(origins.left_behind(text, NAMES.places_in).split()) == left


def test_districts_lie_in_their_cities() -> None:
    assert NAMES.joined(["南山", "深圳"]) == "深圳 南山" and NAMES.joined(["深圳", "成都"]) == "深圳|成都"
    assert NAMES.joined(["深圳", "南山", "福田"]) == "深圳 南山|福田"
    assert [NAMES.wider(place) for place in ("深圳 南山", "南山", "成都")] == ["深圳", "深圳", ""]


def test_a_firm_is_known_by_its_short_name_and_a_matter_is_no_firm() -> None:
    assert NAMES.brand_in("捷顺招不招人") == "捷顺" and NAMES.brand_in("云帆纺织 会计") == "云帆纺织"
    assert NAMES.is_employer("捷顺汽车") and not NAMES.is_employer("人工智能")
    assert NAMES.sounding("大数剧开发") == "大数据开发" and not NAMES.sounding("小数剧")
