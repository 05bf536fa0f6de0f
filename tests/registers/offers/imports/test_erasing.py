"""A person who is erased is gone from uploads and steps, too; undo ends there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import all_networks, in_network
from knotenpunkt.foundation.privacy import actions as privacy
from knotenpunkt.registers.offers.importing.desk import DESK
from knotenpunkt.registers.offers.imports.undoing.plan import foresee
from knotenpunkt.registers.offers.imports.undoing.undo import undo_import
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.registers.partners.privacy import find_contact
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.imports.desk.steps import receive_list
from knotenpunkt.tools.imports.models import Link, Run, Step, Upload
from knotenpunkt.tools.imports.packing import unpack_tables
from tests.registers.offers.imports.conftest import Importing

pytestmark = pytest.mark.django_db

ACTOR = System("test")
HEAD = "ID;Angebot;Träger;Ansprechpartner;E-Mail\n"
MIRA = HEAD + "7;Stillcafé;Verein;Mira Müller;mira@example.org\n"


def erase_mira(network: Network) -> None:
    with in_network(network):
        person = find_contact(str(Contact.objects.get(name="Mira Müller").pk))
    with all_networks("test"):
        privacy.erase(actor=ACTOR, person=person)


def test_uploads_lose_the_person_and_the_file(bring: Importing, network_a: Network) -> None:
    bring(MIRA)
    with in_network(network_a):
        receive_list(
            DESK, actor=ACTOR, name="l.csv", content_type="text/csv", content=MIRA.encode()
        )
        other = MIRA.replace("Mira Müller;mira@", "Ole Brandt;ole@").encode()
        receive_list(DESK, actor=ACTOR, name="m.csv", content_type="text/csv", content=other)
    erase_mira(network_a)
    with in_network(network_a):
        (table,) = unpack_tables(Upload.objects.get(file_name="l.csv").tables, {})
        assert table.rows[0].values["Ansprechpartner"] == ""
        assert table.rows[0].values["Angebot"] == "Stillcafé"
        assert [file.name for file in StoredFile.objects.all()] == ["m.csv"]


def test_a_list_is_no_longer_called_after_the_person(bring: Importing, network_a: Network) -> None:
    bring(MIRA)
    with in_network(network_a):
        run = Run.objects.get()
        run.file_name, run.source = "Mira Müller.csv", "Mira Müller"
        run.save()
        for link in Link.objects.all():
            link.source = "Mira Müller"
            link.save()
        name = "Liste Mira Müller.csv"
        receive_list(DESK, actor=ACTOR, name=name, content_type="text/csv", content=MIRA.encode())
    erase_mira(network_a)
    with in_network(network_a):
        run, upload = Run.objects.get(), Upload.objects.get()
        assert "Mira" not in f"{run.file_name} {run.source} {upload.file_name}"
        # The next list is still known by it.
        assert set(Link.objects.values_list("source", flat=True)) == {run.source}


def test_undo_ends_where_a_person_was_erased(bring: Importing, network_a: Network) -> None:
    bring(MIRA)
    mira_again = MIRA.replace("Stillcafé", "Café").replace("mira@", "mira.m@")
    bring(mira_again)
    erase_mira(network_a)
    with in_network(network_a):
        run = Run.objects.order_by("-started_at").first()
        assert not [step for step in Step.objects.all() if "mira" in str(step.before).lower()]
        assert "Café" in foresee(run).restored
    undo_import(actor=ACTOR, network=network_a, run_id=run.pk)
    with in_network(network_a):
        assert Offer.objects.get().title == "Stillcafé"
        assert not Contact.objects.filter(email__startswith="mira").exists()


def test_after_thirty_days_uploads_and_steps_go(bring: Importing, network_a: Network) -> None:
    bring(MIRA)
    with in_network(network_a):
        receive_list(
            DESK, actor=ACTOR, name="l.csv", content_type="text/csv", content=MIRA.encode()
        )
        privacy.expire()
        assert Step.objects.exists() and Upload.objects.exists()
        run, upload = Run.objects.get(), Upload.objects.get()
        run.started_at = upload.kept_until = timezone.now() - timedelta(days=31)
        run.save()
        upload.save()
        privacy.expire()
        assert not Step.objects.exists() and not Upload.objects.exists()
        assert Run.objects.filter(pk=run.pk).exists()
