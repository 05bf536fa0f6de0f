"""The public page of a campaign: what everybody may know, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from knotenpunkt.activities.campaigns.actions.languages import save_text
from knotenpunkt.activities.campaigns.models import (
    Campaign,
    CampaignContact,
    CampaignFile,
    CampaignState,
    FileUse,
    FormerSlug,
    Host,
    News,
)
from knotenpunkt.activities.groups.models import Group
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.actions import set_highlights
from knotenpunkt.registers.partners.actions import PhoneDraft, save_contact
from knotenpunkt.registers.partners.models import Audience
from knotenpunkt.tools.files.actions import keep_file
from knotenpunkt.tools.files.pictures import renderings
from tests.conftest import Cast
from tests.factories import make_offer, make_organisation

PAGE = "/mitte/aktionen/sommer/"


def make_campaign(**values: object) -> Campaign:
    today = timezone.localdate()
    told = {
        "title": "Sommer der Nachbarn",
        "slug": "sommer",
        "message": "Wir feiern, was wir gemeinsam schaffen.",
        "description": "Viele machen mit.",
        "starts_on": today - timedelta(days=5),
        "ends_on": today + timedelta(days=50),
        "state": CampaignState.OPEN,
    }
    campaign = Campaign(**(told | values))
    campaign.save(force_insert=True)
    return campaign


@pytest.fixture
def campaign(network_a: Network) -> Campaign:
    with in_network(network_a):
        return make_campaign()


def shown(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def picture(color: str = "green") -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (600, 400), color).save(drawn, "PNG")
    return drawn.getvalue()


def hang_up(campaign: Campaign, use: FileUse, **values: object) -> CampaignFile:
    large, small = renderings(BytesIO(picture()), 1000)
    one = CampaignFile(
        campaign=campaign,
        use=use,
        file=keep_file(name="karte.webp", content_type="image/webp", content=large.content),
        small=keep_file(name="klein.webp", content_type="image/webp", content=small.content),
        **({"title": "Postkarte", "alt": "Eine Wiese", "credit": "Jana Wiesner"} | values),
    )
    one.save(force_insert=True)
    return one


def test_it_says_what_when_and_from_whom(
    client: Client, network_a: Network, campaign: Campaign
) -> None:
    with in_network(network_a):
        for name, is_public in (("AG Familie", True), ("Geheimer Rat", False)):
            group = Group(name=name, is_public=is_public)
            group.save(force_insert=True)
            Host(campaign=campaign, group=group).save(force_insert=True)
    page = shown(client)
    for word in ("Sommer der Nachbarn", "Wir feiern", "Viele machen mit", "Netzwerk Mitte"):
        assert word in page
    assert "AG Familie" in page and "Geheimer Rat" not in page


@pytest.mark.parametrize("state", [CampaignState.PREPARED])
def test_before_it_is_public_nobody_sees_anything_of_it(
    client: Client, network_a: Network, state: CampaignState
) -> None:
    with in_network(network_a):
        campaign = make_campaign(state=state)
        one = hang_up(campaign, FileUse.POSTCARD)
        version = one.file.sha256[:12]
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PAGE}datei/{one.pk}/{version}/gross/").status_code == 404
    assert client.get(f"{PAGE}bild-quer.png").status_code == 404
    assert "Sommer der Nachbarn" not in shown(client, "/mitte/aktionen/")


def test_the_desk_looks_at_it_before(client: Client, network_a: Network, cast: Cast) -> None:
    with in_network(network_a):
        campaign = make_campaign(state=CampaignState.PREPARED)
    client.force_login(cast.birgit)
    assert "Nobody sees this page yet" in shown(
        client, f"/mitte/en/desk/kampagnen/{campaign.pk}/vorschau/"
    )


def test_people_are_shown_as_far_as_they_released_themselves(
    client: Client, network_a: Network, campaign: Campaign, system: Actor
) -> None:
    with in_network(network_a):
        house = make_organisation()
        shown_one = save_contact(
            actor=system, organisation=house, name="Mira Beispiel", email="mira@example.org",
            phones=[PhoneDraft(shown="030 23125 012", dialled="+493023125012")], is_public=True,
        )  # fmt: skip
        shown_one.email_audience = Audience.INTERNAL
        shown_one.save()
        hidden = save_contact(actor=system, organisation=house, name="Vera Verborgen")
        for one in (shown_one, hidden):
            CampaignContact(campaign=campaign, contact=one, topic="Bestellungen").save()
    page = shown(client)
    assert "Mira Beispiel" in page and "030 23125 012" in page and "Bestellungen" in page
    assert "mira@example.org" not in page and "Vera Verborgen" not in page


def test_the_postcard_is_looked_at_and_saved(
    client: Client, network_a: Network, campaign: Campaign
) -> None:
    with in_network(network_a):
        one = hang_up(campaign, FileUse.POSTCARD)
    page = shown(client)
    assert 'alt="Eine Wiese"' in page and "Jana Wiesner" in page
    small = f"{PAGE}datei/{one.pk}/{one.small.sha256[:12]}/klein/" if one.small else ""
    large = f"{PAGE}datei/{one.pk}/{one.file.sha256[:12]}/gross/"
    assert small in page and large in page
    assert client.get(small)["Content-Type"] == "image/webp"
    saved = client.get(large)
    assert saved["Content-Disposition"].startswith("attachment")
    assert "sandbox" in saved["Content-Security-Policy"]
    assert client.get(f"{PAGE}datei/{one.pk}/{'0' * 12}/gross/").status_code == 404
    assert client.get(large.replace("gross", "riesig")).status_code == 404


def test_another_network_does_not_see_it(
    client: Client, network_b: Network, campaign: Campaign
) -> None:
    assert client.get("/peine/aktionen/sommer/").status_code == 404


def test_a_printed_address_leads_on(client: Client, network_a: Network, campaign: Campaign) -> None:
    with in_network(network_a):
        FormerSlug(campaign=campaign, slug="sommerfest").save(force_insert=True)
    answer = client.get("/mitte/aktionen/sommerfest/")
    assert (answer.status_code, answer["Location"]) == (301, PAGE)


def test_news_of_tomorrow_are_not_told_today(
    client: Client, network_a: Network, campaign: Campaign
) -> None:
    today = timezone.localdate()
    with in_network(network_a):
        for days, title in ((0, "Plakate sind da"), (1, "Noch geheim")):
            News(campaign=campaign, title=title, text="…", on=today + timedelta(days=days)).save()
    page = shown(client)
    assert "Plakate sind da" in page and "Noch geheim" not in page


def test_highlighted_offers_are_named(
    client: Client, network_a: Network, campaign: Campaign, system: Actor
) -> None:
    with in_network(network_a):
        offer = make_offer("Krabbelgruppe am Bach")
        set_highlights(
            actor=system, source_id=campaign.pk, label="Sommer", link="aktionen/sommer/",
            starts_on=date(2026, 1, 1), ends_on=date(2036, 1, 1), offer_ids=[offer.pk],
        )  # fmt: skip
    assert f'href="/mitte/angebote/{offer.pk}/"' in shown(client)


def test_in_another_language_it_says_what_was_written_and_else_the_german(
    client: Client, network_a: Network, campaign: Campaign, system: Actor
) -> None:
    with in_network(network_a):
        save_text(actor=system, campaign=campaign, language="en", title="Neighbours' summer",
                  message="", description="")  # fmt: skip
    english = shown(client, "/mitte/en/aktionen/sommer/")
    assert "Neighbours&#x27; summer" in english
    assert '<span lang="de">Wir feiern, was wir gemeinsam schaffen.</span>' in english
    with in_network(network_a):
        save_text(actor=system, campaign=campaign, language="en", title="", message="",
                  description="")  # fmt: skip
        assert not campaign.texts.exists()
    assert "Neighbours" not in shown(client, "/mitte/en/aktionen/sommer/")


@pytest.mark.parametrize(("form", "size"), [("quer", (1200, 630)), ("quadrat", (1080, 1080))])
def test_the_picture_to_share_has_the_size_that_is_said(
    client: Client, campaign: Campaign, form: str, size: tuple[int, int]
) -> None:
    answer = client.get(f"{PAGE}bild-{form}.png")
    assert answer["Content-Type"] == "image/png"
    assert Image.open(BytesIO(answer.content)).size == size
    assert client.get(f"{PAGE}bild-rund.png").status_code == 404


def test_a_long_title_with_signs_that_no_font_has_is_drawn(
    client: Client, network_a: Network
) -> None:
    with in_network(network_a):
        make_campaign(title="🎈 شكرا " + "Donau" * 20, message="🎈" * 150)
    assert client.get(f"{PAGE}bild-quer.png").status_code == 200


def test_it_is_kept_and_small(client: Client, network_a: Network, campaign: Campaign) -> None:
    """The answer may be kept for everybody, and its text weighs little."""
    answer = client.get(PAGE)
    assert not answer.cookies
    assert len(answer.content) < 60_000


def test_the_press_gets_its_text(client: Client, network_a: Network, campaign: Campaign) -> None:
    assert client.get(f"{PAGE}pressetext.txt").status_code == 404
    with in_network(network_a):
        campaign.press_text = "Freiberg. Größer als je zuvor."
        campaign.save()
    assert "pressetext.txt" in shown(client)
    assert client.get(f"{PAGE}pressetext.txt").content.decode() == "Freiberg. Größer als je zuvor."
