"""Which records may be one, ranked, with reasons. Plain values in, plain values out.

Only records that share something telling are compared (a word of the name, a number, an address):
1,100 records are half a million pairs, of which a few thousand are looked at. Rare agreement says
more than frequent: "Wegwarte" more than "Kita", a mailbox of two more than one of twenty.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from math import log
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from knotenpunkt.foundation.core.folding import folded_words

# What a pair must reach to be shown, to be likely, and to be all but certain.
SHOWN, LIKELY, CERTAIN = 0.5, 0.7, 0.88
# Signs of a whole address, and how alike two must be.
_TELLING_LINE, _LIKE_LINES = 25, 72
# Words by which offices tell their houses apart.
_SIDES = frozenset(("nord", "sued", "ost", "west", "mitte", "i", "ii", "iii", "iv"))
# A block with more records than that tells nothing.
_LARGEST_BLOCK = 60
_FEW = 50
# Words of names that half a county shares.
_GENERAL = frozenset(
    (
        *("kita", "kindertagesstaette", "kindertageseinrichtung", "kindergarten", "hort", "haus"),
        *("krippe", "familienzentrum", "praxis", "dr", "med", "beratungsstelle", "beratung"),
        *("verein", "ev", "e", "v", "ggmbh", "gmbh", "stadt", "gemeinde", "landkreis", "kreis"),
        *("schule", "grundschule", "oberschule", "amt", "jugendamt", "team", "buero", "zentrum"),
        *("landratsamt", "stadtverwaltung", "gemeindeverwaltung"),
        *("und", "der", "die", "das", "des", "fuer", "im", "am", "in", "an", "zum", "zur", "von"),
        *("frau", "herr", "familien", "freiwillige"),
    )
)
_SHORT_FORMS = {
    "kita": "kindertagesstaette", "kiga": "kindergarten", "mgh": "mehrgenerationenhaus",
    "fz": "familienzentrum", "fam": "familien", "str": "strasse", "gs": "grundschule",
    "os": "oberschule", "lk": "landkreis", "bst": "beratungsstelle",
    "awo": "arbeiterwohlfahrt", "drk": "rotes", "st": "sankt",
}  # fmt: skip


class Reason(StrEnum):
    """What speaks for a pair or against it."""

    SAME_MAIL = "same_mail"
    SAME_PHONE = "same_phone"
    SAME_WEBSITE = "same_website"
    SAME_NAME = "same_name"
    LIKE_NAME = "like_name"
    SAME_INITIAL = "same_initial"
    SAME_HOUSE = "same_house"
    NEXT_HOUSE = "next_house"
    SAME_STREET = "same_street"
    SAME_TOWN = "same_town"
    SAME_ABOVE = "same_above"
    SAME_FACT = "same_fact"
    OTHER_NAME = "other_name"
    OTHER_TOWN = "other_town"
    OTHER_STREET = "other_street"
    OTHER_ABOVE = "other_above"
    OTHER_PHONE = "other_phone"
    OTHER_FACT = "other_fact"


@dataclass(frozen=True, slots=True)
class Card:
    """One record as it is compared. Of people `given` and `family` are told apart.

    `above` is what it belongs to: the body of a facility, the organisations of a person. `facts`
    are other things that only one record should have, such as a date of birth.
    """

    key: Any
    name: str
    given: str = ""
    mails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    website: str = ""
    street: str = ""
    house: str = ""
    code: str = ""
    town: str = ""
    above: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records that may be one; `score` from 0 to 1."""

    first: Any
    second: Any
    score: float
    reasons: tuple[Reason, ...]
    doubts: tuple[Reason, ...]


@dataclass(slots=True)
class _Known:
    """A card made comparable once."""

    card: Card
    words: tuple[str, ...]
    sorted_name: str
    given: tuple[str, ...]
    street: str
    line: str
    blocks: frozenset[tuple[str, str]] = field(default=frozenset())


