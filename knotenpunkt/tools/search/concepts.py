"""Which concepts a query is about, and how surely.

Five clues speak for a concept: the query says one of its words; it is like one of its sayings, or
several, by meaning; like the middle of them; like one by parts of words; and its parts of words are
telling of all that is said of it. They are added up, and the concepts share a certainty of at most
1, of which "none of these" gets a part as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knotenpunkt.tools.search.encoder import Vectors
from knotenpunkt.tools.search.lexicon import lexicon
from knotenpunkt.tools.search.sayings import sayings

# How sharply the nearest saying stands above the others of its concept.
SHARPNESS = 20.0
NEAREST, CENTRAL, ALIKE, SAID, TELLING = 4.5, 8.0, 8.0, 7.0, 2.0
# What the clues must reach together before a concept is more likely than none.
NONE = 1.0
AT_ONCE = 5
LEAST = 0.03
# What is related counts so much where nothing is about the concept itself, and where something is.
RELATED_INSTEAD, RELATED_BESIDE = 0.65, 0.15


@dataclass(frozen=True, slots=True)
class Clues:
    """What speaks for each concept, each of shape (concepts,); 1 the most, but for `telling`."""

    nearest: Vectors
    central: Vectors
    alike: Vectors
    said: Vectors
    telling: Vectors


def clues(vectors: Vectors, texts: Sequence[str], said: Mapping[int, float]) -> Clues:
    """What a query says, in one or more wordings: their vectors, shape (n, 512), and texts."""
    known = sayings()
    asked = known.stretched(vectors)
    near: Vectors = np.exp(SHARPNESS * ((asked @ known.rows.T).max(axis=0) - 1.0))
    alike = np.max([known.grams.likeness(text, len(known.rows)) for text in texts], axis=0)
    exact = np.zeros(len(known.starts), dtype=np.float32)
    exact[list(said)] = list(said.values())
    return Clues(
        nearest=(1.0 + np.log(np.add.reduceat(near, known.starts)) / SHARPNESS).astype(np.float32),
        central=(asked @ known.centres.T).max(axis=0),
        alike=np.maximum.reduceat(alike, known.starts),
        said=exact,
        telling=np.max([known.telling.of_text(text) for text in texts], axis=0),
    )


def certain(found: Clues) -> tuple[tuple[int, float], ...]:
    """The likeliest concepts and how surely they are meant, most first; together at most 1."""
    sum_ = NEAREST * found.nearest + CENTRAL * found.central + ALIKE * found.alike
    sum_ += SAID * found.said + TELLING * found.telling
    odds = np.exp(np.minimum(sum_ - NONE, 50.0))
    share = odds / (1.0 + odds.sum())
    best = np.argsort(-share, kind="stable")[:AT_ONCE]
    return tuple((int(one), float(share[one])) for one in best if share[one] >= LEAST)


def with_related(
    concepts: Sequence[tuple[int, float]], offered: Callable[[int], float]
) -> tuple[tuple[int, float], ...]:
    """These concepts and those that help as well; `offered` is how far anything is about one."""
    found = dict(concepts)
    for number, sure in concepts:
        there = min(1.0, offered(number))
        factor = RELATED_INSTEAD + there * (RELATED_BESIDE - RELATED_INSTEAD)
        for other in lexicon().related[number]:
            found[other] = found.get(other, 0.0) + sure * factor
    return tuple(found.items())
