"""The list of people at the desk."""

from __future__ import annotations

from django.db.models import Exists, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.desk.bulk_words import PEOPLE_WORDS
from knotenpunkt.registers.partners.desk.organisations.list import PICK, lead, may
from knotenpunkt.registers.partners.desk.people.columns import columns, completed, held
from knotenpunkt.registers.partners.desk.people.filters import filters, known_to
from knotenpunkt.registers.partners.queries import people_at_desk
from knotenpunkt.registers.partners.rules import has_left, is_due, is_here
from knotenpunkt.tools.lists.listing import Listing, Tab
from knotenpunkt.tools.lists.registry import list_page
from knotenpunkt.tools.lists.showing import show
from knotenpunkt.tools.lists.views import views_bar
from knotenpunkt.tools.lists.wanted import FilterForm, Wanted, read

NAME = "people"
list_page(NAME, label=gettext_lazy("Partners: people"), page="partners_desk:people")


@require_safe
@members_only()
def people_list(request: DeskRequest) -> HttpResponse:
    """All people that this member looks after, narrowed, sorted, page by page."""
    listing = people_listing(request.actor, request.network)
    wanted, form = read(listing, request.GET.dict())
    allowed = may(request.actor)
    context = {
        "shown": show(listing, wanted, form, people_at_desk(request.actor)),
        "list_url": reverse("partners_desk:people"),
        "lead": lead(request.actor),
        "views": views_bar(request.actor, NAME, wanted),
        "may": allowed,
        "pick": PICK if allowed.change_many else "",
        "here": NAME,
        "bulk_words": PEOPLE_WORDS,
    }
    return render(request, "partners/desk/people.html", context)


def people_listing(actor: Actor, network: Network) -> Listing:
    """How the list is built, with what this network can choose from: four queries."""
    today, usual = timezone.localdate(), network.confirm_months
    here = is_here(today)
    return Listing(
        name=NAME,
        columns=columns(actor, today),
        tabs=[
            Tab("alle", pgettext("tab of a list", "All"), Q()),
            Tab("dabei", pgettext("of partners", "Active"), here),
            Tab("faellig", pgettext("entries", "Due"), here & is_due(today, usual)),
            Tab("ohne-aufgabe", _("Without a task"), here & ~Q(Exists(held(today)))),
            Tab("ausgeschieden", pgettext("of partners", "Left"), has_left(today)),
        ],
        filters=filters(known_to(actor), today, usual),
        completed=completed(actor, today, usual),
        sort="name",
        count=lambda n: ngettext("%(n)s person", "%(n)s people", n) % {"n": number(n)},
    )


def wanted_people(request: DeskRequest) -> tuple[Listing, Wanted, FilterForm]:
    """What the address of this request asks for."""
    listing = people_listing(request.actor, request.network)
    return listing, *read(listing, request.GET.dict())
