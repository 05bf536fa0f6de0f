"""Forms of German that are hard to read: negation, subjunctive, passive, genitive."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knotenpunkt.tools.plain_language.findings import Finding, Line, Word
from knotenpunkt.tools.plain_language.vocabulary import words_of

NEGATION = re.compile(
    r"\b(nicht|nichts|niemand|niemanden|niemandem|nie|niemals|keine?[mnrs]?|weder)\b", re.I
)
# What stands around a negation → what can be said instead.
POSITIVE = (
    (re.compile(r"müssen nicht", re.I), "Sie dürfen …"),
    (re.compile(r"nicht allein", re.I), "Wir helfen Ihnen."),
    (re.compile(r"nie allein", re.I), "Immer ist jemand für Sie da."),
    (re.compile(r"kein Geld|nichts bezahlen|keine Kosten|kostet nichts", re.I), "kostenlos"),
    (re.compile(r"nichts mit", re.I), "Alles ist schon da."),
    (re.compile(r"erfährt|sagen .*nicht", re.I), "Alles bleibt geheim."),
    (re.compile(r"keine Angst", re.I), "Das ist sicher."),
    (re.compile(r"nicht wissen|nicht weiter", re.I), "Haben Sie Fragen?"),
)
SUBJUNCTIVE = {
    "könnte": "kann", "könnten": "können", "könntest": "kannst", "würde": "", "würden": "",
    "würdest": "", "wäre": "ist", "wären": "sind", "wärst": "bist", "hätte": "hat",
    "hätten": "haben", "hättest": "hast", "müsste": "muss", "müssten": "müssen",
    "dürfte": "darf", "dürften": "dürfen", "sollte": "soll", "sollten": "sollen",
    "wüsste": "weiß", "wüssten": "wissen", "bräuchte": "braucht", "bräuchten": "brauchen",
    "gäbe": "gibt", "käme": "kommt", "ginge": "geht", "ließe": "lässt", "fände": "findet",
}  # fmt: skip
BECOME = frozenset({"wird", "werden", "werdet", "wirst", "wurde", "wurden", "worden"})
_SEPARABLE = (
    "an|ab|auf|aus|bei|ein|mit|nach|vor|zu|weg|weiter|zurück|hin|her|statt|teil|fest|um|durch|los|"
    "zusammen|vorbei|bereit|fertig|bekannt"
)
_PARTICIPLE = re.compile(
    rf"(?:(?:{_SEPARABLE})?ge[a-zäöü]{{3,}}(?:t|en)|(?:be|ver|er|ent|zer)[a-zäöü]{{3,}}t"
    r"|[a-zäöü]{3,}iert)"
)
# With "von" in the sentence also these forms, which else mean what will be ("werden beraten").
_ONLY_WITH_BY = re.compile(r"(?:be|ver|er|ent|zer|über|unter)[a-zäöü]{3,}en")
_STRONG = words_of("strong participles")
_NO_PARTICIPLE = words_of("no participles")
_BY = re.compile(r"\b(von|durch|vom)\b")

GENITIVE_OWNED = re.compile(
    r"\b(des|eines|meines|deines|seines|ihres|Ihres|unseres|eures)\s+((?:[a-zäöüß]+en\s+)?)"
    r"([A-ZÄÖÜ][\wäöüß-]+)"
)
GENITIVE_OF = re.compile(r"\b([A-ZÄÖÜ][\wäöüß-]{2,}) der ([A-ZÄÖÜ][\wäöüß-]+)\b")
_NO_OWNED_THING = words_of("no owned things")
_MANY = words_of("many")
_WITH_N = words_of("with n")
_REASON = re.compile(r"\b(wegen|während|trotz|statt|innerhalb|außerhalb)\s*$", re.I)


def negation(line: Line) -> Iterator[Finding]:
    """What is not: say what is."""
    found = list(line.matches(NEGATION))
    if not found:
        return
    better = next((said for near, said in POSITIVE if near.search(line.text)), "")
    for match in found:
        yield line.find("negation", *match.span(), better)


def subjunctive(line: Line) -> Iterator[Finding]:
    """What might be: say what is, or ask for it."""
    for word in line.words:
        if word.text.lower() in SUBJUNCTIVE:
            better = SUBJUNCTIVE[word.text.lower()]
            yield line.find("subjunctive", word.start, word.end, better)


def passive(line: Line) -> Iterator[Finding]:
    """What is done by nobody in particular: say who does it."""
    words = line.words
    for at, word in enumerate(words):
        if word.text.lower() not in BECOME:
            continue
        done = _participle(line, words, at)
        if done is not None:
            start, end = min(word.start, done.start), max(word.end, done.end)
            yield line.find("passive", start, end)


def _participle(line: Line, words: list[Word], at: int) -> Word | None:
    """What is done: behind "wird" in its clause, or just before it at the end of one."""
    behind = words[at + 1 :]
    stop = next((i for i, w in enumerate(behind) if _has_comma(line, w)), len(behind))
    clause = behind[: stop + 1] or words[max(at - 1, 0) : at]
    by = bool(_BY.search(line.text))
    return next((w for w in reversed(clause) if _is_participle(w.text, by=by)), None)


def _has_comma(line: Line, word: Word) -> bool:
    return line.text[word.end : word.end + 1] in (",", ".", "?", "!", ":")


def _is_participle(word: str, *, by: bool) -> bool:
    if not word.islower() or word in _NO_PARTICIPLE:
        return False
    if word in _STRONG or _PARTICIPLE.fullmatch(word):
        return True
    return by and bool(_ONLY_WITH_BY.fullmatch(word))


def genitive(line: Line) -> Iterator[Finding]:
    """Whose it is: say it with "von"."""
    for match in line.matches(GENITIVE_OWNED):
        yield line.find("genitive", *match.span(), _of_owned(line, match))
    for match in line.matches(GENITIVE_OF):
        thing, owner = match.groups()
        if thing in _NO_OWNED_THING or _is_verb_at_the_beginning(line, match):
            continue
        article = "den" if owner in _MANY else "der"
        whose = f"{owner}n" if owner in _WITH_N else owner
        better = f"{thing} von {article} {whose}"
        yield line.find("genitive", *match.span(), better)


def _is_verb_at_the_beginning(line: Line, match: re.Match[str]) -> bool:
    """ "Hilft der Mutter jemand?": no noun, though it begins with a capital."""
    return not line.text[: match.start()].strip() and match[1].endswith("t")


def _of_owned(line: Line, match: re.Match[str]) -> str:
    article, adjective, noun = match.groups()
    if _REASON.search(line.text[: match.start()]):
        return ""
    bare = noun[:-2] if noun.endswith("es") else noun.removesuffix("s")
    of = {"des": "vom", "eines": "von einem"}.get(article, f"von {article[:-1]}m")
    return f"{of} {adjective}{bare}"
