"""Join-ins at the desk: look, decide with the mail in sight, enter, change, take out."""

from __future__ import annotations

import csv
import io
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from knotenpunkt.activities.campaigns.actions.campaigns import end_campaign
from knotenpunkt.activities.campaigns.actions.join_ins import change_join_in
from knotenpunkt.activities.campaigns.actions.looking_back import look_back
from knotenpunkt.activities.campaigns.models import Campaign, CampaignFile, JoinIn, JoinInState
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.models import Region, RegionKind
from knotenpunkt.tools.mail.models import Message
from knotenpunkt.tools.mail.queries import content
from tests.activities.campaigns.joining import (
    DOEBELN,
    approved,
    at,
    day,
    draft,
    make_campaign,
    make_contact,
    picture,
    reported,
)
from tests.conftest import Cast
from tests.factories import SYSTEM


class Desk:
    """Petra, signed in, and a campaign."""

    def __init__(self, network: Network, cast: Cast) -> None:
        self.network, self.client = network, Client()
        self.client.force_login(cast.petra)
        with in_network(network):
            self.contact = make_contact()
            self.campaign: Campaign = make_campaign()
        self.base = f"/mitte/desk/kampagnen/{self.campaign.pk}/mitmachaktionen/"

    def read(self, path: str = "") -> str:
        return str(self.client.get(f"{self.base}{path}").content.decode())

    def one(self, **wanted: Any) -> JoinIn:
        with in_network(self.network):
            found: JoinIn = JoinIn.objects.select_related("place").get(**wanted)
            return found


@pytest.fixture
def desk(network_a: Network, cast: Cast, settings: Any) -> Desk:
    """The desk, with a mail server."""
    settings.EMAIL_HOST = "localhost"
    return Desk(network_a, cast)


def test_the_list_begins_with_what_waits(desk: Desk) -> None:
    with in_network(desk.network):
        reported(desk.campaign, "Wartet", contact=desk.contact)
        approved(desk.campaign, "Zu sehen")
        approved(desk.campaign, "Gewesen", starts_at=at(-2, 9), ends_at=None)

    assert "Wartet" in desk.read()
    assert "Zu sehen</a>" not in desk.read()
    assert "Gewesen" in desk.read("?stand=vorbei")
    assert "Gewesen" not in desk.read("?stand=zu-sehen")
    assert "Zu sehen</a>" in desk.read("?stand=zu-sehen&ohne-bild=ja&q=zu+sehen")


def test_the_list_is_narrowed_by_region(desk: Desk) -> None:
    with in_network(desk.network):
        approved(desk.campaign, "In Freiberg")
        approved(desk.campaign, "In Döbeln", place=DOEBELN)
        region = Region(name="Westen", kind=RegionKind.OTHER, postal_codes=["04720"])
        region.save(force_insert=True)

    shown = desk.read(f"?stand=zu-sehen&region={region.pk}")
    assert "In Döbeln</a>" in shown and "In Freiberg</a>" not in shown


def test_the_sum_of_guests_follows_the_filter(desk: Desk) -> None:
    with in_network(desk.network):
        for title, came in (("Kinderfest", 40), ("Lamafest", 25)):
            one = approved(desk.campaign, title, starts_at=at(-2, 9), ends_at=None)
            look_back(actor=SYSTEM, join_in=one, visitors=came)
    assert "65 Gäste" in desk.read("?stand=vorbei")
    assert "25 Gäste" in desk.read("?stand=vorbei&q=lama")


def test_once_the_campaign_has_ended_the_list_opens_where_something_is(desk: Desk) -> None:
    with in_network(desk.network):
        approved(desk.campaign, "Gewesen", starts_at=at(-2, 9), ends_at=None)
        end_campaign(actor=SYSTEM, campaign=desk.campaign)
    assert "Gewesen</a>" in desk.read()
    assert "Gewesen</a>" not in desk.read("?stand=offen")
    assert "Gewesen</a>" in desk.read("?stand=vorbei&ohne-besucher=ja")


def test_looking_at_the_mail_decides_nothing(desk: Desk) -> None:
    with in_network(desk.network):
        one = reported(desk.campaign, contact=desk.contact)
    path = f"{one.pk}/antwort/ablehnen/"
    words = {"answer": "Das ist leider Werbung.", "tun": "ansehen"}
    text = desk.client.post(f"{desk.base}{path}", words).content.decode()

    assert text.count("Das ist leider Werbung.") == 2  # in the field and in the mail
    assert desk.one().state == JoinInState.REPORTED
    with in_network(desk.network):
        assert not Message.objects.exists()


def test_refusing_without_a_word_is_held_up(desk: Desk) -> None:
    with in_network(desk.network):
        one = reported(desk.campaign, contact=desk.contact)
    response = desk.client.post(f"{desk.base}{one.pk}/antwort/ablehnen/", {"tun": "senden"})

    assert response.status_code == 422
    assert desk.one().state == JoinInState.REPORTED


