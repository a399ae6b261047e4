"""The entries of 固定答复, each with a form of its own: what is wrong stands at its field, and nothing typed is lost."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.citizens.office_files import TELLS
from bot.console.family import PageFamily, opened
from bot.console.wording import plain, said
from content.rules.errors import BadInput, Conflict
from content.rules.people import Right
from content.services.citizens import entry_forms, file_entries, office_files
from content.services.citizens.entry_forms import EntryField, EntryTable
from content.services.citizens.entry_text import FileEntry
from content.services.citizens.file_entries import NEW, FaultyEntry

pages = Blueprint("file_entries", __name__, url_prefix="/office-files")
FAMILY = PageFamily(pages)


@pages.get("/<name>")
@opened(Right.ANSWER)
def listing(name: str) -> str:
    """The entries of a file, by its tables."""
    office = context.office()
    file = office_files.one(office, name)
    try:
        tables, fault = file_entries.every(office, name), ""
    except BadInput as error:
        tables, fault = [], plain(error.message)
    return render_template("console/file_entries.html", file=file, tells=TELLS, tables=tables, fault=fault, beside=file_entries.beside,
                           has_former=bool(office_files.former(office, name)), LISTS=file_entries.LISTS)  # fmt: skip


@pages.get("/<name>/<table>/new")
@opened(Right.ANSWER)
def new(name: str, table: str) -> str:
    """An empty form."""
    own, entry = file_entries.find(context.office(), name, table, NEW)
    return _form(name, own, entry, request.args.to_dict())


@pages.post("/<name>/<table>/new")
@opened(Right.ANSWER)
def add(name: str, table: str) -> Response:
    """Adds an entry."""
    if forms.is_second_press():
        return forms.done(url_for("console.file_entries.listing", name=name), said("sent_already"), "tell")
    return _save(name, table, NEW)


@pages.get("/<name>/<table>/<int:number>")
@opened(Right.ANSWER)
def edit(name: str, table: str, number: int) -> str:
    """One entry, to be changed."""
    own, entry = file_entries.find(context.office(), name, table, number)
    return _form(name, own, entry, {})


@pages.post("/<name>/<table>/<int:number>")
@opened(Right.ANSWER)
def change(name: str, table: str, number: int) -> Response:
    """Changes it."""
    return _save(name, table, number)


@pages.post("/<name>/<table>/<int:number>/remove")
@opened(Right.ANSWER)
def remove(name: str, table: str, number: int) -> Response:
    """Takes it out, unless another entry needs it."""
    office, begun_with = context.office(), request.form.get("begun_with", "")
    own, entry = file_entries.begun(office, name, table, number, begun_with)
    try:
        file_entries.remove(office, name, table, number, begun_with=begun_with, username=context.visitor().username)
    except FaultyEntry as error:
        return Response(_form(name, own, entry, {}, error.faults), 400, mimetype="text/html")
    return forms.done(url_for("console.file_entries.listing", name=name), said("entry_removed", name=entry.title))


def _save(name: str, table: str, number: int) -> Response:
    office, given, begun_with = context.office(), request.form.to_dict(), request.form.get("begun_with", "")
    try:
        file_entries.save(
            office, name, table, number, given, begun_with=begun_with, username=context.visitor().username
        )
    except FaultyEntry as error:
        forms.may_come_again()
        own, entry = file_entries.begun(office, name, table, number, begun_with)
        page = _form(name, own, entry, given, error.faults)
        return Response(page, 400, mimetype="text/html")
    except Conflict as error:
        forms.may_come_again()
        return Response(_late(name, table, number, given, plain(error.message)), 409, mimetype="text/html")
    title = given.get(entry_forms.title_of(name, table), "") or said("this_list")
    return forms.done(url_for("console.file_entries.listing", name=name), said("entry_saved", name=title))


def _late(name: str, table: str, number: int, given: dict[str, str], sentence: str) -> str:
    """The form with what a colleague made of the entry beside it; what is gone is added again."""
    office = context.office()
    now = file_entries.standing(office, name, table, number, given)
    if now is None:
        own, entry = file_entries.find(office, name, table, NEW)
        return _form(name, own, entry, given, [("", said("entry_gone"))])
    own, entry = file_entries.find(office, name, table, now.place)
    return _form(name, own, entry, given, [("", sentence)], now=file_entries.differing(own, entry.values, given))


def _form(
    name: str, table: EntryTable, entry: FileEntry, given: dict[str, str], faults: list[tuple[str, str]] | None = None,
    *, now: list[tuple[EntryField, str]] | None = None,
) -> str:  # fmt: skip
    office = context.office()
    values = {field.name: given[field.name] if field.name in given else entry_forms.shown(field, entry.values.get(field.name))
              for field in table.fields}  # fmt: skip
    at_fields = {field: words for field, words in reversed(faults or ()) if field}
    return render_template(
        "console/file_entry.html", file=office_files.one(office, name), table=table, entry=entry, values=values,
        faults=faults or [], at_fields=at_fields, now=dict((field.name, text) for field, text in now or ()),
        positions=file_entries.positions(office, name, table, entry.place), position=given.get("position", ""),
        LISTS=file_entries.LISTS,
    )  # fmt: skip
