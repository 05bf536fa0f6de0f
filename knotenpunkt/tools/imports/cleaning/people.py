"""Names of people, also several in one cell, with salutation, title, function and asides.

German offices write names in every order: "Müller, Anna", "Fr. Dr. Müller / Hr. Krause",
"Anna u. Peter Müller", "Leitung: Julia Winter (bis 06/24)". What is no name is told, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.cleaning.texts import show, text
from knotenpunkt.tools.imports.remarks import Cleaned, Remark
from knotenpunkt.tools.imports.tables import Cell

LONGEST = 1_000
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class PersonName:
    """Somebody as a cell names them; an office has a function and no family name."""

    salutation: str = ""
    title: str = ""
    given: str = ""
    family: str = ""
    function: str = ""
    note: str = ""

    @property
    def is_office(self) -> bool:
        """Whether a desk is meant and not a person."""
        return not self.family


_SALUTATIONS = {
    "frau": "Frau", "fr": "Frau", "fr.": "Frau", "fräulein": "Frau", "frl.": "Frau",
    "mrs": "Frau", "mrs.": "Frau", "ms": "Frau", "ms.": "Frau", "madame": "Frau",
    "herr": "Herr", "herrn": "Herr", "hr": "Herr", "hr.": "Herr", "hrn.": "Herr", "hrn": "Herr",
    "mr": "Herr", "mr.": "Herr",
    "familie": "Familie", "fam.": "Familie", "fam": "Familie",
}  # fmt: skip
_COUPLE = re.compile(r"^(?:eheleute|ehepaar)\s+", re.IGNORECASE)
_TITLE = re.compile(
    r"prof\.?|prof\.?-?in|professor(?:in)?|dr\.?|dr\.in|doktor(?:in)?|pd|priv\.-doz\.|"
    r"dr\.-[\w.]+|dipl\.?-?[\w.\-äöüß/]*|diplom-?[\w.\-äöüß/]*|mag\.?|ing\.|bakk\.?|"
    r"m\.\s?a\.?|b\.\s?a\.?|m\.?sc\.?|b\.?sc\.?|ll\.?m\.?|mba|mph|m\.ed\.|b\.ed\.|"
    r"\((?:fh|ba|univ\.?|uni|tu|th)\)",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"med\.?|dent\.?|vet\.?|rer\.?|nat\.?|phil\.?|jur\.?|iur\.?|habil\.?|h\.?|c\.?|mult\.?|"
    r"theol\.?|p(?:ä|ae)d\.?|oec\.?|pol\.?|sc\.?|soc\.?|hum\.?|biol\.?|agr\.?|univ\.?",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    (
        *("von", "vom", "van", "der", "den", "dem", "de", "del", "della", "degli", "di", "da"),
        *("dal", "das", "dos", "du", "zu", "zur", "zum", "am", "im", "ten", "ter", "te", "af"),
        *("al", "el", "ben", "bin", "ibn", "bint", "abu", "av", "und"),
    )
)
_NOBLE = frozenset(
    (
        *("freiherr", "freifrau", "freiin", "graf", "gräfin", "baron", "baronin", "ritter"),
        *("edler", "edle", "fürst", "fürstin", "prinz", "prinzessin", "herzog", "herzogin"),
    )
)
# Families that stand first also where names are written in Latin letters.
_FAMILY_FIRST = frozenset({"nguyen", "nguyễn", "tran", "trần", "pham", "phạm"})
_NOBODY = re.compile(
    r"n\.?\s*n\.?|unbekannt|nicht bekannt|vakant|(?:derzeit |zur ?zeit |z\. ?zt?\. )?"
    r"(?:nicht|un) ?besetzt|keine?r?(?: angabe)?|k\. ?a\.?|offen|wird noch benannt|"
    r"siehe oben|s\. ?o\.|dito|[\W_]*",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:(?:das |unser |ihr )?team|(?:die )?kolleg(?:en|innen|\*innen|:innen)|"
    r"(?:andere|weitere)(?: mitarbeiter\w*)?|mitarbeiter(?:innen)?|co\.?|u\. ?a\.?)",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:\w*sekretariat|zentrale|\w*büro|team|leitungsteam|verwaltung|empfang|anmeldung|info\w*|"
    r"\w*geschäftsstelle|vorstand|poststelle|pforte|\w*redaktion|servicestelle|bürgerservice|"
    r"hotline|notdienst|bereitschaft(?:sdienst)?|rezeption|praxis|\w*beratungsstelle|"
    r"\w*abteilung|\w{3,}amt|fachdienst|fachbereich|sachgebiet|allgemein(?:e\w*)?|elternrat|(?:\w+-)?\w*leitung)"
    r"\b",
    re.IGNORECASE,
)
_FUNCTION = re.compile(
    r"(?:leit(?:ung|er|erin|ende|end)|führ(?:er|erin|ung)|arbeit(?:er|erin)|mitarbeiter(?:in)?|"
    r"p(?:ä|ae)dagog(?:e|in)|berat(?:er|erin|ung)|sekret(?:ä|ae)r(?:in)?|koordinat(?:or|orin|ion)|"
    r"erzieher(?:in)?|hebamme|schwester|pfleger(?:in)?|assisten(?:t|tin|z)|referent(?:in)?|"
    r"beauftragte[r]?|pfarrer(?:in)?|pastor(?:in)?|diakon(?:in)?|vorsitzende[r]?|vorsitz|vorstand|"
    r"sachbearbeit(?:er|erin|ung)|vertret(?:ung|er|erin)|stellv\.?|lehrer(?:in)?|lehrkraft|"
    r"rektor(?:in)?|direktor(?:in)?|psycholog(?:e|in)|therapeut(?:in)?|arzt|ärztin|"
    r"(?:bürger)?meister(?:in)?|landr(?:at|ätin)|fachkraft|kraft|inhaber(?:in)?|dezernent(?:in)?|"
    r"mutter|vater|person|pate|patin|lotse|lotsin|trainer(?:in)?|anw(?:alt|ältin)|richter(?:in)?|"
    r"isef|insofa|schatzmeister(?:in)?|kassenwart(?:in)?|praktikant(?:in)?|verwaltung|"
    r"sozialdienst|netzwerk|team)\.?$",
    re.IGNORECASE,
)
# Before a name these say what somebody is, not what they are called.
_BEFORE_NAMES = re.compile(
    r"(?:familien)?hebamme|pfarrer(?:in)?|pastor(?:in)?|diakon(?:in)?|(?:ober)?bürgermeister(?:in)?|"
    r"landr(?:at|ätin)|rektor(?:in)?|direktor(?:in)?|schulleiter(?:in)?|schwester|tagesmutter|"
    r"tagesvater|kindertagespflegeperson|rechtsanw(?:alt|ältin)|apotheker(?:in)?|leiter(?:in)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:z\.\s?h(?:d|dn?)?\.|zu händen(?: von)?|c/o|(?:ihr[e]? )?ansprechp(?:artner(?:in)?|erson)"
    r"(?:/-?in|:in|\*in)?|kontakt(?:person)?|name|asp\.?)\s*:?\s+",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\S+@\S+")
_PHONE = re.compile(
    r"(?:(?:tel(?:efon)?|fon|mobil|handy|fax|durchwahl|dw)\b\.?:?\s*)?(?<!\w)[+0][\d\s()/\-–]{5,}\d",
    re.IGNORECASE,
)
_BORN = re.compile(r"[\s,(]+(?:geb(?:oren(?:e|er)?)?\.?|verh\.)\s+[^\s,;()/]+\)?", re.IGNORECASE)
_LEFT = re.compile(
    r"[\s,–-]*\b((?:nur noch )?(?:bis|seit|ab)\s+(?:ende\s+)?[\d./]+\S*(?:\s?\d{4})?|"
    r"ausgeschieden.*|nicht mehr (?:da|im dienst).*|in elternzeit.*|elternzeit.*|verstorben.*|"
    r"im ruhestand.*|(?:in )?rente\b.*)$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\(([^()]*)\)")
_DASH = re.compile(r"\s+[-–—]\s+")
_HARD = re.compile(r"\s*(?:\n|;|\||\s\+\s)\s*")
# A slash parts names, but not "Leiter/in".
_AND = re.compile(
    r"\s*(?:(?<=\w)/(?!-?in\b)|(?<=\W)/|&|\bund\b|\bu\.(?!\s?a\b)|\bsowie\b)\s*", re.IGNORECASE
)
_MARK = re.compile("\ue000(\\d+)\ue001")


def people(cell: Cell) -> Cleaned[tuple[PersonName, ...]]:
    """Everybody whom a cell names, in order."""
    raw = show(cell).strip()[:LONGEST]
    reading = _Reading(raw)
    value = text(cell, lines=True).value[:LONGEST] if isinstance(cell, str) else raw
    if value and not _NOBODY.fullmatch(value.strip()):
        reading.read(value)
    return Cleaned(tuple(reading.found), tuple(reading.remarks))


class _Reading:
    """One cell on its way to people."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.found: list[PersonName] = []
        self.remarks: list[Remark] = []
        self._asides: list[str] = []

    def read(self, value: str) -> None:
        value = _PHONE.sub(" ", _MAIL.sub(" ", value))
        value = self._without_maiden_names(value)
        value = _BRACKET.sub(self._put_aside, value)
        for piece in _HARD.split(value):
            for told in _people_of(_COUPLE.sub("", piece.strip(" ,:"))):
                self._take(told)

    def _without_maiden_names(self, value: str) -> str:
        bare = _BORN.sub(" ", value)
        if bare != value:
            self._remark("name_before", _("holds a former name, which was not taken"))
        return bare

    def _put_aside(self, match: re.Match[str]) -> str:
        inner = match[1].strip()
        if _TITLE.fullmatch(f"({inner})"):
            return match[0]
        self._asides.append(inner)
        return f" \ue000{len(self._asides) - 1}\ue001"

    def _take(self, told: _Told) -> None:
        words = _MARK.sub(" ", told.words).strip(" ,.:-–")
        asides = [self._asides[int(number)] for number in _MARK.findall(told.words)]
        if _OTHERS.fullmatch(words) and self.found:
            self._remark("and_others", _("names others without their names; not taken"))
            return
        if not words or _NOBODY.fullmatch(words):
            return
        one = self._person(words, told)
        if one is None:
            self._remark("no_name", _("is no name that could be read; not taken"))
            return
        self._add(one, asides)

    def _add(self, one: PersonName, asides: Iterable[str]) -> None:
        others = []
        for aside in asides:
            label, colon, name = aside.partition(":")
            if colon and name.strip() and _is_function(label):
                others += [replace(p, function=label.strip()) for p in people(name).value]
            elif _is_function(aside) and not one.function:
                one = replace(one, function=aside[:200])
            elif aside:
                one = replace(one, note="; ".join(filter(None, (one.note, aside)))[:200])
        self.found += [one, *others]

    def _person(self, words: str, told: _Told) -> PersonName | None:
        office = _OFFICE.match(words)
        if office and not told.given and not told.titled:
            return PersonName(function=_one_line(words)[:200], note=told.note)
        parted = _Parts.of(words)
        given, family = (told.given, parted.bare) if told.given else _split(parted.core)
        if told.shared and parted.core:
            given, family = parted.bare, told.shared
        if not _is_name(family) or (given and not _is_name(given)):
            return None
        one = PersonName(
            salutation=told.salutation or parted.salutation,
            title=_title(" ".join(filter(None, (parted.title, told.title)))),
            given=given[:120],
            family=family[:120],
            function=(told.function or parted.function)[:200],
            note=told.note,
        )
        return self._in_usual_case(one)

    def _in_usual_case(self, one: PersonName) -> PersonName:
        name = one.given + one.family
        shouted = name.isupper() and len(name.replace(".", "")) > 2
        if not shouted and not name.islower():
            return one
        usual = replace(one, given=_usual(one.given), family=_usual(one.family))
        if shouted:
            reason = _("was written in capitals")
            shown = f"{usual.given} {usual.family}".strip()
            self.remarks.append(Remark("capitals", reason, self.raw, shown))
        return usual

    def _remark(self, code: str, reason: str) -> None:
        self.remarks.append(Remark(code, reason, self.raw))