def candidates(cards: Iterable[Card], *, shown: float = SHOWN) -> list[Candidate]:
    """All pairs that reach `shown`, the most likely first."""
    known = [_known(card) for card in cards]
    rarity = _rarity(known)
    numbers = _how_often(known)
    found = []
    for one, two in _pairs(known):
        score, reasons, doubts = _judged(one, two, rarity, numbers)
        if score >= shown:
            found.append(Candidate(one.card.key, two.card.key, round(score, 3), reasons, doubts))
    return sorted(found, key=lambda pair: (-pair.score, str(pair.first), str(pair.second)))


def candidates_for(
    new: Iterable[Card], cards: Sequence[Card], *, shown: float = SHOWN
) -> dict[Any, list[Candidate]]:
    """Of each new card the known ones that it may be, the most likely first."""
    wanted = {card.key for card in new}
    fresh = [_known(card) for card in new]
    known = [_known(card) for card in cards if card.key not in wanted]
    rarity, numbers = _rarity([*fresh, *known]), _how_often([*fresh, *known])
    blocks: dict[tuple[str, str], list[_Known]] = defaultdict(list)
    for one in known:
        for block in one.blocks:
            blocks[block].append(one)
    found: dict[Any, list[Candidate]] = {}
    for one in fresh:
        met = {id(two): two for block in one.blocks for two in blocks[block]}
        told = [_candidate(one, two, rarity, numbers) for two in met.values()]
        likely = sorted((c for c in told if c.score >= shown), key=lambda c: -c.score)
        if likely:
            found[one.card.key] = likely
    return found


def _candidate(
    one: _Known, two: _Known, rarity: dict[str, float], numbers: Counter[str]
) -> Candidate:
    score, reasons, doubts = _judged(one, two, rarity, numbers)
    return Candidate(one.card.key, two.card.key, round(score, 3), reasons, doubts)


def _known(card: Card) -> _Known:
    words = tuple(_SHORT_FORMS.get(word, word) for word in folded_words(card.name))
    known = _Known(
        card=card,
        words=words,
        sorted_name=" ".join(sorted(words)),
        given=tuple(folded_words(card.given)),
        street=" ".join(_SHORT_FORMS.get(w, w) for w in folded_words(card.street)).replace(
            "strasse", "str"
        ),
        line=_line(card) if card.given and card.street else "",
    )
    known.blocks = frozenset(_blocks(known))
    return known


def _line(card: Card) -> str:
    """Everything in one line, words in order: exchanged fields do not count."""
    told = (card.name, card.given, card.street, card.house, card.code, card.town)
    return " ".join(sorted(folded_words(" ".join(told))))


def _blocks(one: _Known) -> Iterator[tuple[str, str]]:
    """What two records must share one of, to be compared at all."""
    card = one.card
    for value in (*card.mails, *card.phones, *card.facts, card.website):
        if value:
            yield "value", value
    telling = [word for word in one.words if word not in _GENERAL and len(word) > 2]
    for word in telling or one.words:
        yield "word", word
        # A wrong letter at the end or in the middle leaves one of these as it was.
        if len(word) > 4:
            yield "start", word[:4]
            yield "end", word[-4:]
        yield "sound", _sound(word)
    for word in one.given:
        yield "given", f"{word[:3]} {card.code or card.town[:4].casefold()}"
    if one.given and one.words:
        yield "both", " ".join(sorted((one.given[0][:3], one.words[-1][:3])))
    if one.street:
        yield "street", f"{one.street.replace(' ', '')[:8]} {card.house}"
        yield "house", f"{card.code} {card.house} {one.street[:3]}"
    if one.line:
        yield "first", f"{one.given[0][:4]} {one.street[:4]}"
        yield "at", f"{card.code} {card.house}"


_SOUNDS = str.maketrans({
    "d": "t", "b": "p", "v": "f", "w": "f", "g": "k", "c": "k", "q": "k", "x": "k", "z": "s",
    "y": "i", "j": "i", "m": "n", "h": None,
})  # fmt: skip


