"""Deeds on a network as a whole, each on record: found it, change it, give somebody a role in it.

They are done here because a network is described below the audit, and its map drawn above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from knotenpunkt.foundation.accounts.actions import add_member
from knotenpunkt.foundation.accounts.actors import Actor, System
from knotenpunkt.foundation.accounts.models import Membership
from knotenpunkt.foundation.accounts.rights import Right, Role
from knotenpunkt.foundation.audit.actions import record, without_values
from knotenpunkt.foundation.networks import actions, logos
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.actions import draw_outlines
from knotenpunkt.registers.offers.actions import prepare_topics
from knotenpunkt.registers.pages.actions import prepare_pages

PERSONAL_FIELDS = (
    "contact_name", "contact_function", "contact_phone", "contact_email", "contact_hours",
)  # fmt: skip


@transaction.atomic
def found_network(
    *,
    actor: Actor,
    slug: str,
    name: str,
    short_name: str = "",
    area_keys: Sequence[str] = (),
    accent: str = "",
    **details: object,
) -> Network:
    """Create a network that is ready to be filled; ValidationError as `create_network` says.

    Only the installation itself may: a person's rights end with their own network.
    """
    if not isinstance(actor, System):
        raise PermissionDenied(Right.CHANGE_NETWORK)
    network = actions.create_network(
        slug=slug,
        name=name,
        short_name=short_name,
        area_keys=area_keys,
        accent=accent,
        **details,
    )
    with in_network(network):
        record(actor=actor, deed="networks.create", on=network, title=network.name)
        prepare_topics()
        prepare_pages(network)
        draw_outlines(network=network, actor=actor)
    return network


@transaction.atomic
def change_network(
    *, actor: Actor, network: Network, logo: Path | None = None, **values: Any
) -> Network:
    """Change the given fields, and redraw the map when the area is another.

    ValidationError with a sentence when something is wrong; then nothing is kept of it.
    """
    with in_network(network):
        actor.must(Right.CHANGE_NETWORK)
        if logo is not None:
            values["logo"] = logos.name_for(network, logo)
        before = {field: getattr(network, field) for field in values}
        actions.change_network(network=network, **values)
        after = {field: getattr(network, field) for field in values}
        changes = {field: [before[field], after[field]] for field in after}
        changes = {field: pair for field, pair in changes.items() if pair[0] != pair[1]}
        if logo is not None:
            _take_logo(logo, network.logo, before["logo"])
        if "area_keys" in changes:
            draw_outlines(network=network, actor=actor)
        if changes:
            told = without_values(changes, PERSONAL_FIELDS)
            record(
                actor=actor, deed="networks.change", on=network, title=network.name, changes=told
            )
    return network


def _take_logo(file: Path, name: str, former: str) -> None:
    """The former file goes only when nothing can go wrong any more."""
    logos.keep(file, name)
    if former and former != name:
        transaction.on_commit(lambda: logos.drop(former))


@transaction.atomic
def give_role(
    *, actor: Actor, email: str, name: str, role: Role, password: str
) -> tuple[Membership, bool]:
    """Give a person a role in the network at hand, as `add_member` says."""
    known = Membership.objects.filter(user__email__iexact=email.strip())
    former = known.values_list("role", flat=True).first()
    member, is_new = add_member(actor=actor, email=email, name=name, role=role, password=password)
    if former != member.role:
        record(
            actor=actor,
            deed="accounts.give_role",
            on=member,
            title=member.user.name,
            changes={"role": [former, member.role]},
        )
    return member, is_new
