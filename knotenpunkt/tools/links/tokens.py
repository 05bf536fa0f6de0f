"""What stands in a personal link: a secret, until when it opens, and a seal over both.

    base64url( secret, 16 bytes | unix time, 4 bytes | seal, 16 bytes )  → 48 signs

The secret follows from the link's random id and the master key, so the same link can be written
into a later mail although the database keeps only a hash. The seal is an HMAC over network, holder,
purpose, time and secret: a link of one network, purpose or day is none for another. Nobody who
reads the database can make one.
"""

from __future__ import annotations

import binascii
import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from django.utils.crypto import constant_time_compare

from knotenpunkt.foundation.core.sealing import blind_index, blind_indexes

SECRET, TIME, SEAL = 16, 4, 16
LENGTH = 48
# Stands for a link in previews and test mails: it belongs to nobody, and its page says so.
SAMPLE = "ihr-link"


@dataclass(frozen=True, slots=True)
class Token:
    """A link's address, taken apart; nothing of it is believed yet."""

    secret: bytes = field(repr=False)
    expires_at: datetime
    seal: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Bond:
    """What a link is bound to."""

    network: UUID
    holder: UUID
    purpose: str


def secret_of(link_id: UUID) -> bytes:
    """The secret of a link, by the newest master key."""
    return _short(blind_index(str(link_id), purpose="links.secret"))


def kept_secret(link_id: UUID, hashed: str) -> bytes | None:
    """The secret that this hash was made of; None when its master key is gone."""
    secrets = map(_short, blind_indexes(str(link_id), purpose="links.secret"))
    return next((one for one in secrets if hashed_secret(one) == hashed), None)


def hashed_secret(secret: bytes) -> str:
    """What the database keeps."""
    return hashlib.sha256(secret).hexdigest()


def written(secret: bytes, expires_at: datetime, bond: Bond) -> str:
    """The token as it stands in the address."""
    seal = _short(blind_index(_sealed_text(secret, expires_at, bond), purpose="links.seal"))
    return urlsafe_b64encode(secret + _time(expires_at) + seal).decode()


def taken_apart(token: str) -> Token | None:
    """The parts of a token; None when it has not the form of one."""
    if len(token) != LENGTH or not token.isascii():
        return None
    try:
        raw = urlsafe_b64decode(token)
    except (binascii.Error, ValueError):
        return None
    if urlsafe_b64encode(raw).decode() != token:
        return None
    seconds = int.from_bytes(raw[SECRET : SECRET + TIME], "big")
    return Token(raw[:SECRET], datetime.fromtimestamp(seconds, UTC), raw[SECRET + TIME :])


def is_ours(token: Token, bond: Bond) -> bool:
    """Whether we wrote this token, with exactly this time and for exactly this bond."""
    text = _sealed_text(token.secret, token.expires_at, bond)
    seals = [_short(one) for one in blind_indexes(text, purpose="links.seal")]
    return any(constant_time_compare(token.seal, seal) for seal in seals)


def _sealed_text(secret: bytes, expires_at: datetime, bond: Bond) -> str:
    return f"{bond.network} {bond.holder} {bond.purpose} {_time(expires_at).hex()} {secret.hex()}"


def _time(moment: datetime) -> bytes:
    return int(moment.timestamp()).to_bytes(TIME, "big")


def _short(digest: str) -> bytes:
    return bytes.fromhex(digest)[:SECRET]
