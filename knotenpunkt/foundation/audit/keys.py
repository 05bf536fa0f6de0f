"""A key for each person: what history, kept originals and copies for undo say about somebody.

Such values are sealed with the key of the person whom they are about (AES-256-GCM), and the key
itself with the master key. History cannot be rewritten, but a key can be thrown away: afterwards
nothing that it sealed can be read, wherever it lies. docs/decisions/0016-a-key-for-each-person.md
says why.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from knotenpunkt.foundation.audit.models import PersonKey
from knotenpunkt.foundation.core.sealing import (
    KEY_BYTES,
    NONCE_BYTES,
    Unreadable,
    seal_into,
    unsealed,
)

# Told apart from what the master key alone seals, which begins with 1.
FORMAT = b"\x02"


def key_of(person_id: UUID) -> bytes:
    """The key of a person in the network at hand, made now when there is none."""
    return keys_of([person_id])[person_id]


def keys_of(people: Iterable[UUID]) -> Mapping[UUID, bytes]:
    """The same for many, in a fixed number of queries."""
    wanted = set(people)
    known = _known(wanted)
    if missing := wanted - known.keys():
        # Of two that seal for the first time at once one wins; both then use its key.
        PersonKey.objects.bulk_create(map(_new_key, missing), ignore_conflicts=True)
        known |= _known(missing)
    return known


def forget_key(person_id: UUID) -> bool:
    """Throw the key away: nothing that was sealed for this person opens again. True if it was.

    The keys of those who were merged into this person go with it.
    """
    merged = PersonKey.objects.filter(follows=person_id)
    followed = sum([forget_key(one) for one in merged.values_list("person_id", flat=True)])
    deleted, _by_table = PersonKey.objects.filter(person_id=person_id).delete()
    return bool(deleted or followed)


def join_keys(*, former: UUID, to: UUID) -> None:
    """Two turned out to be one: erasing `to` throws the key of `former` away, too."""
    if former != to:
        _let_follow(former, to)


def with_merged(people: Iterable[UUID]) -> set[UUID]:
    """These people, and those who were merged into one of them: history knows them by both ids."""
    found = newest = set(people)
    while newest:
        merged = PersonKey.objects.filter(follows__in=newest).values_list("person_id", flat=True)
        newest = set(merged) - found
        found = found | newest
    return found


def part_keys(former: UUID) -> None:
    """The merge is undone."""
    _let_follow(former, None)


def _let_follow(former: UUID, to: UUID | None) -> None:
    key_of(former)
    row = PersonKey.objects.get(person_id=former)
    row.follows = to
    row.save(update_fields=["follows"])


def sealed_for(person_id: UUID, text: str) -> bytes:
    """A text that opens only as long as this person's key is kept; "" stays empty."""
    return seal_all([(person_id, text)])[0]


def opened_for(person_id: UUID, sealed: bytes) -> str | None:
    """The text again; None once the person is erased. Unreadable when it was changed or moved."""
    return open_all([(person_id, sealed)])[0]


def seal_all(texts: Sequence[tuple[UUID, str]]) -> list[bytes]:
    """`sealed_for` for many pairs of person and text, in a fixed number of queries."""
    keys = keys_of(person_id for person_id, text in texts if text)
    return [_sealed(keys[one], one, text) if text else b"" for one, text in texts]


def open_all(sealed: Sequence[tuple[UUID, bytes]]) -> list[str | None]:
    """`opened_for` for many pairs of person and sealed text, in one query at most."""
    keys = _known({person_id for person_id, value in sealed if value})
    return [_opened(keys.get(one), one, bytes(value)) if value else "" for one, value in sealed]


def _known(people: set[UUID]) -> dict[UUID, bytes]:
    rows = PersonKey.objects.filter(person_id__in=people) if people else ()
    return {row.person_id: b64decode(unsealed(row, "wrapped")) for row in rows}


def _new_key(person_id: UUID) -> PersonKey:
    row = PersonKey(person_id=person_id)
    seal_into(row, "wrapped", b64encode(os.urandom(KEY_BYTES)).decode())
    return row


def _sealed(key: bytes, person_id: UUID, text: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, text.encode(), person_id.bytes)


def _opened(key: bytes | None, person_id: UUID, value: bytes) -> str | None:
    if value[:1] != FORMAT:
        raise Unreadable("This was not sealed for a person.")
    if key is None:
        return None
    nonce, rest = value[1 : 1 + NONCE_BYTES], value[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, rest, person_id.bytes).decode()
    except (InvalidTag, ValueError) as problem:
        raise Unreadable("This value was changed, or was sealed for another person.") from problem
