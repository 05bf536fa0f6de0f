"""The mailbox of a demo: every mail lands here, and a visitor can play who gets it."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.core import spoken
from knotenpunkt.tools.mail import listing, queries, reading
from knotenpunkt.tools.mail.composing import frame_of
from knotenpunkt.tools.mail.models import Message


@require_safe
@members_only()
def mailbox(request: DeskRequest) -> HttpResponse:
    """All mails that the demo has sent, the latest first."""
    try:
        rows, pages = listing.received_list(
            request.actor, request.network, request.GET.get("q", ""), request.GET.get("seite", "")
        )
    except Message.DoesNotExist:
        raise Http404 from None
    words = request.GET.get("q", "").replace("\0", "").strip()
    return render(request, "mail/mailbox.html", {"rows": rows, "paging": pages, "words": words})


@require_safe
@members_only()
def received(request: DeskRequest, message_id: UUID) -> HttpResponse:
    """One of them, as a mail program shows it; its links lead where they should."""
    try:
        found = queries.mailbox(request.actor, request.network).get(pk=message_id)
    except Message.DoesNotExist:
        raise Http404 from None
    content = queries.content(found)
    frame = frame_of(found, request.network, content.why)
    context = {
        "message": found,
        "to": queries.addressee(found),
        "when": spoken.moment(listing.when(found)),
        "content": content,
        "parts": reading.parts(_leading_here(request, content.text), leads=True),
        "foot": reading.foot(
            replace(frame, end_url=_leading_here(request, frame.end_url)), leads=True
        ),
        "sender": listing.sender(request.network),
    }
    return render(request, "mail/received.html", context)


def _leading_here(request: DeskRequest, text: str) -> str:
    """Links into this network begin where the demo is looked at.

    The mails were written when the demo was loaded, before anybody knew its port or host.
    """
    here = request.build_absolute_uri("/").rstrip("/")
    return re.sub(rf"https?://[^/\s]+(?=/{re.escape(request.network.slug)}/)", here, text)
