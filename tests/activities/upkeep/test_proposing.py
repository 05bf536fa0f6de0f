"""Changes wait or go live; nothing is lost, nothing overwritten, nobody sees a stranger's."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from knotenpunkt.activities.upkeep import privacy
from knotenpunkt.activities.upkeep.actions.proposing import (
    AlreadyDecided,
    Author,
    Came,
    ChangedMeanwhile,
    decide,
    end_offer,
    hand_over,
    propose,
    take_back,
)
from knotenpunkt.activities.upkeep.models import Decision, Proposal
from knotenpunkt.activities.upkeep.queries.contacts import key_of_contact, responsible_contact
from knotenpunkt.activities.upkeep.queries.proposals import answer_of, lines, opened, stamp
from knotenpunkt.foundation.accounts.actors import ANYONE
from knotenpunkt.foundation.audit.keys import forget_key
from knotenpunkt.foundation.core.personal_data import Person
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.actions import save_offer
from knotenpunkt.registers.offers.models import Offer, Status
from knotenpunkt.registers.partners.actions import save_organisation
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.tools.links.actions import link_token
from knotenpunkt.tools.links.queries import opened as opens
from tests.activities.upkeep.asking import mails, make_contact
from tests.factories import SYSTEM, make_offer, make_organisation

PHONE = "03731 555010"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _inside(inside_a: Network, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.org"


@pytest.fixture
def house() -> Organisation:
    return make_organisation("Haus Wiesenpfad")


@pytest.fixture
def author(house: Organisation) -> Author:
    return Author(contact=make_contact(house))


@pytest.fixture
def offer(house: Organisation) -> Offer:
    return make_offer("Krabbelgruppe", provider=house)


def seen(proposal: Proposal) -> str:
    return stamp(lines(opened([proposal])[0]) or [])


def test_a_change_waits_and_says_nothing_in_the_clear(author: Author, offer: Offer) -> None:
    wanted = {"summary": "Nur noch dienstags", "title": "Krabbelgruppe"}
    assert propose(actor=SYSTEM, author=author, entry=offer, wanted=wanted) is Came.WAITS
    offer.refresh_from_db()
    assert offer.summary == ""
    proposal = Proposal.objects.get()
    assert b"dienstags" not in bytes(proposal.sealed)
    assert opened([proposal])[0].changes == {"summary": ["", "Nur noch dienstags"]}


def test_the_same_sent_twice_waits_once(author: Author, offer: Offer) -> None:
    for summary in ("A", "A", "B"):
        propose(actor=SYSTEM, author=author, entry=offer, wanted={"summary": summary})
    assert opened([Proposal.objects.get()])[0].changes["summary"] == ["", "B"]


def test_nothing_changed_is_no_change(author: Author, offer: Offer) -> None:
    wanted = {"title": offer.title}
    assert propose(actor=SYSTEM, author=author, entry=offer, wanted=wanted) is Came.NOTHING
    assert not Proposal.objects.exists()


def test_where_the_provider_may_it_is_live_and_confirmed(
    author: Author, offer: Offer, house: Organisation
) -> None:
    save_organisation(actor=SYSTEM, organisation=house, approves_changes=False)
    offer = Offer.objects.get()
    assert propose(actor=SYSTEM, author=author, entry=offer, wanted={"summary": "Neu"}) is Came.LIVE
    offer.refresh_from_db()
    assert offer.summary == "Neu" and offer.checked_on is not None


def test_what_cannot_be_stored_is_told_to_its_author(author: Author, offer: Offer) -> None:
    with pytest.raises(ValidationError):
        propose(actor=SYSTEM, author=author, entry=offer, wanted={"website": "kein Link"})
    assert not Proposal.objects.exists()


def test_trying_it_out_changes_nothing(author: Author, offer: Offer) -> None:
    propose(actor=SYSTEM, author=author, entry=offer, wanted={"title": "Neuer Name"})
    offer.refresh_from_db()
    assert offer.title == "Krabbelgruppe"


def test_it_is_taken_over_in_part_and_answered(author: Author, offer: Offer) -> None:
    wanted = {"summary": "Neu", "title": "Anders"}
    propose(actor=SYSTEM, author=author, entry=offer, wanted=wanted)
    proposal = Proposal.objects.get()
    decide(
        actor=SYSTEM, proposal_id=proposal.pk, accepted=["summary"], seen=seen(proposal),
        answer="Der Titel bleibt bitte.",
    )  # fmt: skip
    offer.refresh_from_db()
    proposal.refresh_from_db()
    assert (offer.summary, offer.title) == ("Neu", "Krabbelgruppe")
    assert proposal.decision == Decision.PARTLY
    assert answer_of(proposal) == "Der Titel bleibt bitte."
    to, _subject, text = mails()[-1]
    assert to == "mira@example.org" and "Der Titel bleibt bitte." in text
    with pytest.raises(AlreadyDecided):
        decide(actor=SYSTEM, proposal_id=proposal.pk, accepted=["title"], seen=seen(proposal))


def test_a_change_in_between_is_never_overwritten_unseen(author: Author, offer: Offer) -> None:
    propose(actor=SYSTEM, author=author, entry=offer, wanted={"summary": "Vom Partner"})
    proposal = Proposal.objects.get()
    before = seen(proposal)
    save_offer(actor=SYSTEM, offer=Offer.objects.get(), summary="Vom Netzwerk")
    with pytest.raises(ChangedMeanwhile):
        decide(actor=SYSTEM, proposal_id=proposal.pk, accepted=["summary"], seen=before)
    line = (lines(opened([proposal])[0]) or [])[0]
    assert line.is_moved and line.now == "Vom Netzwerk"


def test_refusing_leaves_everything_and_tells_why(author: Author, offer: Offer) -> None:
    propose(actor=SYSTEM, author=author, entry=offer, wanted={"summary": "Neu"})
    proposal = Proposal.objects.get()
    decide(actor=SYSTEM, proposal_id=proposal.pk, accepted=[], seen="", answer="Das ist Werbung.")
    offer.refresh_from_db()
    assert offer.summary == "" and "Werbung" in mails()[-1][2]


def test_an_ended_offer_is_withdrawn_once_somebody_agrees(author: Author, offer: Offer) -> None:
    assert end_offer(actor=SYSTEM, author=author, offer=offer) is Came.WAITS
    offer.refresh_from_db()
    assert offer.status == Status.PUBLISHED
    decide(actor=SYSTEM, proposal_id=Proposal.objects.get().pk, accepted=["ended"], seen="")
    offer.refresh_from_db()
    assert offer.status == Status.WITHDRAWN


def test_handing_over_ends_role_and_link_and_asks_the_next(
    author: Author, house: Organisation
) -> None:
    assert author.contact is not None
    token = link_token(actor=SYSTEM, holder=author.contact.pk)
    told = {
        "name": "Nele Neu",
        "email": "nele@example.org",
        "function": "",
        "phone": "03731 555010",
    }
    hand_over(actor=SYSTEM, contact=author.contact, successor=told)
    assert opens(token) is not None  # nobody who is only named gets a link
    decide(actor=SYSTEM, proposal_id=Proposal.objects.get().pk, accepted=["name"], seen="")
    assert opens(token) is None
    new = responsible_contact(house)
    assert new is not None and new.name == "Nele Neu"
    assert new.name_audience == "internal" and new.phones.get().audience == "internal"


def test_its_author_takes_it_back_and_nobody_else(author: Author, offer: Offer) -> None:
    propose(actor=SYSTEM, author=author, entry=offer, wanted={"summary": "Neu"})
    proposal = Proposal.objects.get()
    stranger = Author(contact=make_contact(offer.provider, email="fremd@example.org"))
    assert not take_back(actor=SYSTEM, author=stranger, proposal_id=proposal.pk)
    assert take_back(actor=SYSTEM, author=author, proposal_id=proposal.pk)
    assert Proposal.objects.get().decision == Decision.TAKEN_BACK


def test_only_who_publishes_decides(author: Author, offer: Offer) -> None:
    propose(actor=SYSTEM, author=author, entry=offer, wanted={"summary": "Neu"})
    with pytest.raises(PermissionDenied):
        decide(actor=ANYONE, proposal_id=Proposal.objects.get().pk, accepted=["summary"], seen="")


def test_without_the_key_nobody_reads_it(author: Author, offer: Offer) -> None:
    propose(actor=SYSTEM, author=author, entry=offer, wanted={"summary": "Neu"})
    assert author.contact is not None
    forget_key(key_of_contact(author.contact))
    one = opened([Proposal.objects.get()])[0]
    assert one.is_erased and not one.changes


def test_erasure_reaches_what_others_wrote_about_somebody(author: Author) -> None:
    assert author.contact is not None
    hand_over(
        actor=SYSTEM, contact=author.contact,
        successor={"name": "Nele Neu", "email": "", "function": "", "phone": ""},
    )  # fmt: skip
    other = Person(
        kind="partners.Contact", ids=frozenset(), networks=frozenset(),
        names=frozenset(["Nele Neu"]),
    )  # fmt: skip
    assert privacy.erase(other) == 1 and not Proposal.objects.exists()


def test_a_new_number_shows_to_nobody_until_somebody_says_so(
    author: Author, house: Organisation
) -> None:
    save_organisation(actor=SYSTEM, organisation=house, approves_changes=False)
    contact = Contact.objects.get()
    wanted = {"phones": ["03731 555010", "03731 555011"], "audiences": {"03731 555011": "public"}}
    propose(actor=SYSTEM, author=author, entry=contact, wanted=wanted)
    told = {phone.shown: phone.audience for phone in contact.phones.all()}
    assert told == {"03731 555010": "internal", "03731 555011": "public"}
    release = contact.releases.get(phone__shown="03731 555011")
    assert release.given == "link" and release.wording
