"""What stands of the findings in an article: those that were dismissed with a reason are told from those that were not.

The ledger keeps who dismissed what and why, and it alone is asked. A finding there is a keyed hash: the words of a
paragraph with somebody's number in it can be guessed from a plain one.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from content.rules import notes
from content.rules.checks.finding import SEVERITY_WORDS, CheckFinding, Severity
from content.rules.errors import BadInput, Conflict
from content.rules.people import Right
from content.rules.publishing.article_states import ArticleState, check_editable
from content.services.checks import post_check
from content.services.office import Office
from content.store import people
from content.store.articles import articles
from content.store.disk import keys
from content.store.figures import ledger
from content.store.tables import Article, Revision

KEY = "finding"
LENGTH = 10  # letters of a finding's name
DISMISSED, REOPENED = "finding.dismissed", "finding.reopened"
MOST_TOLD = 5  # findings in a refusal
LONGEST_WHY = 300  # characters
CHANGED = "这篇稿件刚刚改过，请看过新的一稿再来一次。"


@dataclass(frozen=True)
class Dismissal:
    """Who dismissed a finding, when, and why."""

    who: str
    at: datetime
    why: str


@dataclass(frozen=True)
class JudgedFinding:
    """A finding with its name, which stays while its words and the paragraph around them stay."""

    key: str
    finding: CheckFinding
    dismissal: Dismissal | None = None

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return self.finding.rule.severity

    @property
    def stops(self) -> bool:
        """Whether it stops the reviews."""
        return self.severity is Severity.HARD or (self.severity is Severity.ERROR and self.dismissal is None)

    @property
    def is_personal(self) -> bool:
        """Whether it is personal data, which can be masked."""
        return self.finding.is_personal

    @property
    def right(self) -> str:
        """The right word for a wrong one, where one click puts it in."""
        return "" if self.is_personal else "".join(self.finding.instead)

    @property
    def deletes(self) -> bool:
        """Whether one click takes away the sentence that it stands in."""
        return bool(self.finding.instead) and not self.is_personal and not self.right

    @property
    def quotes(self) -> bool:
        """Whether it has words to show: not for what is missing, nor for what is told of a file as a whole."""
        return bool(self.finding.words)

    @property
    def sentence(self) -> str:
        """It in words: where, what, which words."""
        found = self.finding
        shown = f"“{found.shown[:60]}”" if self.quotes else ""
        return f"{found.passage.where}：{found.rule.what}{shown}。{found.detail}"


@dataclass(frozen=True)
class CheckResult:
    """The findings in one wording, by its hash."""

    sha256: str
    findings: tuple[JudgedFinding, ...]

    @property
    def stopping(self) -> tuple[JudgedFinding, ...]:
        """Those that stop the reviews."""
        return tuple(each for each in self.findings if each.stops)

    @property
    def open(self) -> tuple[JudgedFinding, ...]:
        """Those that nobody has dismissed."""
        return tuple(each for each in self.findings if each.dismissal is None)

    @property
    def dismissed(self) -> tuple[JudgedFinding, ...]:
        """Those that somebody dismissed."""
        return tuple(each for each in self.findings if each.dismissal is not None)


def look(office: Office, article_id: int) -> CheckResult:
    """The findings in the present wording of an article. Raises NotFound."""
    with office.store.read() as session:
        article = articles.find(session, article_id)
        wording = post_check.wording_of(office, session, article)
        sha256, dismissals = articles.present(session, article).sha256, _dismissals(session, article_id)
    return CheckResult(sha256, _judged(office, post_check.examine(office, wording), dismissals))


def demand_clear(session: Session, article: Article, revision: Revision, found: CheckResult) -> None:
    """Raises Conflict if anything found stops the reviews. `found` was looked up before this transaction began."""
    if found.sha256 != revision.sha256:
        raise Conflict(CHANGED)
    dismissed = _dismissals(session, article.id)
    stopping = [each for each in found.findings if each.severity is Severity.HARD
                or (each.severity is Severity.ERROR and each.key not in dismissed)]  # fmt: skip
    if stopping:
        raise Conflict(refusal(article.id, stopping))


def refusal(article_id: int, stopping: Sequence[JudgedFinding]) -> str:
    """Why an article is not taken into the reviews, and what to do."""
    told = " ".join(f"（{number}）{each.sentence}{each.finding.rule.advice}" for number, each in
                    enumerate(stopping[:MOST_TOLD], start=1))  # fmt: skip
    more = f"另有 {len(stopping) - MOST_TOLD} 处。" if len(stopping) > MOST_TOLD else ""
    return (f"检查还有 {len(stopping)} 处要改，不能送审、通过。{told}{more}"
            f"改好，或者写明理由留下（必须改的除外）再送审。逐条看：gongkai queue check {article_id}。")  # fmt: skip


def dismiss(office: Office, article_id: int, names: Collection[str], *, username: str, note: str) -> int:
    """Dismisses findings for a reason, which the ledger keeps; how many. Raises NotAllowed, BadInput, Conflict, NotFound."""
    note = notes.note(note, needed="请写明理由：为什么这一处不用改。审核的人会看到。", longest=LONGEST_WHY)
    return _enter(office, article_id, names, username=username, kind=DISMISSED, note=note)


def reopen(office: Office, article_id: int, names: Collection[str], *, username: str) -> int:
    """Takes dismissals back; how many. Raises NotAllowed, BadInput, Conflict, NotFound."""
    return _enter(office, article_id, names, username=username, kind=REOPENED, note="")


def _enter(office: Office, article_id: int, names: Collection[str], *, username: str, kind: str, note: str) -> int:
    with office.store.read() as session:
        people.actor(session, username, Right.WRITE, what="处理检查结果")
    shown = look(office, article_id)
    places = [_chosen(shown, name, kind) for name in dict.fromkeys(names)]
    if not places:
        raise BadInput("请写明是哪一条。")
    keys.secret(office.home / "keys" / KEY)  # made now if there is none; the findings have other names then
    found = look(office, article_id)
    if found.sha256 != shown.sha256:
        raise Conflict(CHANGED)
    chosen = [found.findings[place] for place in places]
    with office.store.write() as session:
        article, actor = (
            articles.lock(session, article_id),
            people.actor(session, username, Right.WRITE, what="处理检查结果"),
        )
        check_editable(ArticleState(article.state))
        revision = articles.present(session, article)
        if revision.sha256 != found.sha256:
            raise Conflict(CHANGED)
        for each in chosen:
            ledger.append(session, kind=kind, actor=username, role=actor.role, subject=f"article:{article_id}",
                          at=office.clock.now(), finding=each.key, rule=each.finding.rule.name,
                          place=each.finding.passage.where, shown=each.finding.shown[:200],
                          revision=revision.number, note=note)  # fmt: skip
    return len(chosen)


def _chosen(found: CheckResult, name: str, kind: str) -> int:
    """The place of a finding among those found, if it may be chosen. Raises BadInput."""
    place = next((place for place, each in enumerate(found.findings) if each.key == name), None)
    if place is None:
        raise BadInput(f"这一稿里没有编号为“{name}”的检查结果，可能已经改好了。")
    chosen = found.findings[place]
    if kind == DISMISSED and chosen.severity is Severity.HARD:
        raise BadInput(
            f"{chosen.sentence}这一条{SEVERITY_WORDS[Severity.HARD]}，不能写理由留下。{chosen.finding.rule.advice}"
        )
    return place


def _judged(
    office: Office, findings: Sequence[CheckFinding], dismissals: dict[str, Dismissal]
) -> tuple[JudgedFinding, ...]:
    """Each finding with its name; of several that are the same in everything each has a name of its own."""
    secret, judged = keys.existing(office.home / "keys" / KEY) or b"", dict[str, JudgedFinding]()
    for finding in findings:
        identity, again = finding.identity, 0
        while (name := _name(secret, f"{identity}\n{again}")) in judged:
            again += 1
        judged[name] = JudgedFinding(name, finding, dismissals.get(name))
    return tuple(judged.values())


def _name(secret: bytes, text: str) -> str:
    return hmac.digest(secret, text.encode(), "sha256").hex()[:LENGTH]


def _dismissals(session: Session, article_id: int) -> dict[str, Dismissal]:
    """The dismissals that hold, by the names of the findings."""
    held: dict[str, Dismissal] = {}
    names = {person.username: person.name for person in people.everyone(session)}
    for entry in ledger.about(session, f"article:{article_id}"):
        if entry.kind in (DISMISSED, REOPENED):
            data = json.loads(entry.data)
            held.pop(data["finding"], None)
            if entry.kind == DISMISSED:
                held[data["finding"]] = Dismissal(names.get(entry.actor, entry.actor), entry.at, data["note"])
    return held
