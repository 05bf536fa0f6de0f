"""Pictures, postcard, papers and news of the page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from knotenpunkt.activities.campaigns.actions.page import (
    add_file,
    add_news,
    change_file,
    remove_file,
    remove_news,
)
from knotenpunkt.activities.campaigns.desk.frame import campaign_or_404
from knotenpunkt.activities.campaigns.desk.setup.steps import show
from knotenpunkt.activities.campaigns.forms.setup import (
    FileForm,
    FileWordsForm,
    NewsForm,
    add_errors,
)
from knotenpunkt.activities.campaigns.models import Campaign, CampaignFile, FileUse, News
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import short_date

running = members_only(Right.RUN_CAMPAIGNS)
form_page = require_http_methods(["GET", "HEAD", "POST"])
REMOVE = "entfernen"


@form_page
@running
def files(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """What there is, and a form for one more."""
    campaign = campaign_or_404(request, campaign_id)
    wanted = request.GET.get("wofuer", FileUse.LEAD)
    form = FileForm(typed(request), request.FILES or None, initial={"use": wanted})
    if request.method == "POST" and form.is_valid() and _added(request, campaign, form):
        messages.success(request, _("The file is kept."))
        return _to(campaign, "setup_files")
    shown = [
        _told_file(one) for one in campaign.files.select_related("file").defer("file__content")
    ]
    return show(request, campaign, "page", "campaigns/setup/files.html", form=form, files=shown)


def _added(request: DeskRequest, campaign: Campaign, form: FileForm) -> bool:
    told = form.cleaned_data
    try:
        add_file(
            actor=request.actor, campaign=campaign, use=FileUse(told["use"]),
            name=told["file"].name, content=form.content(), title=told["title"], alt=told["alt"],
            credit=told["credit"],
        )  # fmt: skip
    except ValidationError as problem:
        add_errors(form, problem)
        return False
    return True


def _told_file(one: CampaignFile) -> dict[str, Any]:
    keys = {"campaign_id": one.campaign_id, "file_id": one.pk}
    return {
        "title": one.title,
        "use": one.get_use_display(),
        "alt": one.alt,
        "credit": one.credit,
        "is_picture": one.small_id is not None,
        "picture_url": reverse("campaigns:preview_file", kwargs={**keys, "size": "klein"}),
        "url": reverse("campaigns:setup_file", kwargs=keys),
    }


@form_page
@running
def file(request: DeskRequest, campaign_id: UUID, file_id: UUID) -> HttpResponse:
    """What is said about one file, and its end."""
    campaign = campaign_or_404(request, campaign_id)
    one = _file_or_404(campaign, file_id)
    if request.method == "POST" and REMOVE in request.POST:
        remove_file(actor=request.actor, file=one)
        messages.success(request, _("The file is deleted."))
        return _to(campaign, "setup_files")
    filled = {"title": one.title, "alt": one.alt, "credit": one.credit}
    form = FileWordsForm(typed(request), initial=filled)
    if request.method == "POST" and form.is_valid():
        change_file(actor=request.actor, file=one, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return _to(campaign, "setup_files")
    return show(
        request, campaign, "page", "campaigns/setup/file.html", form=form, file=_told_file(one)
    )


def _file_or_404(campaign: Campaign, file_id: UUID) -> CampaignFile:
    found: CampaignFile | None = campaign.files.filter(pk=file_id).first()
    if found is None:
        raise Http404
    return found


@form_page
@running
def news(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """What was told, and a form for one more piece."""
    campaign = campaign_or_404(request, campaign_id)
    form = NewsForm(typed(request), initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        add_news(actor=request.actor, campaign=campaign, **form.cleaned_data)
        messages.success(request, _("The news stand on the page."))
        return _to(campaign, "setup_news")
    told = [{"one": one, "on": short_date(one.on)} for one in campaign.news.all()]
    return show(request, campaign, "page", "campaigns/setup/news.html", form=form, news=told)


@require_POST
@running
def drop_news(request: DeskRequest, campaign_id: UUID, news_id: UUID) -> HttpResponse:
    """Take a piece of news from the page."""
    campaign = campaign_or_404(request, campaign_id)
    found: News | None = campaign.news.filter(pk=news_id).first()
    if found is None:
        raise Http404
    remove_news(actor=request.actor, news=found)
    messages.success(request, _("The piece of news is deleted."))
    return _to(campaign, "setup_news")


def _to(campaign: Campaign, name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"campaigns:{name}", args=[campaign.pk]))
