"""The list of offers at the desk."""

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
from knotenpunkt.registers.offers.desk.bulk_words import OfferWords
from knotenpunkt.registers.offers.desk.columns import STATE_LABELS, columns, completed
from knotenpunkt.registers.offers.desk.filters import filters
from knotenpunkt.registers.offers.figures import DeskTotals, desk_totals
from knotenpunkt.registers.offers.findings import long_unchecked
from knotenpunkt.registers.offers.imports.profiles import KIND
from knotenpunkt.registers.offers.models import Status
from knotenpunkt.registers.offers.queries import languages_at_desk, offers_at_desk, topics
from knotenpunkt.registers.offers.rules import may_add
from knotenpunkt.tools.imports.queries import sources
from knotenpunkt.tools.lists.listing import Listing, Tab
from knotenpunkt.tools.lists.registry import list_page
from knotenpunkt.tools.lists.showing import show
from knotenpunkt.tools.lists.views import views_bar
from knotenpunkt.tools.lists.wanted import FilterForm, Wanted, read

NAME, PICK = "offers", "wahl"
list_page(NAME, label=gettext_lazy("Offers"), page="offers_desk:list")


@require_safe
@members_only()
def offers_list(request: DeskRequest) -> HttpResponse:
    """All offers that this member looks after, narrowed, sorted, page by page."""
    listing = offers_listing(request.actor, request.network)
    wanted, form = read(listing, request.GET.dict())
    rows = offers_at_desk(request.actor)
    return render(
        request,
        "offers/desk/list.html",
        {
            "shown": show(listing, wanted, form, rows),
            "list_url": reverse("offers_desk:list"),
            "lead": lead(desk_totals(request.actor)),
            "views": views_bar(request.actor, NAME, wanted),
            "may": may(request.actor),
            "pick": PICK if may(request.actor).change_many else "",
            "bulk_words": OfferWords(),
        },
    )


def offers_listing(actor: Actor, network: Network) -> Listing:
    """How the list is built, with what this network can choose from: three queries."""
    today = timezone.localdate()
    return Listing(
        name=NAME,
        columns=columns(today),
        tabs=[
            Tab("alle", pgettext("tab of a list", "All"), Q()),
            Tab("veroeffentlicht", str(STATE_LABELS[Status.PUBLISHED]), Q(status=Status.PUBLISHED)),
            Tab("entwurf", str(STATE_LABELS[Status.DRAFT]), Q(status=Status.DRAFT)),
            Tab("veraltet", _("Long unconfirmed"), long_unchecked(today)),
            Tab("zurueckgezogen", str(STATE_LABELS[Status.WITHDRAWN]), Q(status=Status.WITHDRAWN)),
        ],
        filters=filters(
            topics=topics(),
            languages=languages_at_desk(actor),
            sources=sources(KIND),
            near_area_keys=network.area_keys,
        ),
        completed=completed,
        sort="titel",
        count=lambda n: ngettext("%(n)s offer", "%(n)s offers", n) % {"n": number(n)},
    )


def lead(told: DeskTotals) -> str:
    """ "712 Angebote von 304 Anbietern. Familien sehen 674 davon."."""
    offers = ngettext("%(n)s offer", "%(n)s offers", told.offers)
    providers = ngettext("%(n)s provider", "%(n)s providers", told.providers)
    return _("%(offers)s of %(providers)s. Families see %(seen)s of them.") % {
        "offers": offers % {"n": number(told.offers)},
        "providers": providers % {"n": number(told.providers)},
        "seen": number(told.seen),
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
    return May(
        add=may_add(actor),
        import_lists=actor.may(Right.IMPORT),
        change_many=actor.may(Right.EDIT_REGISTERS),
        export=actor.may(Right.EDIT_REGISTERS),
    )


def wanted_offers(request: DeskRequest) -> tuple[Listing, Wanted, FilterForm]:
    """What the address of this request asks for."""
    listing = offers_listing(request.actor, request.network)
    return listing, *read(listing, request.GET.dict())
