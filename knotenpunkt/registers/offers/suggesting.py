"""What somebody may mean who is still typing: topics, what people say, offers, places.

Everything lies in the memory of the process, laid out by the words of its names, and is read anew
when something changed. It only proposes: the page it leads to asks again who may see what.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language

from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.foundation.networks.scope import current_network_id
from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.offers.findable import ENTRY_KIND
from knotenpunkt.registers.offers.models import OfferAtPlace, OfferText, TextState, Topic
from knotenpunkt.tools.search.models import Entry, OwnWord, Version, Visibility
from knotenpunkt.tools.search.names import Named, NameIndex, find, index_of
from knotenpunkt.tools.search.shipped_words import LayWord, lay_words

LONGEST_TYPED, MOST_WORDS, MOST_WITH_SLIPS = 60, 6, 3
SHORTEST_TYPED, SHORTEST_NAME = 2, 3
MOST_SHOWN, OF_EACH, OF_ONE_CONCEPT = 8, 3, 2
MOST_KEPT = 200
# A whole sentence is proposed when nothing shorter fits as well; an own word before all others.
SENTENCE, OTHER_WORD, OWN = 0.8, 0.95, 1.1
# What fits worse is noise below a field: a part of a name, and what may be a slip of the finger.
LEAST, LEAST_WITH_SLIPS = 0.58, 0.6
# Of words only those nearly as good as the best: there are so many.
TAIL_OF_WORDS = 0.8
# A place of one's own county that begins so is as likely as a name that begins so.
PLACE = 1.0


class Kind(StrEnum):
    """What is proposed."""

    TOPIC = "topic"
    WORD = "word"
    OWN_WORD = "own_word"
    OFFER = "offer"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that may be meant.

    `key` is that of the topic or offer; `beside` says what stands beside it (the concept of a word,
    the meaning of an own word, the towns of an offer, the county of a place); `rest` is what else
    was typed before a place. `language` is that of the text.
    """

    kind: Kind
    text: str
    score: float
    key: str = ""
    beside: str = ""
    rest: str = ""
    language: str = ""
    is_sentence: bool = False


def proposals(typed: str, area_keys: Iterable[str]) -> list[Proposal]:
    """What may be meant in the network at hand and the language of the page, by kind.

    The kind of the best one comes first. Nothing for what is too short, or a story already.
    """
    text = " ".join(typed[: LONGEST_TYPED + 1].split())
    if not SHORTEST_TYPED <= len(text) <= LONGEST_TYPED or len(text.split()) > MOST_WORDS:
        return []
    found = _best(_found(text, list(area_keys)))[:MOST_SHOWN]
    order = list(dict.fromkeys(one.kind for one in found))
    return sorted(found, key=lambda one: order.index(one.kind))


def _found(text: str, area_keys: list[str]) -> list[Proposal]:
    """What says what was typed; only when nothing does, what it may be a slip of.

    A sentence decides nothing: people's slips are among them, too. Nor is one shown beside the
    word of its concept that was meant.
    """
    language = get_language() or settings.LANGUAGE_CODE
    kept = _current(language)
    found = [*_named(text, language, kept), *_places(text, area_keys)]
    literal = [one for one in found if one.score >= LEAST]
    if any(not one.is_sentence for one in literal) or len(text.split()) > MOST_WITH_SLIPS:
        return literal
    slipped = _named(text, language, kept, slips=True)
    likely = [one for one in slipped if one.score >= LEAST_WITH_SLIPS]
    meant = {one.beside for one in likely if not one.is_sentence}
    return [one for one in likely if not (one.is_sentence and one.beside in meant)]


def _named(text: str, language: str, kept: _Kept, *, slips: bool = False) -> list[Proposal]:
    return [*_of_network(text, kept, slips=slips), *_of_lexicon(text, language, slips=slips)]


def _best(found: list[Proposal]) -> list[Proposal]:
    """The best few of each kind, best first; nothing twice, few ways to one concept, no noise."""
    taken: list[Proposal] = []
    seen: set[str] = set()
    for one in sorted(_without_tail(found), key=lambda one: (-one.score, len(one.text), one.text)):
        alike = [other for other in taken if other.kind is one.kind]
        ways = [other for other in alike if one.beside and other.beside == one.beside]
        many = len(alike) == OF_EACH or (one.kind is Kind.WORD and len(ways) == OF_ONE_CONCEPT)
        if many or seen & (names := _names(one)):
            continue
        seen |= names
        taken.append(one)
    return taken


def _without_tail(found: list[Proposal]) -> list[Proposal]:
    words = max((one.score for one in found if one.kind is Kind.WORD), default=0.0)
    return [one for one in found if one.kind is not Kind.WORD or one.score >= TAIL_OF_WORDS * words]


def _names(one: Proposal) -> set[str]:
    """By which one sees that two are the same: a word that is the name of a topic is that topic."""
    if one.kind is Kind.OFFER:
        return {f"{fold(one.text)} {one.beside}"}
    return {fold(one.text), f"{one.kind} {one.key}" if one.key else fold(one.text)}


# ── what people say ─────────────────────────────────────────────────────────────────────────────


def _of_lexicon(text: str, language: str, *, slips: bool) -> Iterator[Proposal]:
    if len(text) < SHORTEST_NAME:
        return
    words, index = _lexicon_index(language)
    for match in find(index, text, limit=MOST_SHOWN, slips=slips):
        word = words[int(match.named.key)]
        score = match.score * (SENTENCE if word.is_sentence else 1.0)
        yield Proposal(
            Kind.WORD, word.text, score, beside=word.name, language=word.language,
            is_sentence=word.is_sentence,
        )  # fmt: skip


