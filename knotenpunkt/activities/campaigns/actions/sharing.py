"""Sharing packs: shares by hand, letting them stand, taking them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.actions.stock import locked
from knotenpunkt.activities.campaigns.models import Campaign, Giving, Line, Material
from knotenpunkt.activities.campaigns.queries.materials import get_material
from knotenpunkt.activities.campaigns.queries.sharing import Proposal, propose, propose_all
from knotenpunkt.activities.campaigns.rules.sharing import fits_by_hand, promised
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import Changes, record
from knotenpunkt.tools.capacity.actions import claim, give_back, open_pool

AT_ONCE = 400


class HasChanged(Exception):
    """What was seen is no longer what would be settled; look at the proposal again."""


@transaction.atomic
def set_shares(*, actor: Actor, material: Material, packs: Mapping[UUID, int | None]) -> int:
    """Set shares by hand: line → packs, None lets the rule decide again; how many changed.

    ValidationError, and nothing is set, where a share lies above the wish, below what was
    promised, or where all by hand together are more than the stock.
    """
    actor.must(Right.RUN_CAMPAIGNS)
    material = _locked(actor, material)
    proposal = propose(actor, material)
    changed = [
        one.line
        for one in proposal.shares
        if one.line.pk in packs and one.line.proposed != packs[one.line.pk]
    ]
    for line in changed:
        line.proposed = packs[line.pk]
    _refuse_unfit(material, changed)
    _save(changed, "proposed")
    if propose(actor, material).left < 0:
        raise ValidationError(_too_many(material))
    if changed:
        told = {"by_hand": [None, len(changed)]}
        record(
            actor=actor, deed="campaigns.set_shares", on=material, title=material.name, changes=told
        )
    return len(changed)


@transaction.atomic
def settle(*, actor: Actor, material: Material, rule: Giving, seen: str) -> Proposal:
    """Let the shares stand that were seen (`Proposal.seal`), and take their packs from the stock.

    A second time it changes nothing. HasChanged when meanwhile something else would come out.
    """
    actor.must(Right.RUN_CAMPAIGNS)
    material = _locked(actor, material)
    proposal = propose(actor, material, rule)
    if proposal.seal != seen:
        raise HasChanged
    _settle(actor, proposal)
    return proposal


@transaction.atomic
def settle_all(*, actor: Actor, campaign: Campaign, seen: Sequence[str]) -> list[Proposal]:
    """The same for all materials that somebody ordered, each by its own rule."""
    actor.must(Right.RUN_CAMPAIGNS)
    locked(campaign.pk)
    proposals = [one for one in propose_all(actor, campaign) if one.shares]
    if sorted(one.seal for one in proposals) != sorted(seen):
        raise HasChanged
    for proposal in sorted(proposals, key=lambda one: one.material.pk):
        _settle(actor, proposal)
    return proposals


@transaction.atomic
def undo_shares(*, actor: Actor, material: Material) -> int:
    """Back to wishes, where nobody was told; how many orders that concerns."""
    actor.must(Right.RUN_CAMPAIGNS)
    material = _locked(actor, material)
    if material.shared_at is None:
        return 0
    before = propose(actor, material)
    kept = {one.line.pk: one.promised for one in before.shares}
    taken_back = [one.line for one in before.shares if (one.line.granted or 0) != one.promised]
    nobody_told = all(one.line.told is None for one in before.shares)
    _take(material, -sum((line.granted or 0) - kept[line.pk] for line in taken_back))
    for line in taken_back:
        line.granted = kept[line.pk] or line.told
    _save(taken_back, "granted")
    if nobody_told and not any(kept.values()):
        _back_to_wishes(material, [one.line for one in before.shares])
    record(actor=actor, deed="campaigns.undo_shares", on=material, title=material.name)
    return len(taken_back)


def _back_to_wishes(material: Material, lines: Sequence[Line]) -> None:
    """Nothing is shared any more, so nobody got nothing, and nobody waits for what comes back."""
    for line in lines:
        line.granted = line.waits_since = None
    _save(lines, "granted", "waits_since")
    material.shared_at, material.shared_by = None, ""
    material.save(update_fields=["shared_at", "shared_by"])


def _locked(actor: Actor, material: Material) -> Material:
    """The material as it is now, under the lock of its campaign as all that moves packs."""
    return get_material(actor, locked(material.campaign_id), material.pk)


def _settle(actor: Actor, proposal: Proposal) -> None:
    material = proposal.material
    if proposal.left < 0:
        raise ValidationError(_too_many(material))
    changed = [one.line for one in proposal.shares if one.line.granted != one.packs]
    is_settled = material.shared_at is not None and material.shared_by == proposal.rule
    if not changed and is_settled:
        return
    packs = {one.line.pk: one.packs for one in proposal.shares}
    _take(material, sum(packs[line.pk] - (line.granted or 0) for line in changed))
    for line in changed:
        line.granted = packs[line.pk]
        if line.granted == line.wanted:
            line.waits_since = None
    _save(changed, "granted", "waits_since")
    material.shared_at, material.shared_by = timezone.now(), proposal.rule
    material.save(update_fields=["shared_at", "shared_by"])
    told: Changes = {"packs": [None, proposal.given], "shared_by": [None, str(proposal.rule)]}
    record(actor=actor, deed="campaigns.share", on=material, title=material.name, changes=told)


def _take(material: Material, packs: int) -> None:
    """Take so many packs from the stock, or put them back when it is below zero."""
    open_pool(about=material.pk, size=material.packs)
    if packs > 0 and not claim(about=material.pk, units=packs):
        raise ValidationError(_too_many(material))
    if packs < 0:
        give_back(about=material.pk, units=-packs)


def _refuse_unfit(material: Material, lines: Sequence[Line]) -> None:
    wrong = [
        _unfit(line, material)
        for line in lines
        if line.proposed is not None and not fits_by_hand(line, line.proposed, material)
    ]
    if wrong:
        raise ValidationError(wrong)


def _unfit(line: Line, material: Material) -> str:
    return _("Order %(number)d: please choose between %(least)d and %(most)d packs.") % {
        "number": line.order.number,
        "least": promised(line, material),
        "most": line.wanted,
    }


def _too_many(material: Material) -> str:
    return _("%(material)s: these are more packs than there are in stock.") % {
        "material": material.name
    }


def _save(lines: Sequence[Line], *fields: str) -> None:
    Line.objects.bulk_update(lines, fields, batch_size=AT_ONCE)
