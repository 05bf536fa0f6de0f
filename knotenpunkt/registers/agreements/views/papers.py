"""Files of an agreement."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest
from knotenpunkt.registers.agreements import actions, queries
from knotenpunkt.registers.agreements.forms import PaperForm
from knotenpunkt.registers.agreements.models import Agreement, Paper
from knotenpunkt.registers.agreements.views.agreements import (
    agreement_or_404,
    keeping,
    reading,
    shown,
)
from knotenpunkt.tools.files.queries import content_of


@require_POST
@keeping
def add(request: DeskRequest, agreement_id: UUID) -> HttpResponse:
    """One more file; a bad one is told beside its field."""
    agreement = agreement_or_404(request, agreement_id)
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid() and _added(request, agreement, form):
        messages.success(request, _("The file is kept."))
        return _to(agreement)
    return shown(request, agreement, form, status=422)


def _added(request: DeskRequest, agreement: Agreement, form: PaperForm) -> bool:
    try:
        actions.add_paper(
            actor=request.actor, agreement=agreement, handed=form.cleaned_data["file"]
        )
    except ValidationError as problem:
        form.add_error("file", problem)
    return form.is_valid()


@require_safe
@reading
def paper(request: DeskRequest, agreement_id: UUID, paper_id: UUID) -> HttpResponse:
    """The file as it was handed in; never opened inside a page."""
    found = _paper_or_404(request, agreement_id, paper_id)
    answer = HttpResponse(content_of(found.file_id), content_type=found.file.content_type)
    named = content_disposition_header(as_attachment=True, filename=found.file.name)
    answer["Content-Disposition"] = named or "attachment"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
def remove(request: DeskRequest, agreement_id: UUID, paper_id: UUID) -> HttpResponse:
    """Delete a file, after showing which one."""
    found = _paper_or_404(request, agreement_id, paper_id)
    if request.method == "POST":
        agreement = found.agreement
        actions.remove_paper(actor=request.actor, paper=found)
        messages.success(request, _("The file is deleted."))
        return _to(agreement)
    return render(request, "agreements/remove_paper.html", {"paper": found})


def _paper_or_404(request: DeskRequest, agreement_id: UUID, paper_id: UUID) -> Paper:
    agreement = agreement_or_404(request, agreement_id)
    try:
        return queries.papers(request.actor, agreement).get(pk=paper_id)
    except Paper.DoesNotExist as missing:
        raise Http404 from missing


def _to(agreement: Agreement) -> HttpResponse:
    return HttpResponseRedirect(reverse("agreements:detail", args=[agreement.pk]))
