"""From a file to offers, and back, as somebody at the desk does it."""

from __future__ import annotations

import csv
import io
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.models import Offer, Status
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.imports.actions.uploads import begin, note_report
from knotenpunkt.tools.imports.desk.views import check
from knotenpunkt.tools.imports.desk.views import run as run_view
from knotenpunkt.tools.imports.models import Profile, Run, Upload
from knotenpunkt.tools.imports.report import Outcome, RowReport
from knotenpunkt.tools.jobs.models import Job, State
from knotenpunkt.tools.jobs.queries import job_about
from knotenpunkt.tools.jobs.worker import run_waiting
from tests.registers.offers.importing.conftest import Desk
from tests.registers.offers.imports.lists import workbook

pytestmark = pytest.mark.django_db

LIST = (
    "Angebot;Träger;PLZ;Telefon;Bemerk.\n"
    "Stillcafé;Verein;9599;03731 12345;schön\n"
    ";Verein;09599;;\n"
    "Elterncafé;Verein;99000;03731 12345;\n"
).encode()


def html(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_list_goes_through_all_steps(desk: Desk, network_a: Network) -> None:
    page = html(desk.hand_in(LIST))
    assert "Was steht in welcher Spalte?" in page
    assert "4 von 5 Spalten sind erkannt." in page and "Bitte sehen Sie sich eine davon an." in page
    upload = desk.upload()
    choices = {"blatt": "1", "spalte-4": "description", "weiter": "1"}
    page = html(desk.post("columns", choices, upload_id=upload.pk))
    assert "Ihre Liste wird geprüft" in page
    with in_network(network_a):
        assert not Offer.objects.exists()
    run_waiting()
    page = html(desk.get("check", upload_id=upload.pk))
    assert "2 von 3 Zeilen sind bereit" in page
    with in_network(network_a):
        assert not Offer.objects.exists() and not Run.objects.exists()
    page = html(desk.post("import", {"state": "veroeffentlichen"}, upload_id=upload.pk))
    assert "Ihre Liste wird eingelesen" in page
    run_waiting()
    page = html(desk.get("import", upload_id=upload.pk))
    assert "2 Zeilen sind eingelesen" in page
    with in_network(network_a):
        assert Offer.objects.get(title="Stillcafé").description == "schön"
        assert {offer.status for offer in Offer.objects.all()} == {Status.PUBLISHED}
        run = Run.objects.get()
        assert (run.created, run.rejected, run.actor_label) == (2, 1, "Petra")
    page = html(desk.get("undo", run_id=run.pk))
    assert "2 Angebote verschwinden wieder" in page and "Stillcafé" in page
    desk.post("undo", {}, run_id=run.pk)
    run_waiting()
    page = html(desk.get("run", run_id=run.pk))
    assert "2 Angebote wurden entfernt." in page
    with in_network(network_a):
        assert not Offer.objects.exists()


def test_drafts_stay_drafts(desk: Desk, network_a: Network) -> None:
    desk.imported(LIST, state="entwurf")
    with in_network(network_a):
        assert {offer.status for offer in Offer.objects.all()} == {Status.DRAFT}


def test_rows_are_mended_on_the_page(desk: Desk, network_a: Network) -> None:
    upload_id = desk.checked(LIST)
    page = html(desk.get("check", upload_id=upload_id))
    assert "Der Titel fehlt." in page and 'name="zelle:3:0:Angebot"' in page
    told = {"zelle:3:0:Angebot": "Krabbelgruppe", "zelle:4:0:PLZ": "09599", "zelle:9:0:x": "y"}
    desk.post("check", told, upload_id=upload_id)
    run_waiting()
    page = html(desk.get("check", upload_id=upload_id))
    assert "Alle 3 Zeilen sind bereit" in page
    assert "Sie haben 2 Zellen berichtigt." in page
    with in_network(network_a):
        file = StoredFile.objects.get()
        assert bytes(file.content) == LIST
    desk.post("import", {"state": "entwurf"}, upload_id=upload_id)
    run_waiting()
    with in_network(network_a):
        assert Offer.objects.filter(title="Krabbelgruppe").exists()


def test_a_check_that_ends_while_its_page_is_made_is_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.hand_in(LIST)
    upload_id = desk.upload().pk
    desk.post("columns", {"weiter": "1", "blatt": "1"}, upload_id=upload_id)

    def just_ended(actor: Actor, about: UUID) -> Job | None:
        job = job_about(actor, about)
        assert job is not None
        job.state = State.DONE
        rows = [RowReport(2, "", "Stillcafé", Outcome.CREATED)]
        upload = Upload.objects.get(pk=about)
        note_report(upload=upload, rows=rows, notes=[], state=Upload.State.CHECKED)
        return job

    monkeypatch.setattr(check, "job_about", just_ended)
    assert "1 Zeile ist bereit" in html(desk.get("check", upload_id=upload_id))


def test_an_import_that_ends_while_its_page_is_made_is_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = desk.checked(LIST)
    desk.post("import", {"state": "entwurf"}, upload_id=upload_id)

    def just_ended(actor: Actor, about: UUID) -> Job | None:
        job = job_about(actor, about)
        assert job is not None
        job.state = State.DONE
        moment = timezone.now()
        run = Run(kind="offers", file_name="x", source="x", started_at=moment, finished_at=moment)
        run.save()
        begin(upload=Upload.objects.get(pk=about), run=run)
        return job

    monkeypatch.setattr(run_view, "job_about", just_ended)
    assert "eingelesen</h1>" in html(desk.get("import", upload_id=upload_id)).replace(" <", "<")


def test_rows_are_filtered_by_what_became_of_them(desk: Desk) -> None:
    upload_id = desk.checked(LIST)
    assert "Elterncafé" not in html(desk.get("check", "?zeilen=abgelehnt", upload_id=upload_id))
    page = html(desk.get("check", "?zeilen=hinweis", upload_id=upload_id))
    assert "Der Titel fehlt." not in page and "<mark>" in page
    reason = "?zeilen=ansehen&grund=unknown_postal_code:Postleitzahl"
    page = html(desk.get("check", reason, upload_id=upload_id))
    assert "Elterncafé" in page and "Stillcafé</th>" not in page


def test_rejected_rows_come_as_a_file_that_can_be_handed_in_again(desk: Desk) -> None:
    upload_id = desk.checked(LIST)
    text = desk.get("rejected", upload_id=upload_id).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["Angebot", "Träger", "PLZ", "Telefon", "Bemerk.", "Warum abgelehnt"]
    assert rows[1][:3] == ["", "Verein", "09599"] and rows[1][5] == "Der Titel fehlt."
    page = html(desk.hand_in(text.replace("\n;", "\nNeu;").encode()))
    assert "Warum abgelehnt" in page
    with_columns = desk.upload().assignment["sheets"][0]["columns"]
    assert ["Warum abgelehnt", ""] in with_columns


def test_the_whole_report_comes_as_a_file(desk: Desk) -> None:
    upload_id = desk.checked(LIST)
    answer = desk.get("report", upload_id=upload_id)
    assert "attachment" in answer["Content-Disposition"]
    assert "Stillcafé" in answer.content.decode("utf-8-sig")


def test_an_assignment_is_remembered_and_proposed(desk: Desk, network_a: Network) -> None:
    strange = "A1;B2;C3\nStillcafé;Verein;09599\n".encode()
    desk.hand_in(strange)
    upload_id = desk.upload().pk
    choices = {"blatt": "1", "spalte-0": "title", "spalte-1": "body", "spalte-2": "postal_code"}
    more = {
        "merken": "1",
        "name": "Vom Amt",
        "weiter": "1",
        "quelle": "Amt",
        "fest-town": "Freiberg",
    }
    desk.post("columns", choices | more, upload_id=upload_id)
    with in_network(network_a):
        assert Profile.objects.get().name == "Vom Amt"
    page = html(desk.hand_in(strange, "andere.csv"))
    assert "„Vom Amt“ passt zu dieser Datei" in page
    told = desk.upload().assignment
    assert dict(told["sheets"][0]["columns"]) == {"A1": "title", "B2": "body", "C3": "postal_code"}
    assert (told["source"], told["fixed"]) == ("Amt", {"town": "Freiberg"})
    page = html(desk.post("columns", {"neu": "1"}, upload_id=desk.upload().pk))
    assert "passt zu dieser Datei" not in page


def test_a_remembered_assignment_for_other_columns_is_not_proposed(desk: Desk) -> None:
    desk.hand_in(LIST)
    told = {"blatt": "1", "merken": "1", "name": "Amt", "weiter": "1"}
    desk.post("columns", told, upload_id=desk.upload().pk)
    assert "passt zu dieser Datei" not in html(desk.hand_in(b"Angebot;Ort\nX;Freiberg\n"))


def test_the_preview_goes_from_row_to_row(desk: Desk) -> None:
    desk.hand_in(LIST)
    upload_id = desk.upload().pk
    page = html(desk.get("columns", upload_id=upload_id))
    assert "So wird Zeile 2 aussehen" in page and "09599 Freiberg" in page
    page = html(desk.post("columns", {"blatt": "1", "zeile": "2"}, upload_id=upload_id))
    assert "So wird Zeile 3 aussehen" in page and "abgelehnt" in page
    page = html(desk.get("columns", "?zeile=99999", upload_id=upload_id))
    assert "So wird Zeile 4 aussehen" in page


def test_sheets_are_taken_or_left(desk: Desk, network_a: Network) -> None:
    content = workbook(
        Eins=[["Angebot", "Träger"], ["A", "V"]], Zwei=[["Angebot", "Träger"], ["B", "V"]]
    )
    desk.hand_in(content, "zwei.xlsx")
    upload_id = desk.upload().pk
    assert "Zwei" in html(desk.get("columns", upload_id=upload_id))
    desk.post("columns", {"blatt": "2", "zeile": "1"}, upload_id=upload_id)
    desk.post("columns", {"blatt": "1", "nehmen": "1", "weiter": "1"}, upload_id=upload_id)
    run_waiting()
    assert "1 Zeile ist bereit" in html(desk.get("check", upload_id=upload_id))


def test_many_clicks_import_once(desk: Desk, network_a: Network) -> None:
    upload_id = desk.checked(LIST)
    for _click in range(3):
        desk.post("import", {"state": "entwurf"}, upload_id=upload_id)
    run_waiting()
    desk.post("import", {"state": "entwurf"}, upload_id=upload_id)
    run_waiting()
    with in_network(network_a):
        assert (Offer.objects.count(), Run.objects.count()) == (2, 1)
        assert Job.objects.filter(work="offers.import_list").count() == 1


def test_a_check_of_former_columns_does_not_count(desk: Desk) -> None:
    desk.hand_in(LIST)
    upload_id = desk.upload().pk
    desk.post("columns", {"blatt": "1", "weiter": "1"}, upload_id=upload_id)
    desk.post("columns", {"blatt": "1", "spalte-0": "", "zeile": "1"}, upload_id=upload_id)
    run_waiting()
    upload = desk.upload()
    assert upload.state in (Upload.State.READ, Upload.State.CHECKED)
    desk.post("check", {}, upload_id=upload_id)
    run_waiting()
    assert "0 von 3 Zeilen sind bereit" in html(desk.get("check", upload_id=upload_id))


def test_a_file_can_be_thrown_away(desk: Desk, network_a: Network) -> None:
    desk.hand_in(LIST)
    desk.post("discard", {}, upload_id=desk.upload().pk)
    assert desk.uploads() == 0
    with in_network(network_a):
        assert not StoredFile.objects.exists()


def test_imports_are_listed(desk: Desk) -> None:
    desk.imported(LIST, "Liste Oktober.csv")
    for name in ("start", "runs"):
        page = html(desk.get(name))
        assert "Liste Oktober.csv" in page and "Petra" in page


def test_large_numbers_are_said_as_people_write_them(desk: Desk, network_a: Network) -> None:
    desk.imported(b"Angebot\nSpieltreff\n")
    with in_network(network_a):
        run = Run.objects.get()
        run.created = 2500
        run.save()
    assert ">2.500</td>" in desk.get("runs").content.decode()


def test_an_upload_of_another_network_is_not_there(desk: Desk, network_b: Network) -> None:
    desk.hand_in(LIST)
    other = Desk(desk.client, network_b)
    assert other.get("columns", upload_id=desk.upload().pk).status_code == 404
