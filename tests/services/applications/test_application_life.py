"""The life of an application over simulated time, and what the year's table three says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select, text

from content.rules.alarms import AlarmKind
from content.rules.applications.receipt import ApplicantKind, ReceiptChannel
from content.rules.applications.steps import ApplicationState, Step
from content.rules.errors import BadInput, Conflict, NotAllowed, NotFound
from content.rules.figures.annual_report import checks, form
from content.services.alarms import alarm_watch
from content.services.applications import case_register, data_erasure, handling, receiving, register
from content.services.applications.case_register import NewCase
from content.services.applications.handling import StepToTake
from content.services.applications.receiving import IncomingFile
from content.services.figures.annual_report import year_figures
from content.services.office import Office
from content.store.alarms import alarms
from content.store.figures import table_three
from content.store.tables import Application, ApplicationFile, LedgerEntry
from tests import world
from tests.services.applications.applicants import GIVEN
from tests.services.applications.applicants import form as filled

On = Callable[[date], None]
PICTURE = IncomingFile("身份证.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100)


def take(office: Office, number: str, step: Step, on: date, username: str = "hejing", **more: Any) -> None:
    """A step on that day."""
    handling.take(office, number, StepToTake(step, on, **more), username=username)


def due(office: Office, number: str) -> str:
    """By when to answer."""
    [line] = [line for line in register.listing(office) if line.application.number == number]
    return str(line.clock.due if line.clock else None)


def by_sql(office: Office, year: int, outcome: str, applicant: str) -> int:
    """A count by plain SQL."""
    statement = text(
        "SELECT count(*) FROM application WHERE CAST(answered_on AS TEXT) LIKE :year AND outcome = :o AND applicant = :a"
    )
    with office.store.read() as session:
        return int(session.execute(statement, {"year": f"{year}%", "o": outcome, "a": applicant}).scalar_one())


def table_by_sql(office: Office, year: int) -> dict[str, list[int]]:
    """Table three of a year by plain SQL and nothing of ours but the names of rows and columns."""
    first, last = f"{year}-01-01", f"{year}-12-31"
    came, done = "CAST(received_on AS TEXT)", "CAST(answered_on AS TEXT)"
    within = f"{done} BETWEEN '{first}' AND '{last}'"
    conditions = {"new": f"{came} BETWEEN '{first}' AND '{last}'", "total": within,
                  "in": f"{came} < '{first}' AND (answered_on IS NULL OR {done} >= '{first}')",
                  "out": f"{came} <= '{last}' AND (answered_on IS NULL OR {done} > '{last}')"}  # fmt: skip
    found = {}
    for row in form.REQUESTS[form.format_of_year(year)]:
        names = "('o', 'o1', 'o2', 'o3')" if row.name == "o" else f"('{row.name}')"
        condition = conditions.get(row.name, f"{within} AND outcome IN {names}")
        query = text(f"SELECT count(*) FROM application WHERE applicant = :a AND {condition}")
        with office.store.read() as session:
            cells = [int(session.execute(query, {"a": str(kind)}).scalar_one()) for kind in ApplicantKind]
        found[row.name] = [*cells, sum(cells)]
    return found


def test_a_whole_life_gives_the_dates_that_were_counted_by_hand(office: Office, on: On) -> None:
    on(date(2026, 1, 28))
    number = receiving.from_web(office, filled(), [PICTURE])
    assert receiving.from_web(office, filled(), [PICTURE]) == number  # sent twice
    assert due(office, number) == "None"
    on(date(2026, 2, 11))
    take(office, number, Step.CONFIRM, date(2026, 1, 30))
    assert due(office, number) == "2026-03-05"
    with pytest.raises(Conflict, match="2026-02-10 以前"):
        take(office, number, Step.ASK_CORRECTION, date(2026, 2, 11), note="请写明工程名称", days=10)
    take(office, number, Step.ASK_CORRECTION, date(2026, 2, 5), note="请写明工程名称", days=10)
    assert due(office, number) == "None"
    take(office, number, Step.CORRECT, date(2026, 2, 9))
    assert due(office, number) == "2026-03-13"
    on(date(2026, 4, 20))
    take(office, number, Step.CONSULT, date(2026, 2, 13))
    take(office, number, Step.HEAR, date(2026, 3, 6))
    assert due(office, number) == "2026-03-30"
    with pytest.raises(NotAllowed):
        take(office, number, Step.EXTEND, date(2026, 3, 30), days=10, note="材料多")
    with pytest.raises(Conflict, match="已经过了"):
        take(office, number, Step.EXTEND, date(2026, 3, 31), "zhaominghua", days=10, note="材料多")
    take(office, number, Step.EXTEND, date(2026, 3, 30), "zhaominghua", days=10, note="材料多")
    assert due(office, number) == "2026-04-14" and [line.overdue for line in register.listing(office)] == [True]
    take(office, number, Step.ANSWER, date(2026, 4, 14), outcome="p")
    assert register.listing(office) == []
    report = year_figures.gather(office, 2026).report
    assert report.requests["new"] == report.requests["p"] == report.requests["total"] == (1, 0, 0, 0, 0, 0, 1)
    assert by_sql(office, 2026, "p", "person") == 1


@pytest.mark.parametrize("year", [2020, 2026])
def test_every_outcome_of_the_form_lands_in_its_row_and_column(office: Office, on: On, year: int) -> None:
    start = date(year, 3, 2)
    on(start + timedelta(days=30))
    outcomes = [row.name for row in form.REQUESTS[form.format_of_year(year)] if row.group]
    for at, outcome in enumerate(outcomes):
        kind = list(ApplicantKind)[at % 6]
        number = receiving.by_hand(
            office, filled(kind=kind), channel=ReceiptChannel.COUNTER, arrived=start, username="hejing"
        )
        if outcome in ("u3", "o1"):
            take(office, number, Step.ASK_CORRECTION, start, note="请写清楚", days=5)
        if outcome == "u3":
            take(office, number, Step.CORRECT, start)
        if outcome == "o2":
            take(office, number, Step.ASK_FEE, start, basis="page", pages=31)
        if outcome == "n4":
            take(office, number, Step.ASK_REASONS, start, note="一个月 14 件")
        take(office, number, Step.ANSWER, start + timedelta(days=10), outcome=outcome)
    rows = year_figures.gather(office, year).report.requests
    for at, outcome in enumerate(outcomes):
        expected = [0] * 7
        expected[at % 6] = expected[6] = 1
        assert list(rows[outcome]) == expected, outcome
        assert by_sql(office, year, outcome, list(ApplicantKind)[at % 6]) == 1
    assert rows["total"][6] == rows["new"][6] == len(outcomes)


def test_the_register_foots_in_every_year_and_carries_over(office: Office, on: On) -> None:
    chance = Random(711)
    on(date(2023, 6, 1))
    rows = []
    for at in range(120):
        received = date(2019, 6, 1) + timedelta(days=chance.randrange(1400))
        answered = received + timedelta(days=chance.randrange(200)) if chance.random() < 0.8 else None
        names = [row.name for row in form.REQUESTS[form.format_of_year(answered.year)] if row.group] if answered else []
        rows.append(Application(
            number=f"t-{at}", channel="counter", applicant=chance.choice(list(ApplicantKind)), arrived_on=received,
            received_on=received if chance.random() < 0.95 else None, answered_on=answered, sealed="", created_at=world.NOON,
            outcome=chance.choice(names) if names else "", state=ApplicationState.ANSWERED if answered else "handling",
        ))  # fmt: skip
    rows = [row for row in rows if row.received_on]
    facts = [(row.received_on, row.answered_on, row.outcome) for row in rows]
    with office.store.write() as session:
        session.add_all(rows)
    before = None
    for year in range(2019, 2024):
        report = year_figures.gather(office, year).report
        with office.store.read() as session:
            table = table_three.rows_of(session, year)
        assert {name: list(row) for name, row in report.requests.items()} == table
        assert not [one for one in checks.check(report) if one.level == "error"]
        assert table["new"][6] == sum(came.year == year for came, _, _ in facts if came)
        assert table["total"][6] == sum(done.year == year for _, done, _ in facts if done)
        assert before is None or table["in"] == before
        assert table == table_by_sql(office, year)
        before = table["out"]


def test_nothing_personal_lies_open_and_the_ledger_knows_none_of_it(office: Office, on: On) -> None:
    on(date(2026, 3, 2))
    number = receiving.from_web(office, filled(), [PICTURE])
    take(office, number, Step.CONFIRM, date(2026, 3, 2), note="电话里和陈秀英确认了")
    secrets = (GIVEN["name"], GIVEN["identity"], "13800001234", GIVEN["wanted"], GIVEN["email"], "身份证")
    with office.store.read() as session:
        kept = " ".join(str(value) for table in ("application", "application_step", "application_file", "ledger")
                        for row in session.execute(text(f"SELECT * FROM {table}")) for value in row)  # fmt: skip
        [file] = session.scalars(select(ApplicationFile))
        entries = session.scalars(
            select(LedgerEntry).where(LedgerEntry.kind.like("application.%")).order_by(LedgerEntry.number)
        ).all()
    assert not [secret for secret in secrets if secret in kept]
    assert PICTURE.data not in office.files.read(file.sha256)
    assert [entry.kind for entry in entries] == ["application.taken", "application.step"]
    page = register.page(office, number, username="hejing")
    assert page.form == filled() and page.notes == ("电话里和陈秀英确认了",) and page.files[0].name == "身份证.png"
    with pytest.raises(NotAllowed, match="办公室"):
        register.page(office, number, username="linxiaoyu")


def test_only_number_and_telephone_together_tell_what_became_of_it(office: Office, on: On) -> None:
    number = receiving.from_web(office, filled(), [])
    assert register.asked(office, number, "+86 138-0000-1234")
    assert register.asked(office, f" {number} ", "13800001234")
    assert (
        register.asked(office, number, "13800001235") is None
        and register.asked(office, "2026-9999", "13800001234") is None
    )


def test_personal_data_goes_by_rule_and_the_table_stays(office: Office, on: On) -> None:
    on(date(2026, 3, 10))
    number = receiving.by_hand(office, filled(), channel=ReceiptChannel.COUNTER, arrived=date(2026, 3, 2), username="hejing",
                               files=[PICTURE])  # fmt: skip
    take(office, number, Step.ANSWER, date(2026, 3, 10), outcome="g", note="发到邮箱")
    with office.store.read() as session:
        [file] = session.scalars(select(ApplicationFile))
    on(date(2031, 3, 9))
    assert data_erasure.erase_old(office) == 0 and office.files.path(file.sha256).exists()
    on(date(2031, 3, 10))
    assert (data_erasure.erase_old(office), data_erasure.erase_old(office)) == (1, 0)
    page = register.page(office, number, username="hejing")
    assert page.form is None and page.notes == ("",) and not office.files.path(file.sha256).exists()
    assert register.asked(office, number, GIVEN["phone"]) is None
    assert year_figures.gather(office, 2026).report.requests["g"][6] == 1


@pytest.mark.parametrize(("files", "said"), [
    ([PICTURE] * 6, "最多 5 个"), ([IncomingFile("大.png", PICTURE.data + b"0" * 5 * 1024**2)], "超过 5 MB"),
    ([IncomingFile("a.exe", b"MZ....")], "不能用"), ([IncomingFile("a.png", PICTURE.data + b"0" * 4 * 1024**2)] * 3, "一共超过"),
])  # fmt: skip
def test_files_that_are_too_much_are_named(office: Office, on: On, files: list[IncomingFile], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        receiving.from_web(office, filled(), files)
    assert register.listing(office) == []


def test_wrong_days_outcomes_and_people_are_refused_in_words(office: Office, on: On) -> None:
    on(date(2026, 3, 10))
    with pytest.raises(NotAllowed):
        receiving.by_hand(office, filled(), channel=ReceiptChannel.POST, arrived=date(2026, 3, 2), username="sunhao")
    with pytest.raises(BadInput, match="还没有到"):
        receiving.by_hand(office, filled(), channel=ReceiptChannel.POST, arrived=date(2026, 3, 11), username="hejing")
    number = receiving.by_hand(
        office, filled(), channel=ReceiptChannel.POST, arrived=date(2026, 3, 2), username="hejing"
    )
    for step, day, error, said in (
        (Step.CONFIRM, date(2026, 3, 1), BadInput, "早于"), (Step.CONFIRM, date(2026, 3, 11), BadInput, "还没有到"),
        (Step.ANSWER, date(2026, 3, 9), Conflict, "不能“答复”"),
    ):  # fmt: skip
        with pytest.raises(error, match=said):
            take(office, number, step, day, outcome="g")
    take(office, number, Step.CONFIRM, date(2026, 3, 3))
    for outcome, said in (("o", "没有“o”"), ("u3", "要先通知补正"), ("o1", "只用于")):
        with pytest.raises(BadInput, match=said):
            take(office, number, Step.ANSWER, date(2026, 3, 9), outcome=outcome)
    with pytest.raises(NotFound):
        take(office, "2026-0000", Step.CONFIRM, date(2026, 3, 3))
    with pytest.raises(BadInput, match="要补正什么"):
        take(office, number, Step.ASK_CORRECTION, date(2026, 3, 4))


def test_reviews_and_suits_land_in_table_four(office: Office, on: On) -> None:
    on(date(2026, 12, 1))
    add = [
        ("review", date(2025, 11, 3)),
        ("review", date(2026, 2, 3)),
        ("suit_direct", date(2026, 4, 1)),
        ("suit_after", date(2026, 5, 1)),
    ]
    numbers = [case_register.add(office, NewCase(kind, day), username="hejing") for kind, day in add]
    case_register.end(
        office, numbers[0], result=case_register.CaseResult.UPHELD, on=date(2026, 1, 9), username="hejing"
    )
    case_register.end(
        office, numbers[2], result=case_register.CaseResult.CORRECTED, on=date(2026, 9, 9), username="zhaominghua"
    )
    assert dict(year_figures.gather(office, 2025).report.cases)["review"] == (0, 0, 0, 1, 1)
    assert dict(year_figures.gather(office, 2026).report.cases) == {
        "review": (1, 0, 0, 1, 2), "suit_direct": (0, 1, 0, 0, 1), "suit_after": (0, 0, 0, 1, 1),
    }  # fmt: skip
    with pytest.raises(Conflict, match="已经审结"):
        case_register.end(
            office, numbers[0], result=case_register.CaseResult.UPHELD, on=date(2026, 2, 9), username="hejing"
        )
    with pytest.raises(BadInput, match="suit_after"):
        case_register.add(office, NewCase("appeal", date(2026, 1, 1)), username="hejing")
    with office.store.read() as session:
        kinds = [entry.kind for entry in session.scalars(select(LedgerEntry)) if entry.kind.startswith("case.")]
        added = session.scalars(select(LedgerEntry.data).where(LedgerEntry.kind == "case.added")).first()
    assert kinds.count("case.added") == 4 and json.loads(added or "")["kind_of_case"] == "review"


def test_the_watch_reminds_of_terms_and_stops_when_it_is_done(office: Office, on: On) -> None:
    def told() -> list[str]:
        alarm_watch.watch(office, office.clock.now())
        with office.store.read() as session:
            return [alarm.message for alarm in alarms.standing(session, (AlarmKind.APPLICATION,))]

    on(date(2026, 3, 2))
    number = receiving.from_web(office, filled(), [])
    assert told() == []
    on(date(2026, 3, 4))
    assert ["还没有与申请人确认" in message for message in told()] == [True]
    take(office, number, Step.CONFIRM, date(2026, 3, 4))
    assert told() == []
    on(date(2026, 3, 30))
    assert ["2026-04-01 快到了" in message for message in told()] == [True]
    on(date(2026, 4, 2))
    assert ["逾期" in message for message in told()] == [True]
    take(office, number, Step.ANSWER, date(2026, 4, 2), outcome="g")
    assert told() == []
