"""The first page of the desk."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.front.desk import today as content
from knotenpunkt.front.desk.tasks import moment as moment_for


@require_safe
@members_only()
def today(request: DeskRequest) -> HttpResponse:
    """Heute: what needs me now, figures, what happened last."""
    moment = moment_for(request.actor, timezone.now())
    groups = content.groups(moment)
    context = {
        "greeting": content.greeting(request.actor.user.name, moment.now),
        "summary": content.summary(moment, groups),
        "groups": groups,
        "figures": content.figures(moment),
        "deeds": content.last_deeds(moment),
        "done": content.done_today(moment),
        "offers_url": reverse("offers_desk:list"),
        "audit_url": reverse("desk:audit") if request.actor.may(Right.READ_AUDIT) else "",
    }
    return render(request, "desk/today.html", context)
