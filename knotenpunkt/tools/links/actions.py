"""Writing personal links, and ending them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.personal_data import Expired, deleted
from knotenpunkt.foundation.networks.addresses import whole_address
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.tools.links.models import PERSONAL, Link
from knotenpunkt.tools.links.tokens import Bond, hashed_secret, kept_secret, secret_of, written

PAGE = "personal:page"
DAYS = 30
AT_ONCE = 200
KEPT = timedelta(days=180)
"""How long a link that opens nothing any more is still recognised, so that its holder can ask."""


def personal_link(*, actor: Actor, holder: UUID, days: int = DAYS) -> str:
    """The whole address of the personal page of this contact, open for so many days from now.

    A contact has one link: a later mail carries the same one with a later end, and what an earlier
    mail says stays true until its own end.
    """
    network = current_network()
    token = link_token(actor=actor, holder=holder, days=days)
    return whole_address(network, PAGE, token=token)


@transaction.atomic
def link_token(*, actor: Actor, holder: UUID, days: int = DAYS, purpose: str = PERSONAL) -> str:
    """What stands in that address."""
    actor.must(Right.EDIT_REGISTERS)
    expires_at = (timezone.now() + timedelta(days=days)).replace(microsecond=0)
    link = _live(holder, purpose) or _new(holder, purpose, expires_at)
    secret = kept_secret(link.pk, link.hashed)
    if secret is None:  # the master key that it was made with is gone: nobody can open it again
        _revoke(link)
        link = _new(holder, purpose, expires_at)
        secret = secret_of(link.pk)
    if link.expires_at < expires_at:
        link.expires_at = expires_at
        link.save(update_fields=["expires_at"])
    return written(secret, expires_at, Bond(link.network_id, holder, purpose))


@transaction.atomic
def personal_links(*, actor: Actor, holders: Collection[UUID], days: int = DAYS) -> dict[UUID, str]:
    """The same for many at once, in a fixed number of queries: holder → whole address."""
    actor.must(Right.EDIT_REGISTERS)
    network = current_network()
    expires_at = (timezone.now() + timedelta(days=days)).replace(microsecond=0)
    secrets = _secrets_of_many(set(holders), expires_at)
    return {
        holder: whole_address(
            network, PAGE,
            token=written(secret, expires_at, Bond(network.pk, holder, PERSONAL)),
        )
        for holder, secret in secrets.items()
    }  # fmt: skip


def _secrets_of_many(holders: set[UUID], expires_at: datetime) -> dict[UUID, bytes]:
    """Those of links that there are, and of new ones; whose key is gone gets a new one, too."""
    mine = Link.objects.filter(holder__in=holders, purpose=PERSONAL, revoked_at=None)
    links = list(mine.select_for_update())
    found = {link.holder: kept_secret(link.pk, link.hashed) for link in links}
    lost = [link.pk for link in links if found[link.holder] is None]
    Link.objects.filter(pk__in=lost).update(revoked_at=timezone.now())
    mine.filter(expires_at__lt=expires_at).update(expires_at=expires_at)
    known = {holder: secret for holder, secret in found.items() if secret is not None}
    return known | _new_of_many(holders - known.keys(), expires_at)


def _new_of_many(holders: set[UUID], expires_at: datetime) -> dict[UUID, bytes]:
    """Of two that write at the same moment one makes a link, the other finds it."""
    links = [Link(holder=one, purpose=PERSONAL, expires_at=expires_at) for one in sorted(holders)]
    for link in links:
        link.hashed = hashed_secret(secret_of(link.pk))
    Link.objects.bulk_create(links, ignore_conflicts=True, batch_size=AT_ONCE)
    made = Link.objects.filter(holder__in=holders, purpose=PERSONAL, revoked_at=None)
    told = {link.holder: kept_secret(link.pk, link.hashed) for link in made}
    return {holder: secret for holder, secret in told.items() if secret is not None}


@transaction.atomic
def revoke(*, actor: Actor, holder: UUID) -> bool:
    """End the links of somebody who is no longer the contact; whether there was one."""
    actor.must(Right.EDIT_REGISTERS)
    links = list(Link.objects.select_for_update().filter(holder=holder, revoked_at=None))
    for link in links:
        _revoke(link)
    return bool(links)


def drop_old() -> Expired:
    """Delete the links that have opened nothing for half a year."""
    passed = timezone.now() - KEPT
    rows = Link.objects.filter(expires_at__lt=passed)
    return deleted("personal links", rows, by="created_at")


def _live(holder: UUID, purpose: str) -> Link | None:
    found: Link | None = (
        Link.objects.select_for_update()
        .filter(holder=holder, purpose=purpose, revoked_at=None)
        .first()
    )
    return found


def _new(holder: UUID, purpose: str, expires_at: datetime) -> Link:
    """Of two mails at the same moment one makes the link, the other finds it."""
    link = Link(holder=holder, purpose=purpose, expires_at=expires_at)
    link.hashed = hashed_secret(secret_of(link.pk))
    try:
        with transaction.atomic():
            link.save(force_insert=True)
    except IntegrityError:
        found = _live(holder, purpose)
        if found is None:
            raise
        return found
    return link


def _revoke(link: Link) -> None:
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])
