"""When to try and look again: never in the past, bounded, and not before an allowance returns."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from content.rules.errors import Fault
from content.rules.publishing.retry import next_look, next_try

ZONE = ZoneInfo("Asia/Shanghai")
instants = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(lambda when: when.replace(tzinfo=UTC))
tries = st.integers(1, 50)


@given(fault=st.sampled_from(Fault), tries=tries, now=instants, seed=st.integers(1, 10_000))
def test_the_next_try_lies_ahead_and_within_a_month(fault: Fault, tries: int, now: datetime, seed: int) -> None:
    until = next_try(fault, tries=tries, now=now, zone=ZONE, seed=seed, service=True, code=45028)
    assert now < until <= now + timedelta(days=32)


@given(now=instants, seed=st.integers(1, 10_000))
def test_a_first_retry_comes_within_five_seconds(now: datetime, seed: int) -> None:
    assert next_try(Fault.RETRY, tries=1, now=now, zone=ZONE, seed=seed) <= now + timedelta(seconds=5)


@given(now=instants, tries=tries)
def test_retries_come_ever_slower(now: datetime, tries: int) -> None:
    first = next_try(Fault.RETRY, tries=tries, now=now, zone=ZONE, seed=3)
    assert first <= next_try(Fault.RETRY, tries=tries + 1, now=now, zone=ZONE, seed=3)


@given(now=instants, tries=st.integers(1, 5), seed=st.integers(1, 10_000))
def test_what_is_on_the_platform_is_asked_for_again_within_some_minutes(now: datetime, tries: int, seed: int) -> None:
    """Five failed looks in a row once kept a published post uncounted for a quarter of an hour."""
    until = next_try(Fault.RETRY, tries=tries, now=now, zone=ZONE, seed=seed, looking=True)
    assert now < until <= now + timedelta(seconds=75)


def test_a_used_up_allowance_returns_with_the_offices_next_day() -> None:
    before_midnight = datetime(2026, 11, 22, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    until = next_try(Fault.WAIT, tries=1, now=before_midnight, zone=ZONE, seed=1, code=45009)
    assert until.astimezone(ZONE) == datetime(2026, 11, 23, 0, 5, tzinfo=ZONE)


def test_a_service_accounts_mass_allowance_returns_with_the_next_month() -> None:
    december = datetime(2026, 12, 31, 4, 0, tzinfo=UTC)
    until = next_try(Fault.WAIT, tries=1, now=december, zone=ZONE, seed=1, code=45028, service=True)
    assert until.astimezone(ZONE) == datetime(2027, 1, 1, 0, 5, tzinfo=ZONE)


def test_a_subscription_accounts_mass_allowance_returns_the_next_day() -> None:
    now = datetime(2026, 12, 31, 4, 0, tzinfo=UTC)
    until = next_try(Fault.WAIT, tries=1, now=now, zone=ZONE, seed=1, code=45028)
    assert until.astimezone(ZONE).date().isoformat() == "2027-01-01"


@given(now=instants, looks=st.integers(0, 40), age=st.integers(0, 5000), settle=st.integers(0, 3600))
def test_an_unknown_one_is_looked_at_just_when_it_may_be_settled(
    now: datetime, looks: int, age: int, settle: int
) -> None:
    since = now - timedelta(seconds=age)
    look = next_look(looks, unknown=True, since=since, now=now, settle_after=settle)
    assert look > now or (age < settle and look == since + timedelta(seconds=settle))
    if age < settle:
        assert look <= since + timedelta(seconds=settle)


def test_a_first_look_at_an_unknown_one_comes_within_ten_seconds() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    assert next_look(0, unknown=True, since=now, now=now, settle_after=600) <= now + timedelta(seconds=10)