@dataclass(frozen=True, slots=True)
class _Told:
    """One person's words; what commas and signs around them already said stands beside."""

    words: str
    given: str = ""
    shared: str = ""
    salutation: str = ""
    title: str = ""
    function: str = ""
    note: str = ""

    @property
    def titled(self) -> bool:
        return bool(_Parts.of(_MARK.sub(" ", self.words)).salutation or self.title)


def _people_of(piece: str) -> Iterator[_Told]:
    """The people of a piece without hard signs between them."""
    parts = [part for part in _AND.split(piece) if part.strip(" ,.")]
    told = [one for part in parts for one in _by_commas(part)]
    yield from _with_shared_names(told)


def _with_shared_names(told: Sequence[_Told]) -> Iterator[_Told]:
    """ "Anna u. Peter Müller", "Herr und Frau Müller": the last one says the family name."""
    for place, one in enumerate(told):
        after = told[place + 1] if place + 1 < len(told) else None
        bare = _Parts.of(_MARK.sub(" ", one.words))
        if after is None or one.given or not _shares(bare, one, after):
            yield one
            continue
        _given, family = _split(_Parts.of(_MARK.sub(" ", after.words)).core)
        if bare.core:
            yield replace(one, shared=family)
        else:
            yield replace(one, words=family, salutation=bare.salutation)


