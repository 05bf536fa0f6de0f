"""One's own account: name, password, sessions, what happened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.foundation.accounts import actions
from knotenpunkt.foundation.accounts.confirming import confirmed_lately
from knotenpunkt.foundation.accounts.devices import Device, devices
from knotenpunkt.foundation.accounts.forms import ChangePasswordForm, NameForm, NewPasswordForm
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.queries import own_events, recovery_codes, second_factors
from knotenpunkt.foundation.accounts.showing import Setting, event_columns, event_rows, moment

SHOWN_EVENTS = 15


@require_safe
@members_only()
def home(request: DeskRequest) -> HttpResponse:
    """Mein Konto."""
    user = request.user
    context = {
        "about_me": _about_me(request),
        "ways_in": list(_ways_in(user)),
        "protected": second_factors(user).exists(),
        "devices": [_device(one) for one in devices(user, request.session.session_key)],
        "event_columns": event_columns(with_person=False),
        "event_rows": event_rows(own_events(user, limit=SHOWN_EVENTS), with_person=False),
    }
    return render(request, "accounts/home.html", context)


def _about_me(request: DeskRequest) -> list[Setting]:
    user, role = request.user, str(request.actor.role.label)
    return [
        Setting(_("Name"), user.name, url=reverse("account:name"), action=_("Change")),
        Setting(_("E-mail address"), user.email, url=reverse("desk:address"), action=_("Change")),
        Setting(
            _("Role in this network"), role, url=reverse("desk:rights"), action=_("What may I do?")
        ),
    ]


def _ways_in(user: User) -> Iterator[Setting]:
    yield _password(user)
    for passkey in second_factors(user).filter(type=Authenticator.Type.WEBAUTHN):
        yield _passkey(passkey)
    yield Setting(
        _("New passkey"),
        _("Sign in by fingerprint, face or PIN, without a password."),
        url=reverse("account:add_passkey"),
        action=_("Add"),
    )
    app = second_factors(user).filter(type=Authenticator.Type.TOTP).first()
    yield _app(app)
    yield from _codes(user)


def _password(user: User) -> Setting:
    has_one = user.has_usable_password()
    return Setting(
        _("Password"),
        _("set") if has_one else _("none"),
        url=reverse("account:password"),
        action=_("Change") if has_one else _("Choose one"),
    )


def _passkey(passkey: Authenticator) -> Setting:
    used = moment(passkey.last_used_at)
    return Setting(
        _("Passkey"),
        str(passkey.wrap().name),
        note=_("Last used: %(when)s") % {"when": used},
        state="active",
        url=reverse("account:passkey", args=[passkey.pk]),
        action=_("Change"),
    )


def _app(app: Authenticator | None) -> Setting:
    if app is None:
        return Setting(
            _("Code app"),
            _("not set up"),
            note=_("An app on your telephone shows a new code every 30 seconds."),
            url=reverse("account:app"),
            action=_("Set up"),
        )
    return Setting(
        _("Code app"),
        _("set up"),
        note=_("Last used: %(when)s") % {"when": moment(app.last_used_at)},
        state="active",
        url=reverse("account:remove_app"),
        action=_("Remove"),
    )


def _codes(user: User) -> Iterator[Setting]:
    codes = recovery_codes(user)
    if codes:
        left = len(codes.wrap().get_unused_codes())
        yield Setting(
            _("Recovery codes"),
            ngettext("%(n)d left", "%(n)d left", left) % {"n": left},
            note=_("For the day on which telephone or computer is lost."),
            url=reverse("account:codes"),
            action=_("Make new ones"),
        )


def _device(one: Device) -> dict[str, Any]:
    return {
        "mark": one.mark,
        "browser": one.browser,
        "since": moment(one.since) if one.since else "",
        "used": moment(one.used) if one.used else "",
        "is_this_one": one.is_this_one,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def name(request: DeskRequest) -> HttpResponse:
    """Change how one is called."""
    data = request.POST if request.method == "POST" else None
    form = NameForm(data, initial={"name": request.user.name})
    if form.is_bound and form.is_valid():
        actions.rename(user=request.user, name=form.cleaned_data["name"])
        messages.success(request, _("Your name is changed."))
        return redirect("account:home")
    return render(request, "accounts/name.html", {"form": form})


@sensitive_post_parameters("password", "former")
@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def password(request: DeskRequest) -> HttpResponse:
    """Change the password, or choose a first one."""
    return (_change if request.user.has_usable_password() else confirmed_lately(_change))(request)


def _change(request: DeskRequest) -> HttpResponse:
    user = request.user
    kind = ChangePasswordForm if user.has_usable_password() else NewPasswordForm
    form = kind(user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.change_password(user=user, password=form.cleaned_data["password"])
        actions.end_sessions(user=user, marks=None, besides=request.session.session_key)
        update_session_auth_hash(request, user)
        messages.success(
            request, _("Your new password holds. Everywhere else you are signed out now.")
        )
        return redirect("account:home")
    return render(request, "accounts/password.html", {"form": form})


@require_POST
@members_only()
def end_sessions(request: DeskRequest) -> HttpResponse:
    """End one other session, or all others."""
    mark = request.POST.get("mark", "")
    ended = actions.end_sessions(
        user=request.user, marks=[mark] if mark else None, besides=request.session.session_key
    )
    said = ngettext("You are signed out there.", "You are signed out in %(n)d places.", ended)
    messages.success(request, said % {"n": ended} if ended else _("You were signed in only here."))
    return HttpResponseRedirect(reverse("account:home"))
