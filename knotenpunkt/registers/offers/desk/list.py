"""The list of offers at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
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
from knotenpunkt.registers.offers.desk import bulk_words
from knotenpunkt.registers.offers.desk.columns import STATE_LABELS, columns, completed
from knotenpunkt.registers.offers.desk.filters import filters
from knotenpunkt.registers.offers.findings import long_unchecked
from knotenpunkt.registers.offers.imports.profiles import KIND
from knotenpunkt.registers.offers.models import Offer, Status
from knotenpunkt.registers.offers.queries import topics
from knotenpunkt.registers.offers.rules import at_desk_of, may_add
from knotenpunkt.tools.imports.models import Run
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
    listing = offers_listing(request.network)
    wanted, form = read(listing, request.GET.dict())
    rows = offers_at_desk(request.actor)
    return render(
        request,
        "offers/desk/list.html",
        {
            "shown": show(listing, wanted, form, rows),
            "list_url": reverse("offers_desk:list"),
            "lead": lead(rows),
            "views": views_bar(request.actor, NAME, wanted),
            "may": may(request.actor),
            "pick": PICK if may(request.actor).change_many else "",
            "bulk_buttons": bulk_words.buttons(),
        },
    )


def offers_at_desk(actor: Actor) -> QuerySet[Offer]:
    """The offers on this member's desk."""
    rows: QuerySet[Offer] = Offer.objects.filter(at_desk_of(actor))
    return rows


def offers_listing(network: Network) -> Listing:
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
            languages=_languages(),
            sources=list(
                Run.objects.filter(kind=KIND).order_by().values_list("source", flat=True).distinct()
            ),
            near_area_keys=network.area_keys,
        ),
        completed=completed,
        sort="titel",
        count=lambda n: ngettext("%(n)s offer", "%(n)s offers", n) % {"n": number(n)},
    )


def _languages() -> list[str]:
    rows = Offer.objects.order_by().values_list("languages", flat=True).distinct()
    return sorted({code for codes in rows for code in codes})


def lead(rows: QuerySet[Offer]) -> str:
    """ "712 Angebote von 304 Anbietern. Familien sehen 674 davon."."""
    told = rows.aggregate(
        offers=Count("pk"),
        providers=Count("provider", distinct=True),
        seen=Count("pk", filter=Q(status=Status.PUBLISHED)),
    )
    offers = ngettext("%(n)s offer", "%(n)s offers", told["offers"])
    providers = ngettext("%(n)s provider", "%(n)s providers", told["providers"])
    return _("%(offers)s of %(providers)s. Families see %(seen)s of them.") % {
        "offers": offers % {"n": number(told["offers"])},
        "providers": providers % {"n": number(told["providers"])},
        "seen": number(told["seen"]),
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
    listing = offers_listing(request.network)
    return listing, *read(listing, request.GET.dict())
