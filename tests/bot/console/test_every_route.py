"""Every route of the console against every role: closed unless it says who may open it, whatever its address."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.routing import Rule

from bot.console.family import RouteAccess, access_of
from content.rules.people import RIGHTS, Right, Role
from content.services.office import Office
from tests.bot.console.colleague import Colleague, one_of_each_role, words

ARGUMENTS = {"number": 999_999, "username": "nobody-here", "slip": "1.2.3", "sha256": "0" * 64, "rest": "no/such/page",
             "key": "0" * 32, "remark": 999_999, "kind": "receipt", "name": "guides", "table": "guide"}  # fmt: skip
NOBODY = "console.shell.nowhere"  # takes every other address, and is closed to all


@pytest.fixture(scope="module")
def by_role(app: Flask, office: Office) -> dict[Role, Colleague]:
    """One colleague of each role, who is nothing else."""
    return {role: Colleague(app, username) for role, username in one_of_each_role(office).items()}


def routes(app: Flask) -> list[tuple[str, str, RouteAccess | None]]:
    """Each address of the console with a method, and who may."""
    return [
        (address(app, rule), method, access_of(app.view_functions[rule.endpoint]))
        for rule in app.url_map.iter_rules()
        if str(rule).startswith("/console")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def address(app: Flask, rule: Rule) -> str:
    """An address of this rule, with some value for each of its arguments."""
    return str(app.url_map.bind("localhost").build(rule.endpoint, {name: ARGUMENTS[name] for name in rule.arguments}))


def test_every_route_but_the_last_says_who_may_open_it(app: Flask) -> None:
    closed = [rule.endpoint for rule in app.url_map.iter_rules()
              if rule.endpoint.startswith("console.") and access_of(app.view_functions[rule.endpoint]) is None]  # fmt: skip
    assert closed == [NOBODY]


def test_without_a_login_only_the_doors_open(app: Flask) -> None:
    nobody = Colleague(app)
    for where, method, how in routes(app):
        answer = nobody.client.open(where, method=method)
        if how is not None and not how.login:
            assert answer.status_code in (200, 303, 400, 403), where
        elif method == "GET":
            assert answer.status_code == 303 and answer.location.startswith("/console/login?next="), where
        else:
            assert answer.status_code == 401, where


def test_a_role_opens_what_its_rights_say_and_nothing_else(app: Flask, by_role: dict[Role, Colleague]) -> None:
    tried = 0
    for role, colleague in by_role.items():
        token = colleague.token()
        for where, method, how in routes(app):
            if how is None or not how.login or where == "/console/logout":
                continue
            may = not how.rights or any(role in RIGHTS[right] for right in how.rights)
            answer = colleague.client.open(where, method=method, data={"csrf": token} if method == "POST" else None)
            assert (answer.status_code != 403) is may, (role, method, where, answer.status_code)
            assert answer.status_code < 500, (role, method, where, words(answer))
            tried += 1
    assert tried > 5 * 30


def test_whoever_may_not_is_told_who_may(by_role: dict[Role, Colleague]) -> None:
    answer = by_role[Role.EDITOR].opens("/console/staff/")
    assert answer.status_code == 403
    assert "能打开的是：管理员" in words(answer)


def test_the_navigation_shows_what_may_be_opened_and_nothing_else(by_role: dict[Role, Colleague]) -> None:
    assert "人员" not in by_role[Role.EDITOR].reads("/console/more")
    assert all("这一段" in each.reads("/console/count/lines?year=1999") for each in by_role.values())
    assert "人员" in by_role[Role.ADMIN].reads("/console/more")
    assert "来信" not in by_role[Role.ADMIN].reads("/console/more")


def test_no_form_is_taken_from_another_site_or_without_the_token(app: Flask, by_role: dict[Role, Colleague]) -> None:
    client = by_role[Role.ADMIN].client
    token = by_role[Role.ADMIN].token()
    for where, method, how in routes(app):
        if method != "POST" or where == "/console/logout":
            continue
        foreign = client.post(where, data={"csrf": token}, headers={"Origin": "https://elsewhere.example"})
        assert foreign.status_code == 403, where
        if how is not None and how.login and (not how.rights or set(how.rights) & {Right.MANAGE}):
            assert client.post(where, data={"csrf": "guessed"}).status_code == 403, where


def test_every_page_keeps_scripts_styles_and_frames_of_others_out(app: Flask, by_role: dict[Role, Colleague]) -> None:
    for where in ("/console/", "/console/articles/new", "/console/login", "/console/no/such/page"):
        policy = by_role[Role.EDITOR].opens(where).headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'") and "script-src 'self';" in policy
        assert ("'unsafe-inline'" in policy) is (where == "/console/articles/new")


def test_no_page_names_another_site(by_role: dict[Role, Colleague]) -> None:
    for where in ("/console/", "/console/articles/new", "/console/calendar", "/console/more"):
        text = by_role[Role.EDITOR].opens(where).text
        assert 'src="http' not in text and "url(http" not in text and "@import" not in text
