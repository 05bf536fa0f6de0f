"""Reporting what one does by the personal link."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from knotenpunkt.activities.campaigns.actions.campaigns import end_campaign
from knotenpunkt.activities.campaigns.actions.deciding import approve, ask_back
from knotenpunkt.activities.campaigns.models import JoinIn, JoinInState
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.actions import save_organisation
from knotenpunkt.tools.files.queries import content_of
from knotenpunkt.tools.links.actions import link_token
from tests.activities.campaigns.joining import (
    approved,
    at,
    day,
    make_campaign,
    make_contact,
    picture_file,
    reported,
)
from tests.factories import SYSTEM, make_place

pytestmark = pytest.mark.django_db


class Page:
    """A contact with their link, and a campaign that takes join-ins."""

    def __init__(self, network: Network) -> None:
        self.network, self.client = network, Client(enforce_csrf_checks=True)
        with in_network(network):
            self.contact = make_contact()
            save_organisation(
                actor=SYSTEM, organisation=self.contact.organisation, place=make_place()
            )
            self.campaign = make_campaign()
            token = link_token(actor=SYSTEM, holder=self.contact.pk, days=400)
        self.base = f"/mitte/p/{token}/"
        self.new = f"{self.base}mitmachen/{self.campaign.pk}/neu/"

    def read(self, url: str) -> str:
        return str(self.client.get(url).content.decode())

    def fields(self, url: str) -> dict[str, str]:
        """What the form carries by itself."""
        text = self.read(url)
        return {
            name: match[1]
            for name in ("form", "key")
            if (match := re.search(rf'name="{name}" value="([^"]+)"', text))
        }

    def send(self, url: str, **told: Any) -> Any:
        fields = self.fields(url)
        values: dict[str, Any] = fields | {
            "title": "Kinderfest", "day": day(10).isoformat(), "starts": "14", "ends": "18 Uhr",
            "where": "haus", "aimed_at": "everybody", "is_open": "ja",
        } | told  # fmt: skip
        return self.client.post(url, {key: one for key, one in values.items() if one is not None})

    def all(self) -> list[JoinIn]:
        with in_network(self.network):
            return list(JoinIn.objects.select_related("place").all())


@pytest.fixture
def mine(network_a: Network) -> Page:
    """The page of Lina Link."""
    return Page(network_a)


def photo(name: str = "fest.jpg") -> SimpleUploadedFile:
    """A picture as a telephone hands it over."""
    return SimpleUploadedFile(name, picture_file().getvalue(), "image/jpeg")


def test_a_few_fields_are_enough(mine: Page) -> None:
    response = mine.send(mine.new)

    assert response.status_code == 302
    one = mine.all()[0]
    assert (one.starts_at, one.ends_at) == (at(10, 14), at(10, 18))
    assert (one.state, one.contact_id) == (JoinInState.REPORTED, mine.contact.pk)
    assert one.place is not None
    assert one.place.street == "Körnerweg 8"
    assert "Ihre Aktion ist angekommen" in mine.read(response["Location"])


def test_a_double_click_makes_one(mine: Page) -> None:
    fields = mine.fields(mine.new)
    mine.send(mine.new, **fields)
    mine.send(mine.new, **fields)

    assert len(mine.all()) == 1


def test_what_was_typed_stays_and_a_picture_need_not_be_chosen_again(mine: Page) -> None:
    told = {"key": "k" * 32, "picture_alt": "Kinder", "has_rights": "on"}
    response = mine.send(mine.new, title="", file=photo(), description="Mit Kuchen", **told)
    text = response.content.decode()

    assert response.status_code == 422
    assert "Mit Kuchen" in text
    mark = re.search(r'name="kept" value="([^"]+)"', text)
    assert mark
    mine.send(mine.new, kept=mark[1], **told)
    one = mine.all()[0]
    with in_network(mine.network):
        assert one.picture_id is not None
        kept = content_of(one.picture_id)
    opened = Image.open(BytesIO(kept))
    assert opened.format == "WEBP"
    assert not opened.getexif()
    assert b"taken at home" not in kept


def test_the_mark_of_a_picture_is_worth_nothing_in_another_form(mine: Page) -> None:
    told = {"picture_alt": "Kinder", "has_rights": "on"}
    text = mine.send(mine.new, title="", key="a" * 32, file=photo(), **told).content.decode()
    mark = re.search(r'name="kept" value="([^"]+)"', text)
    assert mark
    response = mine.send(mine.new, key="b" * 32, kept=mark[1], **told)

    assert response.status_code == 422
    assert mine.all() == []


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"day": "2019-01-01"}, "Die Kampagne läuft vom"),
        ({"starts": "halb drei"}, "Bitte schreiben Sie die Uhrzeit"),
        ({"ends": "13"}, "Das Ende läge vor dem Anfang"),
        ({"where": "anders"}, "mindestens den Ort"),
        ({"where": "anders", "postal_code": "123"}, "fünf Ziffern"),
        ({"title": ""}, "Namen"),
    ],
)
def test_what_is_missing_is_said_kindly(mine: Page, told: dict[str, str], words: str) -> None:
    response = mine.send(mine.new, **told)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert mine.all() == []


def test_a_picture_needs_words_and_rights(mine: Page) -> None:
    response = mine.send(mine.new, file=photo())
    text = response.content.decode()

    assert response.status_code == 422
    assert "was auf dem Bild zu sehen ist" in text
    assert "zeigen dürfen" in text


def test_what_is_no_picture_is_refused(mine: Page) -> None:
    wrong = SimpleUploadedFile("bild.jpg", b"<svg onload='x'>", "image/jpeg")
    response = mine.send(mine.new, file=wrong, picture_alt="x", has_rights="on")

    assert response.status_code == 422
    assert mine.all() == []


def test_elsewhere_and_over_several_days(mine: Page) -> None:
    mine.send(
        mine.new, where="anders", venue="Stadtpark", town="Döbeln", postal_code="04720",
        last_day=day(12).isoformat(), ends="",
    )  # fmt: skip
    one = mine.all()[0]

    assert one.place is not None
    assert one.place.one_line == "Stadtpark, 04720 Döbeln"
    assert one.ends_at == at(12, 23, 59)


def test_one_more_date_is_the_same_without_the_day(mine: Page) -> None:
    with in_network(mine.network):
        first = reported(mine.campaign, "Krabbelrunde", contact=mine.contact)
    text = mine.read(f"{mine.new}?wie={first.pk}")

    assert 'value="Krabbelrunde"' in text
    assert 'value="14:00"' in text
    assert f'value="{day(10).isoformat()}"' not in text


def test_a_change_of_what_is_shown_waits(mine: Page) -> None:
    with in_network(mine.network):
        one = approved(mine.campaign, contact=mine.contact)
    url = f"{mine.base}mitmachen/{one.pk}/aendern/"
    mine.send(url, title="Kinderfest mit Lamas")

    shown = mine.client.get(f"/mitte/aktionen/sommer/mitmachen/{one.pk}/").content.decode()
    assert "Lamas" not in shown
    assert "Ihre Änderung wird angesehen" in mine.read(mine.base)
    assert "mit Lamas" in mine.read(url)

    mine.client.post(
        f"{mine.base}mitmachen/{one.pk}/zurueckziehen/",
        {"form": mine.fields(mine.base)["form"], "was": "aenderung"},
    )
    assert [(each.title, each.state) for each in mine.all()] == [("Kinderfest", "approved")]


def test_a_question_of_the_network_stands_on_the_page(mine: Page) -> None:
    with in_network(mine.network):
        one = reported(mine.campaign, contact=mine.contact)
        ask_back(actor=SYSTEM, join_in=one, question="Wo genau?")

    assert "Wo genau?" in mine.read(mine.base)


def test_withdrawing_asks_first(mine: Page) -> None:
    with in_network(mine.network):
        one = approved(mine.campaign, contact=mine.contact)
    url = f"{mine.base}mitmachen/{one.pk}/zurueckziehen/"
    mine.read(url)
    assert mine.all()[0].state == JoinInState.APPROVED
    mine.client.post(url, {"form": mine.fields(url)["form"]})

    assert mine.all()[0].state == JoinInState.WITHDRAWN


def test_afterwards_one_says_how_many_came(mine: Page) -> None:
    with in_network(mine.network):
        one = approved(
            mine.campaign, contact=mine.contact, starts_at=at(-2, 14), ends_at=at(-2, 18)
        )
    assert "Wie war es?" in mine.read(mine.base)
    url = f"{mine.base}mitmachen/{one.pk}/danach/"
    told = {"form": mine.fields(url)["form"], "key": str(one.pk), "visitors": "120"}
    more = {"file": photo(), "lookback_alt": "Viele Kinder", "has_rights": "on"}
    assert mine.client.post(url, told | more).status_code == 302

    found = mine.all()[0]
    assert (found.visitors, found.lookback_alt) == (120, "Viele Kinder")
    assert found.lookback_id


def test_what_others_do_is_not_mine(mine: Page) -> None:
    with in_network(mine.network):
        other = approved(mine.campaign, contact=make_contact("Otto", house="Anderes Haus"))

    for what in ("aendern", "zurueckziehen", "danach"):
        assert mine.client.get(f"{mine.base}mitmachen/{other.pk}/{what}/").status_code == 404
    assert "Otto" not in mine.read(mine.base)


def test_after_the_time_for_it_one_is_told_so(mine: Page) -> None:
    fields = mine.fields(mine.new)
    with in_network(mine.network):
        approve(actor=SYSTEM, join_in=reported(mine.campaign, contact=mine.contact))
        mine.campaign.join_in_until = timezone.now() - timedelta(minutes=2)
        mine.campaign.save()
    response = mine.send(mine.new, **fields)

    assert response.status_code == 409
    assert "rufen Sie uns bitte an" in response.content.decode()
    assert len(mine.all()) == 1
    with in_network(mine.network):
        end_campaign(actor=SYSTEM, campaign=mine.campaign)
    assert "Kinderfest" in mine.read(mine.base)
