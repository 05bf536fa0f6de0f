"""Which concepts an entry is about: told by its words, and by its meaning.

Worked out once for each entry, when it is first read, and kept as a few numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from knotenpunkt.tools.search.encoder import Vectors
from knotenpunkt.tools.search.lexicon import lexicon
from knotenpunkt.tools.search.phrases import Phrasebook
from knotenpunkt.tools.search.sayings import sayings
from knotenpunkt.tools.search.words import Vocabulary

# An entry is about this many concepts at most: whoever lists fifty is about none of them.
MOST = 8
LIKE_OFFICIAL, LIKE_SAID = 0.6, 0.4
# How far a concept must stand out among all, in standard deviations, and from where on it is sure.
STANDS_OUT, SURE = 2.0, 4.5
BY_MEANING = 0.65
LEAST = 0.1

Numbers = npt.NDArray[np.float32]


@lru_cache(maxsize=1)
def phrasebook() -> Phrasebook:
    """The words of the lexicon that ships."""
    return Phrasebook.of(lexicon().concepts)


@lru_cache(maxsize=1)
def splitter() -> Vocabulary:
    """Takes compounds apart by the words of the lexicon, the same for every entry."""
    return Vocabulary.of(lexicon().words)


def concepts_of(terms: Mapping[str, float], vectors: Vectors) -> Numbers:
    """How much an entry is about each concept, 0 to 1, mostly 0. Shape (concepts,)."""
    told = np.zeros(len(lexicon().concepts), dtype=np.float32)
    for number, weight in phrasebook().in_record(terms):
        told[number] = max(told[number], weight)
    meant = BY_MEANING * _meant(vectors)
    about = told + meant - told * meant
    least = max(LEAST, float(np.sort(about)[-MOST])) if len(about) > MOST else LEAST
    about[about < least] = 0.0
    return about.astype(np.float32)


def _meant(vector: Vectors) -> Numbers:
    known = sayings()
    like = LIKE_OFFICIAL * (known.official @ vector)
    like += LIKE_SAID * (known.centres @ known.stretched(vector[None, :])[0])
    outstanding = (like - like.mean()) / max(float(like.std()), 1e-6)
    meant: Numbers = np.clip((outstanding - STANDS_OUT) / (SURE - STANDS_OUT), 0.0, 1.0)
    return meant
