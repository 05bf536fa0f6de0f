"""The way from an address to a partner: outsiders meet 404, members without the right 403."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from knotenpunkt.foundation.accounts.gate import DeskRequest
from knotenpunkt.registers.partners.models import Contact, Organisation, Person
from knotenpunkt.registers.partners.queries import get_organisation, get_person, get_role
from knotenpunkt.registers.partners.rules import may_keep


def organisation_or_404(request: DeskRequest, organisation_id: UUID) -> Organisation:
    """The organisation, for those at whose desk it is."""
    try:
        return get_organisation(request.actor, organisation_id)
    except Organisation.DoesNotExist as missing:
        raise Http404 from missing


def own_organisation_or_404(request: DeskRequest, organisation_id: UUID) -> Organisation:
    """The organisation, for those who may change it; 403 for those who only read it."""
    found = organisation_or_404(request, organisation_id)
    if not may_keep(request.actor):
        raise PermissionDenied
    return found


def own_role_or_404(
    request: DeskRequest, organisation_id: UUID, contact_id: UUID
) -> tuple[Organisation, Contact]:
    """A role with its organisation, for those who may change it."""
    organisation = own_organisation_or_404(request, organisation_id)
    try:
        return organisation, get_role(request.actor, organisation, contact_id)
    except Contact.DoesNotExist as missing:
        raise Http404 from missing


def person_or_404(request: DeskRequest, person_id: UUID) -> Person:
    """The person, for those at whose desk they are."""
    try:
        return get_person(request.actor, person_id)
    except Person.DoesNotExist as missing:
        raise Http404 from missing
