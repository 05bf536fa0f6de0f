"""What people say about being written to: kept with its proof, shown, erased with them."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from knotenpunkt.activities.mailings import privacy
from knotenpunkt.activities.mailings.actions.audiences import save_audience
from knotenpunkt.activities.mailings.actions.consents import note_consent
from knotenpunkt.activities.mailings.models import Consent
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.core.personal_data import ERASED
from knotenpunkt.foundation.core.personal_data import Person as Somebody
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.registers.partners.privacy import find_contact
from tests.activities.mailings.audiences_kit import contact, house
from tests.conftest import Cast
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def mira() -> Contact:
    return contact(house(), "Mira Müller", "mira@example.org")


def found(one: Contact) -> Somebody:
    person = find_contact(str(one.pk))
    assert person is not None
    return person


def test_a_word_needs_its_proof_and_stays_sealed(inside_a: Network) -> None:
    one = mira()
    with pytest.raises(ValidationError):
        note_consent(actor=SYSTEM, contact=one, is_given=True, how=" ")
    note_consent(actor=SYSTEM, contact=one, is_given=True, how="E-Mail vom 3. Mai")
    entry = Entry.objects.get(deed="mailings.note_consent")
    assert (entry.title, entry.changes) == ("", {}) and entry.sealed


def test_readers_write_nothing_down(cast: Cast, network_a: Network) -> None:
    with in_network(network_a), pytest.raises(PermissionDenied):
        birgit = Person(cast.birgit, Role.READER)
        note_consent(actor=birgit, contact=mira(), is_given=True, how="gesagt")


def test_the_desk_keeps_it_and_the_portrait_shows_it(
    client: Client, cast: Cast, network_a: Network
) -> None:
    with in_network(network_a):
        one = mira()
    client.force_login(cast.petra)
    url = f"/mitte/desk/schreiben/{one.pk}/"
    assert client.post(url, {"said": "nein", "how": ""}).status_code == 422
    client.post(url, {"said": "ja", "how": "Netzwerktreffen"})
    answer = client.post(url, {"said": "nein", "how": "E-Mail vom 3. Mai"}, follow=True)
    page = answer.content.decode()
    assert page.index("E-Mail vom 3. Mai") < page.index("Netzwerktreffen") and "Petra" in page
    portrait = client.get(f"/mitte/desk/partner/{one.organisation_id}/").content.decode()
    assert "möchte nichts, was an viele geht" in portrait and url in portrait


def test_it_is_exported_and_erased_with_the_person(inside_a: Network) -> None:
    one = mira()
    note_consent(actor=SYSTEM, contact=one, is_given=False, how="Anruf")
    assert privacy.export(found(one))[0]["how"] == "Anruf"
    assert privacy.erase(found(one)) == 1
    assert not Consent.objects.exists()


def test_who_wrote_it_down_is_not_named_once_erased(cast: Cast, network_a: Network) -> None:
    user = Somebody(
        kind="accounts.User",
        ids=frozenset({cast.petra.pk}),
        networks=frozenset({network_a.pk}),
        names=frozenset({cast.petra.name}),
    )
    with in_network(network_a):
        petra = Person(cast.petra, Role.COORDINATOR)
        note_consent(actor=petra, contact=mira(), is_given=False, how="Anruf")
        assert privacy.erase(user) == 1
        assert Consent.objects.get().by_label == ERASED


def test_words_that_name_somebody_are_shown_to_an_editor(inside_a: Network) -> None:
    one, other = mira(), contact(house("Haus Eiche"), "Ole Brandt", "ole@example.org")
    note_consent(actor=SYSTEM, contact=other, is_given=True, how="sagt Mira Müller")
    note_consent(actor=SYSTEM, contact=one, is_given=True, how="Mira Müller selbst")
    save_audience(actor=SYSTEM, name="Eine", parts=[{"how": "add", "words": {"q": "Mira Müller"}}])
    assert len(privacy.mentions(found(one))) == 2
