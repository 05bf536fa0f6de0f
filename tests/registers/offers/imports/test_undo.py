"""Taking a whole import back: everything is as it was, except what a hand changed since."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network, NetworkModel
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.actions import prepare_topics, save_offer
from knotenpunkt.registers.offers.imports.undoing.plan import foresee
from knotenpunkt.registers.offers.imports.undoing.undo import undo_import
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.actions import save_organisation
from knotenpunkt.registers.partners.models import Contact, Level, Organisation
from knotenpunkt.tools.imports import undoing
from knotenpunkt.tools.imports.models import Link, Run, Step
from knotenpunkt.tools.imports.undoing import TooLate
from knotenpunkt.tools.search.models import Entry as Findable
from tests.registers.offers.imports.conftest import Importing
from tests.registers.offers.imports.lists import HEAD, IDS, LINE, workbook

pytestmark = pytest.mark.django_db

ACTOR = System("test")
# What remembers that something happened, and what the search derives anew.
BESIDE = {"audit.PersonKey", "audit.Entry", "imports.Run", "imports.Step", "search.Version"}
MOMENTS = {"created_at", "changed_at"}


def everything(network: Network) -> dict[str, Any]:
    """All rows of a network but those beside, as plain values."""
    with in_network(network):
        return {
            model._meta.label: sorted(map(str, _rows(model)))
            for model in apps.get_models()
            if issubclass(model, NetworkModel) and model._meta.label not in BESIDE
        }


def _rows(model: Any) -> list[Any]:
    names = [field.attname for field in model._meta.concrete_fields]
    # Rows that hang on a record may be exchanged for equal ones.
    hanging = {"Schedule", "Phone", "OfferText", "OfferTopic", "OfferContact", "OfferAtPlace"}
    leave = MOMENTS | ({"id", "stamp"} if model.__name__ in {*hanging, "Entry"} else set())
    return list(model.objects.order_by("pk").values(*[name for name in names if name not in leave]))


def last_run(network: Network) -> Run:
    with in_network(network):
        run: Run = Run.objects.order_by("-started_at").first()
    return run


def take_back(network: Network) -> Run:
    return undo_import(actor=ACTOR, network=network, run_id=last_run(network).pk)


def test_a_first_import_leaves_nothing(bring: Importing, network_a: Network) -> None:
    with in_network(network_a):
        prepare_topics()
    before = everything(network_a)
    bring(HEAD + LINE + LINE.replace("Elterncafé", "Stillcafé"))
    run = take_back(network_a)
    assert everything(network_a) == before
    assert (run.undone["removed"], run.undone["stayed"]) == (2, 0)
    with in_network(network_a):
        assert not Step.objects.exists() and not Findable.objects.exists()
        assert Entry.objects.filter(deed="imports.undo").count() == 1


def test_facilities_and_listed_organisations_go_too(bring: Importing, network_a: Network) -> None:
    bring("Angebot;Träger\nAnfang;Verein\n", "anfang.csv")
    before = everything(network_a)
    content = workbook(
        Angebote=[["ID", "Angebot", "Organisations-ID", "PLZ"], ["a", "Krabbelgruppe", 1, "09599"]],
        Organisationen=[["ID", "Name", "Träger", "PLZ", "Telefon"],
                        [1, "Haus Sonne", "Verein", "09599", "03731 12345"]],
    )  # fmt: skip
    bring(content, "liste.xlsx")
    bring_kitas = "Einrichtung;Träger;Krippenplätze;PLZ\nKita A;Stadt;12;09599\n"
    take_back(network_a)
    assert everything(network_a) == before
    bring(bring_kitas, "kitas.csv")
    take_back(network_a)
    assert everything(network_a) == before


CHANGED = (
    "Stillcafé;Wegwarte e. V.;Andere Straße 9;04720;Döbeln;03431 99999;neu@example.org;"
    "Di 9-10 Uhr;1-2 Jahre;5 Euro\n"
)


def test_changed_fields_get_their_former_values(bring: Importing, network_a: Network) -> None:
    head = "ID;" + HEAD
    bring(head + "7;" + LINE)
    before = everything(network_a)
    result = bring(head + "7;" + CHANGED)
    assert result.counts.updated == 1
    assert everything(network_a) != before
    run = take_back(network_a)
    assert everything(network_a) == before
    assert run.undone["removed"] == 0 and run.undone["restored"] >= 1
    assert bring(head + "7;" + LINE).counts.unchanged == 1
    assert bring(head + "7;" + CHANGED).counts.updated == 1


def test_an_exact_position_comes_back_exactly(bring: Importing, network_a: Network) -> None:
    head = "ID;Angebot;Träger;Straße;PLZ;Ort;lat;lon\n"
    bring(head + "7;A;Verein;Weg 1;09599;Freiberg;50.911;13.343\n")
    before = everything(network_a)
    bring(head + "7;A;Verein;Weg 2;04720;Döbeln;;\n")
    take_back(network_a)
    assert everything(network_a) == before


def test_what_a_hand_changed_since_stays(bring: Importing, network_a: Network) -> None:
    bring(IDS + "7;Alt;Verein;09599;x\n8;Bleibt;Verein;09599;y\n")
    bring(IDS + "7;Neu;Verein;04720;z\n8;Bleibt;Verein;09599;y\n9;Fremd;Verein;09599;a\n")
    with in_network(network_a):
        save_offer(actor=ACTOR, offer=Offer.objects.get(title="Neu"), title="Von Hand")
        save_offer(actor=ACTOR, offer=Offer.objects.get(title="Fremd"), description="Von Hand")
        seen = foresee(last_run(network_a))
    assert (seen.go, seen.stay) == ([], ["Fremd", "Von Hand"])
    run = take_back(network_a)
    assert (run.undone["removed"], run.undone["stayed"]) == (0, 2)
    with in_network(network_a):
        offer = Offer.objects.get(title="Von Hand")
        assert offer.description == "x"
        assert offer.at_places.get().place.postal_code == "09599"
        assert Offer.objects.get(title="Fremd").description == "Von Hand"
    again = bring(IDS + "7;Neu;Verein;09599;x\n9;Fremd;Verein;09599;a\n")
    assert again.counts.created == 0


def test_the_preview_tells_what_happens(bring: Importing, network_a: Network) -> None:
    bring(IDS + "7;Alt;Verein;09599;x\n")
    bring(IDS + "7;Neu;Verein;09599;x\n8;Zweites;Verein;09599;y\n")
    before = everything(network_a)
    with in_network(network_a):
        seen = foresee(last_run(network_a))
    assert (seen.go, seen.restored, seen.stay) == (["Zweites"], ["Neu"], [])
    assert everything(network_a) == before
    run = take_back(network_a)
    assert (run.undone["removed"], run.undone["restored"], run.undone["stayed"]) == (1, 1, 0)


def test_an_older_import_does_not_take_back_a_newer_one(
    bring: Importing, network_a: Network
) -> None:
    bring(IDS + "7;Eins;Verein;09599;x\n")
    first = last_run(network_a)
    bring(IDS + "7;Zwei;Verein;09599;x\n")
    undo_import(actor=ACTOR, network=network_a, run_id=first.pk)
    with in_network(network_a):
        assert Offer.objects.get().title == "Zwei"
        assert Link.objects.filter(kind="offer").count() == 1
    assert bring(IDS + "7;Zwei;Verein;09599;x\n").counts.unchanged == 1


def test_providers_and_places_that_others_use_stay(bring: Importing, network_a: Network) -> None:
    bring(HEAD + LINE)
    with in_network(network_a):
        body = Organisation.objects.get()
        save_offer(actor=ACTOR, provider=body, title="Eigenes", status="published")
    take_back(network_a)
    with in_network(network_a):
        assert [offer.title for offer in Offer.objects.all()] == ["Eigenes"]
        kept = Organisation.objects.get()
        assert (kept.pk, kept.is_public) == (body.pk, True)
        assert not Contact.objects.exists() and not Place.objects.exists()


def test_a_known_body_is_hidden_again(bring: Importing, network_a: Network) -> None:
    with in_network(network_a):
        save_organisation(actor=ACTOR, level=Level.BODY, name="Wegwarte e.V.")
    bring(HEAD + LINE)
    with in_network(network_a):
        assert Organisation.objects.get().is_public
    take_back(network_a)
    with in_network(network_a):
        assert not Organisation.objects.get().is_public


def test_withdrawn_offers_come_back(bring: Importing, network_a: Network) -> None:
    bring(IDS + "7;A;V;09599;x\n8;B;W;09599;y\n")
    before = everything(network_a)
    bring(IDS + "7;A;V;09599;x\n", withdraw_missing=True)
    assert everything(network_a) != before
    take_back(network_a)
    assert everything(network_a) == before


def test_it_goes_on_where_it_was_cut_off(
    bring: Importing, network_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring("Angebot;Träger\nAnfang;Verein\n", "anfang.csv")
    before = everything(network_a)
    bring(HEAD + "".join(LINE.replace("Elterncafé", f"Café {n}") for n in range(7)))
    monkeypatch.setattr(undoing, "BATCH", 2)
    run = last_run(network_a)

    def cut(done: int, total: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undo_import(actor=ACTOR, network=network_a, run_id=run.pk, progress=cut)
    with in_network(network_a):
        assert Offer.objects.count() == 4
    done = undo_import(actor=ACTOR, network=network_a, run_id=run.pk)
    assert done.undone["removed"] == 7
    assert everything(network_a) == before


def test_it_can_be_done_once_and_for_thirty_days(bring: Importing, network_a: Network) -> None:
    bring(HEAD + LINE)
    take_back(network_a)
    with pytest.raises(TooLate):
        take_back(network_a)
    bring(HEAD + LINE)
    run = last_run(network_a)
    with in_network(network_a):
        run.started_at = timezone.now() - timedelta(days=31)
        run.save()
    with pytest.raises(TooLate):
        take_back(network_a)


def test_a_dry_run_keeps_no_steps(bring: Importing, network_a: Network) -> None:
    bring(HEAD + LINE, dry_run=True)
    with in_network(network_a):
        assert not Step.objects.exists()


def test_a_place_that_moved_by_hand_stays_moved(bring: Importing, network_a: Network) -> None:
    bring(IDS + "7;A;Verein;09599;x\n")
    bring(IDS + "7;A;Verein;04720;x\n")
    with in_network(network_a):
        save_place(actor=ACTOR, place=Place.objects.get(), postal_code="09648", town="Mittweida")
    take_back(network_a)
    with in_network(network_a):
        assert Place.objects.get().postal_code == "09648"
