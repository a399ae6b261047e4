"""The way of a plain question from the delivery to the reply, traced: how many files it leads through."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

from bot.app import create_app
from content.services.office import Office
from tests.bot.citizen import Citizen
from tests.bot.platform_side import Side, text

ROOT = Path(__file__).parents[3]
PRODUCT = ("wsgi.py", "scheduler", "bot", "content", "config")
MAPPED = ("content", "store", "tables")  # classes that are rows, no code of a way
MOST_FILES = 49


def entered(client: Any, question: str) -> list[str]:
    """The product's files whose functions ran for a question in safe mode, in the order in which they were entered."""
    query, body = Side().safe(text(question))
    files: list[str] = []

    def note(frame: FrameType, event: str, _argument: object) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and path.is_relative_to(ROOT):
            parts = path.relative_to(ROOT).parts
            if parts[0] in PRODUCT and parts[: len(MAPPED)] != MAPPED:
                files.append(str(path.relative_to(ROOT)))

    sys.setprofile(note)
    try:
        answer = client.post("/wechat", query_string=query, data=body)
    finally:
        sys.setprofile(None)
    assert "/d/2" in Side().unseal(answer.text)
    return files


def test_a_plain_question_leads_through_few_files(told: Office) -> None:
    client = create_app(told).test_client()
    Citizen(client).says("幼儿园报名")  # what a process opens at its first search is open
    Citizen(client).says("维修电工")
    Citizen(client, sender="of-another").says(
        "怎么申请公租房"  # the same characters, another text: nothing that is remembered of a text shortens the way
    )  # which characters sound like these is looked up once in a process
    files = entered(client, "公租房怎么申请")
    changes = sum(one != other for one, other in pairwise(files))
    assert len(set(files)) <= MOST_FILES, f"{changes} changes between {sorted(set(files))}"
    assert [file for file in dict.fromkeys(files) if file.startswith("bot/webhook/")] == [
        "bot/webhook/view.py",
        "bot/webhook/deliveries.py",
        "bot/webhook/deferred.py",
    ]
