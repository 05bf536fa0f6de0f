"""The form of an offer: what is sent back unchanged changes nothing, the rest is stored."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from knotenpunkt.activities.upkeep.models import Proposal
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.actions import Belongings, TimeDraft, save_offer
from knotenpunkt.registers.offers.models import Offer, Status
from knotenpunkt.registers.offers.translating.drafts import TextDraft
from knotenpunkt.registers.partners.actions import PhoneDraft, save_contact, save_organisation
from knotenpunkt.registers.partners.models import (
    Audience,
    Contact,
    Organisation,
    Representative,
)
from tests.conftest import Cast
from tests.factories import SYSTEM, make_offer, make_organisation
from tests.registers.offers.desk.sent import fields_of

pytestmark = pytest.mark.django_db
DESK = "/mitte/desk/angebote/"
Fields = dict[str, list[str]]


@pytest.fixture
def petra(client: Client, cast: Cast) -> Client:
    client.force_login(cast.petra)
    return client


@pytest.fixture
def offer(network_a: Network) -> Offer:
    with in_network(network_a):
        offer = make_offer(
            "Krabbelgruppe",
            topics=["baby"],
            times=[
                TimeDraft("weekly", time(9, 30), time(11), weekday=1, note="mit Anmeldung"),
                TimeDraft("monthly", time(16), weekday=4, nth=-1, valid_to=date(2027, 5, 1)),
                TimeDraft("once", time(20), day=date(2027, 3, 1)),
            ],
            description="Erste Zeile\n\nZweiter Absatz\n",
            age_from=0,
            age_to=18,
            languages=["de", "ar", "xx"],
            phases=["pregnancy"],
            costs="fee",
            free_places=0,
        )
        easy = TextDraft("de-x-leicht", "Gruppe", "", "Ein Satz.\nNoch einer.", "checked")
        save_offer(actor=SYSTEM, offer=offer, belongings=Belongings(texts=[easy]))
        return offer


def opened(client: Client, offer: Offer | None) -> Fields:
    page = client.get(f"{DESK}{offer.pk}/bearbeiten/" if offer else f"{DESK}neu/")
    assert page.status_code == 200
    return fields_of(page.content.decode())


def send(client: Client, offer: Offer | None, fields: Fields, **changed: Any) -> Any:
    path = f"{DESK}{offer.pk}/bearbeiten/" if offer else f"{DESK}neu/"
    return client.post(path, fields | {"tun": ["speichern"]} | changed)


def told(answer: Any) -> list[str]:
    """What the form complains about."""
    return [f"{field.html_name}: {field.errors}" for field in answer.context["problems"]]


def deeds(network: Network) -> list[str]:
    with in_network(network):
        return list(Entry.objects.order_by("at").values_list("deed", flat=True))


def reread(network: Network, offer_id: UUID) -> Offer:
    with in_network(network):
        return Offer.objects.get(pk=offer_id)


def test_what_is_sent_back_unchanged_changes_nothing(
    petra: Client, offer: Offer, network_a: Network
) -> None:
    before = deeds(network_a)
    answer = send(petra, offer, opened(petra, offer))
    assert answer.status_code == 302, told(answer)
    assert deeds(network_a) == before


def test_only_what_changed_is_written(petra: Client, offer: Offer, network_a: Network) -> None:
    send(
        petra,
        offer,
        opened(petra, offer),
        title=["Spielgruppe"],
        age_to=["3"],
        age_to_unit=["jahre"],
    )
    with in_network(network_a):
        entry = Entry.objects.latest("at")
    assert entry.deed == "offers.change"
    assert entry.changes == {"title": ["Krabbelgruppe", "Spielgruppe"], "age_to": [18, 36]}
    assert (entry.actor_label, reread(network_a, offer.pk).title) == ("Petra", "Spielgruppe")


def test_a_change_is_found_at_once(petra: Client, offer: Offer) -> None:
    send(petra, offer, opened(petra, offer), title=["Zwergentreff am Brunnen"])
    found = Client().get("/mitte/angebote/?q=Zwergentreff").content.decode()
    assert "Zwergentreff am Brunnen" in found


def test_a_new_offer_with_all_that_belongs_to_it(petra: Client, network_a: Network) -> None:
    fields = opened(petra, None) | {
        "title": ["Elternfrühstück"],
        "provider": ["Verein Sonnenhof e. V."],
        "provider_new": ["on"],
        "provider_kind": ["association"],
        "provider_body": ["Großer Träger"],
        "zeiten-zahl": ["1"],
        "zeiten-0-frequency": ["weekly"],
        "zeiten-0-weekday": ["2"],
        "zeiten-0-nth": ["1"],
        "zeiten-0-starts_at": ["9.30 Uhr"],
        "zeiten-0-ends_at": ["11"],
        "orte-0-street": ["Uferweg 4"],
        "orte-0-postal_code": ["04720"],
        "orte-0-step_free": ["yes"],
        "kontakte-0-name": ["Jana Wiesner"],
        "kontakte-0-phones": ["030 23125 012 (Mo bis Fr)\r\n0800 1110550"],
    }
    answer = send(petra, None, fields)
    assert answer.status_code == 302, told(answer)
    with in_network(network_a):
        offer = Offer.objects.get(title="Elternfrühstück")
        assert offer.status == Status.DRAFT
        assert offer.provider.full_name == "Verein Sonnenhof e. V., Großer Träger"
        assert (offer.schedules.get().starts_at, offer.schedules.get().ends_at) == (
            time(9, 30),
            time(11),
        )
        place = offer.at_places.get().place
        assert (place.town, place.precision, place.step_free) == ("Döbeln", "postal_code", "yes")
        phones = offer.contacts.get().phones.values_list("shown", "dialled", "note")
        assert list(phones) == [
            ("030 23125 012", "+493023125012", "Mo bis Fr"),
            ("0800 1110550", "+498001110550", ""),
        ]


def test_a_rejected_form_keeps_everything_and_stores_nothing(
    petra: Client, offer: Offer, network_a: Network
) -> None:
    before = deeds(network_a)
    fields = opened(petra, offer) | {
        "title": [""],
        "summary": ["Neuer Satz"],
        "age_from": ["9"],
        "age_from_unit": ["jahre"],
        "orte-0-postal_code": ["00000"],
        "zeiten-0-starts_at": ["halb zehn"],
        "kontakte-0-phones": ["keine Nummer"],
    }
    answer = send(petra, offer, fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert deeds(network_a) == before
    again = fields_of(page)
    assert {name: again[name] for name in fields if name not in ("csrfmiddlewaretoken", "tun")} == {
        name: value for name, value in fields.items() if name not in ("csrfmiddlewaretoken", "tun")
    }
    for field in ("id_title", "id_age_to", "id_orte-0-postal_code", "id_zeiten-0-starts_at"):
        assert f'href="#{field}"' in page
    assert page.count('aria-invalid="true"') == 5


@pytest.mark.parametrize(
    ("deed", "count", "gone"),
    [("zeiten-dazu", 4, ""), ("zeiten-weg-0", 2, "zeiten-0-starts_at"), ("zeiten-weg-9", 3, "")],
)
def test_rows_come_and_go_without_a_script(
    petra: Client, offer: Offer, network_a: Network, deed: str, count: int, gone: str
) -> None:
    before = deeds(network_a)
    fields = opened(petra, offer) | {"title": ["noch nicht gespeichert"]}
    answer = petra.post(f"{DESK}{offer.pk}/bearbeiten/", fields | {"tun": [deed]})
    again = fields_of(answer.content.decode())
    assert again["zeiten-zahl"] == [str(count)]
    assert again["title"] == ["noch nicht gespeichert"]
    starts = [values for name, values in again.items() if name.endswith("starts_at")]
    assert len(starts) == count
    assert fields.get(gone) not in starts
    assert deeds(network_a) == before


def test_a_known_place_is_taken_over(petra: Client, offer: Offer, network_a: Network) -> None:
    with in_network(network_a):
        make_offer(
            "Anderes", place={"street": "Uferweg 4", "postal_code": "04720", "town": "Döbeln"}
        )
    fields = opened(petra, offer) | {"ort_bekannt": ["Uferweg 4, 04720 Döbeln"]}
    answer = petra.post(f"{DESK}{offer.pk}/bearbeiten/", fields | {"tun": ["orte-uebernehmen"]})
    taken = fields_of(answer.content.decode())
    assert taken["orte-1-street"] == ["Uferweg 4"]
    send(petra, offer, taken)
    with in_network(network_a):
        assert Place.objects.filter(street="Uferweg 4").count() == 1
        assert offer.at_places.count() == 2


def test_a_shared_place_does_not_move_with_one_of_its_offers(
    petra: Client, offer: Offer, network_a: Network
) -> None:
    with in_network(network_a):
        place = offer.at_places.get().place
        other = make_offer("Nachbarn", provider=offer.provider)
        save_offer(actor=SYSTEM, offer=other, belongings=Belongings(places=[place]))
    send(petra, offer, opened(petra, offer), **{"orte-0-street": ["Neue Gasse 1"]})
    with in_network(network_a):
        assert other.at_places.get().place.street != "Neue Gasse 1"
        assert offer.at_places.get().place.street == "Neue Gasse 1"


def test_who_no_longer_stands_behind_a_published_offer_is_hidden(
    petra: Client, offer: Offer, network_a: Network
) -> None:
    fields = opened(petra, offer)
    with in_network(network_a):
        former, contact = offer.provider, offer.contacts.get()
        make_organisation("Neues Haus")
    answer = send(
        petra, offer, fields, provider=["Neues Haus"], **{"kontakte-0-name": [""],
        "kontakte-0-email": [""], "kontakte-0-phones": [""]},
    )  # fmt: skip
    assert answer.status_code == 302, told(answer)
    with in_network(network_a):
        assert Organisation.objects.get(name="Neues Haus").is_public
        assert not Organisation.objects.get(pk=former.pk).is_public
        assert not Contact.objects.get(pk=contact.pk).is_public


def test_an_unknown_provider_is_asked_about_and_namesakes_are_told_apart(
    petra: Client, network_a: Network
) -> None:
    fields = opened(petra, None) | {"title": ["Neu"]}
    unknown = send(petra, None, fields, provider=["Gibt es nicht"])
    assert (unknown.status_code, "Gibt es nicht" in unknown.content.decode()) == (422, True)
    with in_network(network_a):
        twins = [make_organisation("Kita Regenbogen", level="facility") for _ in range(2)]
    asked = send(petra, None, fields, provider=["Kita Regenbogen"])
    assert asked.status_code == 422
    assert all(f'value="{one.pk}"' in asked.content.decode() for one in twins)
    send(petra, None, fields, provider=["Kita Regenbogen"], provider_pick=[str(twins[1].pk)])
    with in_network(network_a):
        assert Offer.objects.get(title="Neu").provider == twins[1]


def test_providers_are_found_by_parts_of_their_names(petra: Client, network_a: Network) -> None:
    with in_network(network_a):
        make_organisation("Familienhaus Lindenbrücke")
        make_organisation("Verein Wegwarte")
    found = petra.get(f"{DESK}vorschlaege/anbieter?provider=linden haus").content.decode()
    assert ("Lindenbrücke" in found, "Wegwarte" in found) == (True, False)


def test_ticking_checked_sets_the_date_of_today(
    petra: Client, offer: Offer, network_a: Network
) -> None:
    send(petra, offer, opened(petra, offer), checked_today=["on"])
    assert reread(network_a, offer.pk).checked_on is not None


class TestTwoAtOnce:
    """Nothing that somebody else saved is overwritten without being shown."""

    def test_changes_of_different_fields_both_stay(
        self, petra: Client, offer: Offer, network_a: Network
    ) -> None:
        fields = opened(petra, offer)
        with in_network(network_a):
            save_offer(actor=SYSTEM, offer=offer, summary="Von jemand anderem")
        assert send(petra, offer, fields, title=["Mein Titel"]).status_code == 302
        now = reread(network_a, offer.pk)
        assert (now.title, now.summary) == ("Mein Titel", "Von jemand anderem")

    @pytest.mark.parametrize(("answer", "title"), [("mine", "Meiner"), ("theirs", "Ihrer")])
    def test_both_versions_are_shown_and_one_is_chosen(
        self, petra: Client, offer: Offer, network_a: Network, answer: str, title: str
    ) -> None:
        fields = opened(petra, offer)
        with in_network(network_a):
            save_offer(actor=SYSTEM, offer=offer, title="Ihrer")
        shown = send(petra, offer, fields, title=["Meiner"])
        page = shown.content.decode()
        assert shown.status_code == 409
        assert "Meiner" in page and "Ihrer" in page
        assert reread(network_a, offer.pk).title == "Ihrer"
        [clash] = shown.context["clashes"]
        chosen = f"meine:{clash.mark}" if answer == "mine" else "gespeicherte"
        again = fields_of(page) | {"fassung-title": [chosen]}
        assert send(petra, offer, again).status_code == 302
        assert reread(network_a, offer.pk).title == title

    def test_a_third_change_is_shown_again(
        self, petra: Client, offer: Offer, network_a: Network
    ) -> None:
        fields = opened(petra, offer)
        with in_network(network_a):
            save_offer(actor=SYSTEM, offer=offer, title="Ihrer")
        first = send(petra, offer, fields, title=["Meiner"])
        mark = first.context["clashes"][0].mark
        with in_network(network_a):
            save_offer(actor=SYSTEM, offer=offer, title="Noch einer")
        again = fields_of(first.content.decode()) | {"fassung-title": [f"meine:{mark}"]}
        assert send(petra, offer, again).status_code == 409
        assert reread(network_a, offer.pk).title == "Noch einer"


class TestPreview:
    """Families' view of what is not saved."""

    def test_it_shows_what_is_typed_and_stores_nothing(
        self, petra: Client, offer: Offer, network_a: Network
    ) -> None:
        before = deeds(network_a)
        fields = opened(petra, offer) | {"title": ["Nur in der Vorschau"]}
        shown = petra.post(f"{DESK}{offer.pk}/vorschau/", fields)
        page = shown.content.decode()
        assert shown.status_code == 200
        assert page.count("Nur in der Vorschau") >= 2
        assert "offers/detail.html" in [one.name for one in shown.templates]
        assert "design/components/_offer_card.html" in [one.name for one in shown.templates]
        assert deeds(network_a) == before
        assert reread(network_a, offer.pk).title == "Krabbelgruppe"
        assert "Nur in der Vorschau" not in Client().get("/mitte/angebote/").content.decode()

    def test_a_new_offer_is_shown_without_being_there(
        self, petra: Client, network_a: Network
    ) -> None:
        fields = opened(petra, None) | {
            "title": ["Ganz neu"], "provider": ["Haus Neu"], "provider_new": ["on"],
            "kontakte-0-name": ["Jana Neu"],
        }  # fmt: skip
        page = petra.post(f"{DESK}neu/vorschau/", fields).content.decode()
        assert "Ganz neu" in page and "Jana Neu" in page
        with in_network(network_a):
            assert not Offer.objects.exists()
            assert not Organisation.objects.exists()

    def test_it_says_what_is_missing(self, petra: Client) -> None:
        answer = petra.post(f"{DESK}neu/vorschau/", opened(petra, None))
        assert answer.status_code == 422
        assert "Bitte geben Sie dem Angebot einen Namen." in answer.content.decode()


