"""Letters: a citizen asks for a person, staff answer, and no answer is called sent that was not.

The openid is kept encrypted until the letter is closed. An answer goes out as a customer-service message within 48 hours
of the citizen's last one; when the platform refuses, or nobody knows whether it went out, the citizen gets it with the
next message. The ledger learns who answered which letter, never a word of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from content.rules.citizens.letters import LISTENING, LONGEST_ANSWER, AnswerState, in_time
from content.rules.errors import BadInput, Conflict, GongkaiError
from content.rules.language import plain_text
from content.rules.people import Right
from content.services.office import Office
from content.services.ports import Channel
from content.store import people
from content.store.citizens import letters
from content.store.disk import sealing
from content.store.figures import ledger
from content.store.tables import Letter, LetterMessage


@dataclass(frozen=True)
class CitizenMessage:
    """One message of a citizen. `asker` is a keyed hash, `delivery` names the message whatever is repeated."""

    asker: str
    openid: str
    delivery: str
    at: datetime
    origin: str = ""  # what made it a message for staff, if they were not asked for: 危险：着火, 转来：欠薪


@dataclass(frozen=True)
class AnswerOutcome:
    """What became of an answer; `why` it was not sent."""

    state: AnswerState
    why: str = ""


def hear(office: Office, heard: CitizenMessage, text: str) -> int:
    """Keeps what a citizen wrote to a person: in the open letter, or as a new one; the letter's number.

    Repeats change nothing. What follows belongs to the letter, unless the message was handed over from a question.
    """
    with office.store.write() as session:
        letter = letters.of(session, heard.asker)
        if letters.is_known(session, heard.delivery):
            return letter.id if letter else 0
        letter = letter or _new(office, session, heard)
        letter.heard_at = heard.at
        if not heard.origin:
            letter.listening_until = heard.at + LISTENING
        if text:
            said = LetterMessage(letter_id=letter.id, text=text, at=heard.at, delivery=heard.delivery)
            said.origin = heard.origin
            session.add(said)
        number = letter.id
    office.board.changed()
    return number


def mine(office: Office, asker: str) -> tuple[Letter, list[LetterMessage]] | None:
    """The open letter of a citizen, and what was said in it."""
    with office.store.read() as session:
        letter = letters.of(session, asker)
        messages = letters.said(session, letter.id) if letter else []
        return (letter, messages) if letter and messages else None


def take_back(office: Office, asker: str, now: datetime) -> str:
    """Empties the last message that a citizen wrote in the open letter; its text, or nothing if there is none.

    A letter in which nothing is left is closed. What staff have answered already stays.
    """
    with office.store.write() as session:
        letter = letters.of(session, asker)
        standing = [message for message in letters.said(session, letter.id) if message.text] if letter else []
        if letter is None or not standing or standing[-1].author:
            return ""
        text, standing[-1].text = standing[-1].text, ""
        if len(standing) == 1:
            letter.openid, letter.listening_until, letter.closed_at = "", None, now
    office.board.changed()
    return text


def listens(office: Office, asker: str, now: datetime) -> bool:
    """Whether what an asker writes now belongs to a letter."""
    if asker not in office.board.seen().awaiting:
        return False
    with office.store.read() as session:
        letter = letters.of(session, asker)
        return letter is not None and letter.listening_until is not None and now < letter.listening_until


def stop_listening(office: Office, asker: str) -> None:
    """What the asker writes next is a question again."""
    with office.store.write() as session:
        letter = letters.of(session, asker)
        if letter is not None:
            letter.listening_until = None


def listing(office: Office) -> list[tuple[Letter, list[LetterMessage]]]:
    """The open letters in which something is written, oldest first, each with all that was said."""
    with office.store.read() as session:
        found = [(letter, letters.said(session, letter.id)) for letter in letters.standing(session)]
    return [(letter, messages) for letter, messages in found if messages]


def reply(office: Office, channel: Channel, number: int, *, text: str, username: str) -> AnswerOutcome:
    """Answers a letter: sent now if the platform takes it, else kept for the citizen's next message.

    Raises NotAllowed, NotFound, BadInput, Conflict for a closed letter.
    """
    words = plain_text.clean(text).strip()
    if not words or len(words.encode()) > LONGEST_ANSWER:
        raise BadInput(f"回复要有内容，最多 {LONGEST_ANSWER // 3} 个汉字左右（现在约 {len(words.encode()) // 3} 个）。")
    now = office.clock.now()
    with office.store.write() as session:
        role = _role(session, username)
        letter = _open(session, number)
        message = LetterMessage(letter_id=number, author=username, text=words, at=now, state=AnswerState.SENDING)
        session.add(message)
        session.flush()
    office.board.changed()
    outcome = _send(office, channel, letter, words)
    with office.store.write() as session:
        letters.settle(session, message.id, outcome.state, before=[AnswerState.SENDING], at=now, why=outcome.why)
        ledger.append(session, kind="letter.answered", actor=username, role=role, subject=f"letter:{number}", at=now,
                      message=message.id, outcome=str(outcome.state))  # fmt: skip
    office.board.changed()
    return outcome


def close(office: Office, number: int, *, username: str) -> None:
    """Ends a letter and erases the openid; an answer that waits is still told. Raises NotAllowed, NotFound, Conflict."""
    now = office.clock.now()
    with office.store.write() as session:
        role = _role(session, username)
        letter = _open(session, number)
        letter.openid, letter.listening_until, letter.closed_at, letter.closed_by = "", None, now, username
        ledger.append(session, kind="letter.closed", actor=username, role=role, subject=f"letter:{number}", at=now)
    office.board.changed()


def _send(office: Office, channel: Channel, letter: Letter, words: str) -> AnswerOutcome:
    if not in_time(letter.heard_at, office.clock.now()):
        return AnswerOutcome(AnswerState.WAITING, "对方上次来信已超过 48 小时，微信不让再主动发。")
    try:
        channel.tell(sealing.unseal(office.home, letter.openid), f"工作人员回复：\n{words}")
    except GongkaiError as error:  # Unanswered too: said twice is better than never
        return AnswerOutcome(AnswerState.WAITING, error.message[:1000])
    return AnswerOutcome(AnswerState.SENT)


def _new(office: Office, session: Session, heard: CitizenMessage) -> Letter:
    letter = Letter(asker=heard.asker, openid=sealing.seal(office.home, heard.openid), opened_at=heard.at,
                    heard_at=heard.at)  # fmt: skip
    session.add(letter)
    session.flush()
    return letter


def _open(session: Session, number: int) -> Letter:
    letter = letters.find(session, number)
    if letter.closed_at is not None:
        raise Conflict(f"第 {number} 封来信已经结束了。")
    return letter


def _role(session: Session, username: str) -> str:
    return people.actor(session, username, Right.ANSWER, what="回复来信").role
