"""All checks over one post, in the order in which a person should see to what they find."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from config.wrong_words import WrongWord
from content.rules.checks import (
    bank_cards,
    home_addresses,
    id_numbers,
    job_conditions,
    job_elements,
    link_forms,
    mobile_numbers,
    repost_source,
    similar_titles,
    spoken_days,
    wrong_words,
)
from content.rules.checks.finding import BODY, CheckFinding, Passage, Rule, Severity
from content.rules.checks.link_forms import Link

LIMIT = Rule(
    "limit",
    Severity.HARD,
    "超过微信的限度",
    "微信公众平台接口“新建草稿”对标题、摘要、正文的限度：超过了发不出去。",
    "改短。",
)
ORDER = {severity: place for place, severity in enumerate(Severity)}
ATTACHMENT = "attachment."


@dataclass(frozen=True)
class CheckedPost:
    """A post as the checks read it. `category` is a code; `over_limits`: sentences on what the platform will not take.

    `out_on`: the day on which it is to come out.
    """

    title: str
    category: str
    source_url: str
    passages: Sequence[Passage]
    links: Sequence[Link] = ()
    over_limits: Sequence[str] = ()
    out_on: date | None = None
    today: date = date.min


@dataclass(frozen=True)
class CheckKnowledge:
    """What the checks hold a post against. `published_numbers`: the office's telephones; `published_titles`: (number, title)."""

    words: Sequence[WrongWord] = ()
    published_numbers: Collection[str] = ()
    published_titles: Sequence[tuple[int, str]] = ()
    own_hosts: Collection[str] = ()
    gone: Mapping[str, str] = field(default_factory=dict)


def check(post: CheckedPost, known: CheckKnowledge) -> list[CheckFinding]:
    """Everything that the checks find, the gravest first, then in the order of the text."""
    found = [
        *(CheckFinding(LIMIT, Passage(BODY, ""), "", detail=sentence) for sentence in post.over_limits),
        *personal_data(post.passages, known.published_numbers),
        *id_numbers.masked(post.passages),
        *wrong_words.find(post.passages, known.words),
        *wrong_words.claims(post.passages),
        *_of_adverts(post),
        *link_forms.find([*post.links, *link_forms.written_in(post.passages)], own=known.own_hosts, gone=known.gone),
        *repost_source.find([each for each in post.passages if each.part == BODY], source_url=post.source_url),
        *similar_titles.find(post.title, known.published_titles),
        *spoken_days.find(post.passages, out_on=post.out_on, today=post.today),
    ]
    place = {id(passage): number for number, passage in enumerate(post.passages)}
    return sorted(found, key=lambda each: (ORDER[each.rule.severity], place.get(id(each.passage), -1), each.start))


def personal_data(passages: Sequence[Passage], published_numbers: Collection[str] = ()) -> list[CheckFinding]:
    """ID numbers, bank cards, mobile numbers and home addresses."""
    return [
        *id_numbers.find(passages),
        *bank_cards.find(passages),
        *mobile_numbers.find(passages, published_numbers),
        *home_addresses.find(passages),
    ]


def sentences(findings: Sequence[CheckFinding], *, shown: int = 3) -> list[str]:
    """The findings as sentences, one for each kind and part; personal data in them is masked."""
    groups: dict[tuple[str, str], list[CheckFinding]] = {}
    for finding in findings:
        groups.setdefault((finding.passage.part, finding.rule.what), []).append(finding)
    return [_sentence(part, what, group, shown) for (part, what), group in groups.items()]


def _sentence(part: str, what: str, group: list[CheckFinding], shown: int) -> str:
    rule = group[0].rule
    if rule.name.startswith(ATTACHMENT):
        return group[0].detail
    words = list(dict.fromkeys(finding.shown for finding in group if finding.words))
    named = f"（{'、'.join(words[:shown])}{'等' if len(words) > shown else ''}）" if words else ""
    if group[0].is_personal:
        return f"{part}里有 {len(words)} 个{what}{named}。{rule.advice}"
    return f"{part}：{what}{named}。{group[0].detail}{rule.advice}"


def _of_adverts(post: CheckedPost) -> list[CheckFinding]:
    text = "\n".join(passage.text for passage in post.passages)
    is_advert = job_elements.is_advert(title=post.title, category=post.category, text=text)
    found = list(job_conditions.find(post.passages, is_advert=is_advert))
    if is_advert:
        found += job_elements.find(post.passages)
    return found
