"""Whether anything fits well: what fits best is no answer yet.

The weights are those of a logistic regression over the judged queries that were looked at while
tuning (`benchmarks/search`): of those that nothing answers three in four fall below `SURE`, of
those with an answer among the first five one in twenty.
"""

from __future__ import annotations

import math

from knotenpunkt.tools.search.reading import Reading

MEANING, ABOUT, WORDS, NAMES = 16.6, 1.6, 1.4, 1.8
ALIKE, SAID = 2.3, 2.4
NOTHING = -6.4
SURE = 0.4
# Who names an entry, its provider or its place wholly has found it.
WHOLLY_NAMED = 0.95


def confidence(
    query: Reading, *, meaning: float, about: float, words: float, names: float
) -> float:
    """How likely the best entry fits, 0 to 1, by the highest of each signal over all entries."""
    if names >= WHOLLY_NAMED:
        return 1.0
    clues = query.clues
    sum_ = MEANING * meaning + ABOUT * about + WORDS * words + NAMES * names + NOTHING
    sum_ += ALIKE * float(clues.alike.max()) + SAID * float(clues.said.max())
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, sum_))))
