"""Words of a list and the topics they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.registers.offers.models import Topic

_BETWEEN = re.compile(r"\s*[;,|/\n>•]\s*")


class TopicIndex:
    """All topics of the network by key, names and words."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.by_key = {topic.key: topic for topic in topics}
        self._names: dict[str, str] = {}
        for topic in self.by_key.values():
            for name in (topic.key, *topic.names.values()):
                self._names.setdefault(fold(name), topic.key)
        for topic in self.by_key.values():
            for word in topic.words:
                self._names.setdefault(fold(word), topic.key)

    def read(self, text: str) -> tuple[list[str], list[str]]:
        """Keys of the topics that are named, and the words that name none."""
        whole = self._names.get(fold(text))
        if whole:
            return [whole], []
        parts = [part for part in _BETWEEN.split(text) if part.strip()]
        found = {part: self._names.get(fold(part)) for part in parts}
        keys = [key for key in found.values() if key]
        return list(dict.fromkeys(keys)), [part for part, key in found.items() if not key]

    def in_order(self, keys: Iterable[str]) -> list[Topic]:
        """The same as `rows`, in the order in which topics are read."""
        wanted = set(keys)
        return [topic for key, topic in self.by_key.items() if key in wanted]

    def rows(self, keys: Iterable[str]) -> list[Topic]:
        """The topics of these keys; keys that the network does not have are left out."""
        return [self.by_key[key] for key in keys if key in self.by_key]
