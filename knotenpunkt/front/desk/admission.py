"""Ways into the desk that begin with a link: an invitation, a new password, a new address."""

from __future__ import annotations

from uuid import UUID

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from knotenpunkt.foundation.accounts import actions, links
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.attempts import (
    MAILS_TO_ONE,
    Attempt,
    refuse_when_too_many_steps,
)
from knotenpunkt.foundation.accounts.confirming import confirm, confirmed_lately
from knotenpunkt.foundation.accounts.forms import (
    AddressForm,
    ForgottenForm,
    InvitedForm,
    NewPasswordForm,
)
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.models import Invitation, User
from knotenpunkt.foundation.accounts.queries import account_of, actor_for, invitation_by
from knotenpunkt.foundation.accounts.views.sign_in import NEW_PASSWORD, ROLE_GIVEN
from knotenpunkt.front import staff
from knotenpunkt.tools.mail.queries import mail_is_set_up

PAGE_OF_FORM = ["GET", "HEAD", "POST"]


@sensitive_post_parameters("password")
@require_http_methods(PAGE_OF_FORM)
@never_cache
def invited(request: DeskRequest, key: str) -> HttpResponse:
    """Accept an invitation: as somebody new, or with the account one has."""
    invitation = invitation_by(key)
    if invitation is None:
        return render(request, "desk/invited_over.html", status=404)
    if account_of(invitation.email):
        return _invited_known(request, invitation)
    form = InvitedForm(
        invitation.email,
        request.POST if request.method == "POST" else None,
        initial={"name": invitation.name},
    )
    if form.is_bound and form.is_valid():
        return _welcome(request, invitation, form)
    return render(request, "desk/invited.html", {"form": form, "invitation": invitation})


def _invited_known(request: DeskRequest, invitation: Invitation) -> HttpResponse:
    """Who has an account keeps it, with its password; only the role is new."""
    if request.method != "POST":
        return render(request, "desk/invited_known.html", {"invitation": invitation})
    user, _is_new = staff.accept_invitation(invitation=invitation)
    if request.user.is_authenticated and request.user.pk == user.pk:
        messages.success(request, _("Welcome. Your role in this network is yours."))
        return redirect("desk:today")
    return HttpResponseRedirect(f"{reverse('desk:sign_in')}?{ROLE_GIVEN}=1")


def _welcome(request: DeskRequest, invitation: Invitation, form: InvitedForm) -> HttpResponse:
    user, _is_new = staff.accept_invitation(
        invitation=invitation,
        name=form.cleaned_data["name"],
        password=form.cleaned_data["password"],
    )
    if request.user.is_authenticated:
        logout(request)
    confirm(request, user, "invitation")
    onwards = reverse("account:add_passkey") if form.wants_passkey else reverse("desk:today")
    answer: HttpResponse = perform_login(
        request, Login(user=user, email=user.email, redirect_url=onwards)
    )
    return answer


@require_http_methods(PAGE_OF_FORM)
@never_cache
def forgotten(request: DeskRequest) -> HttpResponse:
    """Ask for a link to a new password. The answer is the same whoever asks."""
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "can_mail": mail_is_set_up(), "sent": False}
    if context["can_mail"] and form.is_bound and form.is_valid():
        try:
            refuse_when_too_many_steps(request)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            _send_reset_link(request, form.cleaned_data["email"])
            context["sent"] = True
    return render(request, "desk/forgotten.html", context)


def _send_reset_link(request: DeskRequest, email: str) -> None:
    """Only to members of this network, and not without end."""
    user = account_of(email)
    if user is None or not isinstance(actor_for(user), Person) or MAILS_TO_ONE.holds(user.email):
        return
    link = request.build_absolute_uri(reset_path(user))
    staff.send_reset_link(user=user, network=request.network, link=link)


def reset_path(user: User) -> str:
    """The path of a link to a new password, in the network at hand."""
    kwargs = {"user_id": user.pk, "key": links.reset_key(user)}
    return reverse("desk:new_password", kwargs=kwargs)


@sensitive_post_parameters("password")
@require_http_methods(PAGE_OF_FORM)
@never_cache
def new_password(request: HttpRequest, user_id: UUID, key: str) -> HttpResponse:
    """Choose a new password, by the link that was sent. A second factor stays as it is."""
    user = links.may_reset(user_id, key)
    if user is None:
        return render(request, "desk/link_over.html", status=404)
    form = NewPasswordForm(user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.reset_password(user=user, password=form.cleaned_data["password"])
        Attempt.of(request, user.email).forget()
        logout(request)
        return HttpResponseRedirect(f"{reverse('desk:sign_in')}?{NEW_PASSWORD}=1")
    return render(request, "desk/new_password.html", {"form": form, "email": user.email})


@require_http_methods(PAGE_OF_FORM)
@members_only()
@confirmed_lately
def address(request: DeskRequest) -> HttpResponse:
    """Ask for another address; a link proves it."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "can_mail": mail_is_set_up(), "email": request.user.email}
    if not (context["can_mail"] and form.is_bound and form.is_valid()):
        return render(request, "desk/address.html", context)
    new = form.cleaned_data["email"]
    link = reverse("desk:prove_address", kwargs={"key": links.address_key(request.user, new)})
    staff.send_address_link(
        actor=request.actor,
        name=request.user.name,
        email=new,
        network=request.network,
        link=request.build_absolute_uri(link),
    )
    messages.success(request, _("We sent a link to %(email)s. Please open it.") % {"email": new})
    return redirect("account:home")


@require_http_methods(PAGE_OF_FORM)
@never_cache
def prove_address(request: HttpRequest, key: str) -> HttpResponse:
    """The link was opened: a button makes the address that of the account."""
    proven = links.proven_address(key)
    if proven is None:
        return render(request, "desk/link_over.html", status=404)
    user, new = proven
    context = {"email": new, "former": user.email, "problem": ""}
    if request.method == "POST":
        try:
            actions.change_address(user=user, email=new)
        except ValidationError:
            context["problem"] = _("This address cannot be used. Please choose another one.")
        else:
            return render(request, "desk/address_proven.html", context)
    return render(request, "desk/prove_address.html", context)
