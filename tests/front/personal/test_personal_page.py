""" "Was steht an?": only its holder comes in, opening it does nothing, a button acts once."""

from __future__ import annotations

import io
import logging
import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knotenpunkt.activities.mailings.composing import dead_link
from knotenpunkt.activities.upkeep.actions.asking import ask
from knotenpunkt.activities.upkeep.messages import stored
from knotenpunkt.activities.upkeep.models import Inquiry, Proposal, Stage, Tally
from knotenpunkt.activities.upkeep.queries.proposals import opened
from knotenpunkt.foundation.core.logs import JsonLines
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.actions import (
    PhoneDraft,
    end_role,
    save_contact,
    save_organisation,
    save_person,
)
from knotenpunkt.registers.partners.models import Audience, Contact, Organisation
from knotenpunkt.tools.links.actions import link_token
from tests.activities.upkeep.asking import mails, make_contact
from tests.factories import SYSTEM, make_offer, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.org"


@pytest.fixture
def token(network_a: Network) -> str:
    with in_network(network_a):
        house = make_organisation("Haus Wiesenpfad")
        contact = make_contact(house, answers_inquiries=True)
        make_offer("Krabbelgruppe", provider=house)
        ask(actor=SYSTEM, organisations=[house])
        return link_token(actor=SYSTEM, holder=contact.pk)


def page(token: str, more: str = "") -> str:
    return f"/mitte/p/{token}/{more}"


def form_of(client: Client, url: str) -> str:
    """The token that the page itself gives to its forms."""
    found = re.search(r'name="form" value="([^"]+)"', client.get(url).content.decode())
    assert found
    return found[1]


def told(network: Network) -> tuple[str, Any]:
    with in_network(network):
        return Inquiry.objects.get().stage, Organisation.objects.get().confirmed_on


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_scanners_confirm_nothing(token: str, network_a: Network, method: str) -> None:
    client = Client(headers={"user-agent": "SafeLinks", "sec-purpose": "prefetch;prerender"})
    for _time in range(3):
        getattr(client, method)(page(token))
        getattr(client, method)(page(token, "abgeben/"))
    assert told(network_a) == (Stage.ASKED, None)


def test_one_button_confirms_everything_once(token: str, network_a: Network) -> None:
    client = Client(enforce_csrf_checks=True)
    form = form_of(client, page(token))
    for _time in range(2):
        answer = client.post(page(token), {"form": form})
        assert answer.status_code == 302 and answer["Location"].endswith("?getan=bestaetigt")
    stage, day = told(network_a)
    assert stage == Stage.ANSWERED and day == timezone.localdate()
    with in_network(network_a):
        assert Offer.objects.get().checked_on == timezone.localdate()
        assert Tally.objects.get().count == 1
    assert "Danke!" in client.get(answer["Location"]).content.decode()


def test_nobody_needs_a_cookie_and_nothing_is_kept_or_told(token: str) -> None:
    answer = Client().get(page(token))
    assert not answer.cookies
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"] and "noindex" in answer["X-Robots-Tag"]


@pytest.mark.parametrize("more", ["", "abgeben/", "neu/"])
def test_an_unknown_link_is_neither_kept_nor_told(token: str, more: str) -> None:
    wrong = token[:-4] + "AAAA"
    client = Client()
    answer = client.post(page(wrong, more)) if more == "neu/" else client.get(page(wrong, more))
    assert answer.status_code == 404
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"] and "noindex" in answer["X-Robots-Tag"]


@pytest.mark.parametrize("more", ["", "abgeben/"])
def test_the_link_of_a_test_mail_says_what_it_is(network_a: Network, more: str) -> None:
    with in_network(network_a):
        address = dead_link()
    assert address.endswith("/p/ihr-link/")
    client = Client()
    for answer in (client.get(page("ihr-link", more)), client.post(page("ihr-link", more))):
        assert answer.status_code == 200
        assert "Jede Person bekommt ihren eigenen Link" in answer.content.decode()
        assert "<form" not in answer.content.decode().partition("<main")[2].partition("</main")[0]
        assert answer["Referrer-Policy"] == "no-referrer" and not answer.cookies


def test_a_button_of_elsewhere_does_nothing(token: str, network_a: Network) -> None:
    with in_network(network_a):
        other = make_contact(make_organisation("Anderes Haus"), email="o@example.org")
        foreign = link_token(actor=SYSTEM, holder=other.pk)
    client = Client()
    for form in ("", "x", form_of(client, page(foreign)), token):
        assert client.post(page(token), {"form": form}).status_code == 403
    with in_network(network_a):
        assert Organisation.objects.get(name="Haus Wiesenpfad").confirmed_on is None


