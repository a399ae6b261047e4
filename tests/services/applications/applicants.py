"""Applications of made-up people for tests."""

from __future__ import annotations

from typing import Any

from content.rules.applications import form_fields
from content.rules.applications.form_fields import ApplicationForm

GIVEN = {
    "kind": "person", "name": "陈秀英", "identity": "350103199001011234", "phone": "138 0000 1234",
    "wanted": "2025 年园区道路改造工程的竣工验收报告", "carrier": "电子文档", "way": "电子邮件", "email": "chen@example.org",
}  # fmt: skip


def form(**changes: Any) -> ApplicationForm:
    """A form that is filled in rightly."""
    found, faults = form_fields.read({**GIVEN, **changes})
    assert found, faults
    return found
