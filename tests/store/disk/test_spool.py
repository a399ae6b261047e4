"""The spool: what is put in comes out in order, once its work is done it is gone, and nobody else can read it."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from content.rules.errors import GongkaiError
from content.store.disk.spool import Spool
from tests import world

ONE, TWO = "a" * 64, "b" * 64


def put(spool: Spool, owner: str, number: int, *, second: int = 0) -> None:
    spool.put(owner, f"m{number}", {"number": number}, at=world.NOON + timedelta(seconds=second))


def waiting(spool: Spool) -> list[int]:
    with spool.working() as alone:
        assert alone
        return [entry.data["number"] for entry in spool.waiting()]


def test_what_waits_comes_out_in_the_order_in_which_it_came(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    for number, second in ((1, 0), (2, 0), (3, 5), (4, 4)):
        put(spool, ONE, number, second=second)
    assert waiting(Spool(tmp_path)) == [1, 2, 4, 3]


def test_the_same_delivery_waits_once(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    put(spool, ONE, 1)
    put(Spool(tmp_path), ONE, 1, second=3)
    assert waiting(spool) == [1]


def test_others_see_at_once_for_whom_something_waits_and_that_it_is_done(tmp_path: Path) -> None:
    mine, theirs = Spool(tmp_path), Spool(tmp_path)
    assert not theirs.holds(ONE)
    put(mine, ONE, 1)
    assert theirs.holds(ONE) and not theirs.holds(TWO)
    put(mine, TWO, 2)
    assert theirs.holds(TWO)
    with theirs.working():
        for entry in theirs.waiting():
            theirs.done(entry)
    assert not mine.holds(ONE) and not mine.holds(TWO) and len(mine) == 0


def test_one_works_at_a_time(tmp_path: Path) -> None:
    put(Spool(tmp_path), ONE, 1)
    found = []
    with Spool(tmp_path).working() as first:
        other = threading.Thread(target=lambda: found.append(waiting_or_not(tmp_path)))
        other.start()
        other.join()
    assert first and found == [False]
    assert waiting_or_not(tmp_path)


def waiting_or_not(folder: Path) -> bool:
    with Spool(folder).working() as alone:
        return alone


def test_a_step_that_was_noted_is_still_known_after_a_kill(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    put(spool, ONE, 1)
    with spool.working():
        [entry] = spool.waiting()
        spool.change(entry, sending=True)
    with Spool(tmp_path).working():
        [found] = Spool(tmp_path).waiting()
    assert found.data == {"number": 1, "sending": True}


def test_what_can_never_be_done_holds_nobody_up_and_stays(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    put(spool, ONE, 1)
    with spool.working():
        [entry] = spool.waiting()
        spool.set_aside(entry)
    assert waiting(spool) == [] and not spool.holds(ONE)
    assert len(list((tmp_path / "spool").glob(".broken-*"))) == 1


def test_words_and_names_stand_in_no_file(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.put(ONE, "m", {"fields": {"FromUserName": "oCitizen", "Content": "路灯坏了"}}, at=world.NOON)
    [file] = (tmp_path / "spool").glob("[!.]*")
    assert b"oCitizen" not in file.read_bytes() and "路灯".encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    (tmp_path / "keys" / "spool").chmod(0o644)
    with pytest.raises(GongkaiError, match="别人也能读"):
        waiting(Spool(tmp_path))
