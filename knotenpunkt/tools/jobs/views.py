"""The page of jobs, and how far one is."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.jobs import actions, queries
from knotenpunkt.tools.jobs.listing import job_page
from knotenpunkt.tools.jobs.models import Job


@require_safe
@members_only(Right.SEE_JOBS)
def job_list(request: DeskRequest) -> HttpResponse:
    """What runs, waits, failed and is done in this network."""
    page = job_page(request.actor, request.GET.get("stand", ""), request.GET.get("seite", ""))
    return render(request, "jobs/list.html", {"page": page})


@require_safe
@members_only()
def progress(request: DeskRequest, job_id: UUID) -> HttpResponse:
    """How far a job is, as a part of the page that shows it; loads that page when it ended."""
    try:
        job = queries.followed_job(request.actor, job_id)
    except Job.DoesNotExist:
        raise Http404 from None
    context = {"job": job, "announce": request.GET.get("said") != job.mark}
    response = render(request, "jobs/_progress.html", context)
    if not job.is_open:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@members_only(Right.SEE_JOBS)
def try_again(request: DeskRequest, job_id: UUID) -> HttpResponse:
    """Queue a job anew that did not get done."""
    try:
        actions.try_again(actor=request.actor, job=_job(request, job_id))
        messages.success(request, _("The work is tried again now."))
    except actions.NotNow:
        messages.info(request, _("This work is already done or under way."))
    return HttpResponseRedirect(reverse("jobs:list"))


@require_POST
@members_only(Right.SEE_JOBS)
def stop(request: DeskRequest, job_id: UUID) -> HttpResponse:
    """Stop a job that waits or runs."""
    try:
        actions.stop(actor=request.actor, job=_job(request, job_id))
        messages.success(request, _("The work is being stopped. You can try it again later."))
    except actions.NotNow:
        messages.info(request, _("This work has already ended."))
    return HttpResponseRedirect(reverse("jobs:list"))


def _job(request: DeskRequest, job_id: UUID) -> Job:
    try:
        return queries.job_to_handle(request.actor, job_id)
    except Job.DoesNotExist:
        raise Http404 from None
