"""Agreements: who may write them, what they refuse, what stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.agreements import actions
from knotenpunkt.registers.agreements.actions import Handed
from knotenpunkt.registers.agreements.models import Agreement, NotNeeded, Paper
from knotenpunkt.registers.agreements.queries import addressees, of_partner
from knotenpunkt.registers.agreements.rules import Standing, standing
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.actions import save_contact
from knotenpunkt.registers.partners.models import Level, PartnerKind
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.mail.models import MailKind, Message
from knotenpunkt.tools.mail.queries import waiting_mails
from tests.factories import SYSTEM
from tests.registers.agreements.conftest import TODAY, Making

PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"


def test_who_only_reads_writes_nothing(
    birgit_acts: Actor, principles: Agreement, partner: Making
) -> None:
    house = partner("Schule am Bach")
    with pytest.raises(PermissionDenied):
        actions.save_agreement(actor=birgit_acts, agreement=principles, title="Anders")
    with pytest.raises(PermissionDenied):
        actions.add_parties(
            actor=birgit_acts, agreement=principles, organisations=[house], on=TODAY()
        )
    with pytest.raises(PermissionDenied):
        actions.take_in(actor=birgit_acts, organisation=house, region=None)


def test_forty_sign_at_once_and_are_told_once(
    petra_acts: Actor, principles: Agreement, partner: Making
) -> None:
    houses = [partner(f"Haus {n}") for n in range(40)]
    added = actions.add_parties(
        actor=petra_acts, agreement=principles, organisations=houses, on=TODAY()
    )
    again = actions.add_parties(
        actor=petra_acts, agreement=principles, organisations=houses[:5], on=TODAY()
    )
    assert (added, again, principles.parties.count()) == (40, 0, 40)
    told = Entry.objects.get(deed="agreements.sign")
    assert len(told.changes["parties"][1]) == 40


def test_who_signs_has_joined(petra_acts: Actor, principles: Agreement, partner: Making) -> None:
    house = partner("Neu dabei", joined_on=None)
    assert not house.is_partner
    day = TODAY() - timedelta(days=3)
    actions.add_parties(actor=petra_acts, agreement=principles, organisations=[house], on=day)
    house.refresh_from_db()
    assert house.joined_on == day


def test_nobody_signs_before_there_was_anything(
    petra_acts: Actor, principles: Agreement, partner: Making
) -> None:
    day = principles.signed_on - timedelta(days=1)
    with pytest.raises(ValidationError):
        actions.add_parties(
            actor=petra_acts, agreement=principles, organisations=[partner("Haus")], on=day
        )


def test_an_agreement_does_not_end_before_it_began(
    petra_acts: Actor, principles: Agreement
) -> None:
    before = principles.signed_on - timedelta(days=1)
    with pytest.raises(ValidationError):
        actions.save_agreement(actor=petra_acts, agreement=principles, valid_until=before)
    with pytest.raises(ValidationError):
        actions.end_agreement(actor=petra_acts, agreement=principles, on=before, reason="")


def test_it_is_ended_and_valid_again(petra_acts: Actor, principles: Agreement) -> None:
    actions.end_agreement(actor=petra_acts, agreement=principles, on=TODAY(), reason="neu gefasst")
    assert standing(principles, TODAY()) is Standing.ENDED
    actions.reopen_agreement(actor=petra_acts, agreement=principles)
    principles.refresh_from_db()
    assert (principles.ended_on, principles.end_reason) == (None, "")
    assert standing(principles, TODAY()) is Standing.VALID


def test_the_reminder_follows_the_end(petra_acts: Actor, principles: Agreement) -> None:
    actions.save_agreement(
        actor=petra_acts, agreement=principles, valid_until=date(2030, 5, 31), remind_months=3
    )
    assert principles.remind_on == date(2030, 2, 28)
    actions.save_agreement(actor=petra_acts, agreement=principles, valid_until=None)
    assert principles.remind_on is None


def test_what_a_body_signed_is_told_with_its_facility(
    petra_acts: Actor, principles: Agreement, partner: Making
) -> None:
    body = partner("Träger", level=Level.BODY)
    house = partner("Haus", body=body)
    actions.add_parties(actor=petra_acts, agreement=principles, organisations=[body], on=TODAY())
    assert [one.agreement for one in of_partner(petra_acts, house)] == [principles]


def test_a_file_is_kept_and_goes(petra_acts: Actor, principles: Agreement) -> None:
    paper = actions.add_paper(
        actor=petra_acts, agreement=principles, handed=Handed("Unterschriften.pdf", PDF)
    )
    assert paper.file.content_type == "application/pdf"
    actions.remove_paper(actor=petra_acts, paper=paper)
    assert not Paper.objects.exists() and not StoredFile.objects.exists()


def test_what_only_calls_itself_a_pdf_is_refused(petra_acts: Actor, principles: Agreement) -> None:
    with pytest.raises(ValidationError, match="gehört nicht zu diesen Arten"):
        actions.add_paper(
            actor=petra_acts,
            agreement=principles,
            handed=Handed("Unterschriften.pdf", b"MZ\x90\x00 program"),
        )
    assert not StoredFile.objects.exists()


def test_no_agreement_gathers_files_without_end(
    petra_acts: Actor, principles: Agreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_PAPERS", 1)
    actions.add_paper(actor=petra_acts, agreement=principles, handed=Handed("a.pdf", PDF))
    with pytest.raises(ValidationError):
        actions.add_paper(actor=petra_acts, agreement=principles, handed=Handed("b.pdf", PDF))


def test_a_decision_is_recorded_changed_and_taken_back(petra_acts: Actor, north: Region) -> None:
    told = {"actor": petra_acts, "kind": PartnerKind.FAMILY_COURT, "region": north, "on": TODAY()}
    first = actions.decide_not_needed(reason="sitzt nebenan", **told)
    second = actions.decide_not_needed(reason="sitzt in Chemnitz", **told)
    assert (first.pk, second.reason) == (second.pk, "sitzt in Chemnitz")
    actions.take_back_not_needed(actor=petra_acts, decision=second)
    assert not NotNeeded.objects.exists()
    deeds = Entry.objects.filter(deed__startswith="agreements.").order_by("at")
    assert [one.deed for one in deeds] == [
        "agreements.not_needed", "agreements.not_needed", "agreements.needed_again",
    ]  # fmt: skip


def test_somebody_of_the_register_is_taken_in_where_they_are_missing(
    petra_acts: Actor, north: Region, south: Region, partner: Making
) -> None:
    house = partner("Frauenhaus", regions=[north], joined_on=None)
    actions.take_in(actor=petra_acts, organisation=house, region=south)
    house.refresh_from_db()
    assert house.is_partner
    assert {link.region for link in house.region_links.all()} == {north, south}


def test_who_works_everywhere_goes_on_doing_so(
    petra_acts: Actor, south: Region, partner: Making
) -> None:
    house = partner("Klinik")
    actions.take_in(actor=petra_acts, organisation=house, region=south)
    assert not house.region_links.exists()


@pytest.fixture
def _mail_goes_out(settings: object) -> None:
    settings.EMAIL_HOST = "localhost"  # type: ignore[attr-defined]


@pytest.mark.usefixtures("_mail_goes_out", "cast")
def test_who_coordinates_is_reminded_once(inside_a: Network, principles: Agreement) -> None:
    soon = TODAY() + timedelta(days=40)
    actions.save_agreement(actor=SYSTEM, agreement=principles, valid_until=soon)
    assert actions.remind(network=inside_a, today=TODAY()) == 1
    assert actions.remind(network=inside_a, today=TODAY()) == 0
    [(_message, addressee, content)] = list(waiting_mails())
    assert addressee.to == "petra@example.org"
    assert "Grundsätze der Zusammenarbeit" in content.text
    assert "/mitte/desk/vereinbarungen/)" in content.text


@pytest.mark.usefixtures("cast")
def test_a_new_end_reminds_again(inside_a: Network, principles: Agreement) -> None:
    for days in (40, 60):
        until = TODAY() + timedelta(days=days)
        actions.save_agreement(actor=SYSTEM, agreement=principles, valid_until=until)
        assert actions.remind(network=inside_a, today=TODAY()) == 1


def test_nobody_is_reminded_of_what_was_ended(inside_a: Network, principles: Agreement) -> None:
    soon = TODAY() + timedelta(days=40)
    actions.save_agreement(actor=SYSTEM, agreement=principles, valid_until=soon)
    actions.end_agreement(actor=SYSTEM, agreement=principles, on=TODAY(), reason="")
    assert actions.remind(network=inside_a, today=TODAY()) == 0


def test_an_invitation_is_no_service_mail(petra_acts: Actor, partner: Making) -> None:
    house = partner("Polizeirevier", kind="police", joined_on=None)
    contact = save_contact(actor=SYSTEM, organisation=house, email="revier@example.org")
    actions.invite(
        actor=petra_acts, organisation=house, contact=contact, subject="Dabei sein?", text="Hallo"
    )
    message = Message.objects.get()
    assert (message.kind, message.about) == (MailKind.INVITATION, house.pk)
    assert "Polizeirevier" not in message.title


def test_those_who_answer_for_a_house_are_written_to_first(
    petra_acts: Actor, partner: Making
) -> None:
    body = partner("Träger", level=Level.BODY)
    house = partner("Haus", body=body)
    gone = {"until": TODAY() - timedelta(days=1)}
    for owner, email, values in (
        (body, "zentrale@example.org", {}),
        (house, "buero@example.org", {}),
        (house, "leitung@example.org", {"answers_inquiries": True}),
        (house, "frueher@example.org", gone),
        (house, "", {}),
    ):
        save_contact(actor=SYSTEM, organisation=owner, email=email, **values)
    found = [one.email for one in addressees(petra_acts, house, TODAY())]
    assert found == ["leitung@example.org", "buero@example.org", "zentrale@example.org"]
