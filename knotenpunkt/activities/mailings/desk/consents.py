"""Whether somebody may be written to: what they said, and writing it down."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.mailings.actions.consents import note_consent
from knotenpunkt.activities.mailings.forms.consents import YES, ConsentForm
from knotenpunkt.activities.mailings.models import Consent
from knotenpunkt.activities.mailings.queries.consents import said_by
from knotenpunkt.activities.mailings.queries.settings import mailing_settings
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import full_date
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.registers.partners.queries import roles_at_desk


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.WRITE_TO_MANY)
def consent(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    """What this contact said so far; one more word of theirs."""
    contact = _contact_or_404(request, contact_id)
    back = reverse("partners_desk:organisation", args=[contact.organisation_id])
    form = ConsentForm(typed(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        note_consent(
            actor=request.actor, contact=contact, is_given=told["said"] == YES, how=told["how"]
        )
        messages.success(request, _("Kept."))
        return HttpResponseRedirect(reverse("mailings:consent", args=[contact.pk]))
    rows = [_shown(one) for one in said_by(request.actor, contact)]
    context = {
        "contact": contact,
        "name": contact.name or contact.function or contact.organisation.name,
        "form": form,
        "now": rows[0] if rows else None,
        "rows": rows,
        "needs_consent": mailing_settings().newsletter_needs_consent,
        "back_url": back,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "mailings/consent.html", context, status=status)


def _shown(one: Consent) -> dict[str, str | bool]:
    return {
        "is_given": one.is_given,
        "how": one.how,
        "day": full_date(timezone.localdate(one.at)),
        "by": one.by_label,
        "house": one.contact.organisation.name,
    }


def _contact_or_404(request: DeskRequest, contact_id: UUID) -> Contact:
    try:
        return roles_at_desk(request.actor).get(pk=contact_id)
    except Contact.DoesNotExist as missing:
        raise Http404 from missing
