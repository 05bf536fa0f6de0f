"""Writing circulars: places, releases that end with a change, drafts that are thrown away."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from knotenpunkt.activities.mailings.actions.answers import note_answer
from knotenpunkt.activities.mailings.actions.circulars import (
    CircularDraft,
    discard,
    write_circular,
)
from knotenpunkt.activities.mailings.merging import salutation, values_for
from knotenpunkt.activities.mailings.models import Circular, Recipient, Stage, Way
from knotenpunkt.activities.mailings.queries.circulars import circulars_about, sent_to
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.actions import save_contact, save_person
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.tools.jobs.actions import NotNow
from tests.conftest import Cast
from tests.factories import EXACT_FREIBERG, SYSTEM, make_organisation, make_place

pytestmark = pytest.mark.django_db
TEXT = "{anrede}\n\nschön, dass {einrichtung} in {ort} dabei ist.\n\n[Zur Seite]({link})"


def drafted(**values: object) -> Circular:
    draft = {"title": "Einladung", "subject": "Wir sagen Danke", "text": TEXT} | values
    return write_circular(actor=SYSTEM, draft=CircularDraft(**draft))  # type: ignore[arg-type]


def somebody(name: str = "", **values: str) -> Contact:
    house = make_organisation("Kita Wiesenpfad", place=make_place(**EXACT_FREIBERG))
    person = save_person(actor=SYSTEM, **values) if values else None
    return save_contact(actor=SYSTEM, organisation=house, person=person, name=name)


@pytest.mark.parametrize(
    ("person", "greeting"),
    [
        (
            {"salutation": "Frau", "title": "Prof. Dr. med. habil.", "family_name": "Weber"},
            "Sehr geehrte Frau Prof. Dr. Weber,",
        ),
        ({"salutation": "Herr", "family_name": "von der Heide"},
            "Sehr geehrter Herr von der Heide,"),
        ({"salutation": "Frau", "title": "Dipl.-Päd.", "family_name": "Lau"},
            "Sehr geehrte Frau Lau,"),
        ({"given_name": "Kim", "family_name": "Sommer"}, "Guten Tag Kim Sommer,"),
        ({}, "Guten Tag,"),
    ],
)  # fmt: skip
def test_everybody_is_greeted_as_known(
    network_a: Network, person: dict[str, str], greeting: str
) -> None:
    with in_network(network_a):
        assert salutation(somebody(**person)) == greeting


def test_values_fill_all_places(network_a: Network) -> None:
    with in_network(network_a):
        contact = somebody(salutation="Frau", family_name="Weber")
        circular = drafted(
            shared_values={"ende": "20. September"}, own_values={str(contact.pk): {"dank": "Fest"}}
        )
        row = Recipient(circular=circular, contact=contact, way=Way.MAIL)
        assert values_for(row, circular, "https://x.example/") == {
            "anrede": "Sehr geehrte Frau Weber,", "name": "Weber", "einrichtung": "Kita Wiesenpfad",
            "ort": "Freiberg", "netzwerk": network_a.name, "link": "https://x.example/",
            "ende": "20. September", "dank": "Fest",
        }  # fmt: skip
        other = Recipient(circular=circular, contact=somebody(), way=Way.MAIL)
        assert values_for(other, circular)["dank"] == ""


def test_an_unknown_place_is_told_at_its_field_with_those_that_there_are(
    network_a: Network,
) -> None:
    with in_network(network_a), translation.override("de"):
        with pytest.raises(ValidationError) as refused:
            drafted(text="{anrede}\n\nLiebe {vor name}", subject="Für {stadt}")
        told = refused.value.message_dict
        assert "{vor name}" in told["text"][0] and "{einrichtung}" in told["text"][0]
        assert "Möglich sind: {anrede}, " in told["text"][0]
        assert "{stadt}" in told["subject"][0]
        with pytest.raises(ValidationError):
            drafted(text="{anrede und mehr")
        assert not Circular.objects.exists()


@pytest.mark.parametrize(
    "link",
    [
        "[Ohne](example.org)",
        "[Mehr](javascript:alert(1))",
        "[Mehr](https://example.org/a b)",
        "[Mehr](https://example.org",
        "[Mehr](#)",
        "[ ](https://example.org)",
        "[Zum Ort]({ort})",
        "Mehr: [Seite](https://example.org)",
        "- [Seite](https://example.org)",
        "[Seite]({link}), [Seite]({link})",
    ],
)
def test_a_link_that_would_lead_nowhere_is_told_at_the_text(network_a: Network, link: str) -> None:
    with in_network(network_a), translation.override("de"):
        with pytest.raises(ValidationError) as refused:
            drafted(text=f"{{anrede}}\n\n{link}\n\nBis bald")
        told = refused.value.message_dict
        assert not Circular.objects.exists()
    assert list(told) == ["text"]
    assert told["text"][0].startswith("Dieser Link ist unvollständig: [")


@pytest.mark.parametrize(
    "text",
    [
        "  [Zur Seite]({link})  ",
        "[Mehr (kurz)](https://example.org/a?b={ort}#c)",
        "Siehe https://example.org und [1] (Anhang)",
    ],
)
def test_whole_links_and_brackets_in_prose_are_left_alone(network_a: Network, text: str) -> None:
    with in_network(network_a):
        assert drafted(text=f"{{anrede}}\n\n{text}").pk


def test_a_draft_keeps_a_link_that_was_stored_before_it_was_asked_for(network_a: Network) -> None:
    """Whoever changes its name, or the campaign it belongs to, has not written the link."""
    with in_network(network_a):
        circular = drafted()
        circular.text = "[Ohne](example.org)"
        circular.save()
        draft = CircularDraft(title="Anders", subject=circular.subject, text=circular.text)
        assert write_circular(actor=SYSTEM, draft=draft, circular=circular).title == "Anders"


def test_slips_of_the_pen_are_understood(network_a: Network) -> None:
    with in_network(network_a):
        assert drafted(text="{ Anrede },\r\n\r\nGruß nach {ORT}").text == (
            "{anrede}\n\nGruß nach {ort}"
        )


def test_a_change_that_readers_notice_ends_the_release(network_a: Network, cast: Cast) -> None:
    with in_network(network_a):
        circular = drafted()
        draft = {"title": "Anders genannt", "subject": "Wir sagen Danke", "text": TEXT}
        circular.stage = Stage.TO_RELEASE
        circular.save()
        ede = Person(cast.ede, Role.EDITOR)
        kept = write_circular(actor=ede, draft=CircularDraft(**draft), circular=circular)  # type: ignore[arg-type]
        assert (kept.stage, kept.title) == (Stage.TO_RELEASE, "Anders genannt")
        draft["text"] = f"{TEXT}\n\nUnd mehr."
        changed = write_circular(actor=ede, draft=CircularDraft(**draft), circular=circular)  # type: ignore[arg-type]
        changed.refresh_from_db()
        assert (changed.stage, changed.author) == (Stage.DRAFT, cast.ede)


def test_what_is_on_its_way_is_not_changed(network_a: Network) -> None:
    with in_network(network_a):
        circular = drafted()
        circular.stage = Stage.SENDING
        circular.save()
        draft = CircularDraft(title="Anders")
        with pytest.raises(NotNow):
            write_circular(actor=SYSTEM, draft=draft, circular=circular)
        with pytest.raises(NotNow):
            discard(actor=SYSTEM, circular=circular)


def test_a_draft_can_be_thrown_away_and_leaves_no_text_behind(network_a: Network) -> None:
    with in_network(network_a):
        discard(actor=SYSTEM, circular=drafted())
        assert not Circular.objects.exists()
        deeds = Entry.objects.filter(deed__startswith="mailings.")
        assert {one.deed for one in deeds} == {"mailings.write", "mailings.discard"}
        assert not any("schön" in str(one.changes) for one in deeds)


def test_readers_write_to_nobody(network_a: Network, cast: Cast) -> None:
    reader = Person(cast.birgit, Role.READER)
    with in_network(network_a), pytest.raises(PermissionDenied):
        write_circular(actor=reader, draft=CircularDraft(title="x"))


def test_an_answer_is_noted_where_somebody_was_asked(network_a: Network) -> None:
    with in_network(network_a):
        contact = somebody()
        circular = drafted(about=contact.organisation_id, own_values={})
        Recipient(circular=circular, contact=contact, way=Way.LETTER).save()
        elsewhere = drafted(title="Anderes")
        Recipient(circular=elsewhere, contact=contact, way=Way.MAIL).save()
        note_answer(contact_id=contact.pk, about=contact.organisation_id)
        log = sent_to([contact.pk])
        answered = {one.circular.title: one.answered_at is not None for one in log}
        assert answered == {"Einladung": True, "Anderes": False}
        assert circulars_about(SYSTEM, contact.organisation_id) == [circular]
