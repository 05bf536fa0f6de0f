from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.offers.models import Topic
from knotenpunkt.registers.partners.models import Audience
from knotenpunkt.registers.responsibilities.actions import save_responsibility
from knotenpunkt.registers.responsibilities.models import Responsibility
from tests.conftest import Cast
from tests.factories import SYSTEM
from tests.registers.responsibilities.conftest import Answers, make_contact

pytestmark = pytest.mark.django_db
NEW = "/mitte/desk/zustaendigkeiten/neu/"
LIST = "/mitte/desk/zustaendigkeiten/"


def test_the_public_page_works_by_its_address(
    client: Client, answers: Answers, regions: dict[str, Region], topics: dict[str, Topic]
) -> None:
    answers("Town Hall", regions=[regions["town"]], topics=[topics["baby"]], note="vormittags")
    answers("Else Where", regions=[regions["other"]])
    page = client.get("/mitte/ansprechpartner/", {"ort": "Freiberg", "thema": "baby"})
    text = page.content.decode()
    assert "Town Hall" in text and "Else Where" not in text and "vormittags" in text
    assert 'href="tel:' in text and 'href="mailto:town@example.org"' in text
    assert not page.cookies
    part = client.get("/mitte/ansprechpartner/", headers={"HX-Request": "true"}).content.decode()
    assert "Town Hall" in part and "<html" not in part


def test_an_unknown_place_is_told_and_everybody_shown(client: Client, answers: Answers) -> None:
    answers("Some Body")
    text = client.get("/mitte/ansprechpartner/", {"ort": "Qxyzburg"}).content.decode()
    assert "Qxyzburg" in text and "Some Body" in text


def test_direct_lines_are_for_members_only(client: Client, cast: Cast, answers: Answers) -> None:
    answers("Dora Direkt", "professionals", contact_phone_audience=Audience.PROFESSIONALS)
    public = client.get("/mitte/ansprechpartner/", {"wer": "fachkraft"}).content.decode()
    assert "Dora Direkt" in public and "030 23125 555" not in public
    client.force_login(cast.frida)
    # The public page is the same for all, also for those who are signed in.
    again = client.get("/mitte/ansprechpartner/", {"wer": "fachkraft"}).content.decode()
    assert "030 23125 555" not in again
    desk = client.get("/mitte/desk/ansprechpartner/").content.decode()
    assert "030 23125 555" in desk


def test_the_isef_page_says_that_cases_have_no_names(
    client: Client, cast: Cast, answers: Answers
) -> None:
    answers("Ida Isef", "professionals", duties=["fach-isef"])
    client.force_login(cast.frida)
    text = client.get("/mitte/desk/ansprechpartner/", {"thema": "fach-isef"}).content.decode()
    assert "Ida Isef" in text and "pseudonymisiert" in text


def test_several_get_the_same_at_once(
    client: Client, cast: Cast, inside_a: Network, topics: dict[str, Topic]
) -> None:
    ids = [str(make_contact(name).pk) for name in ("Anna Eins", "Bert Zwei")]
    client.force_login(cast.ede)
    page = client.get(NEW, {"q": "anna"}).content.decode()
    assert "Anna Eins" in page and "Bert Zwei" not in page
    assert "Anna Eins" in client.get(NEW, {"kontakt": ids}).content.decode()
    told = {"kontakt": ids, "for_whom": "families", "topics": ["baby"], "age_to": "36"}
    assert client.post(NEW, told).status_code == 302
    rows = list(Responsibility.objects.all())
    assert {one.contact.name for one in rows} == {"Anna Eins", "Bert Zwei"}
    assert {(one.for_whom, one.age_from, one.age_to) for one in rows} == {("families", None, 36)}
    assert Entry.objects.filter(deed="responsibilities.create").count() == 2


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(
    client: Client, cast: Cast, inside_a: Network
) -> None:
    contact = make_contact("Anna Eins")
    client.force_login(cast.ede)
    told = {"kontakt": str(contact.pk), "for_whom": "families", "duties": ["fach-isef"],
            "age_from": "36", "age_to": "12", "title": "Mein Text"}  # fmt: skip
    text = client.post(NEW, told).content.decode()
    assert "nur für Fachkräfte" in text and 'value="Mein Text"' in text
    assert not Responsibility.objects.exists()


def test_changing_and_removing(
    client: Client, cast: Cast, answers: Answers, regions: dict[str, Region]
) -> None:
    one = answers("Anna Eins", regions=[regions["town"]])
    client.force_login(cast.ede)
    told = {"for_whom": "both", "regions": [str(regions["other"].pk)], "note": "neu"}
    assert client.post(f"{LIST}{one.pk}/", told).status_code == 302
    one.refresh_from_db()
    assert (one.for_whom, one.note, [r.name for r in one.regions.all()]) == (
        "both", "neu", ["Raum Döbeln"],
    )  # fmt: skip
    assert "Anna Eins" in client.get(f"{LIST}entfernen/", {"wahl": str(one.pk)}).content.decode()
    client.post(f"{LIST}entfernen/", {"wahl": one.pk})
    assert not Responsibility.objects.exists()


def test_gaps_lead_to_naming_somebody(
    client: Client, cast: Cast, answers: Answers, regions: dict[str, Region],
    topics: dict[str, Topic],
) -> None:  # fmt: skip
    answers("Town Hall", regions=[regions["county"]], topics=[topics["schreien"]])
    client.force_login(cast.ede)
    text = client.get(f"{LIST}luecken/").content.decode()
    other = regions["other"].pk
    assert f"thema=baby&amp;region={other}" in text
    # Who answers for a part counts for the topic, and who answers above for the town.
    assert f"thema=baby&amp;region={regions['town'].pk}" not in text
    assert f"thema=geld&amp;region={regions['town'].pk}" in text


def test_readers_do_not_write_and_internal_contacts_are_never_shown(
    cast: Cast, inside_a: Network
) -> None:
    contact = make_contact("Anna Eins")
    with pytest.raises(PermissionDenied):
        save_responsibility(
            actor=Person(cast.birgit, Role.READER), contact=contact, for_whom="families"
        )
    hidden = make_contact("Hanna Verborgen", is_internal=True)
    with pytest.raises(ValidationError):
        save_responsibility(actor=SYSTEM, contact=hidden, for_whom="families")


def test_a_contact_of_another_network_cannot_be_named(
    client: Client, cast: Cast, network_b: Network, network_a: Network
) -> None:
    with in_network(network_b):
        foreign = make_contact("Frieda Fremd")
    client.force_login(cast.ede)
    page = client.post(NEW, {"kontakt": str(foreign.pk), "for_whom": "families"}).content.decode()
    assert "Frieda Fremd" not in page
    with in_network(network_a):
        assert not Responsibility.objects.exists()


def test_the_list_is_saved_as_a_file(client: Client, cast: Cast, answers: Answers) -> None:
    answers("=Anna Eins", title="Willkommen")
    client.force_login(cast.ede)
    answer = client.post(f"{LIST}speichern/", {"form": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "Willkommen" in text and "\n=Anna" not in text
