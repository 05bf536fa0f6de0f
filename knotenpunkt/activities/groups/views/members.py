"""Who is in a group: joining, another function, leaving, and coming back after all."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.groups import actions, queries
from knotenpunkt.activities.groups.forms import (
    JoiningForm,
    LastDayForm,
    MemberForm,
    filled_member,
)
from knotenpunkt.activities.groups.models import Function, Group, Member
from knotenpunkt.activities.groups.queries import Candidate
from knotenpunkt.activities.groups.views.groups import group_or_404, keeping, to_group
from knotenpunkt.activities.groups.wording import name_of
from knotenpunkt.foundation.accounts.gate import DeskRequest
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.registers.partners.desk.problems import refuse

LONGEST = 200


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
def add(request: DeskRequest, group_id: UUID) -> HttpResponse:
    """Search, choose, say what they do: one page, with a script or without."""
    group = group_or_404(request, group_id)
    words = request.GET.get("q", "").strip()[:LONGEST]
    found = queries.candidates(request.actor, group, words)
    free = [one for one in found if not one.is_in]
    form = JoiningForm(
        typed(request),
        found=[(one.key, _label(one)) for one in free],
        initial={"wer": free[0].key if len(free) == 1 else "", "function": Function.MEMBER},
    )
    if request.method == "POST" and form.is_valid() and _joined(request, group, form):
        return HttpResponseRedirect(reverse("groups:add_member", args=[group.pk]))
    context = {
        "group": group,
        "words": words,
        "form": form if free else None,
        "known": [_label(one) for one in found if one.is_in],
        "nobody": bool(words) and not found,
        "is_more": len(found) >= queries.MOST,
        "count": len(queries.members(group)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "groups/add_member.html", context, status=status)


def _label(one: Candidate) -> str:
    house = one.organisation
    where = ", ".join(filter(None, (house.full_name, house.place.town if house.place else "")))
    if one.contact is None:
        return _("%(house)s – nobody in particular") % {"house": where}
    who = ", ".join(filter(None, (one.contact.name, one.contact.function))) or _("Office")
    return f"{who} – {where}"


def _joined(request: DeskRequest, group: Group, form: JoiningForm) -> bool:
    told = form.cleaned_data
    chosen = queries.candidate(request.actor, group, told["wer"])
    if chosen is None:
        form.add_error("wer", _("This partner is no longer there. Please search again."))
        return False
    try:
        member = actions.add_member(
            actor=request.actor,
            group=group,
            organisation=chosen.organisation,
            contact=chosen.contact,
            function=Function(told["function"]),
            since=told["since"],
        )
    except ValidationError as refused:
        form.add_error("wer", refused.messages)
        return False
    messages.success(request, _("%(name)s is in the group.") % {"name": name_of(member)})
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
def change(request: DeskRequest, group_id: UUID, member_id: UUID) -> HttpResponse:
    """Another function, another day, somebody else who speaks for the organisation."""
    group, member = _member_or_404(request, group_id, member_id)
    form = MemberForm(
        typed(request), speakers=queries.speakers(member), initial=filled_member(member)
    )
    if request.method == "POST" and form.is_valid() and _changed(request, member, form):
        messages.success(request, _("Kept."))
        return to_group(group)
    context = {"form": form, "group": group, "member": member, "name": name_of(member)}
    status = 422 if request.method == "POST" else 200
    return render(request, "groups/member.html", context, status=status)


def _changed(request: DeskRequest, member: Member, form: MemberForm) -> bool:
    told = form.cleaned_data
    try:
        actions.change_member(
            actor=request.actor,
            member=member,
            function=Function(told["function"]),
            contact=form.chosen,
            since=told["since"],
        )
    except ValidationError as refused:
        refuse(form, refused)
    return form.is_valid()


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
def end(request: DeskRequest, group_id: UUID, member_id: UUID) -> HttpResponse:
    """Say what follows; then they are in the group until that day."""
    group, member = _member_or_404(request, group_id, member_id)
    form = LastDayForm(typed(request), initial={"until": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and _ended(request, member, form):
        back = reverse("groups:resume_member", args=[group.pk, member.pk])
        told = _("%(name)s leaves the group.") % {"name": name_of(member)}
        messages.success(request, format_html('{} <a href="{}">{}</a>', told, back, _("Undo")))
        return to_group(group)
    context = {"form": form, "group": group, "name": name_of(member)}
    status = 422 if request.method == "POST" else 200
    return render(request, "groups/end_member.html", context, status=status)


def _ended(request: DeskRequest, member: Member, form: LastDayForm) -> bool:
    try:
        actions.end_membership(actor=request.actor, member=member, until=form.cleaned_data["until"])
    except ValidationError as refused:
        refuse(form, refused)
    return form.is_valid()


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
def resume(request: DeskRequest, group_id: UUID, member_id: UUID) -> HttpResponse:
    """They did not leave after all."""
    group, member = _member_or_404(request, group_id, member_id)
    if request.method == "POST":
        try:
            actions.resume_membership(actor=request.actor, member=member)
            messages.success(
                request, _("%(name)s is in the group again.") % {"name": name_of(member)}
            )
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return to_group(group)
    context = {"group": group, "name": name_of(member)}
    return render(request, "groups/resume_member.html", context)


def _member_or_404(request: DeskRequest, group_id: UUID, member_id: UUID) -> tuple[Group, Member]:
    group = group_or_404(request, group_id)
    try:
        return group, queries.get_member(request.actor, group, member_id)
    except Member.DoesNotExist as missing:
        raise Http404 from missing
