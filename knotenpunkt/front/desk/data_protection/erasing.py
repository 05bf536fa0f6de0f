"""Erasing somebody: first what goes, what must stay and why; then for ever; then a receipt."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.audit.queries import get_entry
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.personal_data import Remains
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.foundation.privacy import queries
from knotenpunkt.front.desk.data_protection.forms import EraseForm
from knotenpunkt.front.desk.data_protection.subjects import subject
from knotenpunkt.front.desk.data_protection.words import part_name, parts
from knotenpunkt.front.desk.deeds import doer
from knotenpunkt.front.erasure import erase_person

ERASED = "privacy.erase"
BACKUPS = Remains(
    what="back-ups that were made before, outside the data of the program",
    why="Art. 32 GDPR: so that a failure loses nothing; they are locked away and not read",
    term="until their own term ends, 30 days unless the operator set another",
)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.CHANGE_NETWORK)
def erase(request: DeskRequest, kind: str, record_id: UUID) -> HttpResponse:
    """Shows what would happen; does it when somebody is sure."""
    found = subject(request.actor, kind, record_id)
    form = EraseForm(request.POST if request.method == "POST" else None,
                     use_required_attribute=False)  # fmt: skip
    if form.is_bound and form.is_valid():
        done = erase_person(actor=request.actor, person=found.person)
        if done.receipt is None:
            raise Http404
        return redirect("desk:privacy_receipt", done.receipt.pk)
    held = queries.export(actor=request.actor, person=found.person)
    context = {
        "subject": found,
        "form": form,
        "goes": [part for part in parts(held) if part.count],
        "columns": stay_columns(),
        "stays": stay_rows([*queries.remains(actor=request.actor, person=found.person), BACKUPS]),
        "mentions": queries.mentions(actor=request.actor, person=found.person),
    }
    return render(request, "desk/data_protection/erase.html", context)


@require_safe
@members_only(Right.CHANGE_NETWORK)
def receipt(request: DeskRequest, entry_id: UUID) -> HttpResponse:
    """What was erased, when, by whom, and what stays. It names nobody any more."""
    try:
        entry = get_entry(request.actor, entry_id, deed=ERASED)
    except Entry.DoesNotExist as missing:
        raise Http404 from missing
    told = entry.changes
    stays = [Remains(*one) for one in told.get("remains", []) if len(one) == 3]
    context = {
        "entry": entry,
        "when": spoken.moment(entry.at),
        "who": doer(entry.actor_label),
        "goes": list(map(_counted, told.get("erased", []))),
        "columns": stay_columns(),
        "stays": stay_rows([*stays, BACKUPS]),
        "mentions": told.get("mentions", []),
    }
    return render(request, "desk/data_protection/receipt.html", context)


def stay_columns() -> list[Head]:
    """What stays, why, how long."""
    return [Head(_("What stays")), Head(_("Legal basis")), Head(_("Until when"))]


def stay_rows(stays: Sequence[Remains]) -> list[Row]:
    """One line for each thing that an erasure does not reach."""
    return [
        Row(
            [
                Cell(_(one.what)),
                Cell(_(one.why), label=_("Legal basis")),
                Cell(_(one.term), label=_("Until when")),
            ]
        )
        for one in stays
    ]


def _counted(line: str) -> str:
    """ "partners: 3" → "Register der Partner: 3"."""
    app, _colon, count = line.partition(": ")
    return f"{part_name(app)}: {count}"
