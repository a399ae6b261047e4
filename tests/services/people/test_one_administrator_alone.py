"""One administrator who makes reviewers for himself is seen by the others, and cannot make it quiet."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from content.intake.articles.documents import from_text
from content.rules.alarms import AlarmKind
from content.rules.errors import NotAllowed
from content.rules.people import Role
from content.services.alarms import alarm_watch, lifecycle
from content.services.articles import PostForm, add, reviews
from content.services.office import Office
from content.services.people import invitations, staff
from content.store.tables import Alarm

PASSWORD = "correct horse"
ADMIN = "hejing"


def of_kind(office: Office, kind: AlarmKind) -> list[Alarm]:
    """The open alarms of a kind, after a look."""
    alarm_watch.watch(office, office.clock.now())
    return [each for each in lifecycle.listing(office) if each.kind == kind]


def test_new_reviewers_ring_one_alarm_for_a_day_that_their_maker_cannot_close(office: Office) -> None:
    for name in ("one", "two"):
        staff.take_on(office, name, name=name, roles=[Role.REVIEWER], password=None, by=ADMIN)
    staff.take_on(office, "three", name="three", roles=[Role.OFFICE], password=None, by=ADMIN)
    [alarm] = of_kind(office, AlarmKind.REVIEWERS)
    assert "何静" in alarm.message and "one、two" in alarm.message and "three" not in alarm.message

    staff.give_roles(office, "three", roles=[Role.OFFICE, Role.CHIEF], by=ADMIN)
    [alarm] = of_kind(office, AlarmKind.REVIEWERS)
    assert "one、two、three" in alarm.message
    with pytest.raises(NotAllowed, match="另一位"):
        lifecycle.close(office, alarm.id, username=ADMIN, note="没事")
    with pytest.raises(NotAllowed, match="另一位"):
        lifecycle.close(office, alarm.id, username="one", note="没事")
    lifecycle.close(office, alarm.id, username="zhaominghua", note="问过三位，都是新来的同事")
    assert not of_kind(office, AlarmKind.REVIEWERS)


def test_a_role_that_was_held_before_and_what_the_operator_does_ring_nothing(office: Office) -> None:
    staff.take_on(office, "one", name="one", roles=[Role.REVIEWER], password=None)
    staff.give_roles(office, "one", roles=[Role.REVIEWER, Role.OFFICE], by=ADMIN)
    assert not of_kind(office, AlarmKind.REVIEWERS)


def replace(office: Office, username: str) -> None:
    """An administrator's slip, used; the person had a password before."""
    for _ in range(2):
        invitations.accept(office, invitations.invite(office, username, by=ADMIN), password=PASSWORD)


def waiting(office: Office) -> int:
    """An article in its first review."""
    number = add(office, PostForm(title="停水", body=from_text("一")), username="linxiaoyu").id
    reviews.submit(office, number, username="linxiaoyu")
    return number


def test_whose_password_was_replaced_today_reviews_when_a_third_person_has_asked_them(office: Office) -> None:
    replace(office, "sunhao")
    number = waiting(office)
    with pytest.raises(NotAllowed, match="明天起"):
        reviews.pass_(office, number, username="sunhao")
    [alarm] = of_kind(office, AlarmKind.PASSWORD)
    with pytest.raises(NotAllowed, match="另一位"):
        lifecycle.close(office, alarm.id, username=ADMIN, note="没事")
    lifecycle.close(office, alarm.id, username="zhoujianguo", note="问过本人")
    assert re.search("初审通过", reviews.pass_(office, number, username="sunhao").sentence)


def test_the_day_after_a_replaced_password_counts_as_any(office: Office) -> None:
    replace(office, "sunhao")
    number, now = waiting(office), office.clock.now()
    office.clock.now = lambda: now + timedelta(days=1)  # type: ignore[method-assign]
    assert "初审通过" in reviews.pass_(office, number, username="sunhao").sentence