def test_a_form_of_yesterday_is_not_taken(
    token: str, network_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    form = form_of(client, page(token))
    later = time.time() + 90_000
    monkeypatch.setattr("time.time", lambda: later)
    assert client.post(page(token), {"form": form}).status_code == 403


def test_a_link_opens_nothing_in_another_network(token: str, network_b: Network) -> None:
    assert Client().get(f"/peine/p/{token}/").status_code == 404


def test_an_expired_link_offers_a_new_one_to_the_stored_address(
    token: str, network_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = timezone.now() + timedelta(days=40)
    monkeypatch.setattr(timezone, "now", lambda: later)
    client = Client()
    answer = client.get(page(token))
    text = answer.content.decode()
    assert answer.status_code == 410 and "Haus Wiesenpfad" not in text and "@example" not in text
    form = form_of(client, page(token))
    assert client.post(page(token), {"form": form}).status_code == 410
    for _time in range(2):
        sent = client.post(page(token, "neu/"), {"form": form})
        assert sent.status_code == 200 and "mira@" not in sent.content.decode()
    with in_network(network_a):
        fresh = [text for _to, subject, text in mails() if "neuer Link" in subject]
    assert len(fresh) == 1 and "/mitte/p/" in fresh[0]
    found = re.search(r"/mitte/p/([^/]+)/", fresh[0])
    assert found and client.get(page(found[1])).status_code == 200


def test_who_left_meets_a_closed_page(token: str, network_a: Network) -> None:
    with in_network(network_a):
        contact = Contact.objects.get(answers_inquiries=True)
        end_role(actor=SYSTEM, contact=contact, on=timezone.localdate() - timedelta(days=1))
    assert Client().get(page(token)).status_code == 410


def test_a_change_waits_and_stands_on_the_page(token: str, network_a: Network) -> None:
    client = Client()
    with in_network(network_a):
        offer = Offer.objects.get()
    url = page(token, f"angebot/{offer.pk}/")
    values = {
        "form": form_of(client, url), "title": offer.title, "costs": "free",
        "registration": "none", "summary": "Nur noch dienstags",
    }  # fmt: skip
    for _time in range(2):
        answer = client.post(url, values)
        assert answer["Location"].endswith("?getan=wartet")
    with in_network(network_a):
        assert Proposal.objects.count() == 1 and Offer.objects.get().summary == ""
    assert "Nur noch dienstags" in client.get(page(token)).content.decode()


def test_bad_input_is_told_and_kept(token: str, network_a: Network) -> None:
    client = Client()
    with in_network(network_a):
        house = Organisation.objects.get()
    url = page(token, f"einrichtung/{house.pk}/")
    values = {"form": form_of(client, url), "name": "", "postal_code": "abc", "town": "Freiberg"}
    answer = client.post(url, values)
    assert answer.status_code == 422
    assert "fünf Ziffern" in answer.content.decode() and "abc" in answer.content.decode()


def test_who_may_see_it_holds_at_once_with_proof(token: str, network_a: Network) -> None:
    client = Client()
    with in_network(network_a):
        contact = Contact.objects.get(answers_inquiries=True)
    url = page(token, f"kontakt/{contact.pk}/")
    values = {
        "form": form_of(client, url), "name": contact.name, "email": contact.email,
        "name_audience": "internal", "email_audience": "professionals",
        "phone0_audience": "internal", "phone1_audience": "internal",
        "phone2_audience": "internal",
    }  # fmt: skip
    assert client.post(url, values)["Location"].endswith("?getan=sichtbar")
    with in_network(network_a):
        contact = Contact.objects.get(answers_inquiries=True)
        proof = contact.releases.get(field="email", ended_at=None)
        assert (contact.name_audience, contact.email_audience) == ("internal", "professionals")
        assert proof.ground == "consent" and proof.given == "link" and "Fachkräfte" in proof.wording


def test_where_changes_are_live_they_are_live(token: str, network_a: Network) -> None:
    client = Client()
    with in_network(network_a):
        house = Organisation.objects.get()
        save_organisation(actor=SYSTEM, organisation=house, approves_changes=False)
    url = page(token, f"einrichtung/{house.pk}/")
    values = {"form": form_of(client, url), "name": "Haus Auenblick"}
    assert client.post(url, values)["Location"].endswith("?getan=geaendert")
    with in_network(network_a):
        assert Organisation.objects.get().name == "Haus Auenblick"


def test_the_link_stands_in_no_log(token: str) -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    try:
        client = Client()
        client.get(page(token))
        client.post(page(token), {"form": "x"})
        client.get(page(token[:-1] + "A"))
    finally:
        logging.getLogger().removeHandler(handler)
    assert token[:24] not in out.getvalue()


@pytest.fixture
def colleague(token: str, network_a: Network) -> Contact:
    """Somebody of the same house who gave two ways to the coordination only."""
    with in_network(network_a):
        person = save_person(actor=SYSTEM, given_name="Kol", family_name="Lege")
        return save_contact(
            actor=SYSTEM, organisation=Organisation.objects.get(), person=person, name="Kol Lege",
            email="privat@kol.example", email_audience="internal",
            phones=[PhoneDraft("0171 5555555", audience=Audience.INTERNAL),
                    PhoneDraft("03431 55014", audience=Audience.PUBLIC)],
        )  # fmt: skip


def test_what_a_colleague_told_the_coordination_only_is_not_shown(
    client: Client, token: str, colleague: Contact
) -> None:
    for url in (page(token), page(token, f"kontakt/{colleague.pk}/")):
        shown = client.get(url).content.decode()
        assert "03431 55014" in shown
        assert "0171 5555555" not in shown
        assert "privat@kol.example" not in shown


def test_a_change_of_a_colleague_leaves_what_was_not_shown(
    client: Client, token: str, colleague: Contact, network_a: Network
) -> None:
    url = page(token, f"kontakt/{colleague.pk}/")
    sent = {"form": form_of(client, url), "name": "Kol Lege", "phone0": "03431 55099"}
    client.post(url, sent | {"email": "taken@over.example"})
    with in_network(network_a):
        proposal = opened(Proposal.objects.all())[0]
    assert proposal.changes == {"phones": [["0171 5555555", "03431 55014"],
                                           ["0171 5555555", "03431 55099"]]}  # fmt: skip
    assert "0171 5555555" not in client.get(page(token)).content.decode()


def test_who_shares_an_address_does_not_speak_for_the_other(
    client: Client, token: str, network_a: Network
) -> None:
    with in_network(network_a):
        house = Organisation.objects.get()
        email = Contact.objects.get(answers_inquiries=True).email
        other = save_contact(actor=SYSTEM, organisation=house, name="Nora Nebenan", email=email)
    assert "_audience" not in client.get(page(token, f"kontakt/{other.pk}/")).content.decode()


def test_nobody_writes_a_button_into_our_mails(
    client: Client, token: str, network_a: Network
) -> None:
    with in_network(network_a):
        network_a.approves_changes = False
        network_a.save()
        house = Organisation.objects.get()
    url = page(token, f"einrichtung/{house.pk}/")
    name = "Haus\n[Hier anmelden](https://evil.example/)\nWiesenpfad"
    client.post(url, {"form": form_of(client, url), "name": name})
    with in_network(network_a):
        house.refresh_from_db()
    assert house.name == "Haus [Hier anmelden](https://evil.example/) Wiesenpfad"
    house.name = name  # as an import may have brought it
    assert list(stored([house], [])) == [" ".join(name.split())]


def test_a_damaged_link_says_what_to_do_and_not_whether_it_was_one(
    token: str, network_a: Network
) -> None:
    with in_network(network_a):
        network_a.contact_phone, network_a.contact_email = "03431 123456", "netz@example.org"
        network_a.save()
    seen = []
    for wrong in (token[:-3], "geraten"):
        answer = Client().get(page(wrong))
        text = answer.content.decode()
        assert answer.status_code == 404 and "noch einmal aus der E-Mail" in text
        assert "03431" in text and "netz@example.org" in text and "Wiesenpfad" not in text
        seen.append(text.replace(wrong, ""))
    assert seen[0] == seen[1]


def test_nobody_hands_over_by_mistake(token: str, network_a: Network) -> None:
    client = Client(enforce_csrf_checks=True)
    form = form_of(client, page(token, "abgeben/"))
    refused = client.post(page(token, "abgeben/"), {"form": form, "note": "Ab Mai in Rente"})
    text = refused.content.decode()
    assert refused.status_code == 422 and "Bitte nennen Sie jemanden" in text
    assert "Ab Mai in Rente" in text
    with in_network(network_a):
        assert not Proposal.objects.exists()
    sent = client.post(page(token, "abgeben/"), {"form": form, "knows_nobody": "on"})
    assert sent.status_code == 302 and sent["Location"].endswith("?getan=abgegeben")
    with in_network(network_a):
        assert Proposal.objects.count() == 1
