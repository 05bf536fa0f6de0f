"""Pictures of an offer at the desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.registers.offers.desk.edit import looked_at_first, own_offer_or_404
from knotenpunkt.registers.offers.editing.actions.pictures import (
    MOST_PICTURES,
    add_picture,
    change_picture,
    move_picture,
    remove_picture,
    set_aside,
    taken_up,
)
from knotenpunkt.registers.offers.editing.picture_forms import (
    NewPictureForm,
    PictureForm,
    picture_initial,
)
from knotenpunkt.registers.offers.models import Offer, OfferPicture
from knotenpunkt.registers.offers.rules import must_propose
from knotenpunkt.registers.offers.wording import picture as worded
from knotenpunkt.tools.files.pictures import Rendering

REMOVE, FORWARD, BACK = "entfernen", "vor", "zurueck"


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def pictures(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """All pictures of an offer, and one more."""
    offer = own_offer_or_404(request, offer_id)
    if must_propose(request.actor, offer):
        return looked_at_first(request, offer)
    present = list(offer.pictures.all())
    full = len(present) >= MOST_PICTURES
    data = typed(request)
    is_sent = request.method == "POST" and not full
    form = NewPictureForm(data, request.FILES) if is_sent else NewPictureForm(initial=_plain(data))
    mark = ""
    if is_sent:
        sound = form.is_valid()
        sizes = _sizes(offer, form)
        if sound and sizes is not None:
            large, small = sizes
            add_picture(actor=request.actor, offer=offer, large=large, small=small, **form.values())
            messages.success(request, _("The picture is added."))
            return HttpResponseRedirect(_url(offer))
        mark = _set_aside(request, offer, form, sizes)
    context = {
        "offer": offer,
        "pictures": [worded(offer, one) for one in present],
        "form": form,
        "mark": mark,
        "is_full": full,
    }
    return render(request, "offers/desk/pictures.html", context, status=422 if is_sent else 200)


def _sizes(offer: Offer, form: NewPictureForm) -> tuple[Rendering, Rendering] | None:
    """The picture of this form: the one that was chosen, else the one that came before."""
    chosen: tuple[Rendering, Rendering] | None = form.cleaned_data.get("file")
    found = chosen or taken_up(offer=offer, mark=form.cleaned_data.get("kept", ""))
    if found is None and not form.has_error("file"):
        form.add_error("file", _("Please choose the picture once more."))
    return found


def _set_aside(
    request: DeskRequest,
    offer: Offer,
    form: NewPictureForm,
    sizes: tuple[Rendering, Rendering] | None,
) -> str:
    if sizes is None or form.has_error("file"):
        return ""
    if "file" not in request.FILES:
        return str(form.cleaned_data["kept"])
    large, small = sizes
    return set_aside(actor=request.actor, offer=offer, large=large, small=small)


def _plain(data: Any) -> dict[str, Any]:
    return data.dict() if data is not None else {}


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def picture(request: DeskRequest, offer_id: UUID, picture_id: UUID) -> HttpResponse:
    """What is said about one picture; its place among the others; its end."""
    offer = own_offer_or_404(request, offer_id)
    found = next((one for one in offer.pictures.all() if one.pk == picture_id), None)
    if found is None:
        raise Http404
    if must_propose(request.actor, offer):
        return looked_at_first(request, offer)
    deed = request.POST.get("tun", "")
    if deed in (FORWARD, BACK):
        move_picture(actor=request.actor, picture=found, by=-1 if deed == FORWARD else 1)
        return HttpResponseRedirect(_url(offer))
    if deed == REMOVE:
        remove_picture(actor=request.actor, picture=found)
        messages.success(request, _("The picture is deleted, with its files."))
        return HttpResponseRedirect(_url(offer))
    return _one(request, offer, found)


def _one(request: DeskRequest, offer: Offer, found: OfferPicture) -> HttpResponse:
    data = typed(request)
    is_sent = request.method == "POST"
    form = (
        PictureForm(data)
        if is_sent
        else PictureForm(initial=_plain(data) or picture_initial(found))
    )
    if is_sent and form.is_valid():
        change_picture(actor=request.actor, picture=found, **form.values())
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(_url(offer))
    context = {"offer": offer, "picture": worded(offer, found), "form": form}
    return render(request, "offers/desk/picture.html", context, status=422 if is_sent else 200)


def _url(offer: Offer) -> str:
    return reverse("offers_desk:pictures", kwargs={"offer_id": offer.pk})
