"""Ending newsletters and invitations, without an account."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.tools.mail import queries
from knotenpunkt.tools.mail.actions.suppressing import unsubscribe as end_mails
from knotenpunkt.tools.mail.models import Message
from knotenpunkt.tools.mail.subscriptions import message_of


@csrf_exempt  # mail programs send it without a page of ours (RFC 8058); the key is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: NetworkRequest, key: str) -> HttpResponse:
    """Scanners open every link, so only the button or the mail program itself ends anything."""
    try:
        message = queries.unsubscribable(message_of(key))
    except Message.DoesNotExist:
        raise Http404 from None
    if request.method == "POST":
        end_mails(queries.addressee(message).to)
    context = {"done": request.method == "POST", "key": key}
    return render(request, "mail/unsubscribe.html", context)