@lru_cache(maxsize=32)
def _lexicon_index(language: str) -> tuple[tuple[LayWord, ...], NameIndex]:
    words = lay_words(language)
    return words, index_of(Named(Kind.WORD, str(at), word.text) for at, word in enumerate(words))


# ── what the network has ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _State:
    """By which one knows whether something changed. Entries and own words share a stamp."""

    stamp: UUID | None
    topics: tuple[tuple[str, str, tuple[str, ...]], ...]
    titles: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class _Thing:
    """What is shown of a topic, an own word or an offer, whichever of its names was typed."""

    text: str
    beside: str
    language: str


Things = dict[tuple[str, str], _Thing]


@dataclass(frozen=True, slots=True)
class _Kept:
    state: _State
    index: NameIndex
    things: Things


_kept: OrderedDict[tuple[UUID, str], _Kept] = OrderedDict()
_lock = threading.Lock()


def _of_network(text: str, kept: _Kept, *, slips: bool) -> Iterator[Proposal]:
    for match in find(kept.index, text, limit=MOST_SHOWN, slips=slips):
        kind, key = Kind(match.named.group), match.named.key
        if kind is Kind.OFFER and len(text) < SHORTEST_NAME:
            continue
        thing = kept.things[kind, key]
        score = match.score * _worth(kind, is_name=match.named.title == thing.text)
        yield Proposal(
            kind, thing.text, score, key, thing.beside, language=thing.language,
        )  # fmt: skip


def _worth(kind: Kind, *, is_name: bool) -> float:
    if kind is Kind.OWN_WORD:
        return OWN
    return 1.0 if is_name or kind is Kind.OFFER else OTHER_WORD


def _current(language: str) -> _Kept:
    place = (current_network_id(), language)
    state = _state(language)
    with _lock:
        kept = _kept.get(place)
    if kept is None or kept.state != state:
        kept = _laid_out(state, language)
    with _lock:
        _kept[place] = kept
        _kept.move_to_end(place)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return kept


def _state(language: str) -> _State:
    stamp = Version.objects.values_list("stamp", flat=True).first()
    topics = tuple((one.key, one.name, tuple(one.words)) for one in Topic.objects.all())
    return _State(stamp, topics, tuple(_titles(language)))


def _titles(language: str) -> Iterable[tuple[UUID, str]]:
    """The titles of offers in the language of the page, as far as they are true."""
    if language == settings.LANGUAGE_CODE:
        return ()
    texts = OfferText.objects.filter(language=language).exclude(title="")
    true = texts.exclude(state=TextState.OUTDATED).order_by("offer_id")
    rows: Iterable[tuple[UUID, str]] = true.values_list("offer_id", "title")
    return rows


def _laid_out(state: _State, language: str) -> _Kept:
    things: Things = {}
    names = [*_topics(state, things), *_own_words(things), *_offers(state, things, language)]
    return _Kept(state, index_of(names), things)


def _topics(state: _State, things: Things) -> Iterator[Named]:
    """A topic by its name, and by each word that families say instead."""
    for key, name, words in state.topics:
        things[Kind.TOPIC, key] = _Thing(name, "", "")
        for text in dict.fromkeys((name, *words)):
            yield Named(Kind.TOPIC, key, text)


def _own_words(things: Things) -> Iterator[Named]:
    for said, means in OwnWord.objects.values_list("said", "means"):
        things[Kind.OWN_WORD, said] = _Thing(said, ", ".join(means), settings.LANGUAGE_CODE)
        yield Named(Kind.OWN_WORD, said, said, further=tuple(means))


def _offers(state: _State, things: Things, language: str) -> Iterator[Named]:
    titles = dict(state.titles)
    towns = _towns()
    entries = Entry.objects.filter(kind=ENTRY_KIND, visibility=Visibility.PUBLIC)
    for offer_id, title, provider in entries.values_list("object_id", "title", "provider"):
        shown, written = titles.get(offer_id, title), settings.LANGUAGE_CODE
        things[Kind.OFFER, str(offer_id)] = _Thing(
            shown, ", ".join(towns.get(offer_id, ())), language if shown != title else written
        )
        further = (provider, title) if shown != title else (provider,)
        yield Named(Kind.OFFER, str(offer_id), shown, further=further)


def _towns() -> dict[UUID, list[str]]:
    """Where offers are, each town once."""
    rows = OfferAtPlace.objects.exclude(place__town="").order_by("place__town")
    found: dict[UUID, list[str]] = {}
    for offer_id, town in rows.values_list("offer_id", "place__town").distinct():
        found.setdefault(offer_id, []).append(town)
    return found


# ── places ──────────────────────────────────────────────────────────────────────────────────────


def _places(text: str, area_keys: list[str]) -> Iterator[Proposal]:
    """Places of one's own area that begin so; after other words the last one may begin a place."""
    words = text.split()
    for rest, begun in (("", text), (" ".join(words[:-1]), words[-1])):
        if len(begun) < SHORTEST_NAME or (rest and begun == text):
            continue
        found = postal_codes.towns(begun, area_keys, OF_EACH, only_there=True)
        for place in found:
            share = len(fold(begun)) / max(1, len(fold(place.town)))
            yield Proposal(
                Kind.PLACE, place.value, PLACE * min(1.0, 0.8 + 0.2 * share),
                beside=place.hint, rest=rest, language=settings.LANGUAGE_CODE,
            )  # fmt: skip
        if found:
            return
