"""Writes to the pictures of an offer."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store
from knotenpunkt.registers.offers.models import Offer, OfferPicture
from knotenpunkt.registers.offers.rules import may_edit, must_propose
from knotenpunkt.tools.files.actions import drop_file, keep_file
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.files.pictures import Rendering, measured
from knotenpunkt.tools.files.queries import content_of

WEBP = "image/webp"
MOST_PICTURES = 6
SET_ASIDE = timedelta(hours=1)
SALT = "offers.picture"


def set_aside(*, actor: Actor, offer: Offer, large: Rendering, small: Rendering) -> str:
    """Keep a picture for an hour, until what must be said about it is said; returns its mark."""
    _must_edit(actor, offer)
    until = timezone.now() + SET_ASIDE
    files = [str(_kept(one, until).pk) for one in (large, small)]
    return signing.dumps([str(offer.pk), *files], salt=SALT)


def taken_up(*, offer: Offer, mark: str) -> tuple[Rendering, Rendering] | None:
    """The picture that was set aside for this offer; None when it is gone."""
    try:
        for_offer, *files = signing.loads(mark, salt=SALT, max_age=SET_ASIDE)
        contents = [content_of(one) for one in files] if for_offer == str(offer.pk) else []
    except (signing.BadSignature, StoredFile.DoesNotExist):
        return None
    return (measured(contents[0]), measured(contents[1])) if len(contents) == 2 else None


@transaction.atomic
def add_picture(
    *, actor: Actor, offer: Offer, large: Rendering, small: Rendering, **values: Any
) -> OfferPicture:
    """Hang a picture on an offer, behind those it has. `values` say what is on it and whose it is.

    ValidationError, by field, when something needed is missing.
    """
    _must_edit(actor, offer)
    picture = OfferPicture(
        offer=offer,
        large=_kept(large),
        small=_kept(small),
        version=hashlib.sha256(large.content + small.content).hexdigest()[:12],
        width=large.width,
        height=large.height,
        small_width=small.width,
        small_height=small.height,
        position=offer.pictures.count(),
    )
    changes = assign(picture, values)
    store(picture, changes)
    _record(actor, offer, "offers.add_picture", {"picture": ["", str(picture)]})
    return picture


@transaction.atomic
def change_picture(*, actor: Actor, picture: OfferPicture, **values: Any) -> OfferPicture:
    """Change what is said about a picture."""
    _must_edit(actor, picture.offer)
    changes = assign(picture, values)
    if changes:
        store(picture, changes)
        _record(actor, picture.offer, "offers.change_picture", changes)
    return picture


@transaction.atomic
def move_picture(*, actor: Actor, picture: OfferPicture, by: int) -> None:
    """Put a picture further to the front (-1) or to the back (1). The first is on the card."""
    offer = picture.offer
    _must_edit(actor, offer)
    before = list(offer.pictures.all())
    after = [one for one in before if one.pk != picture.pk]
    at = next(at for at, one in enumerate(before) if one.pk == picture.pk)
    after.insert(max(0, min(len(after), at + by)), picture)
    if [one.pk for one in after] == [one.pk for one in before]:
        return
    for position, one in enumerate(after):
        one.position = position
        one.save(update_fields=["position"])
    _record(actor, offer, "offers.change_picture", {"pictures": [_said(before), _said(after)]})


@transaction.atomic
def remove_picture(*, actor: Actor, picture: OfferPicture) -> None:
    """Delete a picture for good: with its files, because its rights may have ended."""
    offer = picture.offer
    _must_edit(actor, offer)
    files = (picture.large_id, picture.small_id)
    said = str(picture)
    picture.delete()
    for file_id in files:
        drop_file(file_id)
    _record(actor, offer, "offers.remove_picture", {"picture": [said, ""]})


def _must_edit(actor: Actor, offer: Offer) -> None:
    if not may_edit(actor, offer) or must_propose(actor, offer):
        raise PermissionDenied(Right.EDIT_REGISTERS)


def _kept(rendering: Rendering, until: datetime | None = None) -> StoredFile:
    return keep_file(name="bild.webp", content_type=WEBP, content=rendering.content, until=until)


def _record(actor: Actor, offer: Offer, deed: str, changes: dict[str, list[Any]]) -> None:
    record(actor=actor, deed=deed, on=offer, title=offer.title, changes=changes)


def _said(pictures: Sequence[OfferPicture]) -> list[str]:
    return [str(one) for one in pictures]
