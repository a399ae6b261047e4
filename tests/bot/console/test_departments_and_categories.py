"""One list of departments and one of categories: what the office writes at the console is what posts and counts know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from bot.app import create_app
from bot.dialogue import router
from content.services import coded_names
from content.services.office import Office
from content.services.setup import prepare
from content.store.tables import Category, Department
from tests import world
from tests.bot.console.colleague import Colleague, give_passwords


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office that has written nothing of itself yet."""
    opened = Office(world.settings(tmp_path_factory.mktemp("township") / "home"))
    prepare(opened)
    world.add_people(opened)
    give_passwords(opened)
    yield opened
    opened.close()


@pytest.fixture
def clerk(app: Flask, office: Office) -> Iterator[Colleague]:
    """Who answers citizens; the lists are as at the beginning."""
    yield Colleague(app, "linxiaoyu")
    for name in ("directory", "categories"):
        (office.home / f"{name}.toml").unlink(missing_ok=True)


def saved(clerk: Colleague, path: str, **values: str) -> str:
    """Fills a form in; what is said then."""
    page = clerk.opens(path).text
    begun = re.search(r'name="begun_with" value="(\w{64})"', page)
    answer = clerk.sends(path, {**values, **({"begun_with": begun[1]} if begun else {})})
    return clerk.reads(answer.location)


def options(clerk: Colleague, path: str, name: str) -> list[str]:
    """What can be chosen in a field of a page."""
    [field] = re.findall(rf'<select id="{name}".*?</select>', clerk.opens(path).text, re.DOTALL)
    return [value for value in re.findall(r'<option value="([^"]*)"', field) if value]


def test_nothing_is_invented_before_the_office_has_written_its_departments(
    app: Flask, office: Office, tmp_path: Path
) -> None:
    new = Office(world.settings(tmp_path / "home"))
    prepare(new)
    page = create_app(new).test_client().get("/departments").text
    assert "招商合作局" not in page and "噪声" not in page and "还没有公布" in page
    said = str(router.consult(new, "路灯坏了归哪个部门管", new.clock.now()).reply)
    assert "规划建设局" not in said
    assert coded_names.departments(new) == []
    new.close()


def test_a_department_of_the_directory_is_offered_to_writers_and_keeps_its_code(
    clerk: Colleague, office: Office
) -> None:
    assert options(clerk, "/console/articles/new", "department") == []
    assert "保存好了" in saved(clerk, "/console/office-files/directory/department/new", name="财政所", duties="预算")
    assert options(clerk, "/console/articles/new", "department") == ["财政所"]
    assert "财政所" in options(clerk, "/console/articles/", "department")
    assert "财政所" in options(clerk, "/console/count/", "department")
    with office.store.read() as session:
        before = session.scalars(select(Department).where(Department.name == "财政所")).one()
    assert before.known
    saved(clerk, "/console/office-files/directory/department/1", name="财政金融办公室", duties="预算")
    with office.store.read() as session:
        after = session.scalars(select(Department).where(Department.code == before.code)).one()
    assert (after.id, after.name) == (before.id, "财政金融办公室")
    assert options(clerk, "/console/articles/new", "department") == ["财政金融办公室"]


def test_a_department_that_an_import_brought_keeps_its_code_when_it_is_written_and_renamed(
    clerk: Colleague, office: Office
) -> None:
    with office.store.write() as session:
        session.add(Department(code="old1", name="农业站", known=False))
    saved(clerk, "/console/office-files/directory/department/new", name="农业站")
    saved(clerk, "/console/office-files/directory/department/1", name="农业农村办公室")
    with office.store.read() as session:
        [row] = session.scalars(select(Department).where(Department.code == "old1"))
        assert (row.name, row.known) == ("农业农村办公室", True)


def test_categories_are_renamed_at_the_console(clerk: Colleague, office: Office) -> None:
    names = options(clerk, "/console/articles/new", "category")
    assert "工作动态" in names and len(names) == 16
    saved(clerk, f"/console/office-files/categories/category/{names.index('工作动态') + 1}", name="镇村动态")
    assert "镇村动态" in options(clerk, "/console/articles/new", "category")
    with office.store.read() as session:
        assert session.scalars(select(Category).where(Category.code == "gzdt")).one().name == "镇村动态"
    assert "已经有" in saved_fault(clerk, names.index("工作动态") + 1, "通知公告")


def saved_fault(clerk: Colleague, number: int, name: str) -> str:
    path = f"/console/office-files/categories/category/{number}"
    begun = re.search(r'name="begun_with" value="(\w{64})"', clerk.opens(path).text)
    assert begun
    return clerk.sends(path, {"name": name, "begun_with": begun[1]}).text
