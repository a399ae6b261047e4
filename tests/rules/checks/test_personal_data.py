"""Personal data that is written out in full is found, and its like is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.checks import checklist, html_passages
from content.rules.checks.bank_cards import is_luhn
from content.rules.checks.checklist import CheckedPost, CheckKnowledge, personal_data
from content.rules.checks.finding import BODY, CheckFinding, Passage, Severity
from content.rules.checks.id_numbers import is_id_number

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(area: int, day: str, order: int) -> str:
    body = f"{area}{day}{order:03}"
    remainder = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11
    return body + "10X98765432"[remainder]


def found(text: str) -> list[CheckFinding]:
    """The personal data in a paragraph."""
    return personal_data([Passage(BODY, text)])


def kinds(text: str) -> list[str]:
    return [finding.rule.what.removeprefix("完整的") for finding in found(text)]


def masked(text: str) -> str:
    """A paragraph with all of it masked."""
    letters = list(text)
    for finding in found(text):
        letters[finding.start : finding.start + len(finding.instead)] = finding.instead
    return "".join(letters)


def test_the_example_of_the_standard_is_an_id_number() -> None:
    assert is_id_number("11010519491231002X")
    assert not is_id_number("110105194912310021")
    assert not is_id_number("11010519491331002X"), "there is no thirteenth month"


@given(st.sampled_from([110105, 440106, 650102]), st.dates().map(lambda day: f"{day:%m%d}"), st.integers(0, 999))
def test_an_id_number_is_found_in_a_sentence_and_masked(area: int, day: str, order: int) -> None:
    number = id_number(area, f"1984{day}", order)
    text = f"姓名：王某，身份证号：{number}，已公示。"
    [finding] = [each for each in found(text) if each.rule.name == "personal.id_number"]
    assert finding.shown == number[:2] + "*" * 13 + number[-3:]
    assert number not in "".join(checklist.sentences([finding]))
    assert finding.shown in masked(text) and not found(masked(text))


@given(st.integers(0, 10**14 - 1))
def test_a_card_is_known_by_its_last_digit(middle: int) -> None:
    body = f"6{middle:014}"
    right = [digit for digit in "0123456789" if is_luhn(body + digit)]
    assert len(right) == 1
    wrong = "0123456789".replace(right[0], "")[0]
    assert "银行卡号" in kinds(f"卡号{body}{right[0]}。")
    assert "银行卡号" not in kinds(f"卡号{body}{wrong}。")


@pytest.mark.parametrize(
    "text",
    [
        "电话13812345678",
        "电话：138 1234 5678。",
        "+86 138-1234-5678",
        "１３８１２３４５６７８",
        "(13812345678)",
        "010-1/13812345678",
    ],
)
def test_a_mobile_number_is_found_however_it_is_written(text: str) -> None:
    assert [(each.rule.what, each.shown) for each in found(text)] == [("完整的手机号", "138****5678")]
    assert not found(masked(text))


@pytest.mark.parametrize(
    "text",
    ["138****5678", "35*************123", "电话：010-66554433", "统一社会信用代码91350100M000100Y43", "2026年11月22日",
     "合同编号202611220001380012345678", "占地13.8123456789公顷", "临园发〔2026〕12号", ""],
)  # fmt: skip
def test_what_is_masked_or_means_something_else_is_left_alone(text: str) -> None:
    assert kinds(text) == []


def test_many_of_a_kind_are_one_sentence_with_their_number() -> None:
    text = "，".join(f"1381234{number:04}" for number in range(50))
    [sentence] = checklist.sentences(personal_data([Passage("附件“名单.xlsx”", text)]))
    assert sentence.startswith("附件“名单.xlsx”里有 50 个完整的手机号（138****0000、138****0001、138****0002等）")


@pytest.mark.parametrize(
    "written",
    ["110105 19491231 002X", "1101 0519 4912 3100 2X", "110105-19491231-002X", "１１０１０５１９４９１２３１００２Ｘ", "110105\u300019491231　002x",
     "1\t1\t0\t1\t0\t5\t1\t9\t4\t9\t1\t2\t3\t1\t0\t0\t2\tX", "110105\u200b19491231002X", "110105—19491231—002X",
     "110105\u00a0\u00a019491231\u00a0002X"],
)  # fmt: skip
def test_an_id_number_is_found_with_blanks_and_in_any_width(written: str) -> None:
    [finding] = found(f"身份证：{written}。")
    assert (finding.rule.name, finding.shown.upper()) == ("personal.id_number", "11*************02X")
    assert not found(masked(f"身份证：{written}。"))


def test_figures_beside_one_another_are_no_id_number() -> None:
    assert kinds("2026 11 30 1949 12 31 002") == []
    assert kinds("110105 19491231 0021") == []


PHONES = st.tuples(st.sampled_from("3456789"), st.integers(0, 10**9 - 1)).map(lambda each: f"1{each[0]}{each[1]:09}")
GAPS = st.sampled_from(["", " ", "-", "\u00a0", "\u3000", "—", "\u200b"])
WIDTHS = st.sampled_from([str, lambda text: text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))])


@given(PHONES, GAPS, WIDTHS)
def test_a_mobile_number_is_found_in_any_spelling_and_masked_so_that_nothing_is_left(
    number: str, gap: str, wide: Callable[[str], str]
) -> None:
    text = f"联系电话：{wide(gap.join((number[:3], number[3:7], number[7:])))}。"
    [finding] = found(text)
    assert (finding.words, finding.shown) == (number, f"{number[:3]}****{number[7:]}")
    assert len(finding.instead) == len(text) - len("联系电话：。") and not found(masked(text))


@given(st.text(alphabet="0123456789０１２ -—Xx电话卡号身份证，。元", max_size=60))
def test_whatever_is_written_a_mask_covers_what_was_found_and_nothing_else(text: str) -> None:
    for each in found(text):
        assert 0 <= each.start < each.start + len(each.instead) <= len(text)
        assert all(mask in ("*", "", letter) or len(mask) > 1 for mask, letter in
                   zip(each.instead, text[each.start :], strict=False))  # fmt: skip


@given(st.integers(10**15, 10**16 - 1), st.sampled_from(["订单号", "运单号", "流水号", "合同编号"]))
def test_a_number_that_is_called_something_else_is_no_card(number: int, called: str) -> None:
    assert "银行卡号" not in kinds(f"{called}：{number}")


def test_what_the_office_gives_out_itself_is_no_personal_data() -> None:
    told = [Passage(BODY, "值班手机13812345678，另有13912345678。")]
    assert [each.words for each in personal_data(told, {"13812345678"})] == ["13912345678"]


def test_what_the_platform_does_not_take_is_hard() -> None:
    post = CheckedPost("标题", "", "", [], over_limits=["标题有 40 个字。"])
    [finding] = checklist.check(post, CheckKnowledge())
    assert (finding.rule.severity, finding.detail) == (Severity.HARD, "标题有 40 个字。")


def test_html_nested_deeply_is_read() -> None:
    passages, _ = html_passages.read("<section>" * 240 + "电话13812345678" + "</section>" * 240)
    assert [each.rule.name for each in personal_data(passages)] == ["personal.mobile"]


ID = id_number(110105, "19491231", 2)


@pytest.mark.parametrize(
    "written",
    [
        "\ufe0f".join(ID),
        "\U000e0041".join(ID),
        "\u3164".join(ID),
        "\u0332".join(ID),
        ID.translate({48 + digit: 0x1D7CE + digit for digit in range(10)}),
        ID.translate({48 + digit: "⓪①②③④⑤⑥⑦⑧⑨"[digit] for digit in range(10)}),
        ID.translate({48 + digit: 0x660 + digit for digit in range(10)}),
        ID.translate({48 + digit: "〇一二三四五六七八九"[digit] for digit in range(10)}),
        "<br>".join(ID),
        f"</p><table><tr><td>{'</td><td>'.join(ID)}</td></tr></table><p>",
        f"</p><p>{'</p><p>'.join(ID)}</p><p>",
    ],
)
def test_a_number_is_found_however_its_digits_are_disguised(written: str) -> None:
    passages, _ = html_passages.read(f"<p>张三的身份证号码是{written}，请核对。</p>")
    assert "身份证号" in [finding.rule.what.removeprefix("完整的") for finding in personal_data(passages)]


def test_quantities_in_chinese_and_lists_of_single_digits_are_no_numbers_of_people() -> None:
    cells = "".join(f"<td>{number}</td>" for number in range(10)) * 3
    passages, _ = html_passages.read(
        f"<p>一二三四五六七八九十，一九四九年十月一日。</p><table><tr>{cells}</tr></table>"
    )
    assert not personal_data(passages)