@pytest.mark.parametrize(
    ("deed", "state"),
    [("freigeben", "approved"), ("zurueckfragen", "reported"), ("ablehnen", "refused")],
)
def test_each_answer_goes_by_mail(desk: Desk, deed: str, state: str) -> None:
    with in_network(desk.network):
        one = reported(desk.campaign, contact=desk.contact)
    words = {"answer": "Um wie viel Uhr?", "tun": "senden"}
    desk.client.post(f"{desk.base}{one.pk}/antwort/{deed}/", words)

    assert desk.one().state == state
    with in_network(desk.network):
        assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "said"),
    [("freigeben", "schon übernommen"), ("ablehnen", "schon abgelehnt")],
)
def test_a_late_click_on_a_change_is_told_what_became_of_it(
    desk: Desk, first: str, said: str
) -> None:
    with in_network(desk.network):
        one = approved(desk.campaign, contact=desk.contact)
        new = draft("Großes Kinderfest")
        change = change_join_in(actor=SYSTEM, join_in=one, draft=new, by_partner=True)
    words = {"answer": "Danke für die Nachricht.", "tun": "senden"}
    desk.client.post(f"{desk.base}{change.pk}/antwort/{first}/", words)
    with in_network(desk.network):
        mails = Message.objects.count()

    for path in (f"{change.pk}/", f"{change.pk}/bearbeiten/", f"{change.pk}/antwort/freigeben/"):
        assert said in desk.client.get(f"{desk.base}{path}", follow=True).content.decode()
    again = desk.client.post(f"{desk.base}{change.pk}/antwort/{first}/", words, follow=True)
    assert said in again.content.decode() and again.redirect_chain[-1][0] == desk.base
    with in_network(desk.network):
        assert Message.objects.count() == mails


def test_a_change_that_its_partner_took_back_is_told(desk: Desk) -> None:
    with in_network(desk.network):
        one = approved(desk.campaign, contact=desk.contact)
        told = draft("Großes Kinderfest")
        change = change_join_in(actor=SYSTEM, join_in=one, draft=told, by_partner=True)
        change_join_in(actor=SYSTEM, join_in=one, draft=draft(), by_partner=True)

    page = desk.client.get(f"{desk.base}{change.pk}/", follow=True).content.decode()
    assert "zurückgenommen" in page
    assert desk.client.get(f"{desk.base}{uuid4()}/").status_code == 404


def test_deciding_twice_is_told(desk: Desk) -> None:
    with in_network(desk.network):
        one = approved(desk.campaign, contact=desk.contact)
    response = desk.client.post(
        f"{desk.base}{one.pk}/antwort/ablehnen/", {"answer": "Nein", "tun": "senden"}, follow=True
    )
    assert "inzwischen entschieden" in response.content.decode()
    assert desk.one().state == JoinInState.APPROVED


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("freigeben", "Die Aktion ist jetzt zu sehen."),
        ("zurueckfragen", "Die Frage ist unterwegs."),
        ("ablehnen", "Die Aktion wird nicht gezeigt."),
    ],
)
def test_a_second_click_is_told_what_the_first_one_did(
    desk: Desk, cast: Cast, deed: str, said: str
) -> None:
    with in_network(desk.network):
        one = reported(desk.campaign, contact=desk.contact)
    found = re.search(rf'antwort/{deed}/(\?gesehen=\d+)"', desk.read(f"{one.pk}/"))
    assert found
    path = f"{desk.base}{one.pk}/antwort/{deed}/{found[1]}"
    words = {"answer": "Um wie viel Uhr?", "tun": "senden"}
    desk.client.post(path, words)
    second = desk.client.post(path, words, follow=True).content.decode()
    assert said in second and "inzwischen" not in second
    with in_network(desk.network):
        assert Message.objects.count() == 1
    ede = Client()
    ede.force_login(cast.ede)
    other = ede.post(path, words, follow=True).content.decode()
    assert "nzwischen" in other and said not in other


def test_a_change_stands_beside_what_is_shown(desk: Desk) -> None:
    with in_network(desk.network):
        one = approved(desk.campaign, contact=desk.contact)
        change = change_join_in(
            actor=SYSTEM, join_in=one, draft=draft("Lamafest"), key="c", by_partner=True
        )
    text = desk.read(f"{change.pk}/")

    assert "Was sich ändern soll" in text
    assert re.search(r"Kinderfest.*Lamafest", text, re.DOTALL)
    assert "Änderung übernehmen" in text and "Zeigen …" not in text
    asked = desk.read(f"{change.pk}/antwort/freigeben/")
    desk.client.post(f"{desk.base}{change.pk}/antwort/freigeben/", {"tun": "senden"})
    assert desk.one().title == "Lamafest"
    subject = "Ihre Änderung an „Lamafest“ ist jetzt zu sehen"
    with in_network(desk.network):
        assert subject in [content(one).subject for one in Message.objects.all()]
    assert subject in asked and "Änderung übernehmen und Mail senden" in asked


