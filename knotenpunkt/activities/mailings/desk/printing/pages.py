"""Letters of a circular at the desk: printing, downloading, noting as posted, one of them again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.activities.mailings.actions import printing as actions
from knotenpunkt.activities.mailings.desk.circulars.fetching import circular_or_404
from knotenpunkt.activities.mailings.desk.printing import showing
from knotenpunkt.activities.mailings.forms.printing import LabelsForm, LettersForm, PostedForm
from knotenpunkt.activities.mailings.models import Circular, Print, Recipient
from knotenpunkt.activities.mailings.printing.recipients import letter_preview, lines_for
from knotenpunkt.activities.mailings.queries import printing as queries
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.registers.partners.postal import LOADED_WITH
from knotenpunkt.registers.partners.queries import roles_at_desk
from knotenpunkt.tools.files.queries import content_of
from knotenpunkt.tools.jobs.actions import NotNow

PDF = "application/pdf"
writing = members_only(Right.WRITE_TO_MANY)


@require_http_methods(["GET", "HEAD", "POST"])
@writing
def letters(request: DeskRequest, circular_id: UUID) -> HttpResponse:
    """How many letters, who is missing, the files; letters are ordered here."""
    return _ordering(request, circular_id, LettersForm, "form")


@require_POST
@writing
def labels(request: DeskRequest, circular_id: UUID) -> HttpResponse:
    """Order address labels."""
    return _ordering(request, circular_id, LabelsForm, "labels")


def _ordering(
    request: DeskRequest, circular_id: UUID, kind: type[LettersForm | LabelsForm], name: str
) -> HttpResponse:
    circular = circular_or_404(request.actor, circular_id)
    form = kind(request.POST or None, auto_id=f"id_{name}_%s")
    if request.method == "POST" and form.is_valid() and _ordered(request, circular, form):
        return _to(circular)
    return _page(request, circular, **{name: form})


def _ordered(request: DeskRequest, circular: Circular, form: LettersForm | LabelsForm) -> bool:
    try:
        actions.order_print(actor=request.actor, circular=circular, wish=form.wish())
    except ValidationError as refused:
        form.add_error(None, refused)
    except NotNow:
        form.add_error(None, _("Who gets a letter is fixed when the circular is sent."))
    return form.is_valid()


def _page(request: DeskRequest, circular: Circular, **forms: Any) -> HttpResponse:
    usual = {
        "form": LettersForm(auto_id="id_form_%s"),
        "labels": LabelsForm(auto_id="id_labels_%s"),
    }
    context = showing.page(
        request.actor, circular, request.GET.get("seite"), **(usual | forms)
    )  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "mailings/printing/letters.html", context, status=status)


@require_safe
@writing
def download(request: DeskRequest, circular_id: UUID, print_id: UUID) -> HttpResponse:
    """A file that was made."""
    found = _print_or_404(request, circular_id, print_id)
    if found.file is None:
        raise Http404
    return _pdf(content_of(found.file.pk), found.file.name)


@require_POST
@writing
def posted(request: DeskRequest, circular_id: UUID, print_id: UUID) -> HttpResponse:
    """Note that the letters of a file were posted."""
    found = _print_or_404(request, circular_id, print_id)
    form = PostedForm(request.POST, auto_id=f"id_{found.pk.hex[:8]}_%s")
    if not (form.is_valid() and _noted(request, found, form)):
        return _page(request, found.circular, posting=(found.pk, form))
    return _to(found.circular)


def _noted(request: DeskRequest, found: Print, form: PostedForm) -> bool:
    try:
        count = actions.mark_posted(actor=request.actor, made=found, on=form.on)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    except NotNow:
        raise Http404 from None
    said = ngettext(
        "%(n)s letter is noted as posted.", "%(n)s letters are noted as posted.", count
    )  # fmt: skip
    messages.success(request, said % {"n": spoken.number(count)})
    return True


@require_POST
@writing
def not_posted(request: DeskRequest, circular_id: UUID, print_id: UUID) -> HttpResponse:
    """Take that back."""
    found = _print_or_404(request, circular_id, print_id)
    try:
        actions.take_back_posted(actor=request.actor, made=found)
        messages.success(request, _("These letters are to be posted again."))
    except NotNow:
        pass
    return _to(found.circular)


@require_http_methods(["GET", "HEAD", "POST"])
@writing
def letter(request: DeskRequest, circular_id: UUID, recipient_id: UUID) -> HttpResponse:
    """One letter: its address and state; sent, it is printed once more."""
    circular = circular_or_404(request.actor, circular_id)
    row = _letter_or_404(request, circular, recipient_id)
    problem = ""
    if request.method == "POST":
        try:
            return _pdf(actions.print_again(actor=request.actor, row=row), _name(circular))
        except ValidationError as refused:
            problem = " ".join(refused.messages)
    envelope = showing.Envelope(row, lines_for(row.contact) if row.contact else ())
    context = {"circular": circular, "row": row, "envelope": envelope,
               "problem": problem or envelope.problem,
               "posted": spoken.full_date(timezone.localdate(row.printed_at))
               if row.printed_at else ""}  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "mailings/printing/letter.html", context, status=status)


@require_safe
@writing
def preview(request: DeskRequest, circular_id: UUID, contact_id: UUID) -> HttpResponse:
    """How the letter of one contact would look today, with a link that opens nothing."""
    circular = circular_or_404(request.actor, circular_id)
    rows = roles_at_desk(request.actor).select_related("organisation", *LOADED_WITH)
    try:
        contact = rows.get(pk=contact_id)
    except Contact.DoesNotExist:
        raise Http404 from None
    content, problem = letter_preview(circular, contact, timezone.localdate())
    if problem:
        context = {"circular": circular, "name": str(contact), "problem": problem}
        return render(request, "mailings/printing/no_letter.html", context)
    return _pdf(content, _name(circular), is_shown=True)


def _letter_or_404(request: DeskRequest, circular: Circular, recipient_id: UUID) -> Recipient:
    try:
        return queries.get_letter(request.actor, circular, recipient_id)
    except Recipient.DoesNotExist:
        raise Http404 from None


def _print_or_404(request: DeskRequest, circular_id: UUID, print_id: UUID) -> Print:
    circular = circular_or_404(request.actor, circular_id)
    try:
        return queries.get_print(request.actor, circular, print_id)
    except Print.DoesNotExist:
        raise Http404 from None


def _name(circular: Circular) -> str:
    return _("Letter: %(title)s") % {"title": circular.title} + ".pdf"


def _pdf(content: bytes, name: str, *, is_shown: bool = False) -> HttpResponse:
    answer = HttpResponse(content, content_type=PDF)
    named = content_disposition_header(as_attachment=not is_shown, filename=name)
    answer["Content-Disposition"] = named or "attachment"
    return answer


def _to(circular: Circular) -> HttpResponse:
    return HttpResponseRedirect(reverse("mailings:letters", args=[circular.pk]))
