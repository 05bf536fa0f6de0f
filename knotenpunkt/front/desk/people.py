"""Personen und Rechte: who works in the network, and what each may do."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.models import Invitation, Membership
from knotenpunkt.foundation.accounts.queries import (
    coordinators,
    events_of_members,
    members,
    open_invitations,
)
from knotenpunkt.foundation.accounts.rights import Right, Role
from knotenpunkt.foundation.accounts.showing import event_columns, event_rows, moment
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.front import staff
from knotenpunkt.front.desk import rights
from knotenpunkt.front.desk.people_forms import InviteForm, RoleForm, SecondFactorForm
from knotenpunkt.front.founding import change_network
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.registers.partners.queries import kept_by, names_of, organisations

PAGE_OF_FORM = ["GET", "HEAD", "POST"]
SHOWN_EVENTS = 100


@require_safe
@members_only()
def people(request: DeskRequest) -> HttpResponse:
    """Who works here; who may not invite sees what they themselves may do."""
    if not request.actor.may(Right.INVITE_PEOPLE):
        return _rights_page(request)
    now = timezone.now()
    asked = [str(Role(role).label) for role in request.network.second_factor_roles]
    context = {
        "tabs": _tabs(request, "people"),
        "member_columns": _member_columns(),
        "member_rows": [_member_row(one) for one in members(request.actor)],
        "invitation_columns": [Head(_("Invited")), Head(_("Role")), Head(_("Link"))],
        "invitation_rows": [_invitation_row(one, now) for one in open_invitations(request.actor)],
        "asked_of": ", ".join(asked),
    }
    return render(request, "desk/people.html", context)


def _tabs(request: DeskRequest, here: str) -> list[dict[str, Any]]:
    """The three pages of this area; most people see one."""
    pages = [("rights", _("What may I do here?"))]
    if request.actor.may(Right.INVITE_PEOPLE):
        pages = [("people", _("People")), *pages, ("people_events", _("Sign-ins"))]
    return [
        {"label": label, "url": reverse(f"desk:{name}"), "count": None, "current": name == here}
        for name, label in pages
    ]


def _member_columns() -> list[Head]:
    heads = (_("Name"), _("Role"), _("Second protection"))
    return [*(Head(head) for head in heads), Head(_("Last here"), numeric=True)]


def _member_row(member: Any) -> Row:
    user = member.user
    protected = member.has_second_factor
    return Row(
        [
            Cell(user.name, note=user.email, url=reverse("desk:member", args=[member.pk])),
            Cell(member.get_role_display(), label=_("Role")),
            Cell(
                _("yes") if protected else _("no"),
                label=_("Second protection"),
                state="active" if protected else "none",
            ),
            Cell(moment(member.last_sign_in_at), label=_("Last here"), numeric=True),
        ]
    )


def _invitation_row(one: Invitation, now: datetime) -> Row:
    runs = _("until %(day)s") % {"day": spoken.full_date(timezone.localdate(one.expires_at))}
    is_open = one.is_open(now)
    return Row(
        [
            Cell(one.name, note=one.email, url=reverse("desk:invitation", args=[one.pk])),
            Cell(one.get_role_display(), label=_("Role")),
            Cell(
                runs if is_open else _("time is over"),
                label=_("Link"),
                state="waiting" if is_open else "stale",
            ),
        ]
    )


@require_safe
@members_only()
def my_rights(request: DeskRequest) -> HttpResponse:
    """Was darf ich hier?"""
    return _rights_page(request)


def _rights_page(request: DeskRequest) -> HttpResponse:
    context = {
        "tabs": _tabs(request, "rights"),
        "role": request.actor.role.label,
        "mine": rights.summary(request.actor.role),
        "columns": rights.comparison_columns(),
        "rows": rights.comparison_rows(),
        "coordinators": "" if request.actor.role is Role.COORDINATOR else ", ".join(coordinators()),
    }
    return render(request, "desk/people_rights.html", context)


@require_safe
@members_only(Right.INVITE_PEOPLE)
def people_events(request: DeskRequest) -> HttpResponse:
    """What happened lately to the accounts of those who work here."""
    events = events_of_members(request.actor)[:SHOWN_EVENTS]
    context = {
        "tabs": _tabs(request, "people_events"),
        "columns": event_columns(with_person=True),
        "rows": event_rows(events, with_person=True),
    }
    return render(request, "desk/people_events.html", context)


@require_http_methods(PAGE_OF_FORM)
@members_only(Right.INVITE_PEOPLE)
def invite(request: DeskRequest) -> HttpResponse:
    """Offer somebody a role."""
    form = InviteForm(
        list(_choosable(request.actor)), request.POST if request.method == "POST" else None
    )
    if form.is_bound and form.is_valid():
        invitation, key = staff.invite(
            actor=request.actor,
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            role=form.role_given,
            organisations=form.organisations,
        )
        return _on_its_way(request, invitation, key)
    return render(request, "desk/people_invite.html", {"form": form})


def _choosable(actor: Actor) -> QuerySet[Organisation]:
    """Bodies first: who keeps one keeps its facilities."""
    return organisations(actor).order_by("level", "name")


def _on_its_way(request: DeskRequest, invitation: Invitation, key: str) -> HttpResponse:
    """The link travels by mail; without mail it is shown, only now, to be handed over."""
    link = request.build_absolute_uri(reverse("desk:invited", args=[key]))
    if staff.send_invitation(actor=request.actor, invitation=invitation, link=link):
        messages.success(
            request, _("The invitation is on its way to %(email)s.") % {"email": invitation.email}
        )
        return redirect("desk:people")
    context = {"invitation": invitation, "link": link, "until": _until(invitation)}
    return render(request, "desk/people_link.html", context)


def _until(invitation: Invitation) -> str:
    return spoken.full_date(timezone.localdate(invitation.expires_at))


@require_http_methods(PAGE_OF_FORM)
@members_only(Right.INVITE_PEOPLE)
def invitation(request: DeskRequest, invitation_id: UUID) -> HttpResponse:
    """An invitation that waits: send it again, or withdraw it."""
    found = get_object_or_404(open_invitations(request.actor), pk=invitation_id)
    deed = request.POST.get("deed")
    if deed == "again":
        key = staff.invite_again(actor=request.actor, invitation=found)
        return _on_its_way(request, found, key)
    if deed == "withdraw":
        staff.withdraw_invitation(actor=request.actor, invitation=found)
        messages.success(request, _("The invitation is withdrawn; its link no longer works."))
        return redirect("desk:people")
    context = {
        "invitation": found,
        "until": _until(found),
        "is_open": found.is_open(timezone.now()),
        "organisations": ", ".join(names_of(found.organisation_ids)),
    }
    return render(request, "desk/people_invitation.html", context)


@require_http_methods(PAGE_OF_FORM)
@members_only(Right.INVITE_PEOPLE)
def member(request: DeskRequest, member_id: UUID) -> HttpResponse:
    """One person here: change their role, after seeing what that means."""
    found = get_object_or_404(members(request.actor), pk=member_id)
    kept = kept_by(found.user_id)
    form = RoleForm(
        list(_choosable(request.actor)),
        request.POST if request.method == "POST" else None,
        initial={"role": found.role},
        kept=list(kept),
    )
    if form.is_bound and form.is_valid():
        if "sure" in request.POST or not _is_other(form, found, kept):
            return _change_role(request, found, form)
        return _shown_first(request, found, form)
    return _member_page(request, found, form)


def _is_other(form: RoleForm, found: Membership, kept: frozenset[UUID]) -> bool:
    chosen = {one.pk for one in form.organisations}
    return form.role_given != found.role or chosen != kept


def _member_page(request: DeskRequest, found: Any, form: RoleForm) -> HttpResponse:
    context = {
        "form": form,
        "member": found,
        "last_here": moment(found.last_sign_in_at),
        "is_me": found.user_id == request.user.pk,
    }
    return render(request, "desk/people_member.html", context)


def _shown_first(request: DeskRequest, found: Membership, form: RoleForm) -> HttpResponse:
    """What the change would bring and cost, before it is made."""
    context = {
        "form": form,
        "member": found,
        "role": form.role_given.label,
        "change": rights.difference(Role(found.role), form.role_given),
        "organisations": [one.name for one in form.organisations],
        "is_me": found.user_id == request.user.pk,
    }
    return render(request, "desk/people_change.html", context)


def _change_role(request: DeskRequest, found: Membership, form: RoleForm) -> HttpResponse:
    try:
        staff.change_role(
            actor=request.actor,
            member=found,
            role=form.role_given,
            organisations=form.organisations,
        )
    except ValidationError as problem:
        form.add_error(None, problem)
        found.refresh_from_db()
        return _member_page(request, found, form)
    messages.success(
        request,
        _("%(name)s: role is now %(role)s.")
        % {"name": found.user.name, "role": form.role_given.label},
    )
    return redirect("desk:people")


@require_http_methods(PAGE_OF_FORM)
@members_only(Right.INVITE_PEOPLE)
def take_role(request: DeskRequest, member_id: UUID) -> HttpResponse:
    """Take somebody out of the network, after seeing what that means."""
    found = get_object_or_404(members(request.actor), pk=member_id)
    problem = ""
    if request.method == "POST":
        try:
            staff.take_role(actor=request.actor, member=found)
        except ValidationError as refused:
            problem = str(refused.messages[0])
        else:
            messages.success(
                request, _("%(name)s no longer works here.") % {"name": found.user.name}
            )
            return redirect("desk:people" if found.user_id != request.user.pk else "public:start")
    context = {
        "member": found,
        "problem": problem,
        "lost": rights.summary(Role(found.role)).may,
        "is_me": found.user_id == request.user.pk,
    }
    return render(request, "desk/people_take.html", context)


@require_http_methods(PAGE_OF_FORM)
@members_only(Right.CHANGE_NETWORK)
def second_factor(request: DeskRequest) -> HttpResponse:
    """Of which roles the network asks a second factor."""
    form = SecondFactorForm(
        request.POST if request.method == "POST" else None,
        initial={"roles": request.network.second_factor_roles},
    )
    if form.is_bound and form.is_valid():
        change_network(
            actor=request.actor,
            network=request.network,
            second_factor_roles=form.cleaned_data["roles"],
        )
        messages.success(request, _("The rule holds from now on."))
        return redirect("desk:people")
    return render(
        request, "desk/people_protection.html", {"form": form, "missing": _unprotected(request)}
    )


def _unprotected(request: DeskRequest) -> list[str]:
    """For each role, how many would have to set something up."""
    counted = dict.fromkeys(Role, 0)
    for one in members(request.actor):
        counted[Role(one.role)] += not getattr(one, "has_second_factor", False)
    return [
        ngettext(
            "%(role)s: %(n)d person would be asked to set it up next time.",
            "%(role)s: %(n)d people would be asked to set it up next time.",
            count,
        )
        % {"role": role.label, "n": count}
        for role, count in counted.items()
        if count
    ]
