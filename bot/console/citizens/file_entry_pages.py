"""The entries of 固定答复, each with a form of its own: what is wrong stands at its field, and nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.citizens.office_files import TELLS
from bot.console.family import PageFamily, opened
from bot.console.wording import plain, said
from content.rules.errors import BadInput, Conflict
from content.rules.people import Right
from content.services.citizens import entry_forms, file_entries, office_files
from content.services.citizens.file_entries import NEW, EntryPlace, FaultyEntry

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
    return _form(EntryPlace(name, table, NEW), {})


@pages.post("/<name>/<table>/new")
@opened(Right.ANSWER)
def add(name: str, table: str) -> Response:
    """Adds an entry."""
    if forms.is_second_press():
        return forms.done(url_for("console.file_entries.listing", name=name), said("sent_already"), "tell")
    return _save(EntryPlace(name, table, NEW))


@pages.get("/<name>/<table>/<int:number>")
@opened(Right.ANSWER)
def edit(name: str, table: str, number: int) -> str:
    """One entry, to be changed."""
    return _form(EntryPlace(name, table, number), {})


@pages.post("/<name>/<table>/<int:number>")
@opened(Right.ANSWER)
def change(name: str, table: str, number: int) -> Response:
    """Changes it."""
    return _save(EntryPlace(name, table, number))


@pages.post("/<name>/<table>/<int:number>/remove")
@opened(Right.ANSWER)
def remove(name: str, table: str, number: int) -> Response:
    """Takes it out, unless another entry needs it."""
    office, where, begun_with = context.office(), EntryPlace(name, table, number), request.form.get("begun_with", "")
    _, entry = file_entries.begun(office, where, begun_with)
    try:
        file_entries.remove(office, where, begun_with=begun_with, username=context.visitor().username)
    except FaultyEntry as error:
        return Response(_form(replace(where, place=entry.place), {}, error.faults), 400, mimetype="text/html")
    return forms.done(url_for("console.file_entries.listing", name=name), said("entry_removed", name=entry.title))


def _save(where: EntryPlace) -> Response:
    office, given, begun_with = context.office(), request.form.to_dict(), request.form.get("begun_with", "")
    try:
        file_entries.save(office, where, given, begun_with=begun_with, username=context.visitor().username)
    except FaultyEntry as error:
        forms.may_come_again()
        _, entry = file_entries.begun(office, where, begun_with)
        page = _form(replace(where, place=entry.place), given, error.faults)
        return Response(page, 400, mimetype="text/html")
    except BadInput as error:  # of the file as a whole
        forms.may_come_again()
        return Response(_form(where, given, [("", plain(error.message))]), 400, mimetype="text/html")
    except Conflict as error:
        forms.may_come_again()
        return Response(_late(where, given, plain(error.message)), 409, mimetype="text/html")
    title = given.get(entry_forms.title_of(where.file, where.table), "") or file_entries.find(office, where)[0].label
    return forms.done(url_for("console.file_entries.listing", name=where.file), said("entry_saved", name=title))


def _late(where: EntryPlace, given: dict[str, str], sentence: str) -> str:
    """The form with what a colleague made of the entry beside it; what is gone is added again."""
    now = file_entries.standing(context.office(), where, given)
    if now is None:
        return _form(replace(where, place=NEW), given, [("", said("entry_gone"))])
    return _form(replace(where, place=now.place), given, [("", sentence)], is_late=True)


def _form(
    where: EntryPlace, given: dict[str, str], faults: list[tuple[str, str]] | None = None, *, is_late: bool = False
) -> str:
    office = context.office()
    table, entry = file_entries.find(office, where)
    values = {field.name: given.get(field.name, entry_forms.shown(field, entry.values.get(field.name)))
              for field in table.fields}  # fmt: skip
    now = file_entries.differing(table, entry.values, given) if is_late else []
    return render_template(
        "console/file_entry.html", file=office_files.one(office, where.file), table=table, entry=entry, values=values,
        faults=faults or [], at_fields={field: words for field, words in reversed(faults or ()) if field},
        now={field.name: text for field, text in now}, positions=file_entries.positions(office, where),
        position=given.get("position", ""), LISTS=file_entries.LISTS,
    )  # fmt: skip
