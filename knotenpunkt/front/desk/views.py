"""The first page of the desk."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.front.desk import today as content


@require_safe
@members_only()
def today(request: DeskRequest) -> HttpResponse:
    """Heute: who one is here, how many offers there are, what happened last."""
    now = timezone.now()
    context = {
        "greeting": content.greeting(request.actor.user.name, now),
        "day_and_role": content.day_and_role(request.actor, timezone.localdate(now)),
        "figures": content.offer_figures(request.actor),
        "columns": content.deed_columns(),
        "rows": content.deed_rows(request.actor, now),
        "finder_url": reverse("offers:finder"),
    }
    return render(request, "desk/today.html", context)
