"""A colleague at the console: logs in, opens pages, fills in the forms that stand on them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from flask import Flask
from lxml import html
from werkzeug.test import TestResponse

from content.rules.people import Role
from content.services.office import Office
from content.services.people import staff
from tests import world
from tests.fixtures.office_processes import until

PASSWORD = "correct horse"
PRESENT = "每两秒自己刷新"  # stands on the page of work that is not over


class Colleague:
    """One person with one browser."""

    def __init__(self, app: Flask, username: str = "") -> None:
        self.client = app.test_client()
        self.username = username
        if username:
            self.logs_in(username)

    def logs_in(self, username: str, password: str = PASSWORD, **more: str) -> TestResponse:
        """Fills in the login page."""
        return self.client.post("/console/login", data={"username": username, "password": password, **more})

    def opens(self, address: str) -> TestResponse:
        """A page."""
        return self.client.get(address)

    def reads(self, address: str) -> str:
        """What a page says, as one line; it must be there."""
        answer = self.opens(address)
        assert answer.status_code == 200, (address, answer.status_code, words(answer))
        return words(answer)

    def sends(self, address: str, fields: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        """A form with the token of the present session."""
        return self.client.post(address, data={"csrf": self.token(), **(fields or {}), **more})

    def does(self, address: str, fields: Mapping[str, Any] | None = None, **more: Any) -> str:
        """Sends a form that must be taken; what the page behind it says."""
        answer = self.sends(address, fields, **more)
        assert answer.status_code == 303, words(answer)
        return self.reads(answer.location)

    def awaits(self, asked: TestResponse) -> TestResponse:
        """What long work that a form began ends with: the page that it leads to, or its own when it came to nothing."""
        return until(
            lambda: page if PRESENT not in words(page := self.opens(asked.location)) else None, what="the work's end"
        )

    def token(self) -> str:
        """The forms' token."""
        found = re.search(r'<meta name="csrf" content="([^"]*)"', self.opens("/console/more").text)
        return unescape(found.group(1)) if found else ""


def words(answer: TestResponse) -> str:
    """The visible text of a page, on one line."""
    page = html.fromstring(answer.text)
    for element in page.xpath("//script|//style|//svg"):
        element.drop_tree()
    return " ".join(page.text_content().split())


def shown(colleague: Colleague, number: int) -> str:
    """Looks at an article that waits for a review; the hash that the form carries."""
    found = re.search(r'name="sha256" value="([0-9a-f]{64})"', colleague.opens(f"/console/reviews/{number}").text)
    assert found
    return found.group(1)


def give_passwords(office: Office) -> None:
    """Everybody of the world may log in; 张工 is one more who only writes."""
    from argon2 import PasswordHasher

    from content.store import people

    hashed = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with office.store.write() as session:
        for username in world.PEOPLE:
            people.set_password(session, people.find(session, username), hashed, at=world.NOON)


def one_of_each_role(office: Office) -> dict[Role, str]:
    """A person who is that and nothing else, for each role."""
    for role in Role:
        staff.take_on(office, f"only-{role}", name=f"只是{role}", roles=[role], password=PASSWORD)
    return {role: f"only-{role}" for role in Role}
