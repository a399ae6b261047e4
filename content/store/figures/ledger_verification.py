"""Walking the ledger's chain from its first entry, and holding it against signed heads."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from content.store.figures import ledger
from content.store.figures.ledger_signatures import SignedHead
from content.store.tables import LedgerEntry

Found = tuple[int, tuple[int, str] | None]


def walk(session: Session, signed: list[SignedHead]) -> Found:
    """How many entries hold, and the first that does not, with the reason; `signed` are good heads, lowest first."""
    try:
        return _walk(session, ledger.since(session, 0), signed)
    except ValueError:  # a time that is none, …: read singly to see which
        session.rollback()
        return _walk_to_the_unreadable(session, signed)


def holds_from(session: Session, number: int) -> bool:
    """Whether no entry from this one to the last is missing or changed."""
    previous = ledger.hash_at(session, number - 1)
    for place, entry in enumerate(ledger.since(session, number - 1), start=number):
        if previous is None or _fault(session, entry, place, previous=previous):
            return False
        previous = entry.hash
    return True


def _walk(session: Session, ledger_entries: Iterable[LedgerEntry], signed: list[SignedHead]) -> Found:
    wanted: dict[int, list[SignedHead]] = {}
    for head in signed:
        wanted.setdefault(head.number, []).append(head)
    number, previous = 0, ledger.GENESIS
    for entry in ledger_entries:
        fault = _fault(session, entry, number + 1, previous=previous) or _against(
            wanted.get(entry.number, []), entry.hash
        )
        if fault:
            return number, (number + 1, fault)
        number, previous = entry.number, entry.hash
    if signed and signed[-1].number > number:
        last = signed[-1]
        why = f"缺失：{last.at} 封印时台账有 {last.number} 条，现在只到第 {number} 条，后面被截去了。"
        return number, (number + 1, why)
    return number, None


def _walk_to_the_unreadable(session: Session, signed: list[SignedHead]) -> Found:
    readable: list[LedgerEntry] = []
    try:
        while entry := session.scalars(_after(readable[-1].number if readable else 0)).first():
            readable.append(entry)
    except ValueError as error:
        earlier = [head for head in signed if head.number <= len(readable)]
        entries, broken = _walk(session, readable, earlier)
        return entries, broken or (len(readable) + 1, f"内容读不出来（{error}）。")
    return _walk(session, readable, signed)


def _after(number: int) -> Select[LedgerEntry]:
    return select(LedgerEntry).where(LedgerEntry.number > number).order_by(LedgerEntry.number).limit(1)


def _fault(session: Session, entry: LedgerEntry, number: int, *, previous: str) -> str:
    if entry.number != number:
        return f"缺失：第 {number - 1} 条之后直接是第 {entry.number} 条。" if entry.number > number else "编号不对。"
    if entry.previous != previous:
        return "与上一条接不上：它记下的上一条校验值不对。"
    if entry.hash != ledger.seal(entry):
        return "内容与校验值不符：这一条被改动过。"
    if not ledger.is_sealed(session, entry):
        return "没有本单位密钥的封签：不是程序记下的，有人直接写过数据库。"
    return ""


def _against(signed: list[SignedHead], digest: str) -> str:
    differing = [head for head in signed if head.hash != digest]
    return f"与 {differing[0].at} 的封印不符：这一条或它之前的某一条被整条重写过。" if differing else ""
