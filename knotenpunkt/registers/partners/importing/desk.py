"""Contact lists at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.importing.choices import FIXED, field_choices
from knotenpunkt.registers.partners.importing.preview import preview
from knotenpunkt.registers.partners.imports.fields import VOCABULARY
from knotenpunkt.registers.partners.imports.importer import import_reading
from knotenpunkt.registers.partners.imports.profiles import KIND
from knotenpunkt.registers.partners.imports.records import ORGANISATION, SHELF
from knotenpunkt.registers.partners.imports.undoing import foresee, undo_import
from knotenpunkt.tools.files.actions import drop_file, keep_file
from knotenpunkt.tools.files.queries import content_of
from knotenpunkt.tools.imports.desk.forms import RunForm
from knotenpunkt.tools.imports.desk.registers import ListDesk, Words
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.imports.orders import Confirm, Progress


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
    return reverse("partners_desk:organisation", args=[row.pk]) if kind == ORGANISATION else ""


def _goes(count: int) -> str:
    return ngettext("%(count)s organisation goes again", "%(count)s organisations go again", count)


def _removed(count: int) -> str:
    told = ngettext(
        "%(count)s organisation was removed.", "%(count)s organisations were removed.", count
    )
    return told % {"count": count}


DESK = ListDesk(
    kind=KIND,
    space="partners_import",
    home="partners_desk:list",
    page="partners_desk:organisation",
    vocabulary=VOCABULARY,
    named_by=("name", "full_name", "contact_name", "family_name"),
    groups=field_choices,
    fixed=FIXED,
    accepted=".csv,.txt,.tsv,.xlsx,.xlsm,.vcf",
    words=Words(
        register=_("Partners"),
        one=_("Organisation and people"),
        to_the_list=_("To the partners"),
        size=_("A list of ten thousand contacts has about two megabytes."),
        forms=_(
            "Excel (XLSX), CSV or an address book (vCard), up to %(megabytes)d megabytes. The first"
            " row of a table says what stands in which column."
        ),
        only_theirs=_(
            "People, places and contacts that only these organisations needed go with them. What"
            " others use stays."
        ),
        goes=_goes,
        removed=_removed,
    ),
    keeper=Keeper(),
    run_form=RunForm,
    rights=(Right.EDIT_REGISTERS,),
    preview=preview,
    carry_out=import_reading,
    foresee=foresee,
    undo=_undo,
    stayed=_stayed,
    doubles="partners_duplicates:list",
)
