"""How to apply for what is not disclosed, the form for it, and how to ask what became of an application."""

from __future__ import annotations

import functools

from flask import Blueprint, Response, render_template, request

from config.contact import contact
from content.services.office import Office

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def blueprint(office: Office) -> Blueprint:
    """`/apply`, `/apply/form`, `/apply/form.docx`, `/apply/status`."""
    pages = Blueprint("apply", __name__)

    @pages.get("/apply")
    def how() -> str:
        return render_template("apply.html")

    @pages.get("/apply/form")
    def form() -> str:
        from content.render import application_form  # docx loads slowly

        return render_template("apply_form.html", form=application_form)

    @pages.get("/apply/form.docx")
    def word_file() -> Response:
        from content.render import application_form

        response = Response(_word_file(office.name, contact(office.home).desk), mimetype=WORD)
        response.headers.set("Content-Disposition", "attachment", filename=f"{application_form.TITLE}.docx")
        response.headers["Cache-Control"] = "no-cache"
        response.add_etag()
        response.make_conditional(request)
        return response

    @pages.get("/apply/status")
    def status() -> str:
        return render_template("apply_status.html", given=request.args.get("number", "")[:40])

    return pages


@functools.lru_cache(maxsize=4)
def _word_file(office_name: str, desk: str) -> bytes:
    from content.render import application_form

    return application_form.word_file(office_name, desk)
