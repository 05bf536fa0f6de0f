"""Passkeys, code app and recovery codes of one's own account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.mfa.adapter import get_adapter as second_factor_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.totp.internal.flows import activate_totp, deactivate_totp
from allauth.mfa.webauthn.forms import AddWebAuthnForm, ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkey_tasks
from allauth.mfa.webauthn.internal import flows as passkeys
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.foundation.accounts import actions
from knotenpunkt.foundation.accounts.confirming import confirm, confirmed_lately
from knotenpunkt.foundation.accounts.devices import browser_of
from knotenpunkt.foundation.accounts.forms import (
    AppForm,
    ConfirmCodeForm,
    ConfirmPasswordForm,
    PasskeyNameForm,
)
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only, own_address
from knotenpunkt.foundation.accounts.models import EventKind, User
from knotenpunkt.foundation.accounts.queries import (
    owes_second_factor,
    recovery_codes,
    second_factors,
    ways_to_show,
)
from knotenpunkt.foundation.accounts.showing import moment
from knotenpunkt.foundation.accounts.views.passkeys import asks_for_task, fits, has_solution, task

PAGE_OF_FORM = ["GET", "HEAD", "POST"]
# New codes are shown for this long; afterwards only new ones help.
CODES_SHOWN = timedelta(minutes=10)


@require_safe
@members_only(before_second_factor=True)
def protect(request: DeskRequest) -> HttpResponse:
    """Who must set up a second factor is told why, and how."""
    if not owes_second_factor(request.actor, request.network):
        return redirect("account:home")
    asked = request.actor.role in request.network.second_factor_roles
    context = {"is_asked": asked, "has_password": request.user.has_usable_password()}
    return render(request, "accounts/protect.html", context)


@require_http_methods(PAGE_OF_FORM)
@members_only(before_second_factor=True)
@confirmed_lately
def add_passkey(request: DeskRequest) -> HttpResponse:
    """Have this device make a passkey."""
    if asks_for_task(request):
        return task(passkey_tasks.begin_registration(request.user, passwordless=True))
    failed = False
    if has_solution(request):
        data = {"credential": request.POST["credential"], "passwordless": "on"}
        form = AddWebAuthnForm(data, user=request.user)
        if fits(form):
            return _added(request, form.cleaned_data)
        failed = True
    return render(request, "accounts/add_passkey.html", {"failed": failed})


def _added(request: DeskRequest, values: dict[str, Any]) -> HttpResponse:
    is_first = not second_factors(request.user).exists()
    passkey, codes = passkeys.add_authenticator(
        request, name=values["name"], credential=values["credential"]
    )
    confirm(request, request.user, "passkey")
    actions.note(user=request.user, kind=EventKind.PASSKEY_ADDED, detail=passkey.wrap().name)
    messages.success(request, _("Your passkey is set up. You can sign in with it from now on."))
    return redirect("account:codes" if codes and is_first else "account:home")


@require_http_methods(PAGE_OF_FORM)
@members_only()
@confirmed_lately
def passkey(request: DeskRequest, passkey_id: int) -> HttpResponse:
    """Rename a passkey, or remove it."""
    found = second_factors(request.user).filter(pk=passkey_id, type="webauthn").first()
    if found is None:
        raise Http404
    if request.POST.get("deed") == "remove":
        return _removed(request, found)
    form = PasskeyNameForm(
        request.POST if request.method == "POST" else None, initial={"name": found.wrap().name}
    )
    if form.is_bound and form.is_valid():
        passkeys.rename_authenticator(request, found, form.cleaned_data["name"])
        messages.success(request, _("The passkey has a new name."))
        return redirect("account:home")
    context = {
        "form": form,
        "passkey": found.wrap().name,
        "since": moment(found.created_at),
        "may_remove": not _is_only_way_in(request.user),
    }
    return render(request, "accounts/passkey.html", context)


def _is_only_way_in(user: User) -> bool:
    """Without it there would be no way to sign in."""
    keys = second_factors(user).filter(type="webauthn").count()
    return keys == 1 and not user.has_usable_password()


def _removed(request: DeskRequest, found: Authenticator) -> HttpResponse:
    if _is_only_way_in(request.user):
        messages.error(request, _("Please choose a password first: this is your only way in."))
        return redirect("account:home")
    named = found.wrap().name
    passkeys.remove_authenticator(request, found)
    actions.note(user=request.user, kind=EventKind.PASSKEY_REMOVED, detail=named)
    messages.success(
        request,
        _("The passkey is removed here. Delete it on your device, too, so that it is not offered."),
    )
    return redirect("account:home")


@sensitive_post_parameters("code")
@require_http_methods(PAGE_OF_FORM)
@members_only(before_second_factor=True)
@confirmed_lately
def app(request: DeskRequest) -> HttpResponse:
    """Set up an app that shows codes."""
    if second_factors(request.user).filter(type="totp").exists():
        return redirect("account:home")
    form = AppForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        _app, codes = activate_totp(request, form)
        actions.note(user=request.user, kind=EventKind.APP_ADDED)
        messages.success(request, _("Your code app is set up."))
        return redirect("account:codes" if codes else "account:home")
    adapter = second_factor_adapter()
    address = adapter.build_totp_url(request.user, form.secret)
    context = {
        "form": form,
        "secret": " ".join(form.secret[at : at + 4] for at in range(0, len(form.secret), 4)),
        "app_url": address,
        "qr_svg": mark_safe(adapter.build_totp_svg(address)),  # noqa: S308 - drawn by segno
    }
    return render(request, "accounts/app.html", context)


@require_http_methods(PAGE_OF_FORM)
@members_only()
@confirmed_lately
def remove_app(request: DeskRequest) -> HttpResponse:
    """Take the code app away, after saying what that means."""
    found = second_factors(request.user).filter(type="totp").first()
    if found is None:
        return redirect("account:home")
    if request.method == "POST":
        deactivate_totp(request, found)
        actions.note(user=request.user, kind=EventKind.APP_REMOVED)
        messages.success(request, _("The code app is removed."))
        return redirect("account:home")
    left = second_factors(request.user).exclude(pk=found.pk).exists()
    return render(request, "accounts/remove_app.html", {"protected_without": left})


@require_http_methods(PAGE_OF_FORM)
@members_only(before_second_factor=True)
@confirmed_lately
def codes(request: DeskRequest) -> HttpResponse:
    """Recovery codes: shown when they are new, and never again."""
    if not second_factors(request.user).exists():
        return redirect("account:home")
    if request.method == "POST":
        generate_recovery_codes(request)
        actions.note(user=request.user, kind=EventKind.CODES_MADE)
        return redirect("account:codes")
    return render(request, "accounts/codes.html", {"codes": _new_codes(request.user)})


@require_safe
@members_only(before_second_factor=True)
@confirmed_lately
def codes_file(request: DeskRequest) -> HttpResponse:
    """The new codes as a text file."""
    shown = _new_codes(request.user)
    if not shown:
        raise Http404
    head = _("Recovery codes of %(name)s, %(network)s. Each works once.") % {
        "name": request.user.name,
        "network": request.network.name,
    }
    answer = HttpResponse(f"{head}\n\n" + "\n".join(shown) + "\n", content_type="text/plain")
    named = _("recovery-codes")
    answer["Content-Disposition"] = f'attachment; filename="{named}.txt"'
    return answer


def _new_codes(user: User) -> list[str]:
    found = recovery_codes(user)
    if found is None or found.created_at < timezone.now() - CODES_SHOWN:
        return []
    return [_in_two(code) for code in found.wrap().get_unused_codes()]


def _in_two(code: str) -> str:
    """ "1234 5678": easier to copy by hand; blanks do not count when it is typed."""
    return f"{code[:4]} {code[4:]}"


@sensitive_post_parameters("password", "code")
@require_http_methods(PAGE_OF_FORM)
@members_only(before_second_factor=True)
def confirm_identity(request: DeskRequest) -> HttpResponse:
    """One's password, passkey or code once more, and back to what one wanted to do."""
    user, wanted = request.user, _wanted(request)
    if asks_for_task(request):
        return task(passkey_tasks.begin_authentication(user))
    password = ConfirmPasswordForm(user, request.POST if "password" in request.POST else None)
    code = ConfirmCodeForm(user=user, data=request.POST if "code" in request.POST else None)
    by_passkey = has_solution(request)
    key = ReauthenticateWebAuthnForm(user=user, data=request.POST if by_passkey else None)
    for form, method in ((password, "password"), (code, "code"), (key, "passkey")):
        if form.is_bound and fits(form):
            confirm(request, user, method)
            return HttpResponseRedirect(wanted)
    if code.has_error("code", "incorrect_code"):
        actions.note(user=user, kind=EventKind.WRONG_CODE, detail=browser_of(request))
    context = {
        "password_form": password,
        "code_form": code,
        "next": wanted,
        "passkey_failed": by_passkey,
        **ways_to_show(user),
    }
    return render(request, "accounts/confirm.html", context)


def _wanted(request: DeskRequest) -> str:
    given = request.POST.get("next") or request.GET.get("next") or reverse("account:home")
    return own_address(request, given)
