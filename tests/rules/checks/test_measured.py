"""The checks for personal data, measured: how much of it is found, and how often something else is taken for it."""

from __future__ import annotations

import re

from content.rules.checks import html_passages
from content.rules.checks.checklist import personal_data
from content.rules.checks.finding import BODY, CheckFinding, Passage
from tests.rules.checks import texts

RECALL, FALSE_ALARMS = 0.95, 0.02


def looked(text: str) -> list[CheckFinding]:
    """What is found in a paragraph or in HTML."""
    return personal_data(html_passages.read(text)[0] if text.startswith("<") else [Passage(BODY, text)])


def finds(rule: str, number: str, text: str) -> bool:
    return any(each.rule.name == rule and number in ("", re.sub(r"\W", "", each.words)) for each in looked(text))


def test_the_set_is_large_enough_and_half_of_it_is_clean() -> None:
    dirty = list(texts.with_personal_data())
    assert len(dirty) >= 100 and len(texts.CLEAN) >= 100
    assert len({text for _, _, text in dirty} | set(texts.CLEAN)) >= 200


def test_personal_data_is_found() -> None:
    dirty = list(texts.with_personal_data())
    missed = [(rule, text) for rule, number, text in dirty if not finds(rule, number, text)]
    assert 1 - len(missed) / len(dirty) >= RECALL, missed
    for rule in {rule for rule, _, _ in dirty}:
        own = [text for each, _, text in dirty if each == rule]
        assert 1 - sum(each == rule for each, _ in missed) / len(own) >= RECALL - 0.05, (rule, missed)


def test_what_only_looks_like_personal_data_is_left_alone() -> None:
    alarms = [(text, [each.rule.name for each in found]) for text in texts.CLEAN if (found := looked(text))]
    assert len(alarms) / len(texts.CLEAN) < FALSE_ALARMS, alarms
