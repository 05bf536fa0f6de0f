"""Everything that is said of the concepts, laid out so that a sentence finds those like it.

Like it by meaning (vectors) and by parts of words (four letters each), for languages that the
encoder does not know and for words it never saw. Parts of words count twice: how like one saying a
sentence is, and how telling each of its parts is of a concept, over all that is said of it (Bayes).

The vectors are stretched before they are compared: along directions in which sayings of one concept
differ among themselves (polite or not, long or short, which language) a difference says little.
How much so is computed from the sayings themselves, so that more of them simply help.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from knotenpunkt.foundation.core.folding import folded_words
from knotenpunkt.tools.search.encoder import Vectors, encode
from knotenpunkt.tools.search.kept_vectors import kept_vectors
from knotenpunkt.tools.search.lexicon import Concept, lexicon

# Pulls the directions of few sayings towards equal importance.
SHRINKAGE = 1.0
# Of the stretched directions those are kept that tell concepts apart best: nothing is lost, and
# time and memory are a third.
KEPT = 192
GRAM = 4
# In more sayings than this share of all, a part of a word says nothing.
COMMON = 0.05
RARE = 20
# A concept is taken to have been spoken of in so many more parts of words, as common as elsewhere.
FORESEEN = 60.0

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grams:
    """Parts of words → the sayings that have them."""

    numbers: Mapping[str, int]
    rarity: Vectors
    """Of each part, and last that of a part which no saying has."""
    ends: Rows
    rows: Rows
    weights: Vectors

    @classmethod
    def of(cls, texts: Sequence[str]) -> Grams:
        """The parts of these texts, rare ones counting more."""
        numbers: dict[str, int] = {}
        parts = [
            np.array([numbers.setdefault(gram, len(numbers)) for gram in grams_of(text)], np.int32)
            for text in texts
        ]
        rows = np.repeat(np.arange(len(texts)), [len(some) for some in parts])
        grams = np.concatenate(parts)
        often = np.bincount(grams, minlength=len(numbers) + 1)
        rarity = np.log((len(texts) + 1) / (often + 0.5)).astype(np.float32)
        lengths = np.sqrt(np.bincount(rows, rarity[grams] ** 2, minlength=len(texts)))
        telling = np.flatnonzero(often[grams] <= max(RARE, COMMON * len(texts)))
        telling = telling[np.argsort(grams[telling], kind="stable")]
        ends = np.cumsum(np.bincount(grams[telling], minlength=len(numbers)))
        weights = rarity[grams[telling]] / lengths[rows[telling]]
        return cls(numbers, rarity, ends, rows[telling], weights.astype(np.float32))

    def likeness(self, text: str, count: int) -> Vectors:
        """Cosine over parts of words with each of `count` sayings."""
        like = np.zeros(count, dtype=np.float32)
        asked = [self.numbers.get(gram, len(self.numbers)) for gram in grams_of(text)]
        length = float(np.sqrt((self.rarity[asked] ** 2).sum()))
        for gram in asked:
            if gram < len(self.numbers):
                span = slice(int(self.ends[gram - 1]) if gram else 0, int(self.ends[gram]))
                like[self.rows[span]] += self.weights[span] * self.rarity[gram]
        return like / length if length else like


@dataclass(frozen=True, slots=True)
class Telling:
    """Parts of words → how much oftener they are in what is said of a concept than elsewhere."""

    numbers: Mapping[str, int]
    ends: Rows
    concepts: npt.NDArray[np.int16]
    weights: Vectors
    """What a part that is said of a concept adds to `unsaid`."""
    unsaid: Vectors
    """What a part tells against each concept of which it was never said, shape (concepts,)."""

    @classmethod
    def of(cls, groups: Sequence[Sequence[str]], numbers: Mapping[str, int]) -> Telling:
        """The parts of these texts, one group a concept; `numbers` those of `Grams`."""
        parts = [
            np.fromiter((numbers[gram] for text in group for gram in grams_of(text)), np.int32)
            for group in groups
        ]
        said = [np.unique(group, return_counts=True) for group in parts]
        grams = np.concatenate([known for known, _ in said])
        counts = np.concatenate([often for _, often in said])
        concepts = np.repeat(np.arange(len(groups), dtype=np.int16), [len(one) for one, _ in said])
        sizes = np.array([len(group) for group in parts])
        elsewhere = (np.bincount(grams, counts) + 1.0) / sizes.sum()
        weights = np.log1p(counts / (FORESEEN * elsewhere[grams]))
        order = np.argsort(grams, kind="stable")
        return cls(
            numbers,
            np.cumsum(np.bincount(grams)),
            concepts[order],
            weights[order].astype(np.float32),
            np.log(FORESEEN / (sizes + FORESEEN)).astype(np.float32),
        )

    def of_text(self, text: str) -> Vectors:
        """How telling its parts are of each concept on the average, 0 for what nobody ever said."""
        grams = grams_of(text)
        known = [self.numbers[gram] for gram in grams if gram in self.numbers]
        if not known:
            return np.zeros(len(self.unsaid), dtype=np.float32)
        spans = [slice(int(self.ends[at - 1]) if at else 0, int(self.ends[at])) for at in known]
        concepts = np.concatenate([self.concepts[span] for span in spans])
        weights = np.concatenate([self.weights[span] for span in spans])
        told = np.bincount(concepts, weights, minlength=len(self.unsaid))
        mean: Vectors = ((told + len(known) * self.unsaid) / len(grams)).astype(np.float32)
        return mean


def grams_of(text: str) -> set[str]:
    """Each four letters of its words, with the blanks around them; shorter words whole."""
    found: set[str] = set()
    for word in folded_words(text):
        padded = f" {word} "
        found |= {padded[at : at + GRAM] for at in range(max(1, len(padded) - GRAM + 1))}
    return found


@dataclass(frozen=True, slots=True)
class Sayings:
    """The sayings of all concepts, grouped by concept."""

    starts: Rows
    """Where each concept's rows begin."""
    mean: Vectors
    stretch: Vectors
    """Shape (512, KEPT), see above."""
    rows: Vectors
    """One stretched vector of length 1 per saying."""
    centres: Vectors
    """One stretched vector of length 1 per concept."""
    official: Vectors
    """One plain vector per concept: the meaning of its official words."""
    grams: Grams
    telling: Telling

    @classmethod
    def of(
        cls,
        concepts: Sequence[Concept],
        encoded: Callable[[Sequence[str]], Vectors] = encode,
    ) -> Sayings:
        """All that these concepts say."""
        groups = [list(dict.fromkeys(concept.said)) for concept in concepts]
        texts = [text for group in groups for text in group]
        official = [", ".join((concept.name, *concept.official)) for concept in concepts]
        vectors = encoded([*texts, *official])
        said = vectors[: len(texts)]
        sizes = np.array([len(group) for group in groups])
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        mean, stretch = _stretch(said, starts, sizes)
        rows = of_length_one(said @ stretch - mean @ stretch)
        centres = of_length_one(np.add.reduceat(rows, starts))
        grams = Grams.of(texts)
        return cls(
            starts, mean, stretch, rows, centres, vectors[len(texts) :],
            grams, Telling.of(groups, grams.numbers),
        )  # fmt: skip

    def stretched(self, vectors: Vectors) -> Vectors:
        """Vectors of texts as they are compared here, shape (n, KEPT), length 1."""
        return of_length_one((vectors - self.mean) @ self.stretch)


@lru_cache(maxsize=1)
def sayings() -> Sayings:
    """Those of the lexicon that ships; encoded once per installation."""
    return Sayings.of(lexicon().concepts, partial(kept_vectors, "lexicon"))


def _stretch(said: Vectors, starts: Rows, sizes: Rows) -> tuple[Vectors, Vectors]:
    """The mean of all sayings, and what stretches a vector's distance from it."""
    mean = said.mean(axis=0)
    centres = np.add.reduceat(said, starts) / sizes[:, None]
    # What is left of all differences without those between the concepts.
    spread = (said.T @ said).astype(np.float64) - (centres.T * sizes) @ centres
    spread /= len(said)
    spread += SHRINKAGE * np.trace(spread) / len(spread) * np.eye(len(spread))
    stretch = np.linalg.cholesky(np.linalg.inv(spread))
    apart = of_length_one((centres - mean) @ stretch)
    _, _, directions = np.linalg.svd(apart - apart.mean(axis=0), full_matrices=False)
    kept = stretch @ directions[:KEPT].T
    return mean, (kept / np.abs(kept).max()).astype(np.float32)


def of_length_one(vectors: npt.NDArray[Any]) -> Vectors:
    """The rows, each scaled to length 1."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return scaled