class TestStates:
    """Each step says what it does before it is done, and can be taken back."""

    def test_publishing_names_who_becomes_visible_and_is_undone(
        self, petra: Client, network_a: Network
    ) -> None:
        with in_network(network_a):
            draft = make_offer("Entwurf", published=False)
        asked = petra.get(f"{DESK}{draft.pk}/veroeffentlichen/").content.decode()
        assert "Mira Beispiel" in asked and "Haus Wiesenpfad" in asked
        assert reread(network_a, draft.pk).status == Status.DRAFT
        done = petra.post(f"{DESK}{draft.pk}/veroeffentlichen/", follow=True).content.decode()
        assert reread(network_a, draft.pk).status == Status.PUBLISHED
        with in_network(network_a):
            entry = Entry.objects.filter(deed="offers.publish").get()
        undo = f"{DESK}{draft.pk}/verlauf/{entry.pk}/"
        assert f'href="{undo}"' in done
        mark = petra.get(undo).context["plan"].mark
        petra.post(undo, {"stand": mark})
        assert reread(network_a, draft.pk).status == Status.DRAFT
        assert Client().get(f"/mitte/angebote/{draft.pk}/").status_code == 404

    def test_withdrawing_takes_it_out_of_the_search(
        self, petra: Client, offer: Offer, network_a: Network
    ) -> None:
        assert petra.get(f"{DESK}{offer.pk}/zuruecknehmen/").status_code == 200
        assert "Krabbelgruppe" in Client().get("/mitte/angebote/").content.decode()
        petra.post(f"{DESK}{offer.pk}/zuruecknehmen/")
        assert "Krabbelgruppe" not in Client().get("/mitte/angebote/").content.decode()

    def test_a_copy_is_a_draft_that_says_the_same(
        self, petra: Client, offer: Offer, network_a: Network
    ) -> None:
        petra.post(f"{DESK}{offer.pk}/kopieren/")
        with in_network(network_a):
            copy = Offer.objects.get(title="Kopie von Krabbelgruppe")
            assert (copy.status, copy.schedules.count(), copy.free_places) == ("draft", 3, None)
            assert list(copy.contacts.all()) == list(offer.contacts.all())


