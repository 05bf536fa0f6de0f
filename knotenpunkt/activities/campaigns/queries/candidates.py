"""Who and what can be picked for a campaign."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.offers.models import Offer, Status
from knotenpunkt.registers.offers.queries import offers_at_desk
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.registers.partners.rules import holds_role


def houses() -> QuerySet[Organisation]:
    """Organisations that have not left, by name; whoever asks has been let in to the desk."""
    today = timezone.localdate()
    stays = Q(left_on=None) | Q(left_on__gt=today)
    rows: QuerySet[Organisation] = Organisation.objects.filter(stays).select_related("place")
    return rows.order_by("name_key")


def contacts(day: date) -> QuerySet[Contact]:
    """Contacts who are there on that day, public ones first."""
    rows: QuerySet[Contact] = Contact.objects.filter(holds_role(day), is_internal=False)
    return rows.select_related("organisation").order_by("-is_public", "organisation__name_key")


def offers(actor: Actor) -> QuerySet[Offer]:
    """Published offers, by title."""
    rows = offers_at_desk(actor).filter(status=Status.PUBLISHED)
    return rows.select_related("provider").order_by("title")
