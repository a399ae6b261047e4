"""kill -9 of the clock at each call to the platform: before it acts, and after it acted but before we know it.

The time is a test clock's, so that waiting for the platform's effects to show costs nothing.
"""

from __future__ import annotations

import pytest

from content.services.articles import Upload
from content.store.figures import ledger
from tests.factories import image
from tests.fixtures.office_processes import OfficeProcesses, until

CALLS = {
    "/cgi-bin/material/add_material": "publish",
    "/cgi-bin/draft/add": "publish",
    "/cgi-bin/freepublish/submit": "publish",
    "/cgi-bin/message/mass/sendall": "mass",
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("act", ["hang", "act_then_hang"], ids=["before", "after"])
def test_an_article_goes_out_once_though_the_clock_is_killed_at_a_call(
    processes: OfficeProcesses, call: str, act: str
) -> None:
    processes.door.act("options", mass_allowance=len(CALLS))
    number = _killed_at(processes, call, act)
    processes.await_state(number, "published", within=60)
    processes.door.act("settle")
    mark = f"/a/{number}"
    assert [item["content_source_url"].endswith(mark) for item in processes.published()].count(True) == 1
    assert _entries(processes, number) == ["article.published"]
    assert processes.tally()["articles"] == len(processes.published())


def _killed_at(processes: OfficeProcesses, call: str, act: str) -> int:
    """An approved article whose clock died while the platform kept it waiting for this call's answer."""
    processes.door.act("faults", endpoint=call, act=act, seconds=5, times=1)
    before = _acted(processes, call)
    cover = Upload("cover.png", image(size=(235, 100), colour=(len(processes.published()), 30, 30)))
    number = processes.queue(f"断在{call.rsplit('/', 1)[1]}（{act}）", delivery=CALLS[call], cover=cover)
    processes.approve(number)
    until(lambda: processes.door.look("faults")["faults"][0]["struck"], what=f"{call} to be called")
    acted = act != "hang"
    until(lambda: _acted(processes, call) == before + acted, what="the platform to act")
    processes.kill_clock()
    assert processes.show(number)["state"] == "publishing"
    processes.door.act("faults", clear=True)
    processes.start("clock")
    return number


def _acted(processes: OfficeProcesses, call: str) -> int:
    """How often the platform carried this call out."""
    acted: int = processes.door.look("calls")["calls"]["acted"].get(call, 0)
    return acted


def _entries(processes: OfficeProcesses, number: int) -> list[str]:
    """What the ledger says of the article's coming out."""
    with processes.office() as office, office.store.read() as session:
        entries = ledger.since(session, 0, "article.published")
        return [entry.kind for entry in entries if entry.subject == f"article:{number}"]
