"""Who signed: partners picked from a list, forty at once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.foundation.core.tables import Cell
from knotenpunkt.registers.agreements import actions, queries
from knotenpunkt.registers.agreements.forms import SignedForm
from knotenpunkt.registers.agreements.models import Agreement, Party
from knotenpunkt.registers.agreements.views.agreements import agreement_or_404, keeping
from knotenpunkt.registers.agreements.wording import partner_url, signatures
from knotenpunkt.registers.partners.models import Organisation, PartnerKind
from knotenpunkt.tools.lists.listing import Column, Listing, Order, Tab, choice, text
from knotenpunkt.tools.lists.matching import folded, says, words_of
from knotenpunkt.tools.lists.showing import ordered, show
from knotenpunkt.tools.lists.wanted import EVERYTHING, read

PICK, SEEN = "wahl", "gesehen"
NAMES_SHOWN = 30
MOST_PICKED = 500


@require_safe
@keeping
def sign(request: DeskRequest, agreement_id: UUID) -> HttpResponse:
    """The partners, to be ticked: those who have not signed this agreement come first."""
    agreement = agreement_or_404(request, agreement_id)
    listing = _listing(request, agreement)
    wanted, form = read(listing, request.GET.dict())
    rows = queries.possible_parties(request.actor, timezone.localdate())
    context = {
        "agreement": agreement,
        "shown": show(listing, wanted, form, rows),
        "list_url": reverse("agreements:sign", args=[agreement.pk]),
        "pick": PICK,
    }
    return render(request, "agreements/sign.html", context)


def _listing(request: DeskRequest, agreement: Agreement) -> Listing:
    signed = queries.have_signed(agreement)
    kinds = [(kind.value, str(kind.label)) for kind in PartnerKind]
    regions = [(str(one.pk), one.name) for one in queries.regions()]
    return Listing(
        name="agreement-parties",
        columns=_columns(),
        tabs=[
            Tab("offen", _("Not signed yet"), ~signed),
            Tab("unterschrieben", _("Has signed"), signed),
        ],
        filters=(
            text("q", _("Name or body"), _named),
            choice("art", _("Kind"), kinds, lambda kind: Q(kind=kind)),
            *([choice("region", _("Region"), regions, queries.working_in)] if regions else []),
        ),
        completed=lambda rows: rows,
        sort="name",
        count=signatures,
    )


def _columns() -> list[Column]:
    return [
        Column(
            _("Partner"),
            lambda one: Cell(
                one.name, note=one.body.name if one.body else "", url=partner_url(one.pk)
            ),
            [Order("name", _("Name"), [folded("name")])],
        ),
        Column(
            _("Kind"),
            lambda one: Cell(one.get_kind_display(), label=_("Kind")),
            [Order("art", _("Kind"), ["kind", folded("name")])],
        ),
    ]


def _named(typed: str) -> Q:
    found = Q()
    for word in words_of(typed):
        found &= says(F("name"), word) | says(F("body__name"), word)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
def confirm(request: DeskRequest, agreement_id: UUID) -> HttpResponse:
    """Show who was ticked and ask for the day; then they stand behind the agreement."""
    agreement = agreement_or_404(request, agreement_id)
    picked = _picked(request, agreement)
    if not picked:
        messages.info(request, _("Please pick partners first."))
        return HttpResponseRedirect(_list_url(agreement))
    initial = {"signed_on": max(agreement.signed_on, timezone.localdate())}
    form = SignedForm(request.POST if request.method == "POST" else None, initial=initial)
    mark = _mark(picked)
    is_seen = request.POST.get(SEEN) == mark
    is_sound = request.method == "POST" and is_seen and form.is_valid()
    if is_sound and _signed(request, agreement, picked, form):
        return HttpResponseRedirect(reverse("agreements:detail", args=[agreement.pk]))
    context = {
        "agreement": agreement,
        "form": form,
        "names": [one.name for one in picked[:NAMES_SHOWN]],
        "more": max(len(picked) - NAMES_SHOWN, 0),
        "signatures": signatures(len(picked)),
        "count": len(picked),
        "seen": SEEN,
        "mark": mark,
        "changed_meanwhile": request.method == "POST" and not is_seen,
        "back_url": _list_url(agreement),
    }
    return render(request, "agreements/sign_confirm.html", context)


def _picked(request: DeskRequest, agreement: Agreement) -> list[Organisation]:
    """Those who were ticked, or all that the filters leave; without those who signed already."""
    rows = queries.possible_parties(request.actor, timezone.localdate())
    if request.GET.get(EVERYTHING):
        listing = _listing(request, agreement)
        wanted, _form = read(listing, request.GET.dict())
        rows = ordered(listing, wanted, rows.filter(wanted.narrowed))
    else:
        rows = rows.filter(pk__in=_ids(request)).order_by(folded("name"), "pk")
    return list(dict.fromkeys(rows.exclude(queries.have_signed(agreement))))


def _ids(request: DeskRequest) -> list[UUID]:
    found = []
    for told in request.GET.getlist(PICK)[:MOST_PICKED]:
        try:
            found.append(UUID(told))
        except ValueError:
            continue
    return found


def _mark(picked: Sequence[Organisation]) -> str:
    """What was seen is what is done: another choice has another mark."""
    ids = sorted(str(one.pk) for one in picked)
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()


def _signed(
    request: DeskRequest, agreement: Agreement, picked: Sequence[Organisation], form: SignedForm
) -> bool:
    try:
        count = actions.add_parties(
            actor=request.actor,
            agreement=agreement,
            organisations=picked,
            on=form.cleaned_data["signed_on"],
        )
    except ValidationError as problem:
        form.add_error("signed_on", problem.message_dict["signed_on"][0])
        return False
    told = ngettext(
        "%(n)s partner stands behind it now.", "%(n)s partners stand behind it now.", count
    )
    messages.success(request, told % {"n": number(count)})
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
def remove(request: DeskRequest, agreement_id: UUID, party_id: UUID) -> HttpResponse:
    """Take a partner off an agreement, after showing which one."""
    agreement = agreement_or_404(request, agreement_id)
    try:
        party = queries.parties(request.actor, agreement).get(pk=party_id)
    except Party.DoesNotExist as missing:
        raise Http404 from missing
    if request.method == "POST":
        actions.remove_party(actor=request.actor, party=party)
        messages.success(request, _("%(name)s is removed.") % {"name": party.organisation.name})
        return HttpResponseRedirect(reverse("agreements:detail", args=[agreement.pk]))
    return render(request, "agreements/remove_party.html", {"agreement": agreement, "party": party})


def _list_url(agreement: Agreement) -> str:
    return reverse("agreements:sign", args=[agreement.pk])
