"""What an import keeps of a person, sealed with that person's key: gone when the key is gone."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from knotenpunkt.foundation.audit.keys import open_all, seal_all

PERSON, SEALED = "person", "sealed"
Values = Mapping[str, Any]


def sealed_values(told: Sequence[tuple[UUID, Values]]) -> list[dict[str, str]]:
    """Each pair of person and values as what a JSON field may keep; nothing stays nothing."""
    texts = [(person, _text(values)) for person, values in told]
    return [
        {PERSON: str(person), SEALED: b64encode(sealed).decode()} if sealed else {}
        for (person, _said), sealed in zip(texts, seal_all(texts), strict=True)
    ]


def _text(values: Values) -> str:
    return json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False) if values else ""


def opened_values(kept: Sequence[Values]) -> list[Values | None]:
    """The values again, plain ones as they are; None where the person is erased."""
    sealed = [(place, one) for place, one in enumerate(kept) if _is_sealed(one)]
    texts = open_all([(UUID(one[PERSON]), b64decode(one[SEALED])) for _place, one in sealed])
    found: list[Values | None] = list(kept)
    for (place, _one), text in zip(sealed, texts, strict=True):
        found[place] = None if text is None else json.loads(text or "{}")
    return found


def _is_sealed(values: Values) -> bool:
    return values.keys() == {PERSON, SEALED}
