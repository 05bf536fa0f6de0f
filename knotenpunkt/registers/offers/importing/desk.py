"""Lists of offers at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.importing.choices import FIXED, field_choices
from knotenpunkt.registers.offers.importing.forms import RunForm
from knotenpunkt.registers.offers.importing.preview import preview
from knotenpunkt.registers.offers.imports.fields import VOCABULARY
from knotenpunkt.registers.offers.imports.importer import import_reading
from knotenpunkt.registers.offers.imports.profiles import KIND
from knotenpunkt.registers.offers.imports.records import OFFER, SHELF
from knotenpunkt.registers.offers.imports.undoing.plan import foresee
from knotenpunkt.registers.offers.imports.undoing.undo import undo_import
from knotenpunkt.tools.files.actions import drop_file, keep_file
from knotenpunkt.tools.files.queries import content_of
from knotenpunkt.tools.imports.desk.registers import ListDesk, Words
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.imports.orders import Confirm, ImportResult, Order, Progress
from knotenpunkt.tools.imports.tables import Reading


class Keeper:
    """Keeps uploads among the files of the network."""

    def keep(self, *, name: str, content_type: str, content: bytes, until: datetime) -> UUID:
        """Keep it; its id."""
        kept = keep_file(name=name, content_type=content_type, content=content, until=until)
        pk: UUID = kept.pk
        return pk

    def drop(self, file_id: UUID) -> None:
        """Forget it."""
        drop_file(file_id)

    def content_of(self, file_id: UUID) -> bytes:
        """What it holds."""
        return content_of(file_id)


def _carry_out(
    actor: Actor, network: Network, reading: Reading, path: Path, order: Order
) -> ImportResult:
    return import_reading(actor=actor, network=network, reading=reading, path=path, order=order)


def _undo(
    actor: Actor, network: Network, run_id: UUID, progress: Progress, confirm: Confirm
) -> Run:
    return undo_import(
        actor=actor, network=network, run_id=run_id, progress=progress, confirm=confirm
    )


def _stayed(named: Sequence[tuple[str, UUID]]) -> list[dict[str, str]]:
    """What an undo left as it was, as far as it is still there."""
    told = []
    for kind in SHELF.kinds.values():
        found = SHELF.records(kind, [pk for one, pk in named if one == kind])
        told += [{"title": str(row), "url": _url(kind, row)} for row in found.values()]
    return told


def _url(kind: str, row: Any) -> str:
    return reverse("offers_desk:detail", args=[row.pk]) if kind == OFFER else ""


def _goes(count: int) -> str:
    return ngettext("%(count)s offer goes again", "%(count)s offers go again", count)


def _removed(count: int) -> str:
    told = ngettext("%(count)s offer was removed.", "%(count)s offers were removed.", count)
    return told % {"count": count}


DESK = ListDesk(
    kind=KIND,
    space="offers_import",
    home="offers_desk:list",
    page="offers_desk:detail",
    vocabulary=VOCABULARY,
    named_by=("title",),
    groups=field_choices,
    fixed=FIXED,
    accepted=".csv,.txt,.tsv,.xlsx,.xlsm,.json,.geojson",
    words=Words(
        register=_("Offers"),
        one=pgettext_lazy("one", "Offer"),
        to_the_list=_("To the offers"),
        size=_("A list of ten thousand offers has about two megabytes."),
        forms=_(
            "Excel (XLSX), CSV, GeoJSON or HSDS JSON, up to %(megabytes)d megabytes. The first row"
            " says what stands in which column."
        ),
        only_theirs=_(
            "Providers, places and contacts that only these offers needed go with them. What"
            " others use stays."
        ),
        goes=_goes,
        removed=_removed,
    ),
    keeper=Keeper(),
    run_form=RunForm,
    rights=(Right.PUBLISH,),
    preview=preview,
    carry_out=_carry_out,
    foresee=foresee,
    undo=_undo,
    stayed=_stayed,
)
