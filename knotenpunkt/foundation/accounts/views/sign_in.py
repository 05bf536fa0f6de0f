"""The ways in and the way out."""

from __future__ import annotations

from functools import partial
from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkey_tasks
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from knotenpunkt.foundation.accounts import actions, adapters, kept_input
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.attempts import refuse_when_too_many_steps
from knotenpunkt.foundation.accounts.confirming import confirm
from knotenpunkt.foundation.accounts.devices import browser_of
from knotenpunkt.foundation.accounts.forms import CodeForm, SignInForm
from knotenpunkt.foundation.accounts.gate import DeskRequest, own_address
from knotenpunkt.foundation.accounts.models import EventKind, User
from knotenpunkt.foundation.accounts.queries import ways_to_show
from knotenpunkt.foundation.accounts.views.passkeys import asks_for_task, fits, has_solution, task

SIGNED_OUT, NEW_PASSWORD, ROLE_GIVEN = "abgemeldet", "neues-passwort", "rolle-erhalten"
DONE = {
    SIGNED_OUT: gettext_lazy("You are signed out."),
    NEW_PASSWORD: gettext_lazy("Your new password holds from now on. Please sign in with it."),
    ROLE_GIVEN: gettext_lazy("Your role is yours. Please sign in as you always do."),
}
REASONS = {
    adapters.NO_ROLE: gettext_lazy(
        "You have no role in this network yet. Please ask the person who coordinates it."
    ),
    adapters.SERVICE_FAILED: gettext_lazy(
        "Signing in with the other service did not work. Please try again, or use your password."
    ),
    adapters.UNKNOWN_THERE: gettext_lazy(
        "We know nobody here with the e-mail address that the other service told us. "
        "Please ask the person who coordinates your network for an invitation."
    ),
    adapters.NO_PASSKEY: gettext_lazy(
        "This passkey does not open an account here. Please try another way."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@never_cache
def sign_in(request: DeskRequest) -> HttpResponse:
    """E-mail and password; then on to the page that was asked for."""
    wanted = _wanted(request)
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and form.user:
        return _come_in(request, form.user, wanted)
    if not form.is_bound and isinstance(request.actor, Person):
        return HttpResponseRedirect(wanted)
    context = {
        "form": form,
        "next": wanted,
        "done": next((text for word, text in DONE.items() if word in request.GET), ""),
        "is_kept": kept_input.waits_behind(request, wanted),
        "reason": REASONS.get(request.GET.get(adapters.REASON, ""), ""),
        "service": settings.SIGN_ON.name if settings.SIGN_ON else "",
    }
    return _may_lead_to_service(request, "accounts/sign_in.html", context)


def _wanted(request: HttpRequest) -> str:
    return own_address(request, request.POST.get("next", request.GET.get("next", "")))


def _come_in(request: DeskRequest, user: User, wanted: str) -> HttpResponse:
    """The password was right; a second factor may still be asked for."""
    if request.user.is_authenticated:
        logout(request)
    confirm(request, user, "password")
    answer: HttpResponse = perform_login(
        request, Login(user=user, email=user.email, redirect_url=wanted)
    )
    return answer


def _may_lead_to_service(
    request: HttpRequest, template: str, context: dict[str, Any]
) -> HttpResponse:
    """A browser follows our form to another machine only where the content policy names it."""
    page = partial(render, template_name=template, context=context)
    if not settings.SIGN_ON:
        return page(request)
    allowed: Any = csp_update({"form-action": [settings.SIGN_ON.origin]})
    answer: HttpResponse = allowed(page)(request)
    return answer


@require_POST
@never_cache
def sign_in_by_passkey(request: DeskRequest) -> HttpResponse:
    """A passkey alone says who somebody is, and that it is them."""
    try:
        refuse_when_too_many_steps(request)
    except ValidationError:
        return adapters.back_to_sign_in(adapters.NO_PASSKEY)
    if not has_solution(request):
        return task(passkey_tasks.begin_authentication())
    form = LoginWebAuthnForm(data=request.POST)
    if not fits(form):
        return adapters.back_to_sign_in(adapters.NO_PASSKEY)
    if request.user.is_authenticated:
        logout(request)
    passkey = form.cleaned_data["credential"]
    confirm(request, passkey.user, "passkey")
    login = Login(user=passkey.user, redirect_url=_wanted(request))
    answer: HttpResponse = perform_passwordless_login(request, passkey, login)
    return answer


@login_stage_required(  # type: ignore[untyped-decorator]
    stage=AuthenticateStage.key, redirect_urlname="account_login"
)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def second_factor(request: Any) -> HttpResponse:
    """After the password: a passkey, a code of the app, or a recovery code."""
    stage = request._login_stage
    user: User = stage.login.user
    if asks_for_task(request):
        return task(passkey_tasks.begin_authentication(user))
    by_passkey = has_solution(request)
    data = request.POST if request.method == "POST" else None
    form = (
        AuthenticateWebAuthnForm(user=user, data=data)
        if by_passkey
        else CodeForm(user=user, data=data)
    )
    if form.is_bound and fits(form):
        used = form.cleaned_data["credential"] if by_passkey else form.authenticator
        post_authentication(request, used)
        answer: HttpResponse = stage.exit()
        return answer
    if not by_passkey and form.has_error("code", "incorrect_code"):
        actions.note(user=user, kind=EventKind.WRONG_CODE, detail=browser_of(request))
    context = {
        "form": CodeForm(user=user) if by_passkey else form,
        "passkey_failed": by_passkey,
        **ways_to_show(user),
    }
    return render(request, "accounts/second_factor.html", context)


@never_cache
def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Where allauth sends people who have to sign in."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(reverse(settings.LOGIN_URL) + (f"?{query}" if query else ""))


@require_POST
@never_cache
def sign_out(request: DeskRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{SIGNED_OUT}=1")
