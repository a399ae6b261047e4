"""The sentence of a notice that holds what is asked, to be quoted before its link."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from datetime import date

from content.rules.follow_ups import (
    answering_passage,
    application_term,
    aspects,
    likely_passage,
    own_words,
    passage_traits,
)
from content.rules.language import answering_sentence, plain_text
from content.rules.language.answering_sentence import Sentence
from content.rules.language.query import vocabulary
from content.rules.notices import validity
from content.services.answers import notice_search
from content.services.answers.notice_search import NoticeDetails, Result
from content.services.office import Office
from content.store.notices import notices

A_NAME, TOLD = 3, 2.0  # characters of a word that names something; … how well a passage has to answer that says it
OF_ITS_MATTER = 5.0  # … of the question, to be quoted though its title says nothing of it
SURELY_LIKELY = 2.6  # how much a passage has to say to stand before one that says no word of the question
WORD = 2  # characters of a question that ask for a part of the matter, if a title does not say them
NAMED = 0.2  # of a question that a title must say to be on its matter
SHORT, LONG = 24, 80  # characters of a question that a passage may answer by itself; … of one that asks several things
FEW_FINES = 3  # mentions of fines in a notice on one deed; a law has many
SURE, LABELLED = 5.0, 3.6  # how well it has to, and where its heading calls it by its name
_NUMBERED = re.compile(r"\d+(?:号线|路车|号楼)")
_OF_ONES_OWN = re.compile("[我俺咱]")
_ALSO_ONE = re.compile("(?:那|那么)?([\u4e00-\u9fff])(?:质)?(?:呢|的呢|怎么样)(?: .*)?")  # 水呢, after 空气质量
_CLAUSE = re.compile("[,;?!。 ]+")
_CALLED_BY_NAME = ("papers", "way", "conditions", "age", "telephone")
_OF_MANY = ("firm", "scope", "heads", "reason", "change", "contact")  # of which one notice says only its own
TEXTS_KEPT = 256  # of notices: the same few answer most questions
NEARLY_ABOUT = 0.3  # … to be on its matter, where a passage says of what a time or a sum is asked
ABOUT = 0.35  # of a question that a title must say for a notice to be about nothing else


def quoted(office: Office, question: str, result: Result, today: date) -> list[Sentence]:
    """The sentence of a notice that holds what a folded question asks for; one for each thing that is asked.

    None if there is none, or it is repealed or no disclosure.
    """
    if result.kind != "disclosure" or result.status != notice_search.IN_FORCE:
        return []
    body = read_texts(office, [result.ref]).get(result.ref, "")
    asked = answering_sentence.asked(question)
    asks_whether = not asked and answering_sentence.ASKS_WHETHER.search(question) is not None
    if not asks_whether and (passages := _passages(body, question, result, today)):
        return passages
    sought = notice_search.wanted(office, question)
    if not asked and not asks_whether:
        told = {term for term in sought.terms if len(term) > 1 and term in result.folded}
        return _likely(body, question, result, today, sought.share(told)) if aspects.ASKS.search(question) else []
    terms = [term for term in sought.terms if len(term) > 1]
    said = {term for term in terms if term in result.folded and term not in vocabulary().common_pairs}
    literal = {*plain_text.terms_of(sought.pieces)}
    others = [term for term in terms if term not in said and term not in vocabulary().common]
    own = [term for term in others if term in literal]
    share = sought.share(said)
    is_whole = _unsaid(office, answering_sentence.rest(question), result) < WORD
    if asks_whether:
        found = answering_sentence.whether(body, [term for term in terms if term not in said and term in literal])
        return [found] if found else _likely(body, question, result, today, share)
    tried = (
        answering_sentence.find(
            body,
            question,
            asked,
            terms=some,
            is_about=share >= ABOUT,
            published_on=result.published_on,
            today=today,
            is_named=share >= NAMED,
            is_whole=is_whole,
            titled=said & literal,
        )
        for some in ([own] if own == others else [own, others])  # synonyms only where the words find nothing
    )
    sentence = next((one for one in tried if one and _is_of_the_matter(question, result, one)), None)
    if sentence and asked[0].name == "place" and passage_traits.is_duty(plain_text.fold(sentence.text), question):
        return _likely(body, question, result, today, share)
    if sentence and passage_traits.is_of_the_opposite(question, plain_text.fold(sentence.text)):
        return _likely(body, question, result, today, share)
    if sentence and passage_traits.groups(plain_text.fold(sentence.text)) - passage_traits.groups(
        f"{question} {result.folded}"
    ):
        return _of_all_groups(body, question, result, today)
    return [sentence] if sentence else _likely(body, question, result, today, share)


def surely_likely(office: Office, question: str, result: Result, today: date) -> Sentence | None:
    """The passage of a notice that says so much of a question that this must be its matter; None if there is none."""
    if result.kind != "disclosure" or result.status != notice_search.IN_FORCE:
        return None
    if not (aspects.ASKS.search(question) or aspects.read(question).is_whether):
        return None
    body = read_texts(office, [result.ref]).get(result.ref, "")
    told = answering_passage.find(body, question, title=result.folded, published_on=result.published_on, today=today)
    names = [word for word in (*own_words.of(question), *_NUMBERED.findall(question)) if len(word) >= A_NAME]
    for one in told:
        if one.worth >= TOLD and any(name in plain_text.fold(one.text) for name in names):
            return one
    return likely_passage.find(
        body, question, title=result.folded, least=OF_ITS_MATTER, published_on=result.published_on, today=today
    )


def _likely(body: str, question: str, result: Result, today: date, share: float) -> list[Sentence]:
    """The passage that most likely answers, of a notice whose title says enough of the question."""
    least = SURELY_LIKELY if share >= NAMED else OF_ITS_MATTER - 1
    passages = answering_passage.find(
        body, question, title=result.folded, published_on=result.published_on, today=today
    )
    asked = aspects.read(question)
    is_on_it = bool(asked.matters or asked.measures) and share >= NEARLY_ABOUT
    of_it = [one for one in passages if _is_of_the_matter(question, result, one)]
    if of_it and of_it[0].worth >= SURE:
        return of_it
    if of_it and (is_on_it or (of_it[0].worth >= LABELLED and says_a_word(question, of_it, result.folded))):
        return of_it
    if share >= NAMED and any(aspect.name in ("contact", "telephone") for aspect in asked.aspects):
        phone = _telephone(body, today)
        return [phone] if phone else []
    found = likely_passage.find(
        body, question, title=result.folded, least=least, strictly=True, published_on=result.published_on, today=today
    )
    return [found] if found and _is_of_the_matter(question, result, found) else []


def _of_all_groups(body: str, question: str, result: Result, today: date) -> list[Sentence]:
    """The passages for several groups, where one of them alone would mislead; none if only one is told of."""
    found = answering_passage.find(
        body, question, title=result.folded, before="", published_on=result.published_on, today=today
    )
    return found if len(found) > 1 else []


def read_texts(office: Office, refs: Sequence[str]) -> dict[str, str]:
    """As much of the texts of these disclosures as is looked through, as the index has them now; at once, since each read costs."""
    kept = _kept_texts(office, office.index.stamp())
    known = {ref: text for ref in refs if (text := kept.get(ref)) is not None}
    missing = {int(ref.partition(":")[2]): ref for ref in refs if ref not in known and ref.startswith("disclosure:")}
    if missing:
        found = notices.beginnings(office.store, [*missing], answering_sentence.READ)
        if len(kept) + len(found) > TEXTS_KEPT:
            kept.clear()
        read = {missing[number]: text for number, text in found.items()}
        kept |= read
        known |= read
    return known


@functools.lru_cache(1)
def _kept_texts(_office: Office, _stamp: tuple[int, int] | None) -> dict[str, str]:
    """The texts that were read last, until the index changes."""
    return {}


def _passages(body: str, question: str, result: Result, today: date) -> list[Sentence]:
    """The passages under headings that call by its name what is asked, so that nothing else can be meant."""
    many = (*_OF_MANY, "fine") if body.count("罚款") > FEW_FINES or _OF_ONES_OWN.search(question) else _OF_MANY
    asked = [aspect for aspect in aspects.read(question).aspects if aspect.name not in many]
    if not asked or len(question) > (LONG if len(asked) > 1 else SHORT):
        return []
    found = answering_passage.find(
        body, question, title=result.folded, before="", published_on=result.published_on, today=today
    )
    least = LABELLED if len(asked) > 1 or asked[0].name in _CALLED_BY_NAME else SURE
    return [one for one in found if one.worth >= least] if len(asked) == len(aspects.read(question).aspects) else []


def _is_of_the_matter(question: str, result: Result, found: Sentence) -> bool:
    """Whether a sentence, or the title, says of what a time or a sum is asked: 缴 of 什么时候交."""
    said = f"{result.folded} {plain_text.fold(found.text)}"
    clauses = [part for part in _CLAUSE.split(question) if aspects.ASKS.search(part)] or [question]
    return any(all(needs.search(said) for needs in aspects.read(clause).matters) for clause in clauses)


def _unsaid(office: Office, text: str, result: Result) -> float:
    """How many characters of a text a title does not say."""
    sought = notice_search.wanted(office, text)
    return sought.size * (1 - sought.share({term for term in sought.terms if term in result.folded}))


def of_an_item(item: NoticeDetails, question: str, *, text: str, before: str, today: date) -> list[Sentence]:
    """The passages of an item's `text` for what a question asks which names no item; empty if it does not say it.

    `before`: the question that found the item, which tells of what a time or a sum is asked.
    """
    result = item.result
    found = answering_passage.find(
        text, question, title=result.folded, before=before, published_on=result.published_on, today=today
    )
    asked = aspects.read(question)
    is_told = bool(asked.aspects or asked.matters) and says_a_word(question, found, result.folded)
    if is_told or (not found and not (asked.aspects or asked.matters or asked.is_whether)):
        return found
    other = likely_passage.find(
        text,
        question,
        title=result.folded,
        least=SURELY_LIKELY,
        strictly=bool(found),
        published_on=result.published_on,
        today=today,
    )
    return [other] if other else found


def says_a_word(question: str, found: list[Sentence], title: str) -> bool:
    """Whether what was found says a word of the question that the title does not say; true if it has none."""
    words = [word for word in own_words.of(question) if not own_words.is_in(word, title)]
    said = " ".join(plain_text.fold(one.text) for one in found)
    return not words or own_words.touches(words, said) or own_words.share(words, said) > 0


def nearest_in(office: Office, item: NoticeDetails, question: str, *, text: str, today: date) -> Sentence | None:
    """The passage of an item's `text` that shares the rarest of a question's own words, or of their synonyms; None if none."""
    own = " ".join(own_words.of(question))
    if not own and (also := _ALSO_ONE.fullmatch(question)):
        return likely_passage.under(text, also[1], published_on=item.result.published_on, today=today)
    sought = notice_search.wanted(office, own)
    called = [word for said, others in vocabulary().groups_in(own) for word in (*said, *others)]
    words = dict.fromkeys([*called, *(term for term in plain_text.terms_of(sought.pieces) if len(term) > 1)])
    return likely_passage.find(
        text, question, list(words), title=item.result.folded, published_on=item.result.published_on, today=today
    )


def telephone(item: NoticeDetails, text: str, today: date) -> str:
    """The sentence of an item that says whom to call; empty if none does."""
    found = _telephone(text, today)
    return found.text if found else ""


def _telephone(text: str, today: date) -> Sentence | None:
    return answering_sentence.find(
        text, "电话", answering_sentence.asked("电话"), terms=[], is_about=True, published_on=None, today=today
    )


def run_out(office: Office, result: Result, today: date) -> str:
    """The term that a notice was made for, in its own words, if it is over: 有效期1年; empty if it is not, or has none."""
    if result.kind != "disclosure" or result.published_on is None:
        return ""
    body = read_texts(office, [result.ref]).get(result.ref, "")
    return validity.run_out(body, result.published_on, today) if validity.TERM in body else ""


def term_ended(item: NoticeDetails, question: str, *, text: str, today: date) -> date | None:
    """The last day on which what an item's `text` is on could be applied for, if it is over and this is asked."""
    return application_term.ended(text, question, published_on=item.result.published_on, today=today)


def term_ended_of(office: Office, question: str, result: Result, *, today: date) -> date | None:
    """The same of a notice that was found; its text is read only if that is asked."""
    if not application_term.is_asked(question):
        return None
    body = read_texts(office, [result.ref]).get(result.ref, "")
    return application_term.ended(body, question, published_on=result.published_on, today=today)


def of_a_guide(question: str, text: str, *, before: str, today: date) -> str:
    """The passage of a standing answer, given to the question `before`, that holds what is asked; empty if there is none."""
    found = answering_passage.find(text, question, before=before, published_on=None, today=today)
    return "\n".join(one.text for one in found)
