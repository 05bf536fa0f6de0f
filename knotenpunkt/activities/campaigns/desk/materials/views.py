"""The list of materials with their stock, and one material: change it, see first what follows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.activities.campaigns.actions.materials import (
    remove_material,
    save_material,
    set_picture,
    too_few,
)
from knotenpunkt.activities.campaigns.desk.frame import campaign_frame, campaign_or_404
from knotenpunkt.activities.campaigns.desk.materials.showing import bar_of, picture_url, row_of
from knotenpunkt.activities.campaigns.forms.materials import MaterialForm
from knotenpunkt.activities.campaigns.models import Campaign, Material
from knotenpunkt.activities.campaigns.queries.materials import (
    get_material,
    material_picture,
    materials,
    stocks,
)
from knotenpunkt.activities.campaigns.views.ordering import picture_response
from knotenpunkt.activities.campaigns.wording.materials import consequences
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only, own_address
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.files.aside import set_aside, taken_up
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.files.pictures import Rendering

HERE = "campaigns:materials"
SEEN, ONWARD = "gesehen", "weiter"


@require_safe
@members_only(Right.READ_INTERNAL)
def material_list(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """What there is, what is ordered, and where it is short."""
    campaign = campaign_or_404(request, campaign_id)
    found = list(materials(request.actor, campaign))
    stock = stocks(found)
    context = campaign_frame(request, campaign, HERE) | {
        "rows": [row_of(campaign, one, stock[one.pk]) for one in found],
    }
    return render(request, "campaigns/materials/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def new(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Add a material."""
    return _edit(request, campaign_or_404(request, campaign_id), None)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def material(request: DeskRequest, campaign_id: UUID, material_id: UUID) -> HttpResponse:
    """Change a material. What follows for orders is said before it happens."""
    campaign = campaign_or_404(request, campaign_id)
    return _edit(request, campaign, _material_or_404(request, campaign, material_id))


def _edit(request: DeskRequest, campaign: Campaign, one: Material | None) -> HttpResponse:
    data = typed(request)
    is_sent = request.method == "POST"
    form = MaterialForm(data, request.FILES or None, material=one) if is_sent else MaterialForm(
        material=one, initial=data.dict() if data is not None else {}
    )  # fmt: skip
    if not is_sent:
        return _page(request, campaign, one, form)
    is_sound = form.is_valid() and _is_enough(one, form)
    picture = _picture(campaign, form)
    follows = _follows(one, form) if is_sound and SEEN not in request.POST else []
    if is_sound and not follows and _saved(request, campaign, one, form, picture):
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(_onward(request, campaign))
    mark = _mark(campaign, form, picture)
    return _page(request, campaign, one, form, follows=follows, mark=mark, status=422)


def _onward(request: DeskRequest, campaign: Campaign) -> str:
    """Back to the step of the preparation that led here, else to all materials."""
    asked = request.GET.get(ONWARD, "")
    return own_address(request, asked) if asked else reverse(HERE, args=[campaign.pk])


def _picture(campaign: Campaign, form: MaterialForm) -> Rendering | None:
    """The one that was chosen just now, else the one that came with the form before."""
    chosen = form.cleaned_data.get("file")
    kept = taken_up(form.cleaned_data.get("kept") or "", owner=str(campaign.pk))
    found: tuple[Rendering, Rendering] | None = chosen or kept
    return found[1] if found else None


def _mark(campaign: Campaign, form: MaterialForm, picture: Rendering | None) -> str:
    if picture is None:
        return ""
    if not form.cleaned_data.get("file"):
        return str(form.cleaned_data["kept"])
    return set_aside(picture, picture, owner=str(campaign.pk))


def _is_enough(one: Material | None, form: MaterialForm) -> bool:
    """There cannot be fewer packs than are promised, as long as promises stay promises."""
    draft = form.draft()
    given = stocks([one])[one.pk].given if one and one.giving == draft.giving else 0
    if draft.packs < given:
        form.add_error("packs", too_few(given))
    return not form.errors


def _follows(one: Material | None, form: MaterialForm) -> list[str]:
    if one is None:
        return []
    return consequences(one, form.draft(), stocks([one])[one.pk])


def _saved(
    request: DeskRequest,
    campaign: Campaign,
    one: Material | None,
    form: MaterialForm,
    picture: Rendering | None,
) -> bool:
    try:
        saved = save_material(
            actor=request.actor, campaign=campaign, draft=form.draft(), material=one
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    if picture or form.cleaned_data.get("drop_picture"):
        alt = form.cleaned_data["picture_alt"]
        set_picture(actor=request.actor, material=saved, picture=picture, alt=alt)
    return True


def _page(
    request: DeskRequest,
    campaign: Campaign,
    one: Material | None,
    form: MaterialForm,
    *,
    follows: list[str] | None = None,
    mark: str = "",
    status: int = 200,
) -> HttpResponse:
    stock = stocks([one])[one.pk] if one else None
    context: dict[str, Any] = campaign_frame(request, campaign, HERE) | {
        "material": one,
        "form": form,
        "follows": follows or [],
        "mark": mark,
        "onward": _onward(request, campaign),
        "stock": stock,
        "bar": bar_of(stock) if stock else None,
        "picture_url": picture_url(campaign, one) if one else "",
        "may_remove": stock is not None and not stock.orders,
    }
    return render(request, "campaigns/materials/material.html", context, status=status)


@require_POST
@members_only(Right.RUN_CAMPAIGNS)
def remove(request: DeskRequest, campaign_id: UUID, material_id: UUID) -> HttpResponse:
    """Throw away what nobody has ordered."""
    campaign = campaign_or_404(request, campaign_id)
    one = _material_or_404(request, campaign, material_id)
    try:
        remove_material(actor=request.actor, material=one)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("“%(name)s” is deleted.") % {"name": one.name})
    return HttpResponseRedirect(reverse(HERE, args=[campaign.pk]))


@require_safe
@members_only(Right.READ_INTERNAL)
def picture(
    request: DeskRequest, campaign_id: UUID, material_id: UUID, version: str
) -> HttpResponse:
    """The picture, for members, before everybody may see it."""
    try:
        file = material_picture(campaign_or_404(request, campaign_id), material_id)
    except StoredFile.DoesNotExist as missing:
        raise Http404 from missing
    if file.pk.hex != version:
        raise Http404
    return picture_response(file)


def _material_or_404(request: DeskRequest, campaign: Campaign, material_id: UUID) -> Material:
    try:
        return get_material(request.actor, campaign, material_id)
    except Material.DoesNotExist as missing:
        raise Http404 from missing
