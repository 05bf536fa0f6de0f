"""Telling the shares: who gets which mail, how far it is, who has no address."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.campaigns.actions.printing_shares import print_shares
from knotenpunkt.activities.campaigns.actions.telling_shares import begin_telling, note_told
from knotenpunkt.activities.campaigns.desk.frame import campaign_or_404
from knotenpunkt.activities.campaigns.desk.sharing.overview import sharing_frame
from knotenpunkt.activities.campaigns.desk.ticked import ids_of
from knotenpunkt.activities.campaigns.messages.orders import Letter
from knotenpunkt.activities.campaigns.messages.shares import share_letter
from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.queries.shares_to_tell import (
    Telling,
    ToTell,
    telling,
    telling_id,
)
from knotenpunkt.activities.campaigns.wording.sharing import explained, ordered_by
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.tools.jobs.queries import job_about
from knotenpunkt.tools.mail.queries import mail_is_set_up
from knotenpunkt.tools.mail.source import blocks

NOTE, SEND, PRINT = "gemerkt", "senden", "briefe"


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def tell_shares(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Look at the mails, send them, and note who was told otherwise."""
    campaign = campaign_or_404(request, campaign_id)
    if request.method == "POST":
        return _done(request, campaign)
    found = telling(request.actor, campaign)
    chosen = _chosen(found, request.GET.get("bestellung", ""))
    context = sharing_frame(request, campaign, "campaigns:tell_shares") | {
        "telling": found,
        "mails": [(one, ordered_by(one.order)) for one in found.by_mail],
        "silent": [_without_mail(one) for one in found.without_mail],
        "chosen": chosen,
        "letter": _preview(request, chosen),
        "job": job_about(request.actor, telling_id(campaign)),
        "mail": mail_is_set_up(),
        "less": sum(not one.gets_all for one in found.by_mail),
    }
    return render(request, "campaigns/sharing/telling.html", context)


def _chosen(found: Telling, wanted: str) -> ToTell | None:
    """The order whose mail is shown: the one asked for, else one that gets less, else any."""
    for one in found.by_mail:
        if str(one.order.number) == wanted:
            return one
    some = [one for one in found.by_mail if not one.gets_all] or list(found.by_mail)
    return some[0] if some else None


def _preview(request: DeskRequest, chosen: ToTell | None) -> dict[str, object] | None:
    """The mail as it will be read, parts by parts."""
    if chosen is None:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        link = "https://…" if chosen.order.contact_id else ""
        letter: Letter = share_letter(request.network, chosen.order, chosen.lines, link)
    shown = letter.text.replace("(https://…)", "(https://example.org)")
    return {
        "subject": letter.subject,
        "blocks": [(type(one).__name__, one) for one in blocks(shown)],
        "to": ordered_by(chosen.order),
    }


def _without_mail(one: ToTell) -> dict[str, object]:
    return {
        "order": one.order,
        "name": ordered_by(one.order),
        "lines": [explained(line) for line in one.lines],
    }


def _letters(request: DeskRequest, campaign: Campaign) -> HttpResponse:
    """The letters as a file; whose address is incomplete is named instead, when there is none."""
    printed = print_shares(actor=request.actor, campaign=campaign)
    if not printed.content:
        messages.warning(request, _("No order has an address that is complete."))
        return HttpResponseRedirect(request.path)
    answer = HttpResponse(printed.content, content_type="application/pdf")
    what = pgettext("name of a file", "letters")
    answer["Content-Disposition"] = f'attachment; filename="{campaign.slug}-{what}.pdf"'
    answer["Cache-Control"] = "no-store, private"
    return answer


def _done(request: DeskRequest, campaign: Campaign) -> HttpResponse:
    if request.POST.get("deed") == PRINT:
        return _letters(request, campaign)
    if request.POST.get("deed") == NOTE:
        count = note_told(
            actor=request.actor, campaign=campaign, orders=ids_of(request, "bestellung")
        )
        messages.success(request, _noted(count))
    elif request.POST.get("deed") == SEND and mail_is_set_up():
        begin_telling(actor=request.actor, campaign=campaign)
    return HttpResponseRedirect(reverse("campaigns:tell_shares", args=[campaign.pk]))


def _noted(count: int) -> str:
    told = ngettext(
        "Noted: %(n)s order has been told otherwise.",
        "Noted: %(n)s orders have been told otherwise.",
        count,
    )
    return told % {"n": number(count)}