def _sound(word: str) -> str:
    """Meyer, Maier and Mayr sound alike: consonants only, those that are mixed up as one."""
    bare = word.replace("ph", "f").replace("sch", "s").replace("ck", "k").translate(_SOUNDS)
    told = bare[:1] + "".join(letter for letter in bare[1:] if letter not in "aeiou")
    return "".join(b for a, b in zip(f" {told}", told, strict=False) if a != b)[:6]


def _pairs(known: Sequence[_Known]) -> Iterator[tuple[_Known, _Known]]:
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(known):
        for block in one.blocks:
            blocks[block].append(place)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) <= _LARGEST_BLOCK:
            seen.update(combinations(members, 2))
    return ((known[first], known[second]) for first, second in seen)


def _rarity(known: Sequence[_Known]) -> dict[str, float]:
    """How much a word says: nothing when all have it, most when it stands twice at most."""
    counted = Counter(word for one in known for word in {*one.words, *one.given})
    # Among a few records no word is frequent yet.
    total = max(len(known), _FEW)
    return {
        word: max(0.1, log(total / times) / log(total)) * (0.4 if word in _GENERAL else 1.0)
        for word, times in counted.items()
    }


def _how_often(known: Sequence[_Known]) -> Counter[str]:
    """How many records have a number or mailbox: one that twenty share tells little."""
    return Counter(
        value
        for one in known
        for value in (*one.card.mails, *one.card.phones, *one.card.facts, one.card.website)
    )


Judged = tuple[float, tuple[Reason, ...], tuple[Reason, ...]]


def _judged(one: _Known, two: _Known, rarity: dict[str, float], numbers: Counter[str]) -> Judged:
    """How likely two records are one: evidence is added up, name and place weigh most."""
    reasons: list[Reason] = []
    doubts: list[Reason] = []
    name = _names(one, two, rarity, reasons, doubts)
    ways = _ways(one.card, two.card, numbers, reasons, doubts)
    place = _places(one, two, reasons, doubts)
    above = _above(one.card, two.card, reasons, doubts)
    facts = _facts(one.card, two.card, reasons, doubts)
    score = name + ways + place + above + facts - _told_apart(one, two)
    if Reason.SAME_HOUSE in reasons and Reason.OTHER_NAME in doubts and _same_family(one, two):
        score += 0.18
    score = max(score, _as_lines(one, two))
    return max(0.0, min(1.0, score)), tuple(reasons), tuple(doubts)


def _names(
    one: _Known,
    two: _Known,
    rarity: dict[str, float],
    reasons: list[Reason],
    doubts: list[Reason],
) -> float:
    """Up to 0.6 for equal names, less than nothing for different ones."""
    family = _alike(one, two, rarity)
    if not one.card.given and not two.card.given:
        written_otherwise = one.card.name.casefold() != two.card.name.casefold()
        return _name_score(family, reasons, doubts, written_otherwise=written_otherwise)
    crossed = _crossed(one, two)
    given = _given_alike(one, two, reasons)
    whole = (
        max(0.6 * family + 0.4 * given, crossed) if family > 0.45 else max(0.5 * family, crossed)
    )
    return _name_score(whole, reasons, doubts)


def _as_lines(one: _Known, two: _Known) -> float:
    """People with an address of their own: where several fields are spoilt, the whole still tells.

    Not of organisations: houses of one body in one street are alike as lines and are several.
    """
    if len(one.line) < _TELLING_LINE or len(two.line) < _TELLING_LINE:
        return 0.0
    like = fuzz.ratio(one.line, two.line)
    return SHOWN + (like - _LIKE_LINES) / 100 if like >= _LIKE_LINES else 0.0


def _told_apart(one: _Known, two: _Known) -> float:
    """ "Dienst Nord" and "Dienst Süd", "Team 1" and "Team 2": names that say that they are two."""
    here, there = (
        {word for word in known.words if word in _SIDES or word.isdigit()} for known in (one, two)
    )
    return 0.3 if (here or there) and here != there and not one.given else 0.0


