"""Which partners are meant, and in what they are known."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.partners.bulk.kinds import OF_ORGANISATIONS, OF_PEOPLE
from knotenpunkt.registers.partners.models import Organisation, Person
from knotenpunkt.registers.partners.queries import organisations_at_desk, people_at_desk
from knotenpunkt.tools.lists.many.doing import Many


def _organisations(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Organisation]:
    held = organisations_at_desk(actor).filter(pk__in=ids).select_for_update(of=("self",))
    rows = held.prefetch_related("tag_links__tag", "region_links")
    return {one.pk: one for one in rows}


def _people(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Person]:
    held = people_at_desk(actor).filter(pk__in=ids).select_for_update(of=("self",))
    return {one.pk: one for one in held.prefetch_related("tag_links__tag")}


ORGANISATIONS = Many(
    listing="organisations",
    kinds=OF_ORGANISATIONS,
    records=_organisations,
    work="partners.bulk",
    title=_("One thing for many organisations"),
    undo_title=_("Taking back one thing for many organisations"),
)
PEOPLE = Many(
    listing="people",
    kinds=OF_PEOPLE,
    records=_people,
    work="partners.bulk_people",
    title=_("One thing for many people"),
    undo_title=_("Taking back one thing for many people"),
)