def test_only_what_was_seen_is_shown(desk: Desk) -> None:
    """A partner may change what waits at any time, also while somebody looks at it."""
    with in_network(desk.network):
        one = reported(desk.campaign, "Kinderfest", contact=desk.contact)
    found = re.search(r'antwort/freigeben/(\?gesehen=\d+)"', desk.read(f"{one.pk}/"))
    assert found
    path = f"{desk.base}{one.pk}/antwort/freigeben/{found[1]}"
    with in_network(desk.network):
        change_join_in(actor=SYSTEM, join_in=one, draft=draft("Anderes"), by_partner=True)
    response = desk.client.post(path, {"tun": "senden"}, follow=True)
    assert "Inzwischen hat sich etwas geändert" in response.content.decode()
    assert desk.one(pk=one.pk).state == JoinInState.REPORTED

    found = re.search(r'antwort/freigeben/(\?gesehen=\d+)"', response.content.decode())
    assert found
    desk.client.post(f"{desk.base}{one.pk}/antwort/freigeben/{found[1]}", {"tun": "senden"})
    assert desk.one(pk=one.pk).state == JoinInState.APPROVED


def test_who_telephones_is_found_and_entered(desk: Desk) -> None:
    assert "Lina Link" in desk.read("neu/?wer=wiesenpfad+lina")
    assert "Niemand heißt so" in desk.read("neu/?wer=unbekannt")
    path = f"neu/?kontakt={desk.contact.pk}"
    key = re.search(r'name="key" value="([^"]+)"', desk.read(path))
    assert key
    told = {
        "key": key[1], "title": "Kinderfest", "day": day(10).isoformat(), "starts": "14",
        "where": "anders", "town": "Freiberg", "aimed_at": "everybody", "is_open": "ja",
        "tun": "zeigen",
    }  # fmt: skip
    for _click in range(2):
        desk.client.post(f"{desk.base}{path}", told)

    assert desk.one().state == JoinInState.APPROVED
    assert desk.one().contact_id == desk.contact.pk


def test_changing_at_the_desk_holds_at_once(desk: Desk) -> None:
    with in_network(desk.network):
        one = approved(
            desk.campaign, picture=picture(), picture_alt="Ein Tor", has_rights=True,
            contact=desk.contact,
        )  # fmt: skip
    text = desk.read(f"{one.pk}/bearbeiten/")
    assert f"bild/{one.small_picture_id}.webp" in text
    told = {
        "key": "x", "title": "Schöneres Fest", "day": day(10).isoformat(), "starts": "14",
        "where": "anders", "town": "Freiberg", "aimed_at": "babies", "is_open": "nein",
        "picture_alt": "Ein Tor", "has_rights": "on",
    }  # fmt: skip
    desk.client.post(f"{desk.base}{one.pk}/bearbeiten/", told)

    found = desk.one()
    assert (found.title, found.state, found.is_open) == ("Schöneres Fest", "approved", False)
    assert found.picture_id == one.picture_id


def test_a_decision_is_taken_back(desk: Desk) -> None:
    with in_network(desk.network):
        one = approved(desk.campaign)
    desk.client.post(f"{desk.base}{one.pk}/", {"tun": "zuruecknehmen"})
    assert desk.one().state == JoinInState.REPORTED
    desk.client.post(f"{desk.base}{one.pk}/", {"tun": "zurueckziehen"})
    assert desk.one().state == JoinInState.WITHDRAWN
    desk.client.post(f"{desk.base}{one.pk}/", {"tun": "wieder"})
    assert desk.one().state == JoinInState.REPORTED


def test_a_picture_of_how_it_was_goes_into_the_review(desk: Desk) -> None:
    with in_network(desk.network):
        one = approved(desk.campaign, starts_at=at(-2, 9), ends_at=None)
        look_back(actor=SYSTEM, join_in=one, visitors=40, picture=picture(), alt="Kinder")
    assert "Kinder" in desk.read(f"{one.pk}/")
    desk.client.post(f"{desk.base}{one.pk}/", {"tun": "rueckblick"})

    with in_network(desk.network):
        assert CampaignFile.objects.get().alt == "Kinder"


def test_the_export_holds_what_the_list_shows_and_no_formula(desk: Desk) -> None:
    with in_network(desk.network):
        reported(desk.campaign, "=1+1", contact=desk.contact)
        approved(desk.campaign, "Zu sehen")
    response = desk.client.post(f"{desk.base}export/?stand=offen", {"form": "csv"})
    body = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(body), delimiter=";"))

    assert [row[0] for row in rows[1:]] == ["'=1+1"]
    assert "Lina" not in body
    assert rows[1][2:4] == [f"{day(10):%d.%m.%Y}", "14:00"]
