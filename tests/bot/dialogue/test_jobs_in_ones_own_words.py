"""Work in everyday words: what is told of oneself, questions about what was shown, places and trades that change."""

from __future__ import annotations

import re

import pytest

from content.services.office import Office
from tests.bot import conversation


def last(office: Office, *turns: str) -> str:
    """The reply to the last of these turns, as it is read."""
    return re.sub("<[^>]*>", "", conversation.last(office, *turns))


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("叉车", "没有3年经验可以吗"), "经验：1年以上"),
        (("数控车工", "没有2年经验行不行"), "差一点的收不收，打电话问"),
        (("护工", "多大年纪不要了"), "没写年龄要求"),
        (("护工", "没有证可以做吗"), "培训取得证书"),
        (("普工 东港", "要不要上夜班啊"), "上面几条写的是"),
        (("普工 东港", "在哪里啊"), "东港路66号"),
        (("文员 东港", "在东港哪里啊，有食堂吗"), "东港路工程项目部"),
        (("叉车", "那冷藏车司机要什么驾照"), "B2以上"),
        (("文员 创新谷", "第一个要什么条件"), "熟练使用表格函数"),
        (("普工", "一般怎么投简历"), "上面几条写的是"),
    ],
)
def test_a_question_about_what_was_shown_is_no_condition(park: Office, turns: tuple[str, ...], said: str) -> None:
    assert said in last(park, *turns)
    assert "经验可报" not in last(park, *turns)
    assert "不要多大" not in last(park, *turns)


@pytest.mark.parametrize(
    ("turns", "said", "unsaid"),
    [
        (("普工", "那个滨江的太远了，东港有没有"), "按：普工 · 东港", "滨江"),
        (("厨师 东港", "随便什么不要学历的都行"), "按：东港 · 不要求学历", "厨师"),
        (("普工 东港 包住", "换一个 焊工的呢"), "按：焊工 · 东港 · 包住", "普工"),
        (("不想打螺丝了 想学门技术 有学徒吗",), "制袋学徒", "没有不要打螺丝的"),
    ],
)
def test_only_what_is_said_changes(park: Office, turns: tuple[str, ...], said: str, unsaid: str) -> None:
    told = last(park, *turns)
    assert said in told
    assert unsaid not in told


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("寒假工有吗？？做到年前就行 我19 大一", "包装线操作工（小时工）"),
        ("我有低压电工证 想在北环这边上班", "设备维修电工"),
        ("考了叉车证 想在东港那一片上班", "叉车司机"),
        ("刚被厂里裁了 有没有仓管的活", "仓库管理员"),
        ("上个月被公司辞退了 想在东港找个仓管", "按：仓管 · 东港"),
        ("有Java后端吗，最好能remote", "前端开发工程师"),
        ("双休的文员", "销售内勤"),
    ],
)
def test_work_is_found_for_everyday_words(park: Office, asked: str, said: str) -> None:
    assert said in last(park, asked)


def test_who_complains_of_a_dismissal_is_shown_no_jobs(park: Office) -> None:
    assert "劳动仲裁" in last(park, "上个月被公司辞退了 一分钱赔偿都没有")
    assert "12333" in last(park, "被公司辞退了怎么办")


def test_a_fair_for_the_disabled_is_looked_for_in_the_notices(park: Office) -> None:
    assert "残疾人就业专场" in last(park, "腿有残疾，有坐着干的活吗", "有没有专门给残疾人的招聘会")


def test_a_shift_at_night_is_told(park: Office) -> None:
    told = last(park, "护士 不上夜班")
    assert "没写班次" not in told
    assert "写着有夜班" in told


def test_no_engineer_stands_for_a_guard(park: Office) -> None:
    assert "工程师" not in last(park, "不上夜班的保安", "更多", "更多")
