"""The list of groups, one of them, its form, its end."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.activities.groups import actions, queries
from knotenpunkt.activities.groups.forms import GroupEndForm, GroupForm, filled
from knotenpunkt.activities.groups.models import Group, GroupKind, Member
from knotenpunkt.activities.groups.rules import may_keep_groups, works
from knotenpunkt.activities.groups.wording import span, speaker
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import number, short_date
from knotenpunkt.foundation.core.tables import Cell
from knotenpunkt.registers.areas.queries import regions
from knotenpunkt.registers.partners.desk.problems import refuse
from knotenpunkt.tools.lists.files import CONTENT_TYPES
from knotenpunkt.tools.lists.listing import Column, Listing, Order, Tab, choice, text
from knotenpunkt.tools.lists.matching import folded, one_text, says, words_of
from knotenpunkt.tools.lists.registry import list_page
from knotenpunkt.tools.lists.showing import show
from knotenpunkt.tools.lists.views import views_bar
from knotenpunkt.tools.lists.wanted import read

NAME = "groups"
LONGEST_NOTE = 120
list_page(NAME, label=gettext_lazy("Groups"), page="groups:list")
reading = members_only(Right.READ_INTERNAL)
keeping = members_only(Right.EDIT_REGISTERS)


@require_safe
@reading
def group_list(request: DeskRequest) -> HttpResponse:
    """All groups, narrowed, sorted, page by page."""
    listing = _listing()
    wanted, form = read(listing, request.GET.dict())
    context = {
        "shown": show(listing, wanted, form, queries.groups(request.actor)),
        "list_url": reverse("groups:list"),
        "views": views_bar(request.actor, NAME, wanted),
        "may_keep": may_keep_groups(request.actor),
    }
    return render(request, "groups/list.html", context)


def _listing() -> Listing:
    today = timezone.localdate()
    return Listing(
        name=NAME,
        columns=_columns(),
        tabs=[
            Tab("aktiv", pgettext("groups", "Active"), works(today)),
            Tab("beendet", pgettext("groups", "Ended"), ~works(today)),
        ],
        filters=(
            text("q", _("Search in this list"), _named, said=_("Searched for")),
            choice("art", _("Kind of group"), GroupKind.choices, lambda kind: Q(kind=kind)),
        ),
        completed=lambda rows: queries.with_member_count(rows, today),
        sort="name",
        count=lambda n: ngettext("%(n)s group", "%(n)s groups", n) % {"n": number(n)},
    )


def _columns() -> list[Column]:
    kind = _("Kind of group")
    return [
        Column(
            pgettext("one of the groups", "Group"),
            lambda one: Cell(
                one.name, note=_first_line(one.purpose), url=reverse("groups:detail", args=[one.pk])
            ),
            [Order("name", pgettext("of a group", "Name"), [folded("name")])],
        ),
        Column(kind, lambda one: Cell(one.get_kind_display(), label=kind),
               [Order("art", kind, ["kind", folded("name")])]),
        Column(_("Region"), lambda one: Cell(
            one.region.name if one.region else _("the whole network"), label=_("Region"))),
        Column(_("Members"), lambda one: Cell(number(one.member_count), label=_("Members")),
               numeric=True),
    ]  # fmt: skip


def _first_line(purpose: str) -> str:
    return Truncator(purpose.partition("\n")[0].strip()).chars(LONGEST_NOTE)


def _named(typed_words: str) -> Q:
    kept = Q()
    for word in words_of(typed_words):
        kept &= says(one_text("name", "purpose"), word)
    return kept


@require_safe
@reading
def detail(request: DeskRequest, group_id: UUID) -> HttpResponse:
    """One group: what it is for, who is in it, who was."""
    group = group_or_404(request, group_id)
    held = queries.members(group)
    context = {
        "group": group,
        "started_on": short_date(group.started_on) if group.started_on else "",
        "ended_on": short_date(group.ended_on) if group.ended_on else "",
        "is_active": group.is_active,
        "members": [_shown(one) for one in held],
        "former": [_shown(one) for one in queries.former_members(group)],
        "may_keep": may_keep_groups(request.actor),
    }
    return render(request, "groups/detail.html", context)


def _shown(member: Member) -> dict[str, str]:
    house, contact = member.organisation, member.contact
    who = speaker(member)
    is_person = contact is not None and contact.person_id is not None
    keys = [member.group_id, member.pk]
    return {
        "name": who or house.name,
        "url": reverse("partners_desk:person", args=[contact.person_id])
        if is_person and contact else "",
        "task": contact.function if contact and contact.name else "",
        "house": house.name,
        "house_url": reverse("partners_desk:organisation", args=[house.pk]),
        "is_house": "" if who else "yes",
        "function": str(member.get_function_display()),
        "is_lead": "yes" if member.function in ("lead", "deputy") else "",
        "span": span(member),
        "is_ending": "yes" if member.until else "",
        "change_url": reverse("groups:member", args=keys),
        "end_url": reverse("groups:end_member", args=keys),
        "resume_url": reverse("groups:resume_member", args=keys),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
def new(request: DeskRequest) -> HttpResponse:
    """A new group; then its members are added."""
    form = GroupForm(
        typed(request), regions=regions(request.actor), initial={"kind": GroupKind.WORKING}
    )
    if request.method == "POST" and form.is_valid() and (group := _kept(request, form, None)):
        messages.success(request, _("The group is kept. Who belongs to it?"))
        return HttpResponseRedirect(reverse("groups:add_member", args=[group.pk]))
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
def edit(request: DeskRequest, group_id: UUID) -> HttpResponse:
    """Change what is written down about a group."""
    group = group_or_404(request, group_id)
    form = GroupForm(typed(request), regions=regions(request.actor), initial=filled(group))
    if request.method == "POST" and form.is_valid() and _kept(request, form, group):
        messages.success(request, _("The group is changed."))
        return to_group(group)
    return _form_page(request, form, group)


def _kept(request: DeskRequest, form: GroupForm, group: Group | None) -> Group | None:
    try:
        return actions.save_group(actor=request.actor, draft=form.draft(), group=group)
    except ValidationError as refused:
        refuse(form, refused)
        return None


def _form_page(request: DeskRequest, form: GroupForm, group: Group | None) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    back = reverse("groups:detail", args=[group.pk]) if group else reverse("groups:list")
    context = {"form": form, "group": group, "back_url": back}
    return render(request, "groups/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
def end(request: DeskRequest, group_id: UUID) -> HttpResponse:
    """Say what follows; then the group works no longer."""
    group = group_or_404(request, group_id)
    form = GroupEndForm(typed(request), initial={"ended_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and _ended(request, group, form):
        messages.success(request, _("The group is ended. You can let it go on."))
        return to_group(group)
    context = {"form": form, "group": group, "count": len(queries.members(group))}
    return render(request, "groups/end.html", context, status=_status(request))


def _ended(request: DeskRequest, group: Group, form: GroupEndForm) -> bool:
    try:
        actions.end_group(actor=request.actor, group=group, on=form.cleaned_data["ended_on"])
    except ValidationError as refused:
        refuse(form, refused)
    return form.is_valid()


def _status(request: DeskRequest) -> int:
    return 422 if request.method == "POST" else 200


@require_POST
@keeping
def reopen(request: DeskRequest, group_id: UUID) -> HttpResponse:
    """It works again."""
    group = group_or_404(request, group_id)
    actions.reopen_group(actor=request.actor, group=group)
    messages.success(request, _("The group works again."))
    return to_group(group)


@require_POST
@keeping
def export(request: DeskRequest, group_id: UUID) -> HttpResponse:
    """The members as a file. Asked for with POST, because the audit is told who took it."""
    group = group_or_404(request, group_id)
    form = request.POST.get("form", "")
    if form not in CONTENT_TYPES:
        raise Http404
    written = actions.export_members(actor=request.actor, group=group, form=form)
    name = f"{slugify(group.name) or 'gruppe'}-{timezone.localdate():%Y-%m-%d}.{form}"
    answer = FileResponse(
        written.file, as_attachment=True, filename=name, content_type=CONTENT_TYPES[form]
    )
    return cast("HttpResponse", answer)


def group_or_404(request: DeskRequest, group_id: UUID) -> Group:
    """The fetch is the gate."""
    try:
        return queries.get_group(request.actor, group_id)
    except Group.DoesNotExist as missing:
        raise Http404 from missing


def to_group(group: Group) -> HttpResponse:
    """Back to its page."""
    return HttpResponseRedirect(reverse("groups:detail", args=[group.pk]))
