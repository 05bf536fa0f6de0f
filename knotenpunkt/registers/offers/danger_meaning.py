"""Danger told in words that no phrase foresees, heard by its meaning.

`data/danger_sayings.json` holds what people type in danger, by kind and language, and what sounds
like it but is harmless. A text is compared with all of them, by the meaning of the whole and by
parts of words, and the sayings have learnt how much each of them speaks for a danger: all together
say +1 for their dangers and -1 for what is harmless (kernel ridge regression, solved once per
process). More sayings simply help; what the threshold is worth is measured by
`python -m benchmarks.search.danger`, which leaves out sayings by turns.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from knotenpunkt.tools.search.encoder import Vectors, encode_queries
from knotenpunkt.tools.search.glossing import glossed
from knotenpunkt.tools.search.kept_vectors import kept_vectors
from knotenpunkt.tools.search.reading import cleaned
from knotenpunkt.tools.search.sayings import Grams

FILE = Path(__file__).parent / "data" / "danger_sayings.json"
HARMLESS = ""
# How near a saying must be to count, what parts of words count beside the meaning, and how little
# a single saying is trusted.
SHARPNESS, PARTS, DOUBT = 6.0, 0.5, 0.2
# From here on it is a danger; more where a phrase has said that it is ordinary.
ENOUGH, ENOUGH_THOUGH_ORDINARY = 0.12, 0.5
# One or two words say too little: "verdacht autismus" is near "verdacht missbrauch".
FEWEST_WORDS = 3
# Who tells more is heard sentence by sentence as well.
LONG, MOST_SENTENCES = 16, 12
_SENTENCE = re.compile(r"[.!?;\n]+")


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody types, and the kind of danger it tells; HARMLESS for none."""

    kind: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Meant:
    """The danger that a text most likely tells; `sure` is about 1 when it does, -1 when not."""

    kind: str
    language: str
    sure: float


@dataclass(frozen=True, slots=True)
class Hearing:
    """What the sayings have learnt. One row per wording of a saying."""

    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    language_of: np.ndarray[tuple[int], np.dtype[np.int64]]
    vectors: Vectors
    grams: Grams
    weights: Vectors
    """Shape (rows, 1 + kinds): how much each speaks for any danger, and for each kind."""
    base: Vectors

    @classmethod
    def of(cls, sayings: Sequence[Saying], encoded: Callable[[Sequence[str]], Vectors]) -> Hearing:
        """Learn from these sayings."""
        rows = [(one, text) for one in sayings for text in wordings(one.text)]
        kinds = tuple(dict.fromkeys(one.kind for one in sayings if one.kind))
        languages = tuple(dict.fromkeys(one.language for one in sayings))
        vectors = encoded([text for _, text in rows])
        grams = Grams.of([text for _, text in rows])
        targets = np.array(
            [[one.kind != HARMLESS, *(one.kind == kind for kind in kinds)] for one, _ in rows],
            dtype=np.float32,
        )
        targets = 2.0 * targets - 1.0
        base = targets.mean(axis=0)
        like = _near(vectors @ vectors.T) + PARTS * _alike(grams, len(rows))
        like[np.diag_indices(len(rows))] += DOUBT
        return cls(
            kinds=kinds,
            languages=languages,
            language_of=np.array([languages.index(one.language) for one, _ in rows]),
            vectors=vectors,
            grams=grams,
            weights=np.linalg.solve(like, targets - base).astype(np.float32),
            base=base,
        )

    def heard(self, text: str) -> Meant | None:
        """What a text tells; None when it says too little to be read by its meaning."""
        told = [one for one in parts(text) if len(one.split()) >= FEWEST_WORDS]
        found = [self._one(one) for one in told]
        return max(found, key=lambda one: one.sure, default=None)

    def _one(self, text: str) -> Meant:
        wording = list(wordings(text))
        vectors = encode_queries(wording)
        alike = [self.grams.likeness(one, len(self.vectors)) for one in wording]
        sums = (
            _near(vectors @ self.vectors.T) + PARTS * np.array(alike)
        ) @ self.weights + self.base
        best = sums[int(np.argmax(sums[:, 0]))]
        kind = self.kinds[int(np.argmax(best[1:]))]
        return Meant(kind, self._language(alike[0]), float(best[0]))

    def _language(self, alike: Vectors) -> str:
        """The language whose sayings share most with the words as typed."""
        shares = np.bincount(self.language_of, alike**2, minlength=len(self.languages))
        return self.languages[int(np.argmax(shares))]


def parts(text: str) -> list[str]:
    """The whole as the search reads it, and its sentences where it is long."""
    whole = cleaned(text)
    if len(whole.split()) < LONG:
        return [whole]
    sentences = [cleaned(one) for one in _SENTENCE.split(text)]
    return [whole, *(one for one in sentences if one != whole)][:MOST_SENTENCES]


def wordings(text: str) -> Iterator[str]:
    """The text, and in German words where the encoder does not know its language."""
    yield (known := cleaned(text))
    if german := glossed(known):
        yield german


def _near(cosines: Vectors) -> Vectors:
    near: Vectors = np.exp(SHARPNESS * (cosines - 1.0))
    return near


def _alike(grams: Grams, count: int) -> Vectors:
    """Cosine over parts of words of all sayings with each other."""
    like = np.zeros((count, count), dtype=np.float32)
    for start, end in zip([0, *grams.ends[:-1]], grams.ends, strict=True):
        rows, weights = grams.rows[start:end], grams.weights[start:end]
        like[np.ix_(rows, rows)] += np.outer(weights, weights)
    return like


def meant_danger(text: str, *, ordinary: bool) -> Meant | None:
    """The danger a text tells by its meaning; `ordinary`: a phrase called it harmless."""
    meant = hearing().heard(text)
    enough = ENOUGH_THOUGH_ORDINARY if ordinary else ENOUGH
    return meant if meant and meant.sure >= enough else None


@lru_cache(maxsize=1)
def hearing() -> Hearing:
    """That of the sayings that ship; encoded once per installation."""
    return Hearing.of(sayings(), partial(kept_vectors, "danger"))


def sayings() -> list[Saying]:
    """All sayings that ship."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    groups = [*told["dangers"].items(), (HARMLESS, told["harmless"])]
    return [
        Saying(kind, language, text)
        for kind, languages in groups
        for language, texts in languages.items()
        for text in texts
    ]
