"""Writes of entries: what changed is findable in the next search, in every process."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from knotenpunkt.foundation.networks.scope import scoped_database
from knotenpunkt.tools.search.actions.versions import new_version
from knotenpunkt.tools.search.encoder import encode, pack
from knotenpunkt.tools.search.models import Entry, Visibility

AT_ONCE = 500
_COMPARED = (
    "visibility", "title", "summary", "text", "provider", "places", "words", "points",
    "everywhere", "age_from", "age_to", "facets", "text_hash",
)  # fmt: skip
_MOST_PREPARED = 20_000
_prepared: dict[str, bytes] = {}


Point = tuple[float, float, bool]
"""Latitude and longitude in degrees, and whether they are more exact than a postal code."""


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What shall be findable of one object. Texts are plain text in the network's language;
    `provider`, `places` and `words` name what they name one after another; `named_elsewhere` are
    its names in other languages: words to find it by, and no part of its meaning.

    `everywhere` is for what needs no way (telephone, online): inside every circle of its network.
    Ages are in months, both ends included, None is open. `facets` hold the values to filter by.
    """

    kind: str
    object_id: UUID
    title: str
    summary: str = ""
    text: str = ""
    provider: str = ""
    places: str = ""
    words: str = ""
    named_elsewhere: str = ""
    points: Sequence[Point] = ()
    everywhere: bool = False
    age_from: int | None = None
    age_to: int | None = None
    facets: Mapping[str, Collection[str]] = field(default_factory=dict)
    visibility: str = Visibility.PUBLIC

    @property
    def meaning(self) -> str:
        """The text that the encoder reads. One vector of all beats several by part; the names of
        providers and places are left out, for they say where and not what."""
        parts = (self.words, self.title, self.summary, self.text)
        return ". ".join(part for part in parts if part)

    @property
    def text_hash(self) -> str:
        """The key under which the vector of this text is valid."""
        return hashlib.sha256(self.meaning.encode()).hexdigest()


def prepare_entries(drafts: Iterable[EntryDraft]) -> None:
    """Encode what these drafts say anew, so that a transaction that writes it does not wait for it.

    Whoever writes many entries at once calls it before: on SQLite an open transaction holds back
    all other writers. What an entry says already costs nothing.
    """
    told = list(drafts)
    known = {entry.text_hash for entry in _entries_of(told).values()} | _prepared.keys()
    texts = {draft.text_hash: draft.meaning for draft in told if draft.text_hash not in known}
    if len(_prepared) + len(texts) > _MOST_PREPARED:
        _prepared.clear()
    _prepared.update(_packed(texts))


def write_entries(drafts: Iterable[EntryDraft]) -> int:
    """Create or change the entries of these objects; how many really changed.

    A text is encoded only when it is new. An entry that says the same as before is not touched,
    so a repeated import leaves every cache valid.
    """
    return sum(_write(batch) for batch in _batches(drafts))


def remove_entries(kind: str, object_ids: Collection[UUID]) -> int:
    """Take the entries of these objects out; how many there were."""
    ids = list(object_ids)
    removed = 0
    with transaction.atomic(using=scoped_database()):
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            removed += Entry.objects.filter(kind=kind, object_id__in=some).delete()[0]
        if removed:
            new_version(uuid.uuid4(), [])
    return removed


def _batches(drafts: Iterable[EntryDraft]) -> Iterator[list[EntryDraft]]:
    # The last word on an object holds; two in one statement would be an error on PostgreSQL.
    unique = list({(draft.kind, draft.object_id): draft for draft in drafts}.values())
    for start in range(0, len(unique), AT_ONCE):
        yield unique[start : start + AT_ONCE]


def _write(drafts: list[EntryDraft]) -> int:
    before = _entries_of(drafts)
    vectors = _vectors(drafts, before)
    stamp = uuid.uuid4()
    entries = [_entry(draft, vectors[draft.text_hash], stamp) for draft in drafts]
    changed = [entry for entry in entries if _differs(entry, before)]
    if not changed:
        return 0
    with transaction.atomic(using=scoped_database()):
        Entry.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["network", "kind", "object_id"],
            update_fields=[*_COMPARED, "vector", "stamp"],
        )
        new_version(stamp, changed)
    return len(changed)


def _entries_of(drafts: list[EntryDraft]) -> dict[tuple[str, UUID], Entry]:
    found = Entry.objects.filter(
        kind__in={draft.kind for draft in drafts},
        object_id__in=[draft.object_id for draft in drafts],
    )
    return {(entry.kind, entry.object_id): entry for entry in found}


def _vectors(
    drafts: list[EntryDraft], before: Mapping[tuple[str, UUID], Entry]
) -> dict[str, bytes]:
    """The packed vector of each text: from the entry before, from `prepare_entries`, or new."""
    vectors = {entry.text_hash: bytes(entry.vector) for entry in before.values()}
    missing: dict[str, str] = {}
    for draft in drafts:
        if draft.text_hash in vectors:
            continue
        if ready := _prepared.pop(draft.text_hash, None):
            vectors[draft.text_hash] = ready
        else:
            missing[draft.text_hash] = draft.meaning
    return vectors | _packed(missing)


def _packed(texts: Mapping[str, str]) -> dict[str, bytes]:
    vectors = encode(list(texts.values()))
    return {key: pack(vector) for key, vector in zip(texts, vectors, strict=True)}


def _entry(draft: EntryDraft, vector: bytes, stamp: UUID) -> Entry:
    return Entry(
        kind=draft.kind,
        object_id=draft.object_id,
        visibility=draft.visibility,
        title=draft.title,
        summary=draft.summary,
        text=draft.text,
        provider=draft.provider,
        places=draft.places,
        words=", ".join(filter(None, (draft.words, draft.named_elsewhere))),
        points=[list(point) for point in draft.points],
        everywhere=draft.everywhere,
        age_from=draft.age_from,
        age_to=draft.age_to,
        facets={name: sorted(values) for name, values in sorted(draft.facets.items())},
        vector=vector,
        text_hash=draft.text_hash,
        stamp=stamp,
    )


def _differs(entry: Entry, before: Mapping[tuple[str, UUID], Entry]) -> bool:
    old = before.get((entry.kind, entry.object_id))
    return old is None or any(getattr(old, name) != getattr(entry, name) for name in _COMPARED)