class TestProvider:
    """Frida keeps the offers of her own house, and nothing else."""

    @pytest.fixture
    def frida(self, client: Client, cast: Cast, network_a: Network) -> Client:
        with in_network(network_a):
            house = make_organisation("Haus Frida", approves_changes=False)
            make_offer("Fridas Angebot", provider=house)
            Representative.objects.create(organisation=house, user=cast.frida)
        client.force_login(cast.frida)
        return client

    def own(self, network: Network) -> Offer:
        with in_network(network):
            return Offer.objects.get(title="Fridas Angebot")

    def test_changes_go_live_at_once_and_are_recorded(
        self, frida: Client, network_a: Network
    ) -> None:
        own = self.own(network_a)
        fields = opened(frida, own) | {
            "title": ["Fridas Café"],
            "kontakte-0-phones": ["030 23125 099"],
        }
        assert send(frida, own, fields).status_code == 302
        page = Client().get(f"/mitte/angebote/{own.pk}/").content.decode()
        assert "Fridas Café" in page and "030 23125 099" in page
        with in_network(network_a):
            assert Entry.objects.filter(deed="offers.change", actor_label="Frida").exists()

    def test_where_the_network_wants_it_changes_wait(
        self, frida: Client, network_a: Network
    ) -> None:
        own = self.own(network_a)
        with in_network(network_a):
            save_organisation(actor=SYSTEM, organisation=own.provider, approves_changes=True)
        answer = frida.post(f"{DESK}{own.pk}/bearbeiten/", {"title": "Vorbei an allen"})
        assert answer.status_code == 302 and "/datenpflege/aendern/" in answer["Location"]
        form = {"title": "Fridas Café", "costs": "free", "registration": "none"}
        assert frida.post(answer["Location"], form).status_code == 302
        assert self.own(network_a).title == "Fridas Angebot"
        with in_network(network_a):
            assert Proposal.objects.get().user is not None

    def test_new_ones_are_drafts_of_the_own_house(self, frida: Client, network_a: Network) -> None:
        fields = opened(frida, None) | {"title": ["Neu von Frida"]}
        assert fields["provider"] == ["Haus Frida (Freiberg)"] or fields["provider"] == [
            "Haus Frida"
        ]
        done = send(frida, None, fields, tun=["speichern-und-veroeffentlichen"])
        assert done.status_code == 302
        with in_network(network_a):
            new = Offer.objects.get(title="Neu von Frida")
            assert (new.status, new.provider.name) == ("draft", "Haus Frida")
        assert frida.post(f"{DESK}{new.pk}/veroeffentlichen/").status_code == 403

    def test_addresses_of_others_drafts_are_not_offered(
        self, frida: Client, network_a: Network
    ) -> None:
        """A childminder's draft is at her home."""
        with in_network(network_a):
            other = make_organisation("Fremdes Haus")
            home, open_to_all = {"street": "Heimweg 3"}, {"street": "Heimplatz 1"}
            make_offer("Entwurf", provider=other, place=home, published=False)
            make_offer("Offen", provider=other, place=open_to_all)
        wanted = {"ort_bekannt": "Heim"}
        page = frida.get(f"{DESK}vorschlaege/orte", wanted).content.decode()
        assert "Heimplatz 1" in page and "Heimweg" not in page
        hidden = {"ort_bekannt": ["Heimweg 3, 09599 Freiberg"]}
        fields = opened(frida, None) | hidden
        taken = send(frida, None, fields, tun=["orte-uebernehmen"]).content.decode()
        assert 'value="Heimweg 3"' not in taken

    def test_a_contact_of_the_body_is_shown_by_circle_and_stays_as_it_is(
        self, frida: Client, network_a: Network
    ) -> None:
        own = self.own(network_a)
        with in_network(network_a):
            body = make_organisation("Träger", level="body")
            house = save_organisation(
                actor=SYSTEM, organisation=own.provider, level="facility", body=body
            )
            assert house.body == body
            lead = save_contact(
                actor=SYSTEM, organisation=body, name="Jana Wiesner", email="jana@example.org",
                email_audience=Audience.INTERNAL,
                phones=[PhoneDraft("0171 5555555", audience=Audience.INTERNAL),
                        PhoneDraft("030 23125 014")],
            )  # fmt: skip
            save_offer(actor=SYSTEM, offer=own, belongings=Belongings(contacts=[lead]))
        page = frida.get(f"{DESK}{own.pk}/bearbeiten/").content.decode()
        assert "Jana Wiesner, 030 23125 014" in page and "nicht ändern" in page
        assert "0171" not in page and "jana@example.org" not in page
        fields = opened(frida, own) | {"kontakte-0-name": ["Ganz anders"], "title": ["Neu"]}
        again = frida.post(f"{DESK}{own.pk}/bearbeiten/", fields | {"tun": ["kontakte-dazu"]})
        assert "Jana Wiesner" in (page := again.content.decode()) and "0171" not in page
        assert send(frida, own, fields).status_code == 302
        with in_network(network_a):
            lead = Contact.objects.get(offer_links__offer__title="Neu")
            assert (lead.name, lead.email) == ("Jana Wiesner", "jana@example.org")
            assert lead.phones.count() == 2

    def test_not_for_others_nor_with_new_organisations(
        self, frida: Client, network_a: Network
    ) -> None:
        with in_network(network_a):
            make_offer("Fremdes", provider=make_organisation("Fremdes Haus"))
        fields = opened(frida, None) | {"title": ["Untergeschoben"]}
        for more in (
            {"provider": ["Fremdes Haus"]},
            {"provider": ["Ganz neu"], "provider_new": ["on"]},
        ):
            assert send(frida, None, fields, **more).status_code == 422
        with in_network(network_a):
            assert not Offer.objects.filter(title="Untergeschoben").exists()


