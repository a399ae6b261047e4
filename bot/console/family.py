"""A family of pages: its routes, who may open each of them, and its places in the navigation.

A route that says nothing is closed to everybody: a test reads the URL map and tries each with each role.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint

from content.rules.people import Right

View = TypeVar("View", bound=Callable[..., Any])
ATTRIBUTE = "console_access"


@dataclass(frozen=True)
class RouteAccess:
    """Who may open a route: holders of one of the rights (none named: all staff), or anybody."""

    rights: tuple[Right, ...] = ()
    login: bool = True


@dataclass(frozen=True)
class NavLink:
    """A place in the navigation. `waiting` names the count of PersonalWork that stands beside it."""

    group: int
    words: str
    endpoint: str
    rights: tuple[Right, ...] = ()
    waiting: str = ""
    icon: str = ""  # on the phone's bar, for the few that stand there


@dataclass(frozen=True)
class PageFamily:
    """A family: a blueprint whose address begins with /console, and its links."""

    pages: Blueprint
    links: tuple[NavLink, ...] = ()


def opened(*rights: Right) -> Callable[[View], View]:
    """Opens a route to those who hold one of the rights; with none, to everybody who works here."""
    return _marked(RouteAccess(rights))


def opened_without_login(view: View) -> View:
    """Opens a route to anybody."""
    return _marked(RouteAccess(login=False))(view)


def access_of(view: Callable[..., Any] | None) -> RouteAccess | None:
    """Who may open a route; None: nobody."""
    return getattr(view, ATTRIBUTE, None)


def _marked(how: RouteAccess) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, ATTRIBUTE, how)
        return view

    return mark
