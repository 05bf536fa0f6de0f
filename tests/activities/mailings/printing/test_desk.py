"""Printing the letters of a circular: ordered, made in the background, noted as posted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from knotenpunkt.activities.mailings.actions import printing
from knotenpunkt.activities.mailings.actions.looking_back import were_posted
from knotenpunkt.activities.mailings.actions.printing import (
    Wish,
    drop_files_with,
    mark_posted,
    order_print,
    print_again,
    take_back_posted,
)
from knotenpunkt.activities.mailings.models import Circular, Print, Recipient, Way
from knotenpunkt.activities.mailings.queries.printing import get_letter, missing_in, prints
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.actions import save_contact, save_person
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.files.queries import content_of
from knotenpunkt.tools.jobs.actions import NotNow
from knotenpunkt.tools.jobs.worker import run_waiting
from tests.conftest import Cast
from tests.factories import SYSTEM, make_organisation, make_place
from tests.papers import bookmarks_of, pages_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]
BASE = "/mitte/desk/rundschreiben"


@pytest.fixture
def network(cast: Cast, network_a: Network) -> Iterator[Network]:
    """With its members; whoever makes them enters networks."""
    with in_network(network_a):
        yield network_a


def make_recipient(circular: Circular, code: str, house: str = "Haus", name: str = "") -> Recipient:
    place = make_place(street="Markt 1", postal_code=code, town="Ort")
    organisation = make_organisation(f"{house} {code}", place=place)
    contact = save_contact(actor=SYSTEM, organisation=organisation, name=name)
    row = Recipient(circular=circular, contact=contact, organisation=organisation, way=Way.LETTER)
    row.save()
    return row


@pytest.fixture
def circular(network: Network) -> Circular:
    """A circular that was sent, with a letter to Döbeln and one to Freiberg."""
    found = Circular(
        title="Einladung", subject="Danke, {name}", fixed_at=timezone.now(), stage="sent",
        text="{anrede}\n\nwir laden Sie ein.\n\n[Ihre Seite]({link})\n\nHerzlich, Jana",
    )  # fmt: skip
    found.save()
    make_recipient(found, "09599")
    make_recipient(found, "04720", name="Kim Muster")
    return found


def printed(circular: Circular, wish: Wish | None = None) -> Print:
    made = order_print(actor=SYSTEM, circular=circular, wish=wish or Wish())
    run_waiting()
    return Print.objects.select_related("file", "circular").get(pk=made.pk)


def content(made: Print) -> bytes:
    assert made.file is not None
    return content_of(made.file.pk)


def test_a_file_is_made_in_the_background(circular: Circular) -> None:
    made = printed(circular, Wish(day=date(2027, 4, 12)))
    assert (made.count, made.missing, len(made.recipients)) == (2, [], 2)
    paper = content(made)
    assert [title.split()[0] for title in bookmarks_of(paper)] == ["04720", "09599"]
    first = text_of(paper)
    assert "12. April 2027" in first and "Guten Tag Kim Muster," in first
    assert "/mitte/p/" in first and "ihr-link" not in first


def test_the_file_goes_by_itself(circular: Circular) -> None:
    kept = printed(circular).file
    assert kept is not None and kept.kept_until is not None
    assert timedelta(days=13) < kept.kept_until - timezone.now() < timedelta(days=15)


def test_who_is_missing_is_named_and_the_others_are_printed(circular: Circular) -> None:
    odd = make_recipient(circular, "01067", house="漢")
    gone = make_recipient(circular, "01069")
    gone.contact = None
    gone.save()
    made = printed(circular)
    assert made.count == 2
    [told] = missing_in(SYSTEM, [made]).values()
    assert {one.row.pk for one in told if one.row} == {odd.pk, gone.pk}
    assert any("漢" in one.reason for one in told)


def test_nothing_printable_makes_no_file(circular: Circular) -> None:
    Recipient.objects.all().delete()
    make_recipient(circular, "01067", house="漢")
    made = printed(circular)
    assert made.file is None and len(made.missing) == 1


def test_very_many_become_several_files(
    circular: Circular, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "MOST", 1)
    printed(circular)
    made = prints(SYSTEM, circular)
    assert [one.count for one in made] == [1, 1]
    assert len({one.file_id for one in made}) == 2
    assert len({pk for one in made for pk in one.recipients}) == 2


def test_letters_are_noted_as_posted_and_that_is_taken_back(circular: Circular) -> None:
    made = printed(circular)
    late = make_recipient(circular, "01067")
    day = timezone.localdate() - timedelta(days=1)
    assert mark_posted(actor=SYSTEM, made=made, on=day) == 2
    moments = Recipient.objects.filter(printed_at__isnull=False)
    assert {timezone.localdate(row.printed_at) for row in moments} == {day}
    assert printed(circular).recipients == [str(late.pk)]
    assert printed(circular, Wish(only_open=False)).count == 3
    take_back_posted(actor=SYSTEM, made=made)
    assert not Recipient.objects.filter(printed_at__isnull=False).exists()
    with pytest.raises(NotNow):
        take_back_posted(actor=SYSTEM, made=made)


def test_letters_of_the_past_are_noted_without_a_file(desk: Client, circular: Circular) -> None:
    day = timezone.localdate() - timedelta(days=90)
    assert were_posted(actor=SYSTEM, circular=circular, on=day) == 2
    assert {row.printed_at.date() for row in Recipient.objects.all() if row.printed_at} == {day}
    page = desk.get(f"{BASE}/{circular.pk}/briefe/").content.decode()
    assert "2 Briefe" in page and "Die Datei ist gelöscht" in page
    assert were_posted(actor=SYSTEM, circular=Circular.objects.create(title="Leer"), on=day) == 0


def test_nothing_is_posted_in_the_future_and_labels_are_not_letters(circular: Circular) -> None:
    made = printed(circular)
    with pytest.raises(ValidationError):
        mark_posted(actor=SYSTEM, made=made, on=timezone.localdate() + timedelta(days=1))
    labels = printed(circular, Wish(form="labels", sheet="70x36", start=4))
    assert labels.count == 2 and pages_of(content(labels)) == 1
    with pytest.raises(NotNow):
        mark_posted(actor=SYSTEM, made=labels, on=timezone.localdate())


def test_nothing_is_printed_before_recipients_are_fixed(circular: Circular) -> None:
    circular.fixed_at = None
    circular.save()
    with pytest.raises(NotNow):
        order_print(actor=SYSTEM, circular=circular, wish=Wish())


def test_nobody_to_print_for_is_told(circular: Circular) -> None:
    Recipient.objects.all().delete()
    with pytest.raises(ValidationError):
        order_print(actor=SYSTEM, circular=circular, wish=Wish())


def test_readers_print_nothing(circular: Circular, client: Client, cast: Cast) -> None:
    client.force_login(cast.birgit)
    assert client.get(f"{BASE}/{circular.pk}/briefe/").status_code == 403
    assert client.post(f"{BASE}/{circular.pk}/briefe/", {"whose": "alle"}).status_code == 403
    assert not Print.objects.exists()


def test_one_letter_is_printed_again(circular: Circular) -> None:
    row = Recipient.objects.get(contact__name="Kim Muster")
    paper = print_again(actor=SYSTEM, row=get_letter(SYSTEM, circular, row.pk))
    assert pages_of(paper) == 1 and "Kim Muster" in text_of(paper)


def test_files_with_somebody_who_is_forgotten_go(circular: Circular) -> None:
    made = printed(circular)
    row = Recipient.objects.get(contact__name="Kim Muster")
    assert drop_files_with([row]) == 1
    assert not StoredFile.objects.filter(pk=made.file_id).exists()
    assert drop_files_with([row]) == 0


def test_who_is_erased_while_the_pages_are_set_is_in_no_file(
    circular: Circular, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Setting a thousand letters takes minutes: what was read before is not true any more."""
    set_pages = printing._set

    def slowly(texts: Any, wish: Wish) -> Any:
        part = set_pages(texts, wish)
        Recipient.objects.filter(contact__name="Kim Muster").delete()
        return part

    monkeypatch.setattr(printing, "_set", slowly)
    made = printed(circular)
    assert made.count == 1 and "Kim Muster" not in text_of(content(made))
    assert StoredFile.objects.filter(content_type="application/pdf").count() == 1