def _shares(bare: _Parts, one: _Told, after: _Told) -> bool:
    follows = _Parts.of(_MARK.sub(" ", after.words))
    if after.given or one.function or not follows.core or _OFFICE.match(one.words):
        return False
    if not bare.core:
        return bool(bare.salutation)
    is_given_alone = len(bare.core) == 1 and not bare.salutation and not follows.salutation
    return is_given_alone and len(follows.core) >= 2


def _by_commas(part: str) -> Iterator[_Told]:
    """Commas part people, turn names round, and set titles, functions and terms apart."""
    waiting: _Told | None = None
    for bit in map(str.strip, part.split(",")):
        if not bit:
            continue
        told = _with_function(_with_term(_Told(_LABEL.sub("", bit))))
        if waiting is not None and (joined := _joined(waiting, told)):
            waiting = joined
            continue
        if waiting is not None:
            yield waiting
        waiting = told
    if waiting is not None:
        yield waiting


def _joined(one: _Told, told: _Told) -> _Told | None:
    """What stands behind the comma belongs to the name before it; None for another person."""
    bare = _MARK.sub(" ", told.words).strip()
    parts = _Parts.of(bare)
    if _is_title(bare):
        return replace(one, title=f"{one.title} {bare}".strip())
    if not bare and told.note:
        return replace(one, note=told.note)
    if _is_function(bare) and not parts.salutation:
        return replace(one, function=bare)
    if parts.salutation or one.given or not parts.core or len(parts.core) > 3:
        return None
    family = _Parts.of(_MARK.sub(" ", one.words).strip())
    if len(_without_particles(family.core)) != 1:
        return None
    marks = " ".join(match[0] for match in _MARK.finditer(told.words))
    return replace(
        one,
        words=f"{one.words} {marks}".strip(),
        given=" ".join(parts.core),
        title=f"{one.title} {parts.title}".strip(),
        note=one.note or told.note,
        function=one.function or told.function,
    )