def test_a_provider_is_known_by_the_whole_label_among_many_alike(
    petra: Client, network_a: Network
) -> None:
    with in_network(network_a):
        body = make_organisation("Träger 7 e. V.")
        for number in range(70):
            make_organisation(f"Haus 7{number}", level="facility", body=body)
    fields = opened(petra, None) | {"title": ["Neu"]}
    answer = send(petra, None, fields, provider=["haus 77, träger 7 e.V."])
    assert answer.status_code == 302, told(answer)
    with in_network(network_a):
        assert Offer.objects.get(title="Neu").provider.name == "Haus 77"


def test_a_reader_sees_no_number_that_is_for_the_coordination(
    client: Client, cast: Cast, offer: Offer, network_a: Network
) -> None:
    with in_network(network_a):
        contact = Contact.objects.get(offer_links__offer=offer)
        numbers = [PhoneDraft("0171 5555555", audience=Audience.INTERNAL)]
        save_contact(actor=SYSTEM, organisation=contact.organisation, contact=contact,
                     phones=numbers)  # fmt: skip
    for user in (cast.petra, cast.birgit):
        client.force_login(user)
        page = client.get(f"{DESK}{offer.pk}/").content.decode()
        assert ("0171 5555555" in page) is (user == cast.petra)


def test_from_a_portrait_the_provider_comes_along(petra: Client, network_a: Network) -> None:
    with in_network(network_a):
        house = make_organisation("Haus Linde")
    form = petra.get(f"{DESK}neu/?anbieter={house.pk}").context["sheet"].provider_form
    assert form["provider_id"].value() == house.pk and "Haus Linde" in form["provider"].value()
    for nobody in ("unsinn", UUID(int=7)):
        form = petra.get(f"{DESK}neu/?anbieter={nobody}").context["sheet"].provider_form
        assert not form["provider"].value()
