"""The preview of the public page, and what it says in other languages."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.activities.campaigns.actions.languages import save_text
from knotenpunkt.activities.campaigns.desk.frame import campaign_frame, campaign_or_404
from knotenpunkt.activities.campaigns.forms.languages import TextForm
from knotenpunkt.activities.campaigns.models import CampaignFile
from knotenpunkt.activities.campaigns.queries.page import public_file, text_in, texts_of
from knotenpunkt.activities.campaigns.views.page import file_response, page_context
from knotenpunkt.activities.campaigns.wording import page as wording
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.languages import BY_CODE, OTHERS

SETUP = "campaigns:setup"


@require_safe
@members_only(Right.READ_INTERNAL)
def preview(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """The page as everybody will see it."""
    campaign = campaign_or_404(request, campaign_id)
    context = page_context(request, campaign, timezone.now(), is_preview=True)
    return render(request, "campaigns/public/page.html", context)


@require_safe
@members_only(Right.READ_INTERNAL)
def file(request: DeskRequest, campaign_id: UUID, file_id: UUID, size: str) -> HttpResponse:
    """A picture or paper of a page that is not public yet."""
    campaign = campaign_or_404(request, campaign_id)
    try:
        one = public_file(campaign, file_id)
    except CampaignFile.DoesNotExist as missing:
        raise Http404 from missing
    if size not in (wording.SMALL, wording.LARGE):
        raise Http404
    return file_response(one, size)


@require_safe
@members_only(Right.READ_INTERNAL)
def texts(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Which languages the page speaks."""
    campaign = campaign_or_404(request, campaign_id)
    written = texts_of(campaign)
    rows = [
        {
            "code": code,
            "name": BY_CODE[code].own_name,
            "title": written[code].title if code in written else "",
            "is_written": code in written,
            "is_whole": code in written and wording.is_whole(campaign, written[code]),
            "url": reverse("campaigns:text", args=[campaign.pk, code]),
        }
        for code in OTHERS
    ]
    context = campaign_frame(request, campaign, SETUP) | {"rows": rows}
    return render(request, "campaigns/page/texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def text(request: DeskRequest, campaign_id: UUID, code: str) -> HttpResponse:
    """What the page says in one language, beside what it says in German."""
    campaign = campaign_or_404(request, campaign_id)
    if code not in OTHERS:
        raise Http404
    known = text_in(campaign, code)
    parts = ("title", "message", "description")
    form = TextForm(typed(request), initial={name: getattr(known, name, "") for name in parts})
    if request.method == "POST" and form.is_valid():
        save_text(actor=request.actor, campaign=campaign, language=code, **form.cleaned_data)
        messages.success(request, _("The text is kept."))
        return HttpResponseRedirect(reverse("campaigns:texts", args=[campaign.pk]))
    context = campaign_frame(request, campaign, SETUP) | {
        "form": form,
        "spoken": BY_CODE[code],
        "originals": [(form[name], getattr(campaign, name)) for name in parts],
    }
    return render(request, "campaigns/page/text.html", context)
