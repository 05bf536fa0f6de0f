"""The guided preparation at the desk: step by step, kept as typed, with consequences shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knotenpunkt.activities.campaigns.models import Campaign, CampaignState, Material
from knotenpunkt.activities.mailings.actions.audiences import save_audience
from knotenpunkt.activities.mailings.models import Audience, Circular
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.capacity.models import Pool
from tests.activities.campaigns.ordering import make_partner, order
from tests.activities.campaigns.preparing import opened, prepared
from tests.conftest import Cast
from tests.factories import SYSTEM, make_organisation

pytestmark = pytest.mark.django_db
DESK = "/mitte/desk/kampagnen/"
DAY = timedelta(days=1)


@pytest.fixture
def petra(client: Client, cast: Cast) -> Iterator[Client]:
    client.force_login(cast.petra)
    yield client


def made(network: Network, make: Any) -> Campaign:
    with in_network(network):
        found: Campaign = make()
    return found


def again(network: Network, campaign: Campaign) -> Campaign:
    with in_network(network):
        return Campaign.objects.select_related("audience").get(pk=campaign.pk)


def step(campaign: Campaign, word: str) -> str:
    return f"{DESK}{campaign.pk}/vorbereitung/{word}/"


def days(campaign: Campaign, **changed: object) -> dict[str, object]:
    """The form of the period as it stands, with some days changed."""
    told: dict[str, object] = {
        "starts_on": campaign.starts_on,
        "ends_on": campaign.ends_on,
        "order_until": timezone.localdate(campaign.order_until),
        "join_in_until": timezone.localdate(campaign.join_in_until),
        "gives_from": campaign.gives_from,
        "gives_until": campaign.gives_until,
        "writes_on": campaign.writes_on,
        "forget_days": campaign.forget_days,
    }
    return {name: value for name, value in {**told, **changed}.items() if value is not None}


def test_a_campaign_is_prepared_and_opened_in_one_sitting(
    petra: Client, network_a: Network
) -> None:
    with in_network(network_a):
        house = make_organisation("Haus Gastlich")
        audience = save_audience(actor=SYSTEM, name="Alle", parts=[{"how": "add", "words": {}}])
    today = timezone.localdate()
    begun = petra.post(
        f"{DESK}neu/",
        {"beginning": "danke", "title": "Danke im Mai", "starts_on": today + 60 * DAY,
         "ends_on": today + 90 * DAY},
    )  # fmt: skip
    campaign = made(network_a, lambda: Campaign.objects.get(title="Danke im Mai"))
    assert begun["Location"] == step(campaign, "ziel")
    told = {"title": "Danke im Mai", "goal": "Alle danken", "message": "Schön,  dass es Sie gibt."}
    assert petra.post(step(campaign, "ziel"), told)["Location"] == step(campaign, "gastgeber")
    petra.post(step(campaign, "gastgeber"), {"netz": "1", "einrichtung": str(house.pk)})
    petra.post(step(campaign, "zielgruppen"), {"verteiler": str(audience.pk)})
    petra.post(step(campaign, "zeitraum"), days(campaign))
    for word in ("material", "texte"):
        petra.post(step(campaign, word))
    slug = {"slug": "danke-im-mai", "description": "Worum es geht", "press_text": ""}
    assert petra.post(step(campaign, "seite"), slug)["Location"] == step(campaign, "pruefen")
    page = petra.get(step(campaign, "pruefen")).content.decode()
    assert "Kampagne öffnen" in page
    petra.post(f"{DESK}{campaign.pk}/vorbereitung/oeffnen/")
    campaign = again(network_a, campaign)
    assert campaign.state == CampaignState.OPEN
    assert (campaign.message, campaign.audience) == ("Schön, dass es Sie gibt.", audience)
    with in_network(network_a):
        assert campaign.hosts.get().organisation == house
    assert set(campaign.settled_steps) == {"goal", "hosts", "audience", "period", "materials",
                                           "texts", "page"}  # fmt: skip


def test_one_goes_on_where_one_stopped(petra: Client, network_a: Network) -> None:
    campaign = made(network_a, prepared)
    petra.post(step(campaign, "ziel"), {"title": campaign.title, "message": "Danke"})
    assert petra.get(f"{DESK}{campaign.pk}/vorbereitung/")["Location"] == (
        step(campaign, "gastgeber")
    )


def test_what_was_typed_stays_when_something_is_wrong(petra: Client, network_a: Network) -> None:
    campaign = made(network_a, prepared)
    wrong = days(campaign, ends_on=campaign.starts_on - DAY, writes_on="2031-02-03")
    page = petra.post(step(campaign, "zeitraum"), wrong).content.decode()
    assert "Sie würde enden, bevor sie beginnt." in page
    assert 'value="2031-02-03"' in page
    assert again(network_a, campaign).writes_on == campaign.writes_on


def test_proposed_days_follow_the_typed_period_and_are_not_saved(
    petra: Client, network_a: Network
) -> None:
    campaign = made(network_a, prepared)
    typed = days(campaign, starts_on="2031-06-02", ends_on="2031-09-20")
    page = petra.post(step(campaign, "zeitraum"), {**typed, "vorschlagen": "1"}).content.decode()
    assert 'value="2031-04-07"' in page  # eight weeks before
    assert again(network_a, campaign).starts_on == campaign.starts_on


def test_a_change_that_others_notice_is_saved_only_after_it_was_seen(
    petra: Client, network_a: Network
) -> None:
    campaign = made(network_a, opened)
    until = timezone.localdate() + 15 * DAY
    typed = days(campaign, order_until=until)
    asked = petra.post(step(campaign, "zeitraum"), typed)
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "Noch ist nichts gespeichert." in page
    assert again(network_a, campaign).order_until == campaign.order_until
    mark = page.split('name="bestaetigt" value="')[1].split('"')[0]
    wrong = petra.post(step(campaign, "zeitraum"), {**typed, "bestaetigt": "anderes"})
    assert "Noch ist nichts gespeichert." in wrong.content.decode()
    petra.post(step(campaign, "zeitraum"), {**typed, "bestaetigt": mark})
    moved = again(network_a, campaign).order_until
    assert moved is not None
    assert timezone.localtime(moved).strftime("%Y-%m-%d %H:%M:%S") == f"{until} 23:59:59"


def test_searching_a_host_keeps_what_was_ticked_and_saves_nothing(
    petra: Client, network_a: Network
) -> None:
    campaign = made(network_a, prepared)
    with in_network(network_a):
        ticked, other = make_organisation("Haus Eins"), make_organisation("Hort Zwei")
    told = {"einrichtung": str(ticked.pk), "einrichtung-q": "hort", "suchen": "1"}
    page = petra.post(step(campaign, "gastgeber"), told).content.decode()
    assert f'value="{ticked.pk}" checked' in page
    assert f'value="{other.pk}"' in page
    assert f'value="{other.pk}" checked' not in page
    with in_network(network_a):
        assert not campaign.hosts.exists()


def stock(material: Material, **values: object) -> dict[str, object]:
    """The fields of one material in the step about material."""
    told = {"packs": "", "pack_size": 1, "most_packs": ""} | values
    return {f"material-{material.pk}-{name}": value for name, value in told.items()}


def test_stock_packs_and_limit_are_entered_in_the_step(petra: Client, network_a: Network) -> None:
    campaign = made(network_a, prepared)
    with in_network(network_a):
        first, *others = campaign.materials.all()
    told = stock(first, packs=40, pack_size=50, most_packs=3)
    for one in others:
        told |= stock(one)
    assert petra.post(step(campaign, "material"), told)["Location"] == step(campaign, "texte")
    with in_network(network_a):
        first.refresh_from_db()
        assert (first.packs, first.pack_size, first.most_packs) == (40, 50, 3)
        assert Pool.objects.get(about=first.pk).size == 40
        assert {one.packs for one in campaign.materials.exclude(pk=first.pk)} == {0}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"packs": 2, "most_packs": 3}, "Das ist mehr, als im Lager ist."),
        ({"packs": "viele"}, "eine ganze Zahl ein."),
        ({"pack_size": 0}, "Diese Zahl ist zu klein."),
        ({"pack_size": ""}, "wie viele Stück eine Packung „"),
    ],
)
def test_a_stock_that_cannot_be_is_told_at_its_field(
    petra: Client, network_a: Network, values: dict[str, object], said: str
) -> None:
    campaign = made(network_a, prepared)
    with in_network(network_a):
        first = campaign.materials.all()[0]
    page = petra.post(step(campaign, "material"), stock(first, **values)).content.decode()
    assert said in page and 'id="fehler"' in page
    with in_network(network_a):
        assert Material.objects.get(pk=first.pk).packs == first.packs


def test_what_was_ordered_is_changed_where_its_consequences_are_shown(
    petra: Client, network_a: Network
) -> None:
    campaign = made(network_a, opened)
    with in_network(network_a):
        first = campaign.materials.all()[0]
        order(make_partner(), (first, 1))
    page = petra.get(step(campaign, "material")).content.decode()
    assert f"material-{first.pk}-packs" not in page
    assert f"{DESK}{campaign.pk}/material/{first.pk}/?weiter=" in page
    typed = petra.post(step(campaign, "material"), stock(first, packs=99), follow=True)
    assert "wurde inzwischen bestellt" in typed.content.decode()
    with in_network(network_a):
        assert Material.objects.get(pk=first.pk).packs == first.packs


def test_a_new_material_and_a_new_audience_lead_back_to_their_step(
    petra: Client, network_a: Network
) -> None:
    campaign = made(network_a, prepared)
    back = step(campaign, "material")
    told = {"name": "Aufkleber", "packs": 5, "pack_size": 1, "giving": "proportional",
            "funding_area": "I", "is_offered": "on"}  # fmt: skip
    new = f"{DESK}{campaign.pk}/material/neu/"
    assert petra.post(f"{new}?weiter={back}", told)["Location"] == back
    elsewhere = petra.post(f"{new}?weiter=https://example.org/", told | {"name": "Ballons"})
    assert "example.org" not in elsewhere["Location"]

    here = step(campaign, "zielgruppen")
    link = petra.get(here).content.decode().split("desk/verteiler/neu/?")[1].split('"')[0]
    typed = {"name": "Alle Kitas", "one_each": "on", "teile-zahl": "1", "teile-0-how": "add",
             "tun": "speichern"}  # fmt: skip
    answer = petra.post(f"/mitte/desk/verteiler/neu/?{link}", typed)
    with in_network(network_a):
        audience = Audience.objects.get(name="Alle Kitas")
    assert answer["Location"] == f"{here}?verteiler={audience.pk}"
    page = petra.get(answer["Location"]).content.decode()
    assert f'value="{audience.pk}" checked' in page
    assert again(network_a, campaign).audience is None
    bad = petra.post("/mitte/desk/verteiler/neu/?weiter=//example.org/", typed | {"name": "Andere"})
    assert "example.org" not in bad["Location"]


def person(at: int, name: str, **values: str) -> dict[str, str]:
    """One row of people who are no contacts."""
    told = {"name": name, "function": "", "phone": "", "email": ""} | values
    return {f"personen-{at}-{field}": value for field, value in told.items()}


def test_the_coordinator_names_herself_beside_contacts(petra: Client, network_a: Network) -> None:
    campaign = made(network_a, opened)
    contact = made(network_a, lambda: make_partner())
    page = petra.post(
        step(campaign, "seite/ansprechpersonen"),
        {"personen-zahl": "0", "tun": "personen-ich", "kontakt": str(contact.pk),
         f"wofuer-{contact.pk}": "Bestellungen"},
    ).content.decode()  # fmt: skip
    assert 'value="petra@example.org"' in page and 'value="Bestellungen"' in page
    with in_network(network_a):
        assert not campaign.people_to_ask.exists()
    told = {
        "personen-zahl": "2", **person(0, "Petra  Muster", phone="03731 799-3342"), **person(1, ""),
        "kontakt": str(contact.pk), f"wofuer-{contact.pk}": "Bestellungen",
    }  # fmt: skip
    assert petra.post(step(campaign, "seite/ansprechpersonen"), told).status_code == 302
    public = Client().get(f"/mitte/aktionen/{campaign.slug}/").content.decode()
    assert "Petra Muster" in public and 'href="tel:+4937317993342"' in public
    again_shown = petra.get(step(campaign, "seite/ansprechpersonen")).content.decode()
    assert 'value="03731 799-3342"' in again_shown
    petra.post(step(campaign, "seite/ansprechpersonen"), {"personen-zahl": "0"})
    assert "Petra Muster" not in Client().get(f"/mitte/aktionen/{campaign.slug}/").content.decode()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"phone": "03731"}, "Bitte schreiben Sie den Namen."),
        ({"name": "Petra"}, "eine Telefonnummer oder eine E-Mail-Adresse"),
        ({"name": "Petra", "phone": "intern"}, "Bitte prüfen Sie die Nummer"),
        ({"name": "Petra", "email": "petra@"}, "Bitte prüfen Sie die E-Mail-Adresse"),
    ],
)
def test_a_person_to_ask_can_be_reached(
    petra: Client, network_a: Network, values: dict[str, str], said: str
) -> None:
    campaign = made(network_a, prepared)
    told = {"personen-zahl": "1", **person(0, **({"name": ""} | values))}
    page = petra.post(step(campaign, "seite/ansprechpersonen"), told).content.decode()
    assert said in page and 'id="fehler"' in page
    assert all(f'value="{value}"' in page for value in values.values())
    with in_network(network_a):
        assert not campaign.people_to_ask.exists()


def test_the_overview_says_the_timeline_as_picture_and_as_table(
    petra: Client, network_a: Network
) -> None:
    campaign = made(network_a, opened)
    page = petra.get(f"{DESK}{campaign.pk}/").content.decode()
    assert 'role="img" aria-label="Zeitstrahl von „Danke, Nachbarn“' in page
    for part in ("Schreiben", "Bestellen", "Material ausgeben", "Aktionen und Feste",
                 "Dank und Bericht", "Löschen der Bestelldaten"):  # fmt: skip
        assert f'<th scope="row" class="kern-table__cell">{part}</th>' in page


def test_a_reader_sees_how_it_stands_but_no_preparation(
    client: Client, cast: Cast, network_a: Network
) -> None:
    campaign = made(network_a, opened)
    client.force_login(cast.birgit)
    page = client.get(f"{DESK}{campaign.pk}/").content.decode()
    assert "vorbereitung" not in page
    assert "Nächster Schritt" not in page


def test_thanks_have_nobody_yet_and_the_list_says_why(petra: Client, network_a: Network) -> None:
    campaign = made(network_a, prepared)
    page = petra.get(f"{DESK}{campaign.pk}/schreiben/").content.decode()
    assert page.count("an alle, die mitgemacht haben") == 1
    with in_network(network_a):
        thanks = Circular.objects.get(about=campaign.pk, occasion="thanks")
    own = petra.get(f"/mitte/desk/rundschreiben/{thanks.pk}/").content.decode()
    assert "Gedankt wird nur denen, die mitgemacht haben" in own
