"""The list of organisations at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.actors import Actor, Person
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.desk.bulk_words import ORGANISATION_WORDS
from knotenpunkt.registers.partners.desk.narrowing import reachable
from knotenpunkt.registers.partners.desk.organisations.columns import columns, completed
from knotenpunkt.registers.partners.desk.organisations.filters import filters, known_to
from knotenpunkt.registers.partners.figures import totals
from knotenpunkt.registers.partners.queries import organisations_at_desk
from knotenpunkt.registers.partners.rules import has_left, is_due, is_here
from knotenpunkt.tools.lists.listing import Listing, Tab
from knotenpunkt.tools.lists.registry import list_page
from knotenpunkt.tools.lists.showing import show
from knotenpunkt.tools.lists.views import views_bar
from knotenpunkt.tools.lists.wanted import FilterForm, Wanted, read

NAME, PICK = "organisations", "wahl"
list_page(NAME, label=gettext_lazy("Partners: organisations"), page="partners_desk:list")


@require_safe
@members_only()
def organisations_list(request: DeskRequest) -> HttpResponse:
    """All organisations that this member looks after, narrowed, sorted, page by page."""
    listing = organisations_listing(request.actor, request.network)
    wanted, form = read(listing, request.GET.dict())
    allowed = may(request.actor)
    context = {
        "shown": show(listing, wanted, form, organisations_at_desk(request.actor)),
        "list_url": reverse("partners_desk:list"),
        "lead": lead(request.actor),
        "views": views_bar(request.actor, NAME, wanted),
        "may": allowed,
        "pick": PICK if allowed.change_many else "",
        "here": NAME,
        "bulk_words": ORGANISATION_WORDS,
    }
    return render(request, "partners/desk/organisations.html", context)


def organisations_listing(actor: Actor, network: Network) -> Listing:
    """How the list is built, with what this network can choose from: four queries."""
    today, usual = timezone.localdate(), network.confirm_months
    here = is_here(today)
    return Listing(
        name=NAME,
        columns=columns(today),
        tabs=[
            Tab("alle", pgettext("tab of a list", "All"), Q()),
            Tab("dabei", pgettext("of partners", "Active"), here),
            Tab("faellig", pgettext("entries", "Due"), here & is_due(today, usual)),
            Tab("ohne-kontakt", _("Without contact"), here & ~reachable(today)),
            Tab("ausgeschieden", pgettext("of partners", "Left"), has_left(today)),
        ],
        filters=filters(known_to(actor), today, usual),
        completed=completed(today, usual),
        sort="name",
        count=lambda n: ngettext("%(n)s organisation", "%(n)s organisations", n) % {"n": number(n)},
    )


def lead(actor: Actor) -> str:
    """ "1.104 Organisationen mit 2.467 Personen."."""
    told = totals(actor)
    organisations = ngettext("%(n)s organisation", "%(n)s organisations", told.organisations)
    people = ngettext("%(n)s person", "%(n)s people", told.people)
    return _("%(organisations)s and %(people)s are in the network today.") % {
        "organisations": organisations % {"n": number(told.organisations)},
        "people": people % {"n": number(told.people)},
    }


@dataclass(frozen=True, slots=True)
class May:
    """What this member may do from the list."""

    add: bool
    import_lists: bool
    change_many: bool
    export: bool


def may(actor: Person) -> May:
    """The same rights that the pages behind the links ask for."""
    keeps = actor.may(Right.EDIT_REGISTERS)
    return May(add=keeps, import_lists=actor.may(Right.IMPORT), change_many=keeps, export=keeps)


def wanted_organisations(request: DeskRequest) -> tuple[Listing, Wanted, FilterForm]:
    """What the address of this request asks for."""
    listing = organisations_listing(request.actor, request.network)
    return listing, *read(listing, request.GET.dict())
