"""What is said to the service itself, in one's own words; and what only sounds like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.citizens import conditions, service_talk


@pytest.mark.parametrize(
    "bare",
    ["行,转吧", "帮我转过去", "把我的话交给你们领导看", "那你帮我递上去", "帮我反映一下", "你帮我跟劳动局说一声吧"],
)
def test_handing_over(bare: str) -> None:
    assert service_talk.hands_over(bare)


@pytest.mark.parametrize(
    "bare", ["转人工", "转学", "户口转过去", "不用转了", "我要反映", "钱转给他们了", "招聘信息发给我"]
)
def test_other_things_that_are_passed_on(bare: str) -> None:
    assert not service_talk.hands_over(bare)


@pytest.mark.parametrize("bare", ["把刚才那条留言撤了吧,已经修好了", "算了别转了,他们改了", "不举报了", "当我没说"])
def test_taking_back(bare: str) -> None:
    assert service_talk.takes_back(bare) and not service_talk.takes_back("公司把我岗位取消了")


@pytest.mark.parametrize("bare", ["算了不要了,别给我发了", "那个订阅给我取消了吧", "不用再提醒我了,工作找到了"])
def test_nothing_more_is_wanted(bare: str) -> None:
    assert service_talk.stops(bare) and not service_talk.stops("老板不给我发工资")


def test_no_more_of_one_thing() -> None:
    assert service_talk.stops_of("焊工的消息以后不用再发给我了") == "焊工"
    assert not service_talk.stops_of("以后不要再发了")


@pytest.mark.parametrize("bare", ["打了110了,谢谢你", "不用了,我自己找到了,谢了", "你们这个挺好用的,谢谢啊"])
def test_thanks_with_what_was_done(bare: str) -> None:
    assert service_talk.thanks(bare)


@pytest.mark.parametrize("bare", ["谢谢,那公租房呢", "公租房申请谢谢", "老板拖欠工资,谢谢领导关心", "感谢信公示"])
def test_a_question_or_a_complaint_with_thanks_is_none(bare: str) -> None:
    assert not service_talk.thanks(bare)


@pytest.mark.parametrize("bare", ["打过12345了,没用", "你们就知道让打电话", "热线打不通"])
def test_the_hotline_did_not_help(bare: str) -> None:
    assert service_talk.hotline_failed(bare) and not service_talk.hotline_failed("12345是什么电话")


@pytest.mark.parametrize(
    ("asked", "said"),
    [("没有房产证能不能入学", "房产证"), ("外地户口大专学历能申请吗", "户口"), ("补贴打到社保卡还是银行卡", "社保卡")],
)
def test_a_matter_of_others_may_be_a_condition(asked: str, said: str) -> None:
    assert conditions.is_condition(asked, said)


@pytest.mark.parametrize(
    ("asked", "said"), [("没有身份证怎么补", "身份证"), ("外地户口怎么迁过来", "户口"), ("社保卡丢了", "社保卡")]
)
def test_or_it_is_what_is_asked(asked: str, said: str) -> None:
    assert not conditions.is_condition(asked, said)


@given(st.text(alphabet="转撤谢别发吧我你,不12345没用了", max_size=60))
def test_any_text_is_held_against_all_of_them(text: str) -> None:
    told = [service_talk.hands_over(text), service_talk.takes_back(text), service_talk.stops(text)]
    told += [service_talk.thanks(text), service_talk.is_done(text), service_talk.hotline_failed(text)]
    assert set(told) <= {True, False} and len(service_talk.stops_of(text)) <= len(text)
