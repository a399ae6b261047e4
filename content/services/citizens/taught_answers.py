"""Questions teach: what citizens asked in vain, grouped by likeness; staff answer once, the next citizen gets it.

The ledger learns which guide or synonym was added and by whom, never what citizens asked.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.rules.errors import BadInput, Conflict, NotFound
from content.rules.language import plain_text
from content.rules.language.query import vocabulary
from content.rules.language.similarity import groups, terms
from content.rules.people import Right
from content.services.citizens import question_log
from content.services.office import Office
from content.store import people
from content.store.citizens import questions
from content.store.citizens.conversation_cache import CachedRows
from content.store.figures import ledger
from content.store.tables import Question, Synonym, TaughtAnswer

DAYS = 30  # how far back the list goes
LONGEST_ANSWER = 1500  # bytes; a reply holds 1,800, and news for the citizen may be added to it
LONGEST_FORM = 60  # characters; a longer question tells a person's own story, which is not kept as an example
MOST_FORMS = 20
LONGEST_WORD = 12  # characters of a synonym


@dataclass(frozen=True)
class QuestionGroup:
    """Questions that are alike. `id` is its oldest question's, `text` its most frequent one."""

    id: int
    text: str
    asked: int
    nothing_found: int
    not_opened: int
    unhelped: int
    last_asked_at: datetime
    texts: tuple[str, ...]  # each once, the most frequent first


def in_vain(office: Office, days: int = DAYS) -> list[QuestionGroup]:
    """What was asked in vain in the last days and is not taught yet, the most frequent first."""
    question_log.bring_in(office)
    since = office.clock.now() - timedelta(days=days)
    with office.store.read() as session:
        taught = [(row.word, row.created_at) for row in _standing_synonyms(session)]
        rows = questions.badly_answered(session, since)
    seen = office.board.seen()
    rows = [row for row in rows if not _is_taught(row, seen, taught)]
    known = [terms(row.text, vocabulary()) for row in rows]
    found = [_group([rows[place] for place in places]) for places in groups(known)]
    return sorted(found, key=lambda group: (-group.asked, -group.last_asked_at.timestamp(), group.id))


def answer(office: Office, asked: str, *, text: str, username: str, in_words: bool = False) -> int:
    """A guide for a group of the list (its number) or for a question in words; its id.

    `in_words`: the question stands there itself, also where it is digits. Raises NotAllowed, NotFound, BadInput.
    """
    reply = plain_text.clean(text).strip()
    size = len(reply.encode())
    if not reply or size > LONGEST_ANSWER:
        raise BadInput(f"答复要有内容，最多 {LONGEST_ANSWER // 3} 个汉字左右（现在约 {size // 3} 个）。")
    forms = _forms(office, asked, in_words)
    now = office.clock.now()
    with office.store.write() as session:
        role = _role(session, username)
        guide = TaughtAnswer(
            forms=json.dumps(forms, ensure_ascii=False), answer=reply, created_at=now, created_by=username
        )
        session.add(guide)
        session.flush()
        ledger.append(session, kind="guide.added", actor=username, role=role, subject=f"guide:{guide.id}", at=now,
                      forms=len(forms), sha256=_sha(reply))  # fmt: skip
    office.board.changed()
    return guide.id


def same_as(office: Office, asked: str, *, word: str, username: str, in_words: bool = False) -> tuple[str, str]:
    """From now on citizens' word (or the one word of a group) finds the notices' `word`; both as they are kept.

    `in_words`: as in `answer`.

    Raises NotAllowed, NotFound, BadInput, Conflict if that stands already.
    """
    said, meant = _one_word(office, asked, in_words), plain_text.normalise(word)
    if not plain_text.terms(meant) or len(meant) > LONGEST_WORD or meant == said:
        raise BadInput(f"同义词要写公开信息里用的词，最多 {LONGEST_WORD} 个字，和群众说的不一样。")
    now = office.clock.now()
    with office.store.write() as session:
        role = _role(session, username)
        if any((row.word, row.same_as) == (said, meant) for row in _standing_synonyms(session)):
            raise Conflict(f"“{said}”同“{meant}”已经记过了。")
        synonym = Synonym(word=said, same_as=meant, created_at=now, created_by=username)
        session.add(synonym)
        session.flush()
        ledger.append(session, kind="synonym.added", actor=username, role=role, subject=f"synonym:{synonym.id}",
                      at=now, sha256=_sha(f"{said}\n{meant}"))  # fmt: skip
    office.board.changed()
    return said, meant