def _same_family(one: _Known, two: _Known) -> bool:
    """One family in one house: a given name was mistaken, or two people live there. Worth a look.

    Nobody knows better where the family name is missing.
    """
    if not (one.given and two.given):
        return False
    if not one.words or not two.words:
        return True
    likest = max(
        fuzz.ratio(one.sorted_name, two.sorted_name),
        fuzz.ratio(
            " ".join(sorted((*one.given, *one.words))), " ".join(sorted((*two.given, *two.words)))
        ),
    )
    return likest >= 70


def _name_score(
    alike: float,
    reasons: list[Reason],
    doubts: list[Reason],
    *,
    written_otherwise: bool = False,
) -> float:
    if alike >= 0.995:
        reasons.append(Reason.LIKE_NAME if written_otherwise else Reason.SAME_NAME)
        return 0.6
    if alike >= 0.72:
        reasons.append(Reason.LIKE_NAME)
        return 0.6 * (alike - 0.4) / 0.6
    doubts.append(Reason.OTHER_NAME)
    return 0.35 * alike - 0.15


def _alike(one: _Known, two: _Known, rarity: dict[str, float]) -> float:
    """How alike two names are, each word by how much it says; order does not count."""
    if one.sorted_name == two.sorted_name:
        return 1.0
    if not one.words or not two.words:
        return 0.6
    shorter, longer = sorted((one.words, two.words), key=len)
    met = _best_words(shorter, longer, rarity)
    total = sum(_weight(word, rarity) for word in shorter)
    rest = sum(_weight(word, rarity) for word in longer) - sum(weight for _l, weight in met)
    covered = sum(
        like * _weight(word, rarity) for word, (like, _w) in zip(shorter, met, strict=True)
    )
    by_words = covered / (total + 0.35 * max(rest, 0.0)) if total else 0.0
    tight = fuzz.ratio("".join(one.words), "".join(two.words)) / 100
    return max(by_words, tight if tight >= 0.84 else 0.0)


def _best_words(
    shorter: Sequence[str], longer: Sequence[str], rarity: dict[str, float]
) -> list[tuple[float, float]]:
    """For each word the likeness and weight of the word that it meets; each meets one only."""
    left = list(longer)
    met = []
    for word in shorter:
        like, other = max(((_word_like(word, one), one) for one in left), default=(0.0, ""))
        if like:
            left.remove(other)
        met.append((like, _weight(other, rarity) if like else 0.0))
    return met


def _weight(word: str, rarity: dict[str, float]) -> float:
    return rarity.get(word, 1.0) * (0.5 if len(word) < 3 else 1.0)


def _word_like(one: str, two: str) -> float:
    """1 for equal words; a wrong letter costs a little, a wrong word all."""
    if one == two:
        return 1.0
    if (len(one) == 1 or len(two) == 1) and one[0] == two[0]:
        return 0.85
    if min(len(one), len(two)) >= 4 and (one.startswith(two) or two.startswith(one)):
        return 0.88
    if min(len(one), len(two)) >= 5 and (one.endswith(two) or two.endswith(one)):
        return 0.8
    like = DamerauLevenshtein.normalized_similarity(one, two)
    if _sound(one) == _sound(two) and one[0] == two[0]:
        like = max(like, 0.86)
    return like if like >= 0.7 else 0.0


def _given_alike(one: _Known, two: _Known, reasons: list[Reason]) -> float:
    if not one.given or not two.given:
        return 0.75
    if set(one.given) <= set(two.given) or set(two.given) <= set(one.given):
        return 1.0
    first, second = one.given[0], two.given[0]
    if len(first) == 1 or len(second) == 1:
        if first[0] == second[0]:
            reasons.append(Reason.SAME_INITIAL)
            return 0.85
        return 0.0
    tight = _word_like("".join(one.given), "".join(two.given))
    return max(tight, *(_word_like(a, b) for a in one.given for b in two.given))


