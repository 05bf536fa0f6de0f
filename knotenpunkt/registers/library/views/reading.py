"""The library for members: what there is for their work, and that they adopted it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import short_date
from knotenpunkt.registers.library import queries, wording
from knotenpunkt.registers.library.actions import record_adoption
from knotenpunkt.registers.library.models import Material, MaterialKind, Stand
from knotenpunkt.registers.library.rules import may_edit
from knotenpunkt.registers.library.views.fetching import download, material_or_404, version_or_404


@require_safe
@members_only()
def listed(request: DeskRequest) -> HttpResponse:
    """All materials, by kind and profession; a provider sees where their own house stands."""
    kind, profession = request.GET.get("art", ""), request.GET.get("beruf", "")
    known = queries.professions()
    told = [
        one for one in queries.completed(queries.materials(request.actor))
        if (not kind or one.kind == kind) and _is_for(one, profession)
    ]  # fmt: skip
    own = queries.own_organisations(request.actor)
    stands = queries.stands(request.actor, [o.pk for o in own], [m.pk for m in told])
    holding = [one for one in told if one.withdrawn_on is None]
    context = {
        "rows": wording.rows(holding, own, stands),
        "withdrawn": [one for one in told if one.withdrawn_on is not None],
        "tabs": _tabs(kind, profession),
        "professions": [(str(one.pk), one.name) for one in known],
        "profession": profession,
        "kind": kind,
        "may_edit": may_edit(request.actor),
        "may_remind": request.actor.may(Right.READ_INTERNAL),
    }
    return render(request, "library/list.html", context)


def _is_for(material: Material, profession: str) -> bool:
    """What is for all is for each."""
    wanted = [str(link.profession_id) for link in material.profession_links.all()]
    return not profession or not wanted or profession in wanted


def _tabs(chosen: str, profession: str) -> list[dict[str, Any]]:
    parts = [("", _("All")), *((kind.value, wording.plural(kind)) for kind in MaterialKind)]
    kept = f"&beruf={profession}" if profession.replace("-", "").isalnum() else ""
    return [
        {"label": label, "url": f"?art={key}{kept}", "count": None, "current": key == chosen}
        for key, label in parts
    ]


@require_safe
@members_only()
def material(request: DeskRequest, material_id: UUID) -> HttpResponse:
    """One material with its versions, and where the reader's own houses stand."""
    one = material_or_404(request.actor, material_id)
    own = queries.own_organisations(request.actor)
    stands = queries.stands(request.actor, [house.pk for house in own], [one.pk])
    context = {
        "material": one,
        "kind": one.get_kind_display(),
        "for_whom": wording.for_whom(one),
        "versions": [
            {"version": version, "date": short_date(version.published_on),
             "size": wording.size(version.file.size) if version.file else ""}
            for version in one.versions.all()
        ],
        "newest": one.newest,
        "own": [wording.own_stand(house, one, stands.get((house.pk, one.pk))) for house in own],
        "may_edit": may_edit(request.actor),
        "may_read": request.actor.may(Right.READ_INTERNAL),
    }  # fmt: skip
    if one.newest and context["may_read"]:
        context["counts"] = queries.counts(request.actor, one)
    return render(request, "library/material.html", context)


@require_safe
@members_only()
def file(request: DeskRequest, material_id: UUID, number: int) -> HttpResponse:
    """The file of a version, old ones too."""
    return download(version_or_404(material_or_404(request.actor, material_id), number))


@require_POST
@members_only()
def adopt(request: DeskRequest, material_id: UUID) -> HttpResponse:
    """A provider says that their own house has seen the newest version, or adopted it."""
    one = material_or_404(request.actor, material_id)
    wanted = request.POST.get("organisation", "")
    house = next((house for house in queries.own_organisations(request.actor)
                  if str(house.pk) == wanted), None)  # fmt: skip
    if house is None or one.newest is None:
        raise Http404
    stand = Stand.SEEN if request.POST.get("stand") == Stand.SEEN else Stand.ADOPTED
    record_adoption(actor=request.actor, version=one.newest, organisation=house, stand=stand)
    messages.success(request, _("Thank you. It is written down for %(house)s.")
                     % {"house": house.name})  # fmt: skip
    return HttpResponseRedirect(reverse("library:material", args=[one.pk]))
