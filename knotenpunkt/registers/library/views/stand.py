"""Who has which version, who is behind, and the list for reminding them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.library import queries
from knotenpunkt.registers.library.actions import export_stand, record_adoptions
from knotenpunkt.registers.library.listing import first_way, header, lines, listing
from knotenpunkt.registers.library.queries import Behind
from knotenpunkt.registers.library.rules import may_edit
from knotenpunkt.registers.library.views.fetching import material_or_404
from knotenpunkt.registers.partners.models import Audience
from knotenpunkt.registers.partners.rules import circle_of
from knotenpunkt.tools.lists.files import CONTENT_TYPES, Written
from knotenpunkt.tools.lists.showing import ordered, show
from knotenpunkt.tools.lists.wanted import read

PICK, MOST_PICKED = "wahl", 500


@require_safe
@members_only(Right.READ_INTERNAL)
def stand(request: DeskRequest, material_id: UUID) -> HttpResponse:
    """Every partner with the version that it adopted."""
    one = material_or_404(request.actor, material_id)
    if one.newest is None:
        raise Http404
    described = listing(one, circle_of(request.actor))
    wanted, form = read(described, request.GET.dict())
    rows = queries.partners_with_stand(request.actor, one)
    context = {
        "material": one,
        "shown": show(described, wanted, form, rows),
        "list_url": reverse("library:stand", args=[one.pk]),
        "views": None,
        "pick": PICK if may_edit(request.actor) else "",
        "may_edit": may_edit(request.actor),
    }
    return render(request, "library/stand.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def enter(request: DeskRequest, material_id: UUID) -> HttpResponse:
    """Write down that the picked partners adopted the newest version, after showing which."""
    one = material_or_404(request.actor, material_id)
    source = request.POST if request.method == "POST" else request.GET
    picked = _ids(source.getlist(PICK))[:MOST_PICKED]
    houses = list(queries.partners_with_stand(request.actor, one).filter(pk__in=picked))
    back = reverse("library:stand", args=[one.pk])
    if one.newest is None or not houses:
        return HttpResponseRedirect(back)
    if request.method == "POST":
        count = record_adoptions(actor=request.actor, version=one.newest, those=houses)
        told = ngettext(
            "Written down for %(n)d partner.", "Written down for %(n)d partners.", count
        )
        messages.success(request, told % {"n": count})
        return HttpResponseRedirect(back)
    context = {"material": one, "houses": houses, "pick": PICK, "newest": one.newest}
    return render(request, "library/enter.html", context)


def _ids(told: list[str]) -> list[UUID]:
    found = []
    for one in told:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


@require_POST
@members_only(Right.EDIT_REGISTERS)
def export(request: DeskRequest, material_id: UUID) -> HttpResponse:
    """The list that the address describes, as CSV or XLSX."""
    one, form = material_or_404(request.actor, material_id), _form(request)
    described = listing(one, circle_of(request.actor))
    wanted, _filters = read(described, request.GET.dict())
    rows = queries.partners_with_stand(request.actor, one).filter(wanted.narrowed)
    written = export_stand(
        actor=request.actor,
        header=header(),
        rows=lines(one, ordered(described, wanted, rows)),
        form=form,
        title=one.title,
    )
    return _file(written, f"stand-{timezone.localdate():%Y-%m-%d}.{form}", form)


@require_safe
@members_only(Right.READ_INTERNAL)
def behind(request: DeskRequest) -> HttpResponse:
    """Everybody who works with an old version, with the number to call."""
    told, circle = queries.behind(request.actor), circle_of(request.actor)
    groups: dict[UUID, list[Behind]] = {}
    for one in told:
        groups.setdefault(one.material.pk, []).append(one)
    context = {
        "groups": [
            {
                "material": those[0].material,
                "newest": those[0].newest,
                "rows": [(one, first_way(one.organisation, circle)) for one in those],
                "url": f"{reverse('library:stand', args=[key])}?stand=hinterher",
            }
            for key, those in groups.items()
        ],
        "count": len(told),
        "may_edit": may_edit(request.actor),
    }
    return render(request, "library/behind.html", context)


@require_POST
@members_only(Right.EDIT_REGISTERS)
def export_behind(request: DeskRequest) -> HttpResponse:
    """The list for reminding, as CSV or XLSX."""
    form = _form(request)
    written = export_stand(
        actor=request.actor,
        header=header(),
        rows=_lines(queries.behind(request.actor)),
        form=form,
        title=_("Who works with an old version"),
    )
    return _file(written, f"erinnern-{timezone.localdate():%Y-%m-%d}.{form}", form)


def _lines(told: list[Behind]) -> Iterator[list[str]]:
    for one in told:
        house = one.organisation
        town = house.place.town if house.place else ""
        yield [house.name, town, one.material.title, str(one.has), str(one.newest.number),
               _("behind"), first_way(house, Audience.INTERNAL)]  # fmt: skip


def _form(request: DeskRequest) -> str:
    form = request.POST.get("form", "")
    if form not in CONTENT_TYPES:
        raise Http404
    return form


def _file(written: Written, name: str, form: str) -> HttpResponse:
    answer = FileResponse(
        written.file, as_attachment=True, filename=name, content_type=CONTENT_TYPES[form]
    )
    return cast("HttpResponse", answer)