def test_a_person_is_addressed_with_title(circular: Circular) -> None:
    anna = save_person(
        actor=SYSTEM, salutation="Frau", title="Dr.", given_name="Anna", family_name="Beispiel"
    )
    row = make_recipient(circular, "01067")
    row.contact.person = anna
    row.contact.save()
    first = text_of(content(printed(circular)))
    assert "Frau Dr. Anna Beispiel" in first and "Sehr geehrte Frau Dr. Beispiel," in first


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.ede)
    return client


def ordered(desk: Client, circular: Circular, **form: str) -> UUID:
    usual = {"whose": "offen", "day": "2027-04-12"}
    answer = desk.post(f"{BASE}/{circular.pk}/briefe/", usual | form)
    assert answer.status_code == 302
    run_waiting()
    return Print.objects.first().pk


def test_the_page_leads_from_ordering_to_posting(
    desk: Client, circular: Circular, network: Network
) -> None:
    make_recipient(circular, "01067", house="漢")
    page = desk.get(f"{BASE}/{circular.pk}/briefe/").content.decode()
    assert "1 lässt sich nicht drucken" in page
    with in_network(network):
        made = ordered(desk, circular, duplex="on")
    page = desk.get(f"{BASE}/{circular.pk}/briefe/").content.decode()
    assert "2 Briefe · Heute" in page and "漢" in page
    file = desk.get(f"{BASE}/{circular.pk}/briefe/{made}.pdf")
    assert file["Content-Type"] == "application/pdf" and pages_of(file.content) == 3
    answer = desk.post(f"{BASE}/{circular.pk}/briefe/{made}/verschickt/", {"day": "2026-01-05"})
    assert answer.status_code == 302
    page = desk.get(f"{BASE}/{circular.pk}/briefe/").content.decode()
    assert "5. Januar 2026" in page and "Doch nicht verschickt" in page
    desk.post(f"{BASE}/{circular.pk}/briefe/{made}/zurueck/")
    assert "Doch nicht verschickt" not in desk.get(f"{BASE}/{circular.pk}/briefe/").content.decode()


