"""Files of an organisation: agreements in another form, leaflets, minutes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.core.controls import optional
from knotenpunkt.registers.partners.actions import add_file, remove_file
from knotenpunkt.registers.partners.desk.fetching import (
    organisation_or_404,
    own_organisation_or_404,
)
from knotenpunkt.registers.partners.desk.organisations.edit import url_of
from knotenpunkt.registers.partners.models import Organisation, PartnerFile
from knotenpunkt.registers.partners.queries import get_file, partner_files
from knotenpunkt.registers.partners.rules import may_see_internal
from knotenpunkt.tools.files.content import (
    DOCX,
    JPEG,
    LARGEST_BYTES,
    ODT,
    PDF,
    PNG,
    PPTX,
    XLSX,
    checked,
)
from knotenpunkt.tools.files.queries import content_of

ALLOWED = {PDF, PNG, JPEG, DOCX, XLSX, PPTX, ODT}


class FileForm(forms.Form):
    """One file, told by its content."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, picture, Word, Excel, PowerPoint or OpenDocument, up to 20 megabytes."
        ),
        error_messages={
            "required": gettext_lazy("Please choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
    )
    title = forms.CharField(
        **optional(
            gettext_lazy("Title"),
            gettext_lazy("Empty: as the file is called."),
            max_length=200,
        )
    )

    for_coordination = forms.BooleanField(
        **optional(
            gettext_lazy("For the coordination only"),
            gettext_lazy("Who keeps this organisation as a provider does not see the file then."),
            initial=True,
        )
    )

    def __init__(self, *args: Any, may_hide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_hide:
            del self.fields["for_coordination"]

    def clean_file(self) -> dict[str, Any]:
        """Name, kind and content. Only as much is read as is allowed."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST_BYTES:
            raise ValidationError(
                _("“%(name)s” is larger than %(size)d MB. Please make it smaller.")
                % {"name": sent.name, "size": LARGEST_BYTES // 1_000_000}
            )
        content = sent.read()
        kind = checked(sent.name, content, ALLOWED)
        return {"name": sent.name, "content_type": kind, "content": content}


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def files(request: DeskRequest, organisation_id: UUID) -> HttpResponse:
    """All files of an organisation, and a form for one more."""
    one = own_organisation_or_404(request, organisation_id)
    sent_off = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FileForm(*sent_off, may_hide=may_see_internal(request.actor))
    if request.method == "POST" and form.is_valid():
        title = _added(request, one, form.cleaned_data)
        messages.success(request, _("“%(name)s” is kept.") % {"name": title})
        return HttpResponseRedirect(reverse("partners_desk:files", args=[one.pk]))
    context = {
        "form": form,
        "organisation": one,
        "files": partner_files(request.actor, one),
        "back_url": url_of(one),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "partners/desk/files.html", context, status=status)


def _added(request: DeskRequest, one: Organisation, told: Mapping[str, Any]) -> str:
    """Keep what was sent; how it is called."""
    title: str = told["title"] or told["file"]["name"]
    add_file(
        actor=request.actor, organisation=one, title=title[:200], **told["file"],
        for_coordination=told.get("for_coordination", False),
    )  # fmt: skip
    return title


@require_safe
@members_only()
def download(request: DeskRequest, organisation_id: UUID, link_id: UUID) -> HttpResponse:
    """The file itself; nothing of it runs in the browser."""
    link = _link_or_404(request, organisation_or_404(request, organisation_id), link_id)
    answer = HttpResponse(content_of(link.file_id), content_type=link.file.content_type)
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=link.file.name
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def remove(request: DeskRequest, organisation_id: UUID, link_id: UUID) -> HttpResponse:
    """Ask once more; then delete the file for ever."""
    one = own_organisation_or_404(request, organisation_id)
    link = _link_or_404(request, one, link_id)
    back = reverse("partners_desk:files", args=[one.pk])
    if request.method == "POST":
        remove_file(actor=request.actor, link=link)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": link.title})
        return HttpResponseRedirect(back)
    return render(request, "partners/desk/file_remove.html",
                  {"link": link, "organisation": one, "back_url": back})  # fmt: skip


def _link_or_404(request: DeskRequest, one: Organisation, link_id: UUID) -> PartnerFile:
    try:
        return get_file(request.actor, one, link_id)
    except PartnerFile.DoesNotExist as missing:
        raise Http404 from missing
