"""A mail to somebody of the register who could come into the network."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from knotenpunkt.foundation.accounts.gate import DeskRequest
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.registers.agreements import actions
from knotenpunkt.registers.agreements.forms import InvitationForm
from knotenpunkt.registers.agreements.messages import invitation
from knotenpunkt.registers.agreements.queries import addressees
from knotenpunkt.registers.agreements.views.agreements import keeping
from knotenpunkt.registers.agreements.views.completeness import (
    field_or_404,
    field_url,
    partner_or_404,
)
from knotenpunkt.registers.agreements.wording import partner_url, where
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.tools.mail.queries import mail_is_set_up


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("text")
@keeping
def invite(request: DeskRequest, kind: str, partner_id: UUID) -> HttpResponse:
    """Show the whole mail, to be changed; it goes when its button is pressed."""
    one, _found = field_or_404(request, kind)
    partner = partner_or_404(request, one.kind, partner_id)
    contacts = addressees(request.actor, partner, timezone.localdate())
    letter = invitation(request.network, str(one.kind.label), where(one.region))
    initial = {"subject": letter.subject, "text": letter.text}
    form = InvitationForm(typed(request), contacts=contacts, initial=initial)
    if request.method == "POST" and form.is_valid() and _sent(request, partner, contacts, form):
        messages.success(request, _("The invitation to %(name)s is on its way.")
                         % {"name": partner.name})  # fmt: skip
        return HttpResponseRedirect(field_url(one.kind, one.region))
    context = {
        "form": form,
        "partner": partner,
        "partner_url": partner_url(partner.pk),
        "contacts": contacts,
        "can_send": mail_is_set_up(),
        "kind": one.kind.label,
        "back_url": field_url(one.kind, one.region),
    }
    return render(request, "agreements/invite.html", context)


def _sent(
    request: DeskRequest, partner: Organisation, contacts: list[Contact], form: InvitationForm
) -> bool:
    chosen = {str(contact.pk): contact for contact in contacts}[form.cleaned_data["to"]]
    try:
        actions.invite(
            actor=request.actor,
            organisation=partner,
            contact=chosen,
            subject=form.cleaned_data["subject"],
            text=form.cleaned_data["text"],
        )
    except ValidationError as problem:
        form.add_error(None, problem)
    return form.is_valid()
