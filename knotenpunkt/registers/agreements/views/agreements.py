"""Agreements at the desk: the list, one of them, its form, its end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import moment, number, short_date
from knotenpunkt.foundation.core.tables import Cell
from knotenpunkt.registers.agreements import actions, queries
from knotenpunkt.registers.agreements.forms import (
    AgreementForm,
    EndForm,
    PaperForm,
    filled,
    kind_label,
)
from knotenpunkt.registers.agreements.models import Agreement, AgreementKind, Party
from knotenpunkt.registers.agreements.rules import (
    Standing,
    ends_soon,
    holds,
    may_keep,
    standing,
)
from knotenpunkt.registers.agreements.wording import (
    SHAPES,
    partner_url,
    signatures,
    standing_cell,
    standing_words,
    time_left,
    until,
)
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.tools.lists.listing import Column, Listing, Order, Tab, choice, text
from knotenpunkt.tools.lists.matching import folded, words_of
from knotenpunkt.tools.lists.registry import list_page
from knotenpunkt.tools.lists.showing import show
from knotenpunkt.tools.lists.views import views_bar
from knotenpunkt.tools.lists.wanted import read

NAME = "agreements"
list_page(NAME, label=gettext_lazy("Agreements"), page="agreements:list")
SHOWN_DEEDS, SHOWN_PARTIES = 12, 20
reading = members_only(Right.READ_INTERNAL)
keeping = members_only(Right.EDIT_REGISTERS)


@require_safe
@reading
def agreement_list(request: DeskRequest) -> HttpResponse:
    """All agreements, narrowed, sorted, page by page."""
    listing = _listing()
    wanted, form = read(listing, request.GET.dict())
    context = {
        "shown": show(listing, wanted, form, queries.agreements(request.actor)),
        "list_url": reverse("agreements:list"),
        "views": views_bar(request.actor, NAME, wanted),
        "may_keep": may_keep(request.actor),
    }
    return render(request, "agreements/list.html", context)


def _listing() -> Listing:
    today = timezone.localdate()
    return Listing(
        name=NAME,
        columns=_columns(),
        tabs=[
            Tab("gueltig", pgettext("agreements", "Valid"), holds(today)),
            Tab("bald", _("Ends soon"), ends_soon(today)),
            Tab("vorbei", pgettext("agreements", "Over"), ~holds(today)),
            Tab("alle", pgettext("tab of a list", "All"), Q()),
        ],
        filters=(
            text("q", _("Title or partner"), lambda typed: queries.named(words_of(typed))),
            choice(
                "art", _("About"), [(kind.value, kind_label(kind)) for kind in AgreementKind],
                lambda kind: Q(kind=kind),
            ),
        ),
        completed=queries.counted,
        sort="gilt",
        count=lambda n: ngettext("%(n)s agreement", "%(n)s agreements", n) % {"n": number(n)},
    )  # fmt: skip


def _columns() -> list[Column]:
    today = timezone.localdate()
    by_title = Order("titel", _("Title"), [folded("title")])
    by_day = Order("unterschrieben", _("Concluded"), ["signed_on", folded("title")])
    by_end = Order("gilt", _("Valid until"), [F("valid_until").asc(nulls_last=True), "title"])
    return [
        Column(_("Agreement"), _title_cell, [by_title]),
        Column(_("Who has signed"), lambda one: Cell(signatures(one.signed), label=_("Signed"))),
        Column(
            _("Concluded"),
            lambda one: Cell(short_date(one.signed_on), label=_("Concluded")),
            [by_day],
            numeric=True,
        ),
        Column(
            _("Valid until"),
            lambda one: Cell(until(one), note=time_left(one, today), label=_("Valid until")),
            [by_end],
            numeric=True,
        ),
        Column(_("State"), lambda one: standing_cell(one, today)),
    ]


def _title_cell(one: Agreement) -> Cell:
    return Cell(
        one.title, note=kind_label(one.kind), url=reverse("agreements:detail", args=[one.pk])
    )


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
def new(request: DeskRequest) -> HttpResponse:
    """A new agreement; then the partners who signed it are picked, or the one it is for."""
    partner = _partner(request)
    form = AgreementForm(typed(request), request.FILES or None, initial=_wished(request))
    if request.method == "POST" and form.is_valid():
        agreement = _created(request, form)
        if agreement is not None:
            return _to_signatures(request, agreement, partner)
    context = {"form": form, "agreement": None, "partner": partner}
    return render(request, "agreements/edit.html", context)


def _partner(request: DeskRequest) -> Organisation | None:
    """Whom the page was that somebody came from, as far as they can sign."""
    rows = queries.possible_parties(request.actor, timezone.localdate())
    try:
        return rows.filter(pk=UUID(request.GET.get("partner", ""))).first()
    except ValueError:
        return None


def _to_signatures(
    request: DeskRequest, agreement: Agreement, partner: Organisation | None
) -> HttpResponse:
    if partner is None:
        messages.success(request, _("The agreement is kept. Who has signed it?"))
        return HttpResponseRedirect(reverse("agreements:sign", args=[agreement.pk]))
    messages.success(request, _("The agreement is kept. When was it signed?"))
    url = reverse("agreements:sign_confirm", args=[agreement.pk])
    return HttpResponseRedirect(f"{url}?wahl={partner.pk}")


def _wished(request: DeskRequest) -> dict[str, Any]:
    kind = request.GET.get("art", "")
    return {"kind": kind if kind in AgreementKind.values else AgreementKind.COOPERATION.value}


def _created(request: DeskRequest, form: AgreementForm) -> Agreement | None:
    """The agreement with its first file, or neither."""
    handed = form.cleaned_data["file"]
    try:
        with transaction.atomic():
            agreement = actions.save_agreement(actor=request.actor, **form.values())
            if handed:
                actions.add_paper(actor=request.actor, agreement=agreement, handed=handed)
    except ValidationError as problem:
        form.add_error(None, problem)
        return None
    return agreement


@require_safe
@reading
def detail(request: DeskRequest, agreement_id: UUID) -> HttpResponse:
    """One agreement: facts, who signed, files, what happened."""
    agreement = agreement_or_404(request, agreement_id)
    return shown(request, agreement, PaperForm())


def shown(
    request: DeskRequest, agreement: Agreement, form: PaperForm, *, status: int = 200
) -> HttpResponse:
    """The page of an agreement, with the form for one more file as it was filled in."""
    today = timezone.localdate()
    found = standing(agreement, today)
    signed = queries.parties(request.actor, agreement)
    total = signed.count()
    context = {
        "agreement": agreement,
        "kind": kind_label(agreement.kind),
        "state": SHAPES[found],
        "state_words": standing_words(found),
        "time_left": "" if found is Standing.ENDED else time_left(agreement, today),
        "until": until(agreement),
        "signed_on": short_date(agreement.signed_on),
        "remind_on": short_date(agreement.remind_on) if agreement.remind_on else "",
        "is_ended": agreement.ended_on is not None,
        "parties": [_shown_party(one) for one in signed[:SHOWN_PARTIES]],
        "total": total,
        "more": max(total - SHOWN_PARTIES, 0),
        "papers": queries.papers(request.actor, agreement),
        "deeds": _deeds(request, agreement),
        "paper_form": form,
        "may_keep": may_keep(request.actor),
    }
    return render(request, "agreements/detail.html", context, status=status)


def _shown_party(party: Party) -> dict[str, str]:
    house = party.organisation
    return {
        "name": house.name,
        "body": house.body.name if house.body else "",
        "url": partner_url(house.pk),
        "signed_on": short_date(party.signed_on),
        "remove_url": reverse("agreements:remove_party", args=[party.agreement_id, party.pk]),
    }


def _deeds(request: DeskRequest, agreement: Agreement) -> list[dict[str, str]]:
    told = {
        "agreements.create": _("Agreement added"),
        "agreements.change": _("Agreement changed"),
        "agreements.sign": _("Partners have signed"),
        "agreements.unsign": _("Partner removed"),
        "agreements.end": _("Agreement ended"),
        "agreements.reopen": _("Agreement valid again"),
        "agreements.add_paper": _("File added"),
        "agreements.remove_paper": _("File deleted"),
    }
    return [
        {
            "what": told.get(entry.deed, entry.deed),
            "when": moment(entry.at),
            "who": entry.actor_label,
            "note": _told_names(entry.changes),
        }
        for entry in queries.history(request.actor, agreement, limit=SHOWN_DEEDS)
    ]


def _told_names(changes: dict[str, list[Any]]) -> str:
    """ "Haus Linde, Kita Sonne und 38 weitere"."""
    names = (changes.get("parties") or [None, None])[1]
    if not names:
        return str((changes.get("file") or ["", ""])[1] or "")
    first = ", ".join(names[:2])
    rest = len(names) - 2
    if rest < 1:
        return first
    return ngettext("%(first)s and %(n)s more", "%(first)s and %(n)s more", rest) % {
        "first": first,
        "n": number(rest),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
def edit(request: DeskRequest, agreement_id: UUID) -> HttpResponse:
    """Change what an agreement says; a new last day prolongs it."""
    agreement = agreement_or_404(request, agreement_id)
    form = AgreementForm(typed(request), initial=filled(agreement), with_file=False)
    if request.method == "POST" and form.is_valid():
        actions.save_agreement(actor=request.actor, agreement=agreement, **form.values())
        messages.success(request, _("The agreement is changed."))
        return _to(agreement)
    return render(request, "agreements/edit.html", {"form": form, "agreement": agreement})


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
def end(request: DeskRequest, agreement_id: UUID) -> HttpResponse:
    """End an agreement before its time, after saying what that means."""
    agreement = agreement_or_404(request, agreement_id)
    form = EndForm(typed(request), initial={"ended_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and _ended(request, agreement, form):
        messages.success(request, _("The agreement is ended. You can make it valid again."))
        return _to(agreement)
    total = queries.parties(request.actor, agreement).count()
    context = {"form": form, "agreement": agreement, "signatures": signatures(total)}
    return render(request, "agreements/end.html", context)


def _ended(request: DeskRequest, agreement: Agreement, form: EndForm) -> bool:
    try:
        actions.end_agreement(
            actor=request.actor,
            agreement=agreement,
            on=form.cleaned_data["ended_on"],
            reason=form.cleaned_data["end_reason"],
        )
    except ValidationError as problem:
        form.add_error(None, problem)
    return form.is_valid()


@require_POST
@keeping
def reopen(request: DeskRequest, agreement_id: UUID) -> HttpResponse:
    """It did not end after all."""
    agreement = agreement_or_404(request, agreement_id)
    actions.reopen_agreement(actor=request.actor, agreement=agreement)
    messages.success(request, _("The agreement is valid again."))
    return _to(agreement)


def agreement_or_404(request: DeskRequest, agreement_id: UUID) -> Agreement:
    """The fetch is the gate."""
    try:
        return queries.get_agreement(request.actor, agreement_id)
    except Agreement.DoesNotExist as missing:
        raise Http404 from missing


def _to(agreement: Agreement) -> HttpResponse:
    return HttpResponseRedirect(reverse("agreements:detail", args=[agreement.pk]))
