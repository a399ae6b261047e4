"""What the checks find in rows of disclosures and postings: the same as in a post, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from config import reference
from content.rules import notice_kinds
from content.rules.checks import checklist, job_conditions, job_elements, mobile_numbers, wrong_words
from content.rules.checks.finding import PERSONAL, CheckFinding, Passage, Severity
from content.services.checks import post_check
from content.services.office import Office

NOT_CHECKED = frozenset(
    {"key", "url", "lat", "lng", "published_on", "valid_until", "effective_on", "status", "replaced_by"}
)
CONTACTS = frozenset({"phone", "contact", "how_to_apply"})  # a telephone there is meant to be read
STOPPING = (PERSONAL, "condition.")  # of rules that weigh as errors, those that keep a row out; a wrong word does not
MOST_QUOTED = 60  # letters of what was found
TO_BE_CALLED = replace(
    mobile_numbers.OF_A_CONTACT, name="personal.mobile_called", what="要公开的手机号",
    advice="群众会看到、会打。请确认本人同意公开；没有同意的，换成单位的电话。",
)  # fmt: skip
POSTING_ADVICE = {mobile_numbers.RULE.name: "打上星号（138****1234）；是招聘的联系电话，就写到“电话”一列。"}
_TAG = re.compile(r"<[^<>]{1,2000}>")


class NoticeCheck:
    """The checks for rows of one kind, with what they are held against."""

    def __init__(self, office: Office, kind: str) -> None:
        self.kind, self.applies = kind, kind in notice_kinds.FOUND
        self.labels = {name: words[0] for name, words in reference.table("headings").items()}
        self.words = office.wrong_words.read() if self.applies else ()
        self.numbers = post_check.published_numbers(office) if self.applies else frozenset[str]()

    def find(self, fields: Mapping[str, Any]) -> list[CheckFinding]:
        """The findings in a row, the gravest first; the part of each is the field in which it stands."""
        if not self.applies:
            return []
        passages = [Passage(name, _text(value), label=self.labels[name]) for name, value in fields.items()
                    if name in self.labels and name not in NOT_CHECKED]  # fmt: skip
        personal = checklist.personal_data(passages, self.numbers)
        found = [replace(each, rule=TO_BE_CALLED) if _is_meant_to_be_called(each) else each for each in personal]
        found += wrong_words.find(passages, self.words)
        found += job_conditions.find(passages, is_advert=self._is_advert(fields, passages))
        return sorted(found, key=lambda each: checklist.ORDER[each.rule.severity])

    def sentence(self, finding: CheckFinding) -> str:
        """A finding in words: what, which words, by which source, what to do."""
        rule = finding.rule
        advice = POSTING_ADVICE.get(rule.name, rule.advice) if self.kind == "posting" else rule.advice
        return f"{rule.what}“{finding.shown[:MOST_QUOTED]}”。{rule.why}{advice}"

    def _is_advert(self, fields: Mapping[str, Any], passages: Sequence[Passage]) -> bool:
        if self.kind == "posting":
            return True
        text = "\n".join(each.text for each in passages)
        return job_elements.is_advert(title=str(fields.get("title", "")), category=str(fields.get("category", "")),
                                      text=text)  # fmt: skip


def stops(finding: CheckFinding) -> bool:
    """Whether a person has to see to it before the row may be public."""
    rule = finding.rule
    return rule.severity is Severity.HARD or (rule.severity is Severity.ERROR and rule.name.startswith(STOPPING))


def _is_meant_to_be_called(finding: CheckFinding) -> bool:
    return finding.rule.name == mobile_numbers.RULE.name and finding.passage.part in CONTACTS


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(str(each.get("name", "")) for each in value)
    return _TAG.sub("\n", str(value)) if "<" in str(value) else str(value)