def taught(office: Office) -> tuple[list[TaughtAnswer], list[Synonym]]:
    """What stands of what staff taught, oldest first."""
    with office.store.read() as session:
        guides = session.scalars(
            select(TaughtAnswer).where(TaughtAnswer.withdrawn_at.is_(None)).order_by(TaughtAnswer.id)
        )
        return list(guides), _standing_synonyms(session)


def withdraw(office: Office, subject: str, *, username: str) -> None:
    """Takes `guide:3` or `synonym:3` back; citizens no longer get it. Raises NotAllowed, NotFound, Conflict."""
    kind, _, number = subject.partition(":")
    if kind not in {"guide", "synonym"} or not (number.isascii() and number.isdigit() and len(number) < 10):
        raise NotFound("请写成 guide:3 或 synonym:3，编号见 gongkai questions taught。")
    now = office.clock.now()
    with office.store.write() as session:
        role = _role(session, username)
        row = session.get(TaughtAnswer, int(number)) if kind == "guide" else session.get(Synonym, int(number))
        if row is None:
            raise NotFound(f"没有 {subject}，编号见 gongkai questions taught。")
        if row.withdrawn_at is not None:
            raise Conflict(f"{subject} 已经停用了。")
        row.withdrawn_at, row.withdrawn_by = now, username
        kinds = {"guide": "guide.withdrawn", "synonym": "synonym.withdrawn"}
        ledger.append(session, kind=kinds[kind], actor=username, role=role, subject=subject, at=now)
    office.board.changed()


def _is_taught(row: Question, seen: CachedRows, synonyms: Sequence[tuple[str, datetime]]) -> bool:
    folded = plain_text.normalise(row.text)
    found_since = not row.answered and any(word in folded and row.asked_at <= since for word, since in synonyms)
    return found_since or seen.guide(row.text) is not None


def _group(rows: Sequence[Question]) -> QuestionGroup:
    texts = [text for text, _ in Counter(row.text for row in rows).most_common()]
    found_nothing = sum(not row.answered for row in rows)
    not_opened = sum(row.answered and row.opened_at is None for row in rows)
    return QuestionGroup(
        id=min(row.id for row in rows),
        text=texts[0],
        asked=len(rows),
        nothing_found=found_nothing,
        not_opened=not_opened,
        unhelped=sum(row.unhelped_at is not None for row in rows),
        last_asked_at=max(row.asked_at for row in rows),
        texts=tuple(texts),
    )


def _chosen(office: Office, asked: str) -> QuestionGroup | None:
    """The group of that number; None if it is no number. Raises NotFound."""
    if not (asked.isascii() and asked.isdigit()):
        return None
    for group in in_vain(office, days=366):
        if str(group.id) == asked:
            return group
    raise NotFound(f"没有第 {asked} 组提问，编号见 gongkai questions list。")


def _forms(office: Office, asked: str, in_words: bool) -> list[str]:
    group = None if in_words else _chosen(office, asked.strip())
    texts = group.texts if group else (plain_text.one_line(plain_text.mask(asked)),)
    forms = [text for text in texts if len(text) <= LONGEST_FORM and terms(text, vocabulary())]
    if not forms:
        raise BadInput(
            f"请把这类提问写成一句短话（最多 {LONGEST_FORM} 个字），例如：gongkai questions answer 公租房怎么退租 …"
        )
    return forms[:MOST_FORMS]


def _one_word(office: Office, asked: str, in_words: bool) -> str:
    group = None if in_words else _chosen(office, asked.strip())
    words = (
        plain_text.runs(vocabulary().core(plain_text.normalise(group.text))) if group else [plain_text.normalise(asked)]
    )
    if len(words) != 1 or len(words[0]) > LONGEST_WORD or not plain_text.terms(words[0]):
        raise BadInput(
            f"请写明群众说的是哪个词（最多 {LONGEST_WORD} 个字），例如：gongkai questions answer 老年卡 --same-as 敬老优待证"
        )
    return words[0]


def _role(session: Session, username: str) -> str:
    return people.actor(session, username, Right.ANSWER, what="答复群众").role


def _standing_synonyms(session: Session) -> list[Synonym]:
    return list(session.scalars(select(Synonym).where(Synonym.withdrawn_at.is_(None)).order_by(Synonym.id)))


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
