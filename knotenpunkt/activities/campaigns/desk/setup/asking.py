"""Who answers questions about the campaign: contacts of partners, and people of the network."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.campaigns.actions.hosts import set_people_to_ask
from knotenpunkt.activities.campaigns.desk.frame import campaign_or_404
from knotenpunkt.activities.campaigns.desk.setup.picking import SEARCH, picker
from knotenpunkt.activities.campaigns.desk.setup.steps import show, url_of
from knotenpunkt.activities.campaigns.desk.ticked import ids_of
from knotenpunkt.activities.campaigns.forms.people import PeopleSheet, with_other_rows
from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.queries.candidates import contacts
from knotenpunkt.activities.campaigns.queries.page import people_to_ask
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.desk.problems import problems
from knotenpunkt.registers.partners.models import Contact

DEED = "tun"
FIELDS = ("name", "function", "phone", "email")
COLUMNS = ("name", "organisation__name", "function")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def asking(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Choose contacts, each with what for, and write down who is none."""
    campaign = campaign_or_404(request, campaign_id)
    data = typed(request)
    if data is None:
        return _page(request, campaign, PeopleSheet(None, _stored(campaign)))
    deed = str(data.get(DEED, ""))
    if deed or SEARCH in data or request.method != "POST":
        rearranged = with_other_rows(data, deed, _myself(request))
        return _page(request, campaign, PeopleSheet(rearranged).unjudged())
    sheet = PeopleSheet(data)
    if not sheet.is_valid():
        return _page(request, campaign, sheet, is_judged=True)
    set_people_to_ask(
        actor=request.actor, campaign=campaign, contacts=_chosen(request), people=sheet.drafts
    )
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(url_of(campaign, "page"))


def _stored(campaign: Campaign) -> list[dict[str, str]]:
    return [{name: getattr(one, name) for name in FIELDS} for one in people_to_ask(campaign)]


def _myself(request: DeskRequest) -> dict[str, str]:
    """Who is signed in, with the number under which the network is reached."""
    user, network = request.user, request.network
    return {
        "name": user.name,
        "function": network.contact_function if user.name == network.contact_name else "",
        "phone": network.contact_phone,
        "email": user.email,
    }


def _chosen(request: DeskRequest) -> list[tuple[Contact, str]]:
    """The contacts that were ticked, in their order, each with what for."""
    wanted = ids_of(request, "kontakt")
    found = {one.pk: one for one in contacts(timezone.localdate()).filter(pk__in=wanted)}
    return [(found[key], _topic(request.POST, key)) for key in wanted if key in found]


def _topic(data: QueryDict, key: UUID | str) -> str:
    return " ".join(data.get(f"wofuer-{key}", "").split())[:120]


def _page(
    request: DeskRequest, campaign: Campaign, sheet: PeopleSheet, *, is_judged: bool = False
) -> HttpResponse:
    stored = {one.contact_id: one.topic for one in campaign.contact_links.all()}
    rows = contacts(timezone.localdate())
    people = picker(request, "kontakt", rows, list(stored), _told, COLUMNS)
    topics = [
        _topic(request.POST, one.key) if request.method == "POST" else stored[UUID(one.key)]
        for one in people.chosen
    ]
    return show(
        request, campaign, "page", "campaigns/setup/people_to_ask.html",
        people=people, chosen=list(zip(people.chosen, topics, strict=True)), rows=sheet.rows,
        problems=problems(list(sheet.rows.filled)) if is_judged else None,
    )  # fmt: skip


def _told(one: Contact) -> tuple[str, str]:
    note = ", ".join(filter(None, (one.function, one.organisation.name)))
    if not one.is_public:
        note = _("%(who)s; not shown, because this contact is not public") % {"who": note}
    return one.name or one.organisation.name, note
