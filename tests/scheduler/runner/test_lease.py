"""One leads: a lease that ends by itself, and a fence that makes an old leader's writes void."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from content.rules.errors import Conflict
from content.rules.publishing.publication import PublicationState
from content.services.office import Office
from content.store import clock_lead
from content.store.articles import publications
from content.store.redis import keys
from content.store.tables import Leader, Publication
from scheduler.runner.lease import Lease
from tests.factories import approved_article
from tests.fixtures.office_processes import until
from tests.services.alarm_world import at, under_way


@pytest.fixture
def leases(office: Office) -> Iterator[tuple[Lease, Lease]]:
    """Two processes' holds on the lead."""
    pair = Lease(office), Lease(office)
    yield pair
    for lease in pair:
        lease.close()


def fence(office: Office) -> tuple[int, str]:
    """The fence and its holder, as SQL knows them."""
    with office.store.read() as session:
        leader = session.get_one(Leader, clock_lead.LEAD)
        return leader.fence, leader.holder


def test_one_of_two_leads_and_the_other_follows_when_it_goes(office: Office, leases: tuple[Lease, Lease]) -> None:
    first, second = leases
    assert first.take() and not second.take() and first.take()
    assert fence(office) == (1, first.holder) and clock_lead.beat(office.redis.client) is not None
    first.close()
    assert not first.take() and second.take()
    assert fence(office) == (2, second.holder)


def test_of_many_who_try_at_once_one_leads(office: Office) -> None:
    leases = [Lease(office) for _ in range(8)]
    start, led = threading.Barrier(8), list[bool]()

    def try_it(lease: Lease) -> None:
        start.wait()
        led.append(lease.take())

    threads = [threading.Thread(target=try_it, args=(lease,)) for lease in leases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(led) == [False] * 7 + [True] and fence(office)[0] == 1
    for lease in leases:
        lease.close()


def test_beats_of_one_process_take_the_lead_once(office: Office, leases: tuple[Lease, Lease]) -> None:
    lease = leases[0]
    threads = [threading.Thread(target=lease.take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fence(office)[0] == 1


def test_the_lease_is_renewed_for_as_long_as_the_process_lives(office: Office, leases: tuple[Lease, Lease]) -> None:
    first, second = leases
    first.take()
    office.redis.client.pexpire(keys.LEAD, 1500)
    until(lambda: (clock_lead.beat(office.redis.client) or ("", 9.0))[1] < 1, within=3, what="the lease to be renewed")
    assert not second.take()


def test_who_lost_the_lease_notices_and_its_writes_are_void(office: Office, leases: tuple[Lease, Lease]) -> None:
    old, new = leases
    old.take()
    number = under_way(office, approved_article(office), PublicationState.PREPARED)
    with office.store.write() as session:
        claimed = publications.claim(session, now=at(13), real_now=office.clock.real_now(), fence=old.fence, holder="")
    assert claimed == number
    office.redis.client.delete(keys.LEAD)  # as if the old leader had stood still for five seconds
    assert new.take()
    with office.store.write() as session:
        held = session.get_one(Publication, number)
        with pytest.raises(Conflict):
            publications.move(session, held, PublicationState.DRAFTING, now=at(13), fence=old.fence)
        with pytest.raises(Conflict):
            publications.postpone(session, held, at(14), fence=old.fence)
        assert publications.claim(session, now=at(13), real_now=at(13), fence=old.fence, holder="") is None
    with office.store.write() as session:
        taken = publications.claim(session, now=at(13), real_now=office.clock.real_now(), fence=new.fence, holder="")
    assert taken == number  # at once: the old claim is void, its lease of 90 seconds or not
    until(lambda: not old.leading, within=5, what="the old leader to notice")
    assert not old.take()


def test_a_redis_that_forgets_everything_costs_a_new_fence_and_nothing_else(
    office: Office, leases: tuple[Lease, Lease]
) -> None:
    lease = leases[0]
    lease.take()
    office.redis.client.flushdb()
    until(lambda: not lease.leading, within=5, what="the loss to be noticed")
    assert lease.take() and fence(office)[0] == 2


def test_closing_leaves_another_s_lease_alone(office: Office, leases: tuple[Lease, Lease]) -> None:
    first, second = leases
    first.take()
    second.close()
    found = clock_lead.beat(office.redis.client)
    assert found and found[0] == first.holder
