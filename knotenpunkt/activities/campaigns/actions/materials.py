"""Writes of materials: what there is, how it is given, and its picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.campaigns.actions.orders import tell_who_got_something
from knotenpunkt.activities.campaigns.actions.stock import fit, let_go, locked
from knotenpunkt.activities.campaigns.models import (
    Campaign,
    FundingArea,
    Giving,
    Line,
    Material,
    OrderState,
)
from knotenpunkt.activities.campaigns.rules.orders import gives_at_once
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store
from knotenpunkt.tools.capacity.actions import TooSmall, close_pool, open_pool, resize
from knotenpunkt.tools.files.actions import drop_file, keep_file
from knotenpunkt.tools.files.content import WEBP
from knotenpunkt.tools.files.pictures import Rendering


@dataclass(frozen=True, slots=True)
class MaterialDraft:
    """What a material is. `packs` are in stock, `most_packs` the limit of one order."""

    name: str
    description: str = ""
    packs: int = 0
    pack_size: int = 1
    unit: str = ""
    most_packs: int | None = None
    condition: str = ""
    giving: str = Giving.PROPORTIONAL
    pack_cents: int = 0
    funding_area: str = FundingArea.NETWORK
    is_offered: bool = True
    picture_alt: str = ""


def draft_of(material: Material) -> MaterialDraft:
    """What a material says now; `dataclasses.replace` changes a part of it."""
    return MaterialDraft(**{one.name: getattr(material, one.name) for one in fields(MaterialDraft)})


@transaction.atomic
def save_material(
    *, actor: Actor, campaign: Campaign, draft: MaterialDraft, material: Material | None = None
) -> Material:
    """Add a material or change it. More packs go to whoever waits, and they are told.

    ValidationError, by field: there cannot be fewer packs than were given already.
    """
    actor.must(Right.RUN_CAMPAIGNS)
    campaign = locked(campaign.pk)
    target = _again(material) if material else _new(campaign)
    gave_at_once = gives_at_once(target)
    values = {one.name: getattr(draft, one.name) for one in fields(MaterialDraft)}
    changes = assign(target, values)
    if not changes and material is not None:
        return target
    store(target, changes)
    deed = "campaigns.change_material" if material else "campaigns.add_material"
    record(actor=actor, deed=deed, on=target, title=target.name, changes=changes)
    gives = gives_at_once(target)
    if gave_at_once and not gives:
        _take_all_back(target)
    _fill_pool(target, changes)
    if gives and not gave_at_once:
        _give_in_turn(target)
    tell_who_got_something(actor, [target])
    return target


@transaction.atomic
def save_materials(
    *, actor: Actor, campaign: Campaign, drafts: Sequence[tuple[Material, MaterialDraft]]
) -> None:
    """The same for several at once: all of them, or none."""
    for material, draft in drafts:
        save_material(actor=actor, campaign=campaign, draft=draft, material=material)


def _new(campaign: Campaign) -> Material:
    position = Material.objects.filter(campaign=campaign).count()
    return Material(campaign=campaign, position=position)


def _again(material: Material) -> Material:
    found: Material = Material.objects.get(pk=material.pk)
    return found


def _fill_pool(material: Material, changes: Mapping[str, Any]) -> None:
    open_pool(about=material.pk, size=material.packs)
    if "packs" not in changes:
        return
    try:
        resize(about=material.pk, size=material.packs)
    except TooSmall as told:
        raise ValidationError({"packs": too_few(told.taken)}) from told


def too_few(taken: int) -> str:
    """Why a stock cannot be that small."""
    told = ngettext(
        "%(n)d pack is promised to orders already: there cannot be fewer.",
        "%(n)d packs are promised to orders already: there cannot be fewer.",
        taken,
    )
    return told % {"n": taken}


def _take_all_back(material: Material) -> None:
    """Orders are wishes again."""
    for line in _placed_lines(material):
        let_go(line)
        line.save()


def _give_in_turn(material: Material) -> None:
    """Who came first gets something first; the others wait."""
    for line in _placed_lines(material):
        fit(line, line.wanted)
        line.save()


def _placed_lines(material: Material) -> list[Line]:
    rows = Line.objects.filter(material=material, order__state=OrderState.PLACED)
    return list(rows.select_related("material", "order").order_by("order__placed_at"))


@transaction.atomic
def remove_material(*, actor: Actor, material: Material) -> None:
    """Throw a material away that nobody has ordered; ValidationError otherwise."""
    actor.must(Right.RUN_CAMPAIGNS)
    locked(material.campaign_id)
    if Line.objects.filter(material=material).exists():
        raise ValidationError(_("This was ordered already. You can take it out of the order form."))
    record(actor=actor, deed="campaigns.remove_material", on=material, title=material.name)
    picture = material.picture_id
    close_pool(about=material.pk)
    material.delete()
    _drop(picture)


@transaction.atomic
def set_picture(*, actor: Actor, material: Material, picture: Rendering | None, alt: str) -> None:
    """Hang a picture on a material, or take it off."""
    actor.must(Right.RUN_CAMPAIGNS)
    former = material.picture_id
    kept = picture and keep_file(name="material.webp", content_type=WEBP, content=picture.content)
    material.picture, material.picture_alt = kept or None, alt if kept else ""
    material.save(update_fields=["picture", "picture_alt"])
    _drop(former)
    record(actor=actor, deed="campaigns.change_material", on=material, title=material.name)


def _drop(picture: UUID | None) -> None:
    """A campaign that began as a copy shows the same file."""
    if picture and not Material.objects.filter(picture=picture).exists():
        drop_file(picture)
