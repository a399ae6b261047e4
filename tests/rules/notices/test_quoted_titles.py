"""Which documents a notice names, and whether a title is the one that is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.notices import preamble, quoted_titles


@pytest.mark.parametrize(
    ("title", "core"),
    [
        ("关于印发《临江工业园区人才公寓管理办法（试行）》的通知", "临江工业园区人才公寓管理办法"),
        ("临江市人民政府办公厅关于印发公共租赁住房管理办法的通知", "公共租赁住房管理办法"),
        ("临江工业园区人才公寓管理办法（2026年修订）", "临江工业园区人才公寓管理办法"),
        ("关于进一步支持企业稳岗扩岗的若干措施", "关于进一步支持企业稳岗扩岗的若干措施"),
        ("", ""),
    ],
)
def test_a_title_is_about_the_document_that_it_issues(title: str, core: str) -> None:
    assert quoted_titles.core(title) == core


def test_a_text_names_documents_each_once() -> None:
    text = "依据《关于印发〈人才公寓管理办法〉的通知》，《人才公寓管理办法》第三条。见《通知》、《道路停车 管理规定》。"
    assert quoted_titles.quoted(text) == ["人才公寓管理办法", "通知", "道路停车管理规定"]


@pytest.mark.parametrize(
    ("title", "name", "is_it"),
    [
        ("临江工业园区道路停车和货车通行管理规定", "道路停车和货车通行管理规定", True),
        ("临江工业园区标准厂房租金补贴实施细则", "实施细则", False),
        ("临江工业园区标准厂房租金补贴实施细则", "租金补贴实施细则", False),
        ("人才公寓管理办法", "人才公寓管理办法", True),
        ("人才公寓管理办法解读", "人才公寓管理办法", False),
    ],
)
def test_a_name_may_leave_out_the_place_but_little_more(title: str, name: str, is_it: bool) -> None:
    assert quoted_titles.names(title, name) is is_it


@pytest.mark.parametrize(
    ("title", "category", "does"),
    [
        ("《停车管理规定》图文解读", "", True),
        ("八个问题一次说清", "政策解读", True),
        ("停车管理规定", "政策文件", False),
    ],
)
def test_what_explains_says_so_in_its_title_or_its_category(title: str, category: str, does: bool) -> None:
    assert quoted_titles.explains(title, category) is does


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for name in quoted_titles.quoted(f"《{text}》{text}"):
        assert quoted_titles.core(name) is not None
    assert len(quoted_titles.quoted(f"《{text}》" * 40)) <= quoted_titles.MOST


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        (
            "关于印发《招生方案》的通知\n《招生方案》已经局长办公会议审议通过，现印发给你们，请遵照执行。\n临江区教育局\n2026年4月20日\n招生方案\n为做好招生工作，制定本方案。",
            "为做好招生工作",
        ),
        ("关于印发管理办法的通知\n各科室：\n现将办法予以印发，请遵照执行。\n第一条 为了公平", "第一条"),
        ("关于印发《招生方案》的通知", "关于印发"),
        ("根据《关于印发〈办法〉的通知》，现就报名通告如下：\n一、报名时间", "根据"),
    ],
)
def test_a_text_begins_behind_the_formula_of_its_issue(text: str, begins: str) -> None:
    assert preamble.without_formula(text).startswith(begins)
