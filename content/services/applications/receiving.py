"""Taking an application in: from the citizens' page, or by hand for letters and visits."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from content.rules.applications import receipt
from content.rules.applications.form_fields import ApplicationForm
from content.rules.applications.receipt import ReceiptChannel
from content.rules.applications.steps import ApplicationState
from content.rules.errors import BadInput
from content.rules.people import Right
from content.services.applications import personal_data
from content.services.office import Office
from content.store import applications, people
from content.store.figures import ledger
from content.store.tables import Application, ApplicationFile

MOST_FILES, LARGEST_FILE, LARGEST_TOGETHER = 5, 5 * 1024 * 1024, 10 * 1024 * 1024
KINDS = {
    b"\xff\xd8\xff": ".jpg",
    b"\x89PNG\r\n": ".png",
    b"%PDF-": ".pdf",
    b"PK\x03\x04": ".docx",
}  # by their first bytes
LONGEST_NAME = 200


@dataclass(frozen=True)
class IncomingFile:
    """A file as it came."""

    name: str
    data: bytes


def from_web(office: Office, form: ApplicationForm, files: Sequence[IncomingFile]) -> str:
    """Takes in what a citizen sent; its number. The same again on the same day is the same application. Raises BadInput."""
    check_files(files)
    sent = _digest(office, form, files)
    with office.store.read() as session:
        if known := applications.by_token(session, sent):
            return str(known.number)
    kept = [_keep(office, file) for file in files]
    try:
        with office.store.write() as session:
            row = _row(office, form, channel=ReceiptChannel.WEB, arrived=office.clock.today(), sent=sent)
            return _add(session, row, kept, actor="citizen", role="")
    except IntegrityError:  # the same form came in another process at the same moment
        with office.store.read() as session:
            if known := applications.by_token(session, sent):
                return str(known.number)
        raise


def by_hand(
    office: Office,
    form: ApplicationForm,
    *,
    channel: ReceiptChannel,
    arrived: date,
    username: str,
    files: Sequence[IncomingFile] = (),
) -> str:
    """Takes in a letter, a visit or a fax; its number. Raises BadInput, NotAllowed, NotFound."""
    check_files(files)
    if arrived > office.clock.today():
        raise BadInput(f"收到的日期 {arrived} 还没有到。请核对。")
    with office.store.read() as session:
        people.actor(session, username, Right.REGISTER, what="登记信息公开申请")
    kept = [_keep(office, file) for file in files]
    with office.store.write() as session:
        actor = people.actor(session, username, Right.REGISTER, what="登记信息公开申请")
        row = _row(office, form, channel=channel, arrived=arrived, sent=None)
        row.created_by = username
        return _add(session, row, kept, actor=username, role=actor.role)


def check_files(files: Sequence[IncomingFile]) -> None:
    """Raises BadInput for too many files, too large ones, and kinds that nobody needs here."""
    if len(files) > MOST_FILES:
        raise BadInput(f"附件最多 {MOST_FILES} 个，现在有 {len(files)} 个。")
    for file in files:
        if len(file.data) > LARGEST_FILE:
            raise BadInput(
                f"附件“{file.name}”超过 {LARGEST_FILE // 1024**2} MB。请把照片缩小，或者拍得清楚一点、小一点再传。"
            )
        if not file.data.startswith(tuple(KINDS)):
            raise BadInput(f"附件“{file.name}”不能用。可以用的是照片（.jpg、.png）、.pdf 和 .docx。")
    if sum(len(file.data) for file in files) > LARGEST_TOGETHER:
        raise BadInput(f"附件一共超过 {LARGEST_TOGETHER // 1024**2} MB。请少传几个，或者把照片缩小。")


def _digest(office: Office, form: ApplicationForm, files: Sequence[IncomingFile]) -> str:
    """What names a form and its files on this day; keyed, since it is made of personal data."""
    parts = [str(office.clock.today()), *(str(getattr(form, name)) for name in form.__dataclass_fields__)]
    parts += [hashlib.sha256(file.data).hexdigest() for file in files]
    return personal_data.keyed(office.home, "\0".join(parts))


def _keep(office: Office, file: IncomingFile) -> ApplicationFile:
    """The file on disk, encrypted; its row is not written yet."""
    sha256 = office.files.keep(personal_data.seal_bytes(office.home, file.data))
    name = personal_data.seal(office.home, file.name[-LONGEST_NAME:])
    return ApplicationFile(name=name, size=len(file.data), sha256=sha256)


def _row(
    office: Office, form: ApplicationForm, *, channel: ReceiptChannel, arrived: date, sent: str | None
) -> Application:
    waits = receipt.RULES[channel].confirmed
    return Application(
        sent=sent, channel=channel, applicant=form.kind, arrived_on=arrived, received_on=None if waits else arrived,
        state=ApplicationState.ARRIVED if waits else ApplicationState.HANDLING, created_at=office.clock.now(),
        sealed=personal_data.seal_form(office.home, form), phone=personal_data.phone_hash(office.home, form.phone),
    )  # fmt: skip


def _add(session: Session, row: Application, files: Sequence[ApplicationFile], *, actor: str, role: str) -> str:
    session.add(row)
    session.flush()
    row.number = f"{row.arrived_on.year}-{row.id:04d}"
    for file in files:
        file.application_id = row.id
        session.add(file)
    received = row.received_on.isoformat() if row.received_on else None
    ledger.append(session, kind="application.taken", actor=actor, role=role, subject=f"application:{row.id}",
                  at=row.created_at, channel=row.channel, applicant=row.applicant, arrived_on=row.arrived_on.isoformat(),
                  received_on=received)  # fmt: skip
    return row.number
