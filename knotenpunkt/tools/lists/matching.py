"""Searching and sorting by words the way people type them, the same on SQLite and PostgreSQL.

"mueller", "muller" and "Müller" are one name, "Strasse" and "Straße" one word, Ä stands beside A.
"""

from __future__ import annotations

import re

from django.db.models import F, Q, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, Lower, Replace
from django.db.models.lookups import IRegex

MOST_WORDS = 6
WORD = re.compile(r"[^\W_]+")
# What was typed → what may stand there. Both cases, because not every database knows them.
SPELLINGS = {
    "ae": "ae|[äÄ]", "oe": "oe|[öÖ]", "ue": "ue|[üÜ]", "ss": "ss|ß",
    "ä": "[äÄ]|ae|a", "ö": "[öÖ]|oe|o", "ü": "[üÜ]|ue|u", "ß": "ß|ss",
    "a": "[aäÄáàâãåÁÀÂ]", "o": "[oöÖóòôõøÓ]", "u": "[uüÜúùûÚ]", "e": "[eéèêëěÉÈ]",
    "i": "[iíìîïıİ]", "c": "[cçčćÇČ]", "s": "[sšśşŠŞ]", "z": "[zžźżŽ]", "n": "[nñńň]",
    "l": "[lłŁ]", "g": "[gğ]", "y": "[yý]", "r": "[rř]",
}  # fmt: skip
TYPED = re.compile("|".join(sorted(SPELLINGS, key=len, reverse=True)))
SORTED_AS = {"ä": "ae", "Ä": "ae", "ö": "oe", "Ö": "oe", "ü": "ue", "Ü": "ue", "ß": "ss",
             "é": "e", "É": "e"}  # fmt: skip
# A letter with an accent is looked for as it is, or bare.
BARE = str.maketrans(
    "áàâãåéèêëěíìîïıóòôõøúùûçčćšśşžźżñńňłğýř", "aaaaaeeeeeiiiiiooooouuucccssszzznnnlgyr"
)


def folded(column: str | Combinable) -> Lower:
    """A column as it is sorted: in small letters, umlauts written out."""
    told: Combinable = F(column) if isinstance(column, str) else column
    for letter, plain in SORTED_AS.items():
        told = Replace(told, Value(letter), Value(plain))
    return Lower(told)


def one_text(*columns: str) -> Combinable:
    """Several columns as one text; what is missing is left out."""
    parts = [Coalesce(F(column), Value(""), output_field=TextField()) for column in columns]
    with_blanks = [part for one in parts for part in (one, Value(" "))]
    return Concat(*with_blanks, output_field=TextField())


def words_of(typed: str) -> list[str]:
    """The words that somebody looks for, at most so many as make sense."""
    return WORD.findall(typed)[:MOST_WORDS]


def says(column: Combinable, word: str) -> Q:
    """The column holds this word, however its umlauts and accents are written."""
    return Q(IRegex(column, pattern(word)))


def pattern(word: str) -> str:
    """ "mueller" → "m(?:ue|[üÜ])[lłŁ]…": what may stand where this was typed."""
    plain = word.lower().translate(BARE)
    return TYPED.sub(lambda part: f"(?:{SPELLINGS[part.group()]})", plain)
