"""Who has not fetched their packs yet, and a mail that reminds them."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.campaigns.actions.reminding import remind_to_fetch
from knotenpunkt.activities.campaigns.desk.frame import campaign_or_404
from knotenpunkt.activities.campaigns.desk.handing_over.fetching import handing_frame
from knotenpunkt.activities.campaigns.desk.ticked import ids_of
from knotenpunkt.activities.campaigns.messages.shares import reminder
from knotenpunkt.activities.campaigns.queries.handing_over import Parcel, parcels
from knotenpunkt.activities.campaigns.queries.orders import mail_address_of
from knotenpunkt.activities.campaigns.rules.handing_over import is_to_fetch
from knotenpunkt.activities.campaigns.wording.counts import packs
from knotenpunkt.activities.campaigns.wording.handing_over import handing_label, station_name
from knotenpunkt.activities.campaigns.wording.sharing import ordered_by
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.mail.letters import usable_address
from knotenpunkt.tools.mail.queries import mail_is_set_up
from knotenpunkt.tools.mail.source import blocks


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def not_fetched(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Pick those who are reminded; the mail is shown before."""
    campaign = campaign_or_404(request, campaign_id)
    if request.method == "POST":
        chosen = ids_of(request, "bestellung")
        sent = remind_to_fetch(actor=request.actor, campaign=campaign, orders=chosen)
        told = ngettext("%(n)d reminder is on its way.", "%(n)d reminders are on their way.", sent)
        messages.success(request, told % {"n": sent})
        return HttpResponseRedirect(request.path)
    left = [one for one in parcels(request.actor, campaign) if is_to_fetch(one.order, one.lines)]
    rows = [_row(one) for one in left]
    example = next((one for one in left if usable_address(mail_address_of(one.order))), None)
    context = handing_frame(request, campaign, "campaigns:not_fetched") | {
        "rows": rows,
        "by_mail": sum(bool(row["has_mail"]) for row in rows),
        "letter": _letter(request, example) if example else None,
        "mail": mail_is_set_up(),
    }
    return render(request, "campaigns/handing_over/not_fetched.html", context)


def _row(one: Parcel) -> dict[str, object]:
    state, label = handing_label(one)
    return {
        "order": one.order,
        "name": ordered_by(one.order),
        "station": station_name(one.order.station),
        "packs": packs(one.packs - one.handed_over),
        "state": state,
        "state_label": label,
        "has_mail": usable_address(mail_address_of(one.order)),
    }


def _letter(request: DeskRequest, one: Parcel) -> dict[str, object]:
    with translation.override(settings.LANGUAGE_CODE):
        letter = reminder(request.network, one.order)
    return {
        "subject": letter.subject,
        "blocks": [(type(block).__name__, block) for block in blocks(letter.text)],
        "to": _("for example %(name)s") % {"name": ordered_by(one.order)},
    }