def test_a_day_to_come_is_told_beside_the_file(desk: Client, circular: Circular) -> None:
    made = ordered(desk, circular)
    answer = desk.post(f"{BASE}/{circular.pk}/briefe/{made}/verschickt/", {"day": "2999-01-01"})
    assert answer.status_code == 422 and "Dieser Tag" in answer.content.decode()


def test_a_sheet_has_only_so_many_labels(desk: Client, circular: Circular) -> None:
    wrong = {"whose": "alle", "sheet": "105x48", "start": "13"}
    answer = desk.post(f"{BASE}/{circular.pk}/briefe/etiketten/", wrong)
    assert answer.status_code == 422 and "12 Etiketten" in answer.content.decode()
    assert not Print.objects.exists()


def test_a_preview_writes_nothing_and_shows_a_link_that_opens_nothing(
    desk: Client, circular: Circular
) -> None:
    row = Recipient.objects.get(contact__name="Kim Muster")
    answer = desk.get(f"{BASE}/{circular.pk}/briefe/vorschau/{row.contact_id}.pdf")
    assert answer["Content-Disposition"].startswith("inline")
    assert "Kim Muster" in text_of(answer.content)
    assert not Print.objects.exists()


def test_a_preview_without_an_address_says_why(desk: Client, circular: Circular) -> None:
    house = make_organisation("Ohne Ort")
    contact = save_contact(actor=SYSTEM, organisation=house, name="Kim")
    answer = desk.get(f"{BASE}/{circular.pk}/briefe/vorschau/{contact.pk}.pdf")
    assert "Die Anschrift ist unvollständig." in answer.content.decode()


def test_one_letter_is_fetched_at_the_desk(desk: Client, circular: Circular) -> None:
    row = Recipient.objects.get(contact__name="Kim Muster")
    url = f"{BASE}/{circular.pk}/briefe/an/{row.pk}/"
    assert "Markt 1" in desk.get(url).content.decode()
    assert pages_of(desk.post(url).content) == 1


def test_a_circular_without_letters_says_so(desk: Client, circular: Circular) -> None:
    Recipient.objects.all().delete()
    page = desk.get(f"{BASE}/{circular.pk}/briefe/").content.decode()
    assert "Niemand bekommt einen Brief" in page


def test_the_page_asks_a_fixed_number_of_questions(
    desk: Client, circular: Circular, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for code in range(20):
        make_recipient(circular, f"{code + 10000}")
    with django_assert_max_num_queries(40):
        desk.get(f"{BASE}/{circular.pk}/briefe/")