def _crossed(one: _Known, two: _Known) -> float:
    """ "Anna Müller" and "Müller Anna": given and family name exchanged."""
    if not one.given or not two.given or set(one.given) == set(two.given):
        return 0.0
    here, there = " ".join((*one.given, *one.words)), " ".join((*two.words, *two.given))
    return 0.97 if here == there else 0.9 * float(JaroWinkler.similarity(here, there) > 0.95)


def _ways(
    one: Card, two: Card, numbers: Counter[str], reasons: list[Reason], doubts: list[Reason]
) -> float:
    """Up to 0.45 for shared mailboxes and numbers; shared by many they say little."""
    score = 0.0
    if shared := one.mails & two.mails:
        reasons.append(Reason.SAME_MAIL)
        score += max(_told_by(value, numbers, 0.34) for value in shared)
    if shared := one.phones & two.phones:
        reasons.append(Reason.SAME_PHONE)
        score += max(_told_by(value, numbers, 0.28) for value in shared)
    elif one.phones and two.phones:
        doubts.append(Reason.OTHER_PHONE)
    if one.website and one.website == two.website:
        reasons.append(Reason.SAME_WEBSITE)
        score += _told_by(one.website, numbers, 0.16)
    return min(score, 0.45)


def _told_by(value: str, numbers: Counter[str], most: float) -> float:
    return most * min(1.0, 3.0 / max(numbers[value], 1))


def _places(one: _Known, two: _Known, reasons: list[Reason], doubts: list[Reason]) -> float:
    """Up to 0.3 for the same house, less for the street, against it for another town."""
    here, there = one.card, two.card
    score = 0.0
    if one.street and two.street:
        score += _street(one, two, reasons, doubts)
    same_code = here.code and here.code == there.code
    towns = [" ".join(folded_words(town)) for town in (here.town, there.town)]
    if same_code or (towns[0] and fuzz.ratio(*towns) >= 85):
        if Reason.SAME_HOUSE not in reasons:
            reasons.append(Reason.SAME_TOWN)
        return score + 0.08
    if (here.code and there.code) or all(towns):
        near = here.code and there.code and DamerauLevenshtein.distance(here.code, there.code) == 1
        if near and Reason.SAME_HOUSE in reasons:
            return score
        doubts.append(Reason.OTHER_TOWN)
        return score - (0.04 if near else 0.16)
    return score


def _street(one: _Known, two: _Known, reasons: list[Reason], doubts: list[Reason]) -> float:
    like = fuzz.ratio(one.street, two.street)
    if like < 82:
        doubts.append(Reason.OTHER_STREET)
        return -0.08
    houses = ["".join(folded_words(house)) for house in (one.card.house, two.card.house)]
    if houses[0] == houses[1]:
        reasons.append(Reason.SAME_HOUSE if houses[0] else Reason.SAME_STREET)
        return 0.22 if houses[0] else 0.14
    numbers = [int("".join(filter(str.isdigit, house)) or 0) for house in houses]
    if abs(numbers[0] - numbers[1]) <= 2:
        reasons.append(Reason.NEXT_HOUSE)
        return 0.12
    reasons.append(Reason.SAME_STREET)
    return 0.06


def _above(one: Card, two: Card, reasons: list[Reason], doubts: list[Reason]) -> float:
    if not one.above or not two.above:
        return 0.0
    if one.above & two.above:
        reasons.append(Reason.SAME_ABOVE)
        return 0.24
    like = max(fuzz.token_sort_ratio(a, b) for a in one.above for b in two.above)
    if like >= 85:
        reasons.append(Reason.SAME_ABOVE)
        return 0.16
    doubts.append(Reason.OTHER_ABOVE)
    return -0.08


def _facts(one: Card, two: Card, reasons: list[Reason], doubts: list[Reason]) -> float:
    if one.facts & two.facts:
        reasons.append(Reason.SAME_FACT)
        return min(0.5, 0.3 * len(one.facts & two.facts))
    if one.facts and two.facts:
        doubts.append(Reason.OTHER_FACT)
        return -0.05
    return 0.0
