"""An import of contacts can be taken back after a round has asked: asking is no change by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from knotenpunkt.activities.upkeep.actions.asking import ask
from knotenpunkt.activities.upkeep.actions.calling import note_call
from knotenpunkt.activities.upkeep.models import Inquiry, Outcome, Part
from knotenpunkt.activities.upkeep.queries.inquiries import to_call
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.imports.importer import import_partners
from knotenpunkt.registers.partners.imports.undoing import foresee, undo_import
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.links.models import Link
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
LIST = """Einrichtung;Ort;Ansprechpartner;Telefon;E-Mail
Kita Sonnenkäfer;Döbeln;Frau Anna Müller;03431 555014;mueller@example.org
Haus Ahorn;Freiberg;;;
Praxis Linde;Freiberg;Ute Arndt;03731 555015;
"""


@pytest.fixture
def run(network_a: Network, tmp_path: Path, settings: Any) -> UUID:
    """A list arrived, and everybody of it was asked."""
    settings.EMAIL_HOST = "mail.example.org"
    path = tmp_path / "kontakte.csv"
    path.write_text(LIST)
    import_partners(actor=SYSTEM, network=network_a, path=path)
    with in_network(network_a):
        told = ask(actor=SYSTEM, organisations=list(Organisation.objects.all()))
        assert (told.mails, told.calls) == (1, 2)
        return UUID(str(Run.objects.get().pk))


def test_being_asked_is_no_change_by_hand(run: UUID, network_a: Network) -> None:
    with in_network(network_a):
        told = foresee(Run.objects.get())
        assert (len(told.go), list(told.stay)) == (3, [])
    undo_import(actor=SYSTEM, network=network_a, run_id=run)
    with in_network(network_a):
        for model in (Organisation, Contact, Part):
            assert not model.objects.exists(), model
        assert not Inquiry.objects.exclude(contact=None).exists()
        assert not Link.objects.filter(revoked_at=None).exists()
        assert to_call(SYSTEM) == []


def test_a_call_that_was_noted_holds_what_it_is_about(run: UUID, network_a: Network) -> None:
    with in_network(network_a):
        called = Inquiry.objects.get(contact__email="", contact__isnull=False)
        note_call(actor=SYSTEM, inquiry_id=called.pk, outcome=Outcome.NOT_REACHED, note="Urlaub")
        assert list(foresee(Run.objects.get()).stay) == ["Praxis Linde"]
    undo_import(actor=SYSTEM, network=network_a, run_id=run)
    with in_network(network_a):
        assert Organisation.objects.get().name == "Praxis Linde"
