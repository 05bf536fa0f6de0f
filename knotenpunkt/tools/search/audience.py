"""For whom a title speaks: what is for men stands back for whoever does not ask as one.

"Mein Mann schlägt mich" and "Auch Männer werden geschlagen" share their words and most of their
meaning; who hits whom is in neither. So the one thing that matters here is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from knotenpunkt.tools.search.index import Index, Numbers
from knotenpunkt.tools.search.lexicon import lexicon
from knotenpunkt.tools.search.words import terms_of

FOR_MEN = frozenset(terms_of("Mann Männer Vater Väter Papa Papas"))
# Concepts of whoever is a man or father, or asks for one.
OF_MEN = frozenset({"vater-kind", "maennerberatung", "taeterberatung"})
SURE = 0.2
STANDS_BACK = 0.25
# Somebody else's man: "mein Mann", "der Vater meines Kindes", "ihr Papa".
OF_ANOTHER = re.compile(
    r"\b(mein|meine[mnrs]|ihr|ihre[mnrs]|dein|deine[mnrs]|der|dem|den|kein|ein)\s+"
    r"(\w+\s+)?(mann|vater|papa)\b"
)
HIS_WIFE = re.compile(r"\bmeine[rn]?\s+(frau|ehefrau|freundin|partnerin|ex(frau|freundin)?)\b")


def asks_as_man(text: str, concepts: Iterable[tuple[int, float]]) -> bool:
    """Whether the wish may well be a man's, or is for men and fathers."""
    known = lexicon().concepts
    if any(sure >= SURE and known[number].key in OF_MEN for number, sure in concepts):
        return True
    told = text.casefold()
    if HIS_WIFE.search(told):
        return True
    alone = OF_ANOTHER.sub(" ", told)
    return any(term in FOR_MEN for term in terms_of(alone))


def held_back(index: Index) -> Numbers:
    """What each record loses when nobody asks for what is for men, shape (records,)."""
    lost = np.zeros(len(index), dtype=np.float32)
    for term in FOR_MEN:
        lost[index.names.of_term(term)[0]] = STANDS_BACK
    return lost
