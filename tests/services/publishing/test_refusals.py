"""Whatever the platform refuses in whichever call: the publication goes somewhere, and nothing goes out unsealed."""

from __future__ import annotations

import pytest

from content.rules.errors import Fault, Refused
from content.store.tables import Revision
from tests.factories import approved_article
from tests.services.publishing.rehearsal import Rehearsal


@pytest.mark.parametrize("call", [0, 1, 2], ids=["upload", "draft", "submit"])
@pytest.mark.parametrize("delivery", ["publish", "mass"])
@pytest.mark.parametrize("fault", list(Fault))
def test_every_refusal_of_every_call_leads_somewhere(
    rehearsal: Rehearsal, fault: Fault, delivery: str, call: int
) -> None:
    article = approved_article(rehearsal.office, delivery=delivery)
    rehearsal.channel.faults = [*[None] * call, Refused("不行", 12345, fault)]
    rehearsal.run()
    if fault is Fault.CONTENT:
        assert (rehearsal.article(article).state, rehearsal.next_try()) == ("refused", None)
    else:
        assert (rehearsal.next_try() or rehearsal.now) > rehearsal.now
        rehearsal.run_until_settled()
        assert rehearsal.article(article).state == "published"
    assert len(rehearsal.entries("article.published")) == (0 if fault is Fault.CONTENT else 1)


def test_an_article_whose_wording_was_changed_behind_the_reviews_does_not_go_out(rehearsal: Rehearsal) -> None:
    article = approved_article(rehearsal.office)
    with rehearsal.office.store.write() as session:
        session.query(Revision).one().html = "<p>改过的</p>"
    rehearsal.run()
    assert rehearsal.article(article).state == "refused"
    assert "submit" not in rehearsal.channel.calls
