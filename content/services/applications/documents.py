"""The documents of an application as Word files, from templates that the office may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from config import document_templates
from config.contact import contact
from config.document_templates import DocumentText
from content.rules.applications import document_template, fees
from content.rules.applications.document_template import ANSWERS, BLANK, STEPS
from content.rules.applications.receipt import RULES, ReceiptChannel
from content.rules.applications.steps import Step
from content.rules.errors import BadInput, NotFound
from content.rules.people import Right
from content.services.applications import register
from content.services.applications.register import RegisterPage
from content.services.office import Office
from content.store import people
from content.store.disk import atomic_write
from content.store.figures import ledger
from content.store.tables import ApplicationStep

OWN_LINE = frozenset({"correction", "fee"})  # in these a note stands as a sentence of its own


@dataclass(frozen=True)
class DocumentFile:
    """A Word file, and what is left to fill in by hand."""

    name: str
    data: bytes
    blanks: tuple[str, ...]


@dataclass(frozen=True)
class TemplateState:
    """A template with what is wrong with it."""

    template: DocumentText
    faults: tuple[str, ...]


def templates(office: Office) -> list[TemplateState]:
    """All templates, in the order of an application's life."""
    return [template(office, kind) for kind in document_templates.kinds()]


def template(office: Office, kind: str) -> TemplateState:
    """A template. Raises NotFound."""
    if kind not in document_templates.kinds():
        known = "、".join(f"{kind} {name}" for kind, name in document_templates.kinds().items())
        raise NotFound(f"没有“{kind}”这种文书。有的是：{known}。")
    found = document_templates.read(office.home, kind)
    return TemplateState(found, (found.fault,) if found.fault else tuple(document_template.faults(kind, found.text)))


def change(office: Office, kind: str, text: str, *, username: str) -> None:
    """The office's own text for a template; an empty one brings back what came along. Raises BadInput, NotAllowed, NotFound."""
    template(office, kind)
    plain = text.replace("\r\n", "\n").strip()
    with office.store.read() as session:
        people.actor(session, username, Right.REGISTER, what="改文书模板")
    if len(plain) > document_templates.LONGEST:
        raise BadInput(f"模板太长，最多 {document_templates.LONGEST} 个字。")
    if plain and (faults := document_template.faults(kind, plain)):
        raise BadInput(" ".join(faults))
    path = document_templates.path(office.home, kind)
    if plain:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        atomic_write.put(path, f"{plain}\n".encode())
    else:
        path.unlink(missing_ok=True)
    with office.store.write() as session:
        actor = people.actor(session, username, Right.REGISTER, what="改文书模板")
        ledger.append(session, kind="template.changed", actor=username, role=actor.role, subject=f"template:{kind}",
                      at=office.clock.now(), own=bool(plain))  # fmt: skip


def possible(page: RegisterPage) -> dict[str, str]:
    """The documents that this application can have now: kind and name."""
    if page.form is None:
        return {}
    taken = {Step(step.step) for step in page.line.steps}
    outcome = page.line.application.outcome
    return {kind: name for kind, name in document_templates.kinds().items()
            if kind == "receipt" or STEPS.get(kind) in taken or (outcome and ANSWERS.get(kind) == outcome[0])}  # fmt: skip


def make(office: Office, number: str, kind: str, *, username: str) -> DocumentFile:
    """A document as a Word file. Raises BadInput, which names a faulty template, NotAllowed, NotFound."""
    from content.render import application_document  # docx loads slowly

    state, page = template(office, kind), register.page(office, number, username=username)
    name = state.template.name
    if state.faults:
        raise BadInput(f"文书模板“{name}”有错：{' '.join(state.faults)}请改好，或者恢复自带的。")
    if kind not in possible(page):
        raise BadInput(f"这件申请现在还没有“{name}”：{_why_not(page, kind)}")
    filled = document_template.fill(state.template.text, _values(office, page, kind))
    data = application_document.write(filled, org=office.name, at=office.clock.now())
    return DocumentFile(f"{name.replace('（', '-').replace('）', '')}-{number}.docx", data, filled.blanks)


def _why_not(page: RegisterPage, kind: str) -> str:
    if page.form is None:
        return "申请人的信息已按规定删除。"
    return "要等答复以后，按办理结果出。" if kind in ANSWERS else "要先在登记簿里办这一步。"


def _values(office: Office, page: RegisterPage, kind: str) -> Mapping[str, str]:
    row, form, known = page.line.application, page.form, contact(office.home)
    assert form is not None
    step, note = _told(page, kind)
    received = row.received_on or row.arrived_on
    clock = page.line.clock
    due = clock.due if clock else None
    values = {
        "申请人": form.name, "编号": str(row.number), "收到日期": _day(received), "申请内容": form.wanted or BLANK,
        "渠道": RULES[ReceiptChannel(row.channel)].words, "说明": note, "单位": office.name,
        "受理机构": known.desk or office.name, "地址": known.address, "电话": known.phone,
        "查询网址": f"{office.base_url}/apply/status?number={row.number}", "今天": _day(office.clock.today()),
        "办理日期": _day(step.done_on if step else received), "答复期限": _day(due) if due else "",
        "获取方式": form.way, "载体": form.carrier,
    }  # fmt: skip
    if step:
        values |= {
            "天数": str(step.days or ""),
            "金额": str(step.amount or ""),
            "收费方式": fees.BASIS_WORDS.get(step.basis, ""),
        }
    if row.outcome:
        values |= {"结果": document_template.REASONS[row.outcome], "依据": document_template.GROUNDS[row.outcome],
                   "救济途径": document_template.remedy(row.outcome, review=known.review_body, court=known.court)}  # fmt: skip
    return values


def _told(page: RegisterPage, kind: str) -> tuple[ApplicationStep | None, str]:
    """The step that a document tells of, and its note. Of an extension the office wrote the reason, the head consents."""
    wanted = Step.ANSWER if kind in ANSWERS else STEPS.get(kind)
    told = {Step(step.step): (step, note) for step, note in zip(page.line.steps, page.notes, strict=True)}
    if wanted is None or wanted not in told:
        return None, ""
    step, note = told[wanted]
    if wanted is Step.EXTEND and Step.ASK_EXTENSION in told:
        note = told[Step.ASK_EXTENSION][1]
    return step, note if kind in ANSWERS or kind in OWN_LINE else note.rstrip("。")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
