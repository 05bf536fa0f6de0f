"""Audiences at the desk: built part by part, counted, copied, deleted."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knotenpunkt.activities.mailings.actions.audiences import (
    copy_audience,
    delete_audience,
    save_audience,
)
from knotenpunkt.activities.mailings.models import Audience, Circular
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.actions import save_tag
from knotenpunkt.registers.partners.actions.words import remove_word
from tests.activities.mailings.audiences_kit import EVERYBODY, contact, house
from tests.conftest import Cast
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
LIST = "/mitte/desk/verteiler/"


@pytest.fixture
def desk(client: Client, cast: Cast, network_a: Network) -> Client:
    """Petra's desk, with a nursery in Freiberg and a school without an address."""
    client.force_login(cast.petra)
    with in_network(network_a):
        contact(house("Kita Linde", kind="childcare", postal=True), "Mira", "mira@example.org")
        contact(house("Schule Eiche", kind="school"), "Ole")
    return client


def sent(*parts: dict[str, str], **values: str) -> dict[str, str]:
    """The form as a browser sends it."""
    rows = {
        f"teile-{at}-{name}": value for at, part in enumerate(parts) for name, value in part.items()
    }
    return {"teile-zahl": str(len(parts)), "name": "Kitas", **rows, **values}


def save(name: str = "Alle", **values: Any) -> Audience:
    return save_audience(actor=SYSTEM, **({"name": name, "parts": EVERYBODY} | values))


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_page_says_at_once_who_that_is(desk: Client) -> None:
    page = text(desk.post(f"{LIST}neu/", sent({}, tun="zeigen", name="")))
    assert "1 Kontakt" in page and "Mira" in page
    assert "weder E-Mail-Adresse noch Postadresse" in page and "Ole, Schule Eiche" in page
    assert "Bitte schreiben Sie" not in page  # nothing is judged before it is kept
    page = text(desk.post(f"{LIST}neu/", sent({"art": "school"}, tun="zeigen")))
    assert "0 Kontakte" in page and "Mira" not in page


def test_parts_come_and_go_and_keep_what_was_typed(desk: Client) -> None:
    page = text(desk.post(f"{LIST}neu/", sent({"q": "linde"}, tun="teile-dazu-without")))
    assert 'name="teile-zahl" value="2"' in page and 'value="linde"' in page
    assert '<option value="without" selected>' in page
    page = text(desk.post(f"{LIST}neu/", sent({}, {"q": "weg"}, tun="teile-weg-1")))
    assert 'name="teile-zahl" value="1"' in page and 'value="weg"' not in page


def test_what_is_kept_is_what_was_chosen(desk: Client, network_a: Network) -> None:
    parts: list[dict[str, str]] = [{"art": "childcare"}, {"how": "without", "q": "eiche"}, {}]
    answer = desk.post(f"{LIST}neu/", sent(*parts, tun="speichern", one_each="on"))
    with in_network(network_a):
        kept = Audience.objects.get()
    assert answer["Location"].endswith(f"{kept.pk}/")
    assert kept.one_each and kept.parts == [
        {"how": "add", "words": {"art": "childcare"}},
        {"how": "without", "words": {"q": "eiche"}},
    ]
    page = text(desk.get(f"{LIST}{kept.pk}/"))
    assert "Kinderbetreuung" in page and "aber ohne" in page and "Mira" in page


def test_a_missing_name_is_asked_for_and_the_rest_stays(desk: Client) -> None:
    answer = desk.post(f"{LIST}neu/", sent({"q": "linde"}, tun="speichern", name=""))
    assert answer.status_code == 422
    assert "Bitte schreiben Sie, wie der Verteiler heißt." in text(answer)
    assert 'value="linde"' in text(answer)


def test_no_two_of_one_name(desk: Client, network_a: Network) -> None:
    with in_network(network_a):
        save("Kitas")
    answer = desk.post(f"{LIST}neu/", sent({}, tun="speichern"))
    assert answer.status_code == 422 and "Diesen Namen gibt es schon." in text(answer)


def test_filters_of_an_address_are_its_first_part(desk: Client) -> None:
    page = text(desk.get(f"{LIST}neu/?art=school&q=eiche&how=without"))
    assert '<option value="school" selected>' in page and 'value="eiche"' in page


def test_the_list_counts_today(desk: Client, network_a: Network) -> None:
    with in_network(network_a):
        one = save()
    assert ">1</" in text(desk.get(LIST)).replace("\n", "").replace(" ", "")
    with in_network(network_a):
        contact(house("Haus Neu"), "Neu", "neu@example.org")
    assert ">2</" in text(desk.get(LIST)).replace("\n", "").replace(" ", "")
    assert one.name == "Alle"


def test_a_part_whose_choice_is_gone_is_said(desk: Client, network_a: Network) -> None:
    with in_network(network_a):
        tag = save_tag(actor=SYSTEM, name="Post")
        one = save(parts=[{"how": "add", "words": {"schlagwort": str(tag.pk)}}])
        remove_word(actor=SYSTEM, word=tag)
    for path in (f"{LIST}{one.pk}/", f"{LIST}{one.pk}/bearbeiten/"):
        assert "gibt es nicht mehr" in text(desk.get(path))


def test_a_copy_stands_for_itself(inside_a: Network) -> None:
    first = save()
    copies = [copy_audience(actor=SYSTEM, audience=first) for _ in range(2)]
    assert len({one.name for one in (first, *copies)}) == 3
    delete_audience(actor=SYSTEM, audience=first)
    assert Audience.objects.count() == 2


def test_what_something_goes_to_stays(desk: Client, network_a: Network) -> None:
    with in_network(network_a):
        one = save()
        Circular.objects.create(title="Einladung", audience=one)
        with pytest.raises(ValidationError):
            delete_audience(actor=SYSTEM, audience=one)
    answer = desk.post(f"{LIST}{one.pk}/loeschen/", follow=True)
    assert "deshalb bleibt er" in text(answer)


@pytest.mark.parametrize(
    "parts", [[], [{"how": "never", "words": {}}], [{"how": "add", "words": {}}] * 21]
)
def test_senseless_parts_are_refused(inside_a: Network, parts: list[dict[str, Any]]) -> None:
    with pytest.raises(ValidationError):
        save(parts=parts)


def test_who_may_not_write_keeps_no_audience(cast: Cast, network_a: Network) -> None:
    with in_network(network_a), pytest.raises(PermissionDenied):
        birgit = Person(cast.birgit, Role.READER)
        save_audience(actor=birgit, name="Nein", parts=EVERYBODY)


def test_the_deed_is_on_record(inside_a: Network) -> None:
    one = save()
    save_audience(actor=SYSTEM, name="Neu", parts=one.parts, audience=one)
    deeds = Entry.objects.filter(object_id=one.pk).values_list("deed", flat=True)
    assert set(deeds) == {"mailings.create_audience", "mailings.change_audience"}


def test_the_page_asks_the_same_however_many_belong(desk: Client, network_a: Network) -> None:
    with in_network(network_a):
        one = save(one_each=False)
    url = f"{LIST}{one.pk}/"
    desk.get(url)
    with CaptureQueriesContext(connection) as few:
        desk.get(url)
    with in_network(network_a):
        for number in range(40):
            contact(house(f"Haus {number}", postal=True), f"P{number}", f"p{number}@example.org")
    with CaptureQueriesContext(connection) as many:
        assert "41 Kontakte" in text(desk.get(url))
    assert len(many) == len(few)
