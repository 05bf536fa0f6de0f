"""Signing in and out, and the first page of the desk."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only, own_address
from knotenpunkt.front.desk import today as content
from knotenpunkt.front.desk.forms import SignInForm

SIGNED_OUT = "abgemeldet"


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


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@never_cache
def sign_in(request: DeskRequest) -> HttpResponse:
    """E-mail and password; then on to the page that was asked for."""
    wanted = own_address(request, request.POST.get("next", request.GET.get("next", "")))
    form = SignInForm(request, data=request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        login(request, form.get_user())  # also gives the session a new key
        return HttpResponseRedirect(wanted)
    if not form.is_bound and isinstance(request.actor, Person):
        return HttpResponseRedirect(wanted)
    context = {"form": form, "next": wanted, "signed_out": SIGNED_OUT in request.GET}
    return render(request, "desk/sign_in.html", context)


@require_POST
@never_cache
def sign_out(request: DeskRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(f"{reverse('desk:sign_in')}?{SIGNED_OUT}=1")
