"""Reads of personal links."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from knotenpunkt.foundation.networks.scope import current_network_id
from knotenpunkt.tools.links.models import PERSONAL, Link
from knotenpunkt.tools.links.tokens import Bond, hashed_secret, is_ours, taken_apart


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose link it is, and until when it opens."""

    holder: UUID
    expires_at: datetime

    @property
    def is_over(self) -> bool:
        """Whether its time has passed."""
        return self.expires_at <= timezone.now()


def holders_among(contacts: Collection[UUID]) -> frozenset[UUID]:
    """Those of these contacts who have a link that opens their page today."""
    rows = Link.objects.filter(
        holder__in=contacts, purpose=PERSONAL, revoked_at=None, expires_at__gt=timezone.now()
    )
    return frozenset(rows.order_by().values_list("holder", flat=True))


def opened(token: str, purpose: str = PERSONAL) -> Opened | None:
    """Whom this link belongs to. None: wrong, expired, revoked, of another network or purpose."""
    found = recognised(token, purpose)
    return None if found is None or found.is_over else found


def recognised(token: str, purpose: str = PERSONAL) -> Opened | None:
    """The same also for a link whose time has passed: its holder may ask for a new one."""
    parts = taken_apart(token)
    if parts is None:
        return None
    link = Link.objects.filter(
        hashed=hashed_secret(parts.secret), purpose=purpose, revoked_at=None
    ).first()
    if link is None or not is_ours(parts, Bond(current_network_id(), link.holder, purpose)):
        return None
    return Opened(link.holder, parts.expires_at)
