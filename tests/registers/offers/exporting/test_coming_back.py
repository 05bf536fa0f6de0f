"""A file that was saved here and comes back: nothing changes by itself, edits arrive."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.actions import TimeDraft, save_offer, withdraw_offer
from knotenpunkt.registers.offers.exporting.actions import export_offers
from knotenpunkt.registers.offers.imports.importer import ImportResult, import_offers
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.models import Organisation
from tests.factories import make_offer, make_organisation

pytestmark = pytest.mark.django_db
SYSTEM = System("test")
Rows = list[dict[str, str]]
Edit = Callable[[Rows], None]


@pytest.fixture
def register(network_a: Network) -> Network:
    """Offers of every sort: of a body and of a facility, with all sorts of times."""
    with in_network(network_a):
        body = make_organisation("Wegwarte Familienhilfe e. V.")
        house = make_organisation("Haus Wiesenpfad", level="facility", body=body)
        make_offer(
            "Krabbelgruppe",
            provider=house,
            kind="group",
            topics=["baby"],
            summary="Für Eltern mit Babys.",
            description="Erste Zeile\n\nZweite Zeile; mit „Zeichen“.",
            age_from=0,
            age_to=18,
            languages=["de", "ar"],
            costs="free",
            registration="required",
            checked_on=date(2026, 5, 4),
            times=[
                TimeDraft("weekly", time(9, 30), time(11), weekday=1),
                TimeDraft("weekly", time(14), time(16), weekday=3),
            ],
        )
        make_offer("=Rechnen lernen", provider=body, kind="course", costs="fee", costs_note="5 €")
        make_offer("Offener Treff", provider=body, kind="meeting_place", sort="Stillcafé",
                   times=[TimeDraft("monthly", time(10), time(12), weekday=4, nth=-1)])  # fmt: skip
        make_offer("Sommerfest", provider=body, kind="event",
                   times=[TimeDraft("once", time(15), day=date(2026, 6, 12))])  # fmt: skip
        make_offer("Nur ein Titel", provider=house, published=False)
        withdraw_offer(actor=SYSTEM, offer=make_offer("Längst vorbei", provider=body))
    return network_a


def saved(network: Network, form: str) -> bytes:
    with in_network(network):
        rows = Offer.objects.order_by("title")
        written = export_offers(actor=SYSTEM, offers=rows, form=form, narrowed="")
    with written.file as file:
        return file.read()


def edited_csv(content: bytes, edit: Edit) -> bytes:
    rows: Rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    edit(rows)
    told = StringIO()
    writer = csv.DictWriter(told, rows[0].keys(), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return told.getvalue().encode("utf-8-sig")


def edited_xlsx(content: bytes, edit: Edit) -> bytes:
    head, *values = load_workbook(BytesIO(content))["Liste"].iter_rows(values_only=True)
    rows: Rows = [{str(n): str(v or "") for n, v in zip(head, row, strict=True)} for row in values]
    edit(rows)
    book = Workbook()
    sheet = book.create_sheet("Liste", 0)
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    told = BytesIO()
    book.save(told)
    return told.getvalue()


EDITED = {"csv": edited_csv, "xlsx": edited_xlsx}


def bring(network: Network, folder: Path, content: bytes, form: str, **wishes: Any) -> ImportResult:
    path = folder / f"angebote-2026-11-22.{form}"
    path.write_bytes(content)
    return import_offers(actor=SYSTEM, network=network, path=path, **wishes)


def untouched(_rows: Rows) -> None:
    """The file as it was saved."""


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_that_nobody_touched_changes_nothing(
    register: Network, tmp_path: Path, form: str
) -> None:
    content = saved(register, form)
    with in_network(register):
        before = list(Offer.objects.order_by("pk").values())
    dry = bring(register, tmp_path, content, form, dry_run=True)
    assert (dry.counts.unchanged, dry.counts.rows) == (6, 6), dry.report.rows
    first = bring(register, tmp_path, content, form)
    again = bring(register, tmp_path, EDITED[form](content, untouched), form)
    assert first.counts.unchanged == again.counts.unchanged == 6
    with in_network(register):
        assert list(Offer.objects.order_by("pk").values()) == before
        assert Organisation.objects.count() == 2


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_somebody_edits_in_the_file_arrives(
    register: Network, tmp_path: Path, form: str
) -> None:
    def edit(rows: Rows) -> None:
        row = next(row for row in rows if row["Angebot"] == "Krabbelgruppe")
        row |= {
            "Angebot": "Krabbelgruppe am Markt",
            "Alter bis Monate": "24",
            "Telefon": "03731 5550",
        }
        row["Öffnungszeiten"] = "Di 10:00-11:30"

    result = bring(register, tmp_path, EDITED[form](saved(register, form), edit), form)
    assert (result.counts.updated, result.counts.unchanged) == (1, 5)
    with in_network(register):
        offer = Offer.objects.get(title="Krabbelgruppe am Markt")
        assert (offer.age_from, offer.age_to, offer.summary) == (0, 24, "Für Eltern mit Babys.")
        assert [(one.weekday, one.starts_at) for one in offer.schedules.all()] == [(1, time(10))]
        assert offer.contacts.get().phones.get().shown == "03731 5550"
        assert offer.provider.name == "Haus Wiesenpfad"


def test_a_column_that_was_taken_out_takes_nothing_away(register: Network, tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        for row in rows:
            for name in ("Beschreibung", "Telefon", "Öffnungszeiten", "Einrichtung", "Themen"):
                del row[name]

    result = bring(register, tmp_path, edited_csv(saved(register, "csv"), edit), "csv")
    with in_network(register):
        offer = Offer.objects.get(title="Krabbelgruppe")
        assert "Zweite Zeile" in offer.description
        assert offer.schedules.count() == 2
        assert offer.contacts.get().phones.exists()
        assert [topic.key for topic in offer.topics.all()] == ["baby"]
    assert result.counts.created == 0


def test_what_was_changed_at_the_desk_after_saving_stays(register: Network, tmp_path: Path) -> None:
    content = saved(register, "csv")
    with in_network(register):
        offer = Offer.objects.get(title="Krabbelgruppe")
        save_offer(actor=SYSTEM, offer=offer, summary="Neu geschrieben.")
        Offer.objects.filter(pk=offer.pk).update(changed_at=timezone.now() + timedelta(hours=1))
    result = bring(register, tmp_path, content, "csv")
    assert result.counts.updated == 0
    told = [remark.reason for row in result.report.rows for remark in row.remarks]
    assert any("Neu geschrieben" in reason or "Hand" in reason for reason in told), told
    with in_network(register):
        assert Offer.objects.get(pk=offer.pk).summary == "Neu geschrieben."


def test_a_withdrawn_offer_stays_withdrawn(register: Network, tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        next(row for row in rows if row["Angebot"] == "Längst vorbei")["Kosten"] = "kostenlos"

    bring(register, tmp_path, edited_csv(saved(register, "csv"), edit), "csv")
    with in_network(register):
        offer = Offer.objects.get(title="Längst vorbei")
        assert (offer.status, offer.costs) == ("withdrawn", "free")


def test_the_ids_of_another_network_lead_nowhere(
    register: Network, network_b: Network, tmp_path: Path
) -> None:
    result = bring(network_b, tmp_path, saved(register, "csv"), "csv")
    assert result.counts.created == 6
    with in_network(register):
        assert Offer.objects.count() == 6


def test_no_cell_is_a_live_formula(register: Network) -> None:
    told = saved(register, "csv").decode("utf-8-sig")
    assert ";'=Rechnen lernen;" in told
    sheet = load_workbook(BytesIO(saved(register, "xlsx")))["Liste"]
    cells = [cell for row in sheet.iter_rows() for cell in row if "=" in str(cell.value)]
    assert [(cell.data_type, cell.value) for cell in cells] == [("s", "'=Rechnen lernen")]


def test_the_audit_tells_who_took_contacts_out(register: Network) -> None:
    from knotenpunkt.foundation.audit.models import Entry

    saved(register, "xlsx")
    with in_network(register):
        entry = Entry.objects.get(deed="offers.export")
        assert entry.title == "6 Angebote als XLSX"
        assert "Telefon" in entry.changes["personal"][1]
