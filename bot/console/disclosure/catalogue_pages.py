"""目录: the items of what must be disclosed; edited one by one, or taken in and written out as a sheet."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask import Blueprint, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import PageFamily, opened
from bot.console.wording import plain, said
from bot.web import uploads
from content.rules.catalogue import time_limits
from content.rules.catalogue.catalogue_columns import NEEDED, WORDS
from content.rules.errors import BadInput, GongkaiError, NotFound
from content.rules.people import Right
from content.services.catalogue import catalogue_editing, catalogue_sheets
from content.store.tables import CatalogueItem

pages = Blueprint("catalogue", __name__, url_prefix="/catalogue")
FAMILY = PageFamily(pages)


@pages.get("/")
@opened()
def listing() -> str:
    """All items, by their first level."""
    return _page()


@pages.post("/import")
@opened(Right.REGISTER)
def take_in() -> Response:
    """A sheet with the national columns; rows that cannot be read are named."""
    try:
        files = uploads.incoming(request.files.getlist("file"))
        if not files:
            raise BadInput(said("no_catalogue_file"))
        receipt = catalogue_sheets.take_in_bytes(context.office(), files[0].data, files[0].name, username=context.visitor().username,
                                                 complete=request.form.get("complete") == "yes")  # fmt: skip
    except GongkaiError as error:
        return Response(_page(fault=plain(error.message)), 400, mimetype="text/html")
    sentence = said(
        "catalogue_imported",
        new=receipt.new,
        changed=receipt.changed,
        unchanged=receipt.unchanged,
        withdrawn=receipt.withdrawn,
    )
    if receipt.refused:
        return Response(_page(done=sentence, refused=receipt.refused), mimetype="text/html")
    return forms.done(url_for("console.catalogue.listing"), sentence)


@pages.get("/export.xlsx")
@opened()
def export() -> Response:
    """The whole catalogue as a sheet that can be taken in again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.xlsx"
        catalogue_sheets.write(context.office(), path)
        return send_file(path, as_attachment=True, download_name="政务公开目录.xlsx")


@pages.get("/new")
@opened(Right.REGISTER)
def new() -> str:
    """An empty form."""
    return _form(None, {}, {})


@pages.post("/new")
@opened(Right.REGISTER)
def add() -> Response:
    """Adds an item."""
    return _save(None)


@pages.get("/<int:number>")
@opened(Right.REGISTER)
def edit(number: int) -> str:
    """One item, to be changed."""
    item = _item(number)
    return _form(item, {name: getattr(item, name) for name in WORDS}, {})


@pages.post("/<int:number>")
@opened(Right.REGISTER)
def change(number: int) -> Response:
    """Changes it, or takes it out."""
    if request.form.get("withdraw"):
        catalogue_editing.withdraw(context.office(), number, username=context.visitor().username)
        return forms.done(url_for("console.catalogue.listing"), said("item_withdrawn"))
    _item(number)
    return _save(number)


def _save(number: int | None) -> Response:
    given = request.form.to_dict()
    _, faults = catalogue_editing.read(given)
    try:
        if not faults:
            catalogue_editing.save(context.office(), number, given, username=context.visitor().username)
            return forms.done(url_for("console.catalogue.listing"), said("item_saved"))
    except GongkaiError as error:
        faults = {"second": plain(error.message)}
    return Response(_form(_item(number) if number else None, given, faults), 400, mimetype="text/html")


def _item(number: int) -> CatalogueItem:
    found = next((item for item in catalogue_sheets.standing(context.office()) if item.id == number), None)
    if found is None:
        raise NotFound(said("no_such_item"))
    return found


def _form(item: CatalogueItem | None, given: dict[str, str], faults: dict[str, str]) -> str:
    limit = time_limits.read(given.get("time_limit", "")).words if given.get("time_limit") else ""
    return render_template("console/disclosure/item.html", item=item, given=given, faults=faults, words=WORDS, needed=NEEDED,
                           limit=limit, long=catalogue_editing.LONG)  # fmt: skip


def _page(fault: str = "", done: str = "", refused: tuple[tuple[int, str], ...] = ()) -> str:
    groups: dict[str, list[CatalogueItem]] = {}
    for item in catalogue_sheets.standing(context.office()):
        groups.setdefault(item.first, []).append(item)
    disclosed = catalogue_sheets.disclosed(context.office())
    return render_template("console/disclosure/catalogue.html", groups=groups, total=sum(map(len, groups.values())), fault=fault,
                           done=done, refused=refused, disclosed=disclosed, limits=time_limits)  # fmt: skip
