"""The link with which somebody ends newsletters and invitations."""

from __future__ import annotations

from uuid import UUID

from django.core import signing

_SIGNER = signing.Signer(salt="mail.unsubscribe")


def unsubscribe_key(number: UUID) -> str:
    """What the link in this mail carries."""
    return _SIGNER.sign(number.hex)


def message_of(key: str) -> UUID | None:
    """In which mail the link stood; None when we never wrote it."""
    try:
        return UUID(hex=_SIGNER.unsign(key))
    except (signing.BadSignature, ValueError):
        return None