def _with_term(told: _Told) -> _Told:
    """ "Anna Müller bis 30.06.2024"."""
    match = _LEFT.search(told.words)
    if match is None:
        return told
    return replace(told, words=told.words[: match.start()].strip(), note=match[1].strip())


def _with_function(told: _Told) -> _Told:
    """ "Leitung: Julia Winter", "Frau Winter - Schulsozialarbeiterin"."""
    label, colon, rest = told.words.partition(":")
    if colon and rest.strip() and _is_function(label):
        return replace(told, words=rest.strip(), function=label.strip())
    first, *others = _DASH.split(told.words, maxsplit=1)
    if others and _is_function(others[0]):
        return replace(told, words=first.strip(), function=others[0].strip())
    return told


@dataclass(frozen=True, slots=True)
class _Parts:
    """The words of one name, sorted."""

    salutation: str
    title: str
    function: str
    core: tuple[str, ...]

    @property
    def bare(self) -> str:
        """The name alone."""
        return " ".join(self.core)

    @classmethod
    def of(cls, words: str) -> _Parts:
        tokens = _tokens(words)
        salutation, function = "", ""
        title: list[str] = []
        while tokens:
            token = tokens[0]
            if token.casefold() in _SALUTATIONS:
                salutation = salutation or _SALUTATIONS[token.casefold()]
            elif _TITLE.fullmatch(token) or (title and _DEGREE.fullmatch(token)):
                title.append(token)
            elif not function and _stands_before_a_name(tokens):
                function = token
            else:
                break
            tokens = tokens[1:]
        while len(tokens) > 1 and _TITLE.fullmatch(tokens[-1]):
            title.append(tokens.pop())
        return cls(salutation, " ".join(title), function, tuple(tokens))


