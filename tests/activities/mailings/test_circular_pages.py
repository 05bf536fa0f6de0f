"""The desk writes, previews, plans and follows circulars, and keeps what was typed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from knotenpunkt.activities.mailings.actions import sending
from knotenpunkt.activities.mailings.actions.consents import note_consent
from knotenpunkt.activities.mailings.models import (
    Circular,
    MailingSettings,
    Recipient,
    Stage,
    Way,
)
from knotenpunkt.activities.mailings.queries.circulars import sent_to
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.tools.jobs.worker import run_waiting
from knotenpunkt.tools.mail.models import Message
from knotenpunkt.tools.mail.models import State as MailState
from tests.activities.mailings.people import TEXT, circular_for, everybody, somebody
from tests.conftest import Cast
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
PAGE = "/mitte/desk/rundschreiben/"
GONE = "Das geht nicht mehr"
FORM = {
    "title": "Einladung", "kind": "invitation", "subject": "Machen Sie mit", "text": TEXT,
    "by_mail": "on", "by_letter": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _server(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    settings.MAILS_A_MINUTE = 30


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shown(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def done(client: Client, path: str, **data: str) -> str:
    """What the page says that a deed leads to."""
    return client.post(path, data, follow=True).content.decode()


def some(network: Network, count: int = 3, **values: Any) -> Circular:
    with in_network(network):
        for number in range(count):
            somebody(number)
        somebody(900, email=False)
        everybody()
        return circular_for(**values)


def test_a_circular_is_written_seen_and_sent(cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        for number in range(60):
            somebody(number)
        by_post = somebody(900, email=False)
        audience = everybody()
    client = signed_in(cast.ede)
    page = done(client, f"{PAGE}neu/", **FORM, audience=str(audience.pk))
    assert "61 Schreiben: 60 E-Mails, 1 Brief." in page and "etwa 2 Minuten" in page
    with in_network(network_a):
        circular = Circular.objects.get()
    own = f"{PAGE}{circular.pk}/"
    assert "Guten Tag Kontakt 0," in page and "1 von 61" in page
    second = shown(client, own, leser=str(by_post.pk))
    assert "Guten Tag Kontakt 900," in second and "(Brief)" in second
    assert "Kontakt 17, Haus 0017" in shown(client, own, suche="haus 0017")
    assert "So heißt niemand" in shown(client, own, suche="Rumpelstilzchen")
    asked = shown(client, f"{own}senden/")
    assert "Jetzt senden: 61 Schreiben" in asked
    with in_network(network_a):
        assert not Message.objects.exists()
    assert "Der Versand beginnt" in done(client, f"{own}senden/", tun="jetzt")
    again = done(client, f"{own}senden/", tun="jetzt")
    assert "Niemand bekommt es doppelt" in again and "0 von 60" in again
    with in_network(network_a):
        assert Message.objects.count() == 60 and Recipient.objects.count() == 61


def test_what_was_typed_stays_when_something_is_wrong(cast: Cast, network_a: Network) -> None:
    client = signed_in(cast.ede)
    told = {**FORM, "text": "Hallo {vorname},\n\nwie geht es?"}
    answer = client.post(f"{PAGE}neu/", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "wie geht es?" in page and "{vorname}" in page and "{anrede}" in page
    assert "Möglich sind: " in page and "Possible" not in page
    link = client.post(f"{PAGE}neu/", {**FORM, "text": "[Ohne](example.org)"})
    assert link.status_code == 422
    assert "Dieser Link ist unvollständig: [Ohne](example.org)." in link.content.decode()
    with in_network(network_a):
        assert not Circular.objects.exists()


def test_what_letters_cannot_print_is_told_before_they_are_printed(
    cast: Cast, network_a: Network
) -> None:
    client = signed_in(cast.petra)
    circular = some(network_a, 1, subject="Danke 🎉", text="{anrede}\n\nschön 🌻 🎉")
    told = "Zeichen, die nicht gedruckt werden können: 🎉 🌻."
    assert told in shown(client, f"{PAGE}{circular.pk}/")
    with in_network(network_a):
        by_mail = circular_for(subject="Danke 🎉", by_letter=False)
        foreign = circular_for(subject="漢")
    assert "nicht gedruckt" not in shown(client, f"{PAGE}{by_mail.pk}/")
    assert "Niemand bekommt das als Brief" in shown(client, f"{PAGE}{foreign.pk}/")


def test_a_draft_may_lack_what_is_missing_and_says_it(cast: Cast, network_a: Network) -> None:
    client = signed_in(cast.ede)
    page = done(client, f"{PAGE}neu/", title="Später", kind="newsletter")
    for told in ("Es hat noch keinen Text.", "noch kein Verteiler gewählt", "Weiterschreiben"):
        assert told in page
    with in_network(network_a):
        own = f"{PAGE}{Circular.objects.get().pk}/"
    assert client.get(f"{own}senden/").status_code == 302
    assert "gelöscht" in done(client, f"{own}loeschen/")
    with in_network(network_a):
        assert not Circular.objects.exists()


def test_numbers_follow_the_chosen_audience(cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        somebody(1)
        somebody(2, email=False)
        audience = everybody()
    told = {"audience": str(audience.pk), "kind": "invitation", "by_mail": "on"}
    page = shown(signed_in(cast.ede), f"{PAGE}erreicht/", **told)
    assert "1 Schreiben: 1 E-Mail." in page and "1 wird nicht angeschrieben" in page


def test_two_people_release_before_it_is_sent(cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        MailingSettings(four_eyes=True).save()
        somebody(1)
        audience = everybody()
    ede, petra = signed_in(cast.ede), signed_in(cast.petra)
    page = done(ede, f"{PAGE}neu/", **FORM, audience=str(audience.pk))
    assert "Freigabe erbitten" in page and "Weiter zum Senden" not in page
    with in_network(network_a):
        own = f"{PAGE}{Circular.objects.get().pk}/"
    page = done(ede, f"{own}tun/freigabe-erbitten/")
    assert "Wartet auf eine zweite Person" in page and "tun/freigeben/" not in page
    assert "jemand anderes" in done(ede, f"{own}tun/freigeben/")
    with in_network(network_a):
        assert Circular.objects.get().stage == Stage.TO_RELEASE
    page = done(petra, f"{own}tun/freigeben/")
    assert "Weiter zum Senden" in page and "Petra" in page
    done(ede, f"{own}bearbeiten/", **FORM | {"text": "Anders"}, audience=str(audience.pk))
    assert "Weiter zum Senden" not in shown(ede, own)
    page = shown(ede, f"{own}senden/")
    assert "Eine zweite Person muss das zuerst freigeben" in page and 'name="tun"' not in page
    for deed in ("jetzt", "planen"):
        told = {"tun": deed, "day": "2099-01-05", "clock": "8"}
        assert ede.post(f"{own}senden/", told).status_code == 422
    with in_network(network_a):
        assert Circular.objects.get().stage == Stage.DRAFT
        assert not Message.objects.exists()


def test_it_is_planned_and_taken_back(cast: Cast, network_a: Network) -> None:
    own = f"{PAGE}{some(network_a).pk}/"
    client = signed_in(cast.petra)
    day = timezone.localdate() + timedelta(days=3)
    wrong = client.post(f"{own}senden/", {"tun": "planen", "day": "2020-01-01", "clock": "8"})
    assert wrong.status_code == 422
    page = done(client, f"{own}senden/", tun="planen", day=day.isoformat(), clock="8.30 Uhr")
    assert "Der Versand beginnt von selbst" in page and "8.30 Uhr" in page
    assert client.get(f"{own}bearbeiten/").status_code == 302
    assert "Zurückgenommen" in done(client, f"{own}tun/planung-zuruecknehmen/")
    with in_network(network_a):
        assert Circular.objects.get().stage == Stage.DRAFT


def test_its_progress_is_followed_paused_and_ended(cast: Cast, network_a: Network) -> None:
    circular = some(network_a)
    own, client = f"{PAGE}{circular.pk}/", signed_in(cast.petra)
    with in_network(network_a):
        sending.start(actor=SYSTEM, circular=circular)
    part = client.get(f"{own}stand/")
    assert "0 von 3" in part.content.decode() and "hx-trigger" in part.content.decode()
    assert "HX-Refresh" not in part.headers
    page = done(client, f"{own}tun/unterbrechen/")
    assert "Der Versand ist unterbrochen" in page and "Weiter senden" in page
    assert client.get(f"{own}stand/").headers["HX-Refresh"] == "true"
    assert "Das geht nicht mehr" in done(client, f"{own}tun/unterbrechen/")
    assert "tun/unterbrechen/" in done(client, f"{own}tun/weiter/")
    assert "Endgültig beenden?" in shown(client, f"{own}beenden/")
    page = done(client, f"{own}beenden/")
    assert "angehalten" in page and "Beendet" in page
    run_waiting()
    with in_network(network_a):
        assert set(Message.objects.values_list("state", flat=True)) == {MailState.STOPPED}


def test_results_are_told_and_lead_to_a_reminder(cast: Cast, network_a: Network) -> None:
    circular = some(network_a, 4)
    own, client = f"{PAGE}{circular.pk}/", signed_in(cast.petra)
    with in_network(network_a):
        sending.start(actor=SYSTEM, circular=circular)
        states = (MailState.SENT, MailState.BOUNCED, MailState.FAILED, MailState.UNCLEAR)
        for row, state in zip(Message.objects.order_by("pk"), states, strict=True):
            row.state, row.reason = state, f"Grund {state}"
            row.save()
        sending.settle(circular_id=circular.pk)
        answered = Recipient.objects.filter(message__state=MailState.SENT).get()
        answered.answered_at = timezone.now()
        answered.save()
    page = shown(client, own)
    for told in ("Kam zurück", "Unklar", "Nicht gesendet", "4 ohne Antwort erinnern", "20 %"):
        assert told in page
    trouble = shown(client, own, stand="problem")
    assert "Grund bounced" in trouble and "3 Empfänger" in trouble
    assert "wird noch einmal" in done(client, f"{own}tun/noch-einmal/")
    page = done(client, f"{own}nachfassen/")
    assert "Erinnerung: Einladung 2027" in page
    with in_network(network_a):
        reminder = Circular.objects.get(follows=circular)
    assert "4 Schreiben: 3 E-Mails, 1 Brief." in shown(client, f"{PAGE}{reminder.pk}/")
    assert "Guten Tag Kontakt" in shown(client, f"{own}text/")


def _sent_back(network: Network) -> tuple[Circular, list[Contact]]:
    """Mails to four, of which three came back; one of them has no postal address, one objects."""
    circular = some(network, 4)
    with in_network(network):
        sending.start(actor=SYSTEM, circular=circular)
        rows = list(Recipient.objects.exclude(message=None).order_by("contact__name"))
        for row in rows:
            assert row.message
            row.message.state = MailState.SENT if row == rows[0] else MailState.BOUNCED
            row.message.save()
        sending.settle(circular_id=circular.pk)
        people = [row.contact for row in rows if row.contact]
        people[1].organisation.place = None
        people[1].organisation.save()
        note_consent(actor=SYSTEM, contact=people[2], is_given=False, how="am Telefon")
    return circular, people


def test_a_mail_that_came_back_becomes_a_letter_once(cast: Cast, network_a: Network) -> None:
    circular, people = _sent_back(network_a)
    own, client = f"{PAGE}{circular.pk}/", signed_in(cast.petra)
    page = shown(client, own)
    assert "1 Mail kam zurück – als Brief drucken" in page
    assert "2 Mails kamen zurück, und ein Brief geht nicht" in page
    assert "als Brief drucken" not in shown(signed_in(cast.birgit), own)
    page = done(client, f"{own}als-brief/")
    assert "1 Brief mehr wartet auf den Druck" in page and "Haus 0003" in page
    with in_network(network_a):
        turned = Recipient.objects.get(contact=people[3])
        assert (turned.way, turned.printed_at) == (Way.LETTER, None)
        mailed = Recipient.objects.filter(contact__in=people, way=Way.MAIL)
        assert {row.contact for row in mailed} == set(people[:3])
        assert sent_to([people[3].pk])[0].at == circular_again(circular).fixed_at
    assert GONE in done(client, f"{own}als-brief/")
    assert "als Brief drucken" not in shown(client, own)
    with in_network(network_a):
        assert Recipient.objects.filter(contact__in=people, way=Way.LETTER).count() == 1


def test_while_mails_are_on_their_way_none_becomes_a_letter(cast: Cast, network_a: Network) -> None:
    circular, people = _sent_back(network_a)
    with in_network(network_a):
        circular = circular_again(circular)
        circular.stage = Stage.PAUSED
        circular.save()
    assert GONE in done(signed_in(cast.petra), f"{PAGE}{circular.pk}/als-brief/")
    with in_network(network_a):
        assert not Recipient.objects.filter(contact__in=people, way=Way.LETTER).exists()


def circular_again(circular: Circular) -> Circular:
    return Circular.objects.get(pk=circular.pk)


def test_a_newsletter_that_nobody_agreed_to_says_so_and_can_be_read(
    cast: Cast, network_a: Network
) -> None:
    circular = some(network_a, kind="newsletter")
    own, client = f"{PAGE}{circular.pk}/", signed_in(cast.petra)
    page = shown(client, own)
    assert "Sobald ein Verteiler gewählt ist" not in page
    assert "hat bisher niemand" in page and "rundschreiben/einstellungen/" in page
    assert "Guten Tag Kontakt 0," in page and "1 von 4" in page
    hits = shown(client, own, suche="haus 0002")
    found = re.search(r'href="(\?leser=[^"#]+)#vorschau">Kontakt 2', hits)
    assert found and "Guten Tag Kontakt 2," in shown(client, f"{own}{found[1]}")
    assert cast.petra.email in done(client, f"{own}tun/probe/", leser=found[1].partition("=")[2])
    with in_network(network_a):
        assert Message.objects.count() == 1 and not Recipient.objects.exists()
        contact = Contact.objects.get(name="Kontakt 1")
        note_consent(actor=SYSTEM, contact=contact, is_given=True, how="Am Telefon")
    page = shown(client, own)
    assert "hat bisher niemand" not in page
    assert "Guten Tag Kontakt 1," in page and "1 von 1" in page
    assert "Kontakt 2, Haus 0002" in shown(client, own, suche="haus 0002")


def test_thanks_want_no_answer(cast: Cast, network_a: Network) -> None:
    circular = some(network_a, occasion="thanks")
    with in_network(network_a):
        sending.start(actor=SYSTEM, circular=circular)
        sending.stop(actor=SYSTEM, circular=circular)
        row = Recipient.objects.first()
        assert row is not None
        row.answered_at = timezone.now()
        row.save()
    page = shown(signed_in(cast.petra), f"{PAGE}{circular.pk}/")
    assert "ohne Antwort erinnern" not in page and "25 %" not in page
    assert "25 %" not in shown(signed_in(cast.petra), PAGE)


def test_a_test_goes_to_oneself(cast: Cast, network_a: Network) -> None:
    circular = some(network_a)
    page = done(signed_in(cast.petra), f"{PAGE}{circular.pk}/tun/probe/", leser="x")
    assert cast.petra.email in page
    with in_network(network_a):
        assert Message.objects.count() == 1 and not Recipient.objects.exists()


def test_newsletters_have_an_archive(cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        MailingSettings(newsletter_needs_consent=False).save()
    circular = some(network_a, title="Rundbrief Mai", kind="newsletter")
    with in_network(network_a):
        circular_for(title="Einladung Juni")
        sending.start(actor=SYSTEM, circular=circular)
        sending.stop(actor=SYSTEM, circular=circular)
    assert "ohne Antwort erinnern" not in shown(signed_in(cast.petra), f"{PAGE}{circular.pk}/")
    page = shown(signed_in(cast.birgit), PAGE, stand="rundbriefe")
    assert "Rundbrief Mai" in page and "Einladung Juni" not in page


def test_settings_hold_for_the_network(cast: Cast, network_a: Network) -> None:
    client = signed_in(cast.petra)
    done(client, f"{PAGE}einstellungen/", four_eyes="on", return_line="Netz,  09599 Freiberg")
    with in_network(network_a):
        found = MailingSettings.objects.get()
        assert (found.four_eyes, found.newsletter_needs_consent) == (True, False)
        assert found.return_line == "Netz, 09599 Freiberg"


def test_pages_ask_no_more_for_many(
    cast: Cast, network_a: Network, django_assert_max_num_queries: Any
) -> None:
    circular = some(network_a, 40)
    client = signed_in(cast.petra)
    with django_assert_max_num_queries(32):
        shown(client, f"{PAGE}{circular.pk}/")
    with in_network(network_a):
        sending.start(actor=SYSTEM, circular=circular)
    for path in (PAGE, f"{PAGE}{circular.pk}/", f"{PAGE}{circular.pk}/text/"):
        with django_assert_max_num_queries(24):
            shown(client, path)


def test_another_network_sees_nothing_of_it(
    cast: Cast, network_a: Network, network_b: Network
) -> None:
    circular = some(network_a)
    client = signed_in(cast.carla)
    assert client.get(f"/peine/desk/rundschreiben/{circular.pk}/").status_code == 404
    assert client.get(f"{PAGE}{circular.pk}/").status_code == 404
    assert circular.title not in shown(client, "/peine/desk/rundschreiben/")