def _stands_before_a_name(tokens: Sequence[str]) -> bool:
    """Whether the first word is what somebody does: a long one, as no family is called."""
    if len(tokens) < 2:
        return False
    if _BEFORE_NAMES.fullmatch(tokens[0]):
        return True
    is_long = len(tokens[0]) > 9 and len(tokens) > 2
    return _ends_so(tokens[0]) and (is_long or tokens[1].casefold() in _SALUTATIONS)


def _tokens(words: str) -> list[str]:
    spaced = re.sub(r"\b(dr|prof|hr|fr|hrn|fam)\.(?=[^\s\-])(?!in\b)", r"\1. ", words, flags=re.I)
    spaced = re.sub(r"\b(med|dent|rer|phil|h)\.(?=[a-z])", r"\1. ", spaced, flags=re.I)
    return spaced.split()


def _split(core: Sequence[str]) -> tuple[str, str]:
    """Given and family name of a name in its usual order."""
    if not core:
        return "", ""
    if len(core) > 1 and re.fullmatch(r"\w\.", core[-1]) and len(core[0]) > 2:
        return core[-1], " ".join(core[:-1])
    if len(core) > 1 and core[0].casefold() in _FAMILY_FIRST:
        return " ".join(core[1:]), core[0]
    start = _start_of_family(core)
    return " ".join(core[:start]), " ".join(core[start:])


def _start_of_family(core: Sequence[str]) -> int:
    for place, word in enumerate(core[:-1]):
        following = core[place + 1].casefold()
        if word.casefold() in _PARTICLES or word.endswith(("-von", "-van", "-zu", "-de")):
            return place
        if word.casefold() in _NOBLE and following in _PARTICLES:
            return place
    return len(core) - 1


def _without_particles(core: Iterable[str]) -> list[str]:
    return [word for word in core if word.casefold() not in _PARTICLES | _NOBLE]


def _is_title(words: str) -> bool:
    tokens = _tokens(words)
    return (
        bool(tokens)
        and bool(_TITLE.fullmatch(tokens[0]))
        and all(_TITLE.fullmatch(one) or _DEGREE.fullmatch(one) for one in tokens)
    )


def _is_function(words: str) -> bool:
    """Whether the words say what somebody does: "Leitung", "stellv. Leiterin Hort"."""
    tokens = [token.strip(".,:") for token in words.split()]
    if not tokens or len(tokens) > _MOST_WORDS or "@" in words:
        return False
    return any(_ends_so(token) for part in tokens for token in re.split(r"[/*:-]", part))


def _ends_so(token: str) -> bool:
    return _FUNCTION.search(token) is not None


def _is_name(name: str) -> bool:
    words = name.split()
    if not words or len(words) > _MOST_WORDS or any(sign.isdigit() for sign in name):
        return False
    if not any(sign.isalpha() for sign in name) or re.search(r"[?!=<>@#\"„“%€]", name):
        return False
    usual = [word for word in words if word.casefold() not in _PARTICLES]
    if not usual:
        return False
    return name.islower() or not any(word[0].islower() for word in usual)


def _usual(name: str) -> str:
    return " ".join(
        word.lower() if word.casefold() in _PARTICLES else _capitalised(word)
        for word in name.split()
    )


def _capitalised(word: str) -> str:
    return "".join(bit.capitalize() for bit in re.split(r"([-'’.])", word))


def _title(told: str) -> str:
    shown = [
        re.sub(r"^(prof)essor(in)?$", _short_professor, word, flags=re.I) for word in told.split()
    ]
    line = " ".join(re.sub(r"^doktor(in)?$", r"Dr.\1", word, flags=re.I) for word in shown)
    line = re.sub(r"\bh\.\s?c\.", "h. c.", line)
    return re.sub(r"\b(Dr|Prof|PD)(?=\s|$)", lambda m: m[1] if m[1] == "PD" else f"{m[1]}.", line)[
        :60
    ]


def _short_professor(match: re.Match[str]) -> str:
    return "Prof.in" if match[2] else "Prof."


def _one_line(words: str) -> str:
    return " ".join(words.split())
