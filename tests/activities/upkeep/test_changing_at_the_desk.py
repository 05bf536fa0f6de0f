"""A provider who signed in: what others read waits or changes at once, on every way to it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from knotenpunkt.activities.upkeep.actions.proposing import decide
from knotenpunkt.activities.upkeep.models import Proposal
from knotenpunkt.activities.upkeep.queries.proposals import lines, opened, stamp
from knotenpunkt.foundation.accounts.actors import Person as Member
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.actions import save_offer, withdraw_offer
from knotenpunkt.registers.offers.editing.actions.keeping import keep_offer, take_back
from knotenpunkt.registers.offers.editing.actions.pictures import add_picture, remove_picture
from knotenpunkt.registers.offers.editing.drafts import ContactDraft, OfferDraft, ProviderDraft
from knotenpunkt.registers.offers.editing.resets import undo_plan
from knotenpunkt.registers.offers.editing.states import PLAIN
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.actions import save_contact, save_organisation
from knotenpunkt.registers.partners.models import Contact, Organisation, Representative
from knotenpunkt.registers.partners.rules import must_propose
from knotenpunkt.registers.responsibilities.actions import save_responsibility
from knotenpunkt.tools.files.pictures import renderings
from tests.conftest import Cast
from tests.factories import SYSTEM, make_offer, make_organisation
from tests.registers.offers.desk.drawing import drawn

pytestmark = pytest.mark.django_db
DESK = "/mitte/desk"


@dataclass(frozen=True)
class House:
    """What Frida keeps: a house, its public contact, its published offer."""

    organisation: Organisation
    contact: Contact
    offer: Offer

    @property
    def page(self) -> str:
        return f"{DESK}/partner/{self.organisation.pk}/"

    @property
    def role(self) -> str:
        return f"{self.page}kontakte/{self.contact.pk}/"


@pytest.fixture
def house(cast: Cast, inside_a: Network) -> House:
    made = make_organisation("Haus Wiesenpfad")
    Representative.objects.create(organisation=made, user=cast.frida)
    offer = make_offer("Krabbelgruppe", provider=made)
    return House(Organisation.objects.get(pk=made.pk), offer.contacts.get(), offer)


@pytest.fixture
def at_once(house: House) -> None:
    save_organisation(actor=SYSTEM, organisation=house.organisation, approves_changes=False)


@pytest.fixture
def frida(client: Client, cast: Cast) -> Client:
    client.force_login(cast.frida)
    return client


@pytest.fixture
def herself(cast: Cast) -> Member:
    return Member(cast.frida, Role.PROVIDER)


def form_of(client: Client, page: str) -> dict[str, Any]:
    """What a browser would send back of a form that nobody changed."""
    context = client.get(page).context
    return {one.html_name: one.value() or "" for one in context["form"]}


def proposed() -> dict[str, list[Any]]:
    return opened([Proposal.objects.get()])[0].changes


def test_an_organisation_waits_and_is_then_taken_over(frida: Client, house: House) -> None:
    answer = frida.post(f"{house.page}bearbeiten/", {"name": "Vorbei an allen"})
    there = answer["Location"]
    assert answer.status_code == 302 and "/datenpflege/aendern/" in there
    sent = form_of(frida, there) | {"description": "Offen für alle", "street": "Neue Gasse 1"}
    assert frida.post(there, sent)["Location"] == house.page
    fresh = Organisation.objects.get()
    assert (fresh.name, fresh.description) == ("Haus Wiesenpfad", "")
    assert proposed()["description"] == ["", "Offen für alle"]
    assert "wartet schon" in frida.get(there).content.decode()
    proposal = Proposal.objects.get()
    seen = stamp(lines(opened([proposal])[0]) or [])
    decide(actor=SYSTEM, proposal_id=proposal.pk, accepted=["description"], seen=seen)
    assert Organisation.objects.get().description == "Offen für alle"


def test_a_contact_waits_on_every_way(frida: Client, house: House) -> None:
    there = frida.get(house.role)["Location"]
    for way in (house.role, f"{house.role}beenden/", f"{house.role}fortsetzen/"):
        answer = frida.post(way, {"name": "Vorbei", "since": "2026-01-01", "tun": "speichern"})
        assert (answer.status_code, answer["Location"]) == (302, there)
    sent = form_of(frida, there) | {"function": "Leitung"}
    assert frida.post(there, sent)["Location"] == house.page
    fresh = Contact.objects.get()
    assert (fresh.name, fresh.function, fresh.until) == ("Mira Beispiel", "", None)
    assert proposed() == {"function": ["", "Leitung"]}


def test_what_cannot_be_stored_is_said_and_kept(frida: Client, house: House) -> None:
    there = frida.get(house.role)["Location"]
    answer = frida.post(there, form_of(frida, there) | {"phone0": "keine Nummer"})
    assert answer.status_code == 422 and "keine Nummer" in answer.content.decode()
    assert not Proposal.objects.exists()


@pytest.mark.usefixtures("at_once")
def test_where_the_network_trusts_them_the_forms_change_at_once(
    frida: Client, house: House
) -> None:
    for kind, form in ((house.page, f"{house.page}bearbeiten/"), (house.role, house.role)):
        ids = "/".join(one for one in kind.removeprefix(f"{DESK}/partner/").split("/")
                       if one != "kontakte")  # fmt: skip
        there = f"{DESK}/datenpflege/aendern/organisation/{ids}"
        assert frida.get(there)["Location"] == form
    page = f"{house.page}bearbeiten/"
    sent = form_of(frida, page) | {"gesehen": frida.get(page).context["seen"], "name": "Neu"}
    assert frida.post(page, sent).status_code == 302
    assert frida.post(f"{house.role}beenden/", {"since": "2026-01-01"}).status_code == 302
    assert Organisation.objects.get().name == "Neu"
    assert Contact.objects.get().until is not None
    assert not Proposal.objects.exists()


def test_what_nobody_outside_reads_changes_at_once(
    frida: Client, herself: Member, house: House
) -> None:
    hidden = save_contact(actor=SYSTEM, organisation=house.organisation, name="Still Beispiel")
    assert frida.get(f"{house.page}kontakte/{hidden.pk}/").status_code == 200
    assert not must_propose(herself, hidden)
    save_responsibility(actor=SYSTEM, contact=hidden, for_whom="families")
    assert must_propose(herself, hidden)


def test_the_coordination_never_waits(house: House, cast: Cast) -> None:
    petra = Client()
    petra.force_login(cast.petra)
    assert petra.get(f"{house.page}bearbeiten/").status_code == 200
    assert petra.get(house.role).status_code == 200


def changed(house: House) -> Entry:
    save_offer(actor=SYSTEM, offer=house.offer, title="Anders")
    return Entry.objects.filter(deed="offers.change").latest("at")


def test_a_former_version_of_a_published_offer_is_proposed(
    frida: Client, herself: Member, house: House
) -> None:
    entry = changed(house)
    way = f"{DESK}/angebote/{house.offer.pk}/verlauf/{entry.pk}/"
    plan = undo_plan(Offer.objects.get(), entry)
    for page in (way, f"{way}fassung/"):
        shown = frida.get(page)
        assert shown.status_code == 200
        assert f"/datenpflege/aendern/{house.offer.pk}/" in shown.content.decode()
        refused = frida.post(page, {"stand": plan.mark})
        assert refused.status_code == 403 and "Netzwerk" in refused.content.decode()
    with pytest.raises(PermissionDenied):
        take_back(actor=herself, offer=Offer.objects.get(), plan=plan, deed="offers.undo")
    assert Offer.objects.get().title == "Anders"


@pytest.mark.usefixtures("at_once")
def test_at_once_a_former_version_comes_back(frida: Client, house: House) -> None:
    entry = changed(house)
    way = f"{DESK}/angebote/{house.offer.pk}/verlauf/{entry.pk}/"
    assert frida.post(way, {"stand": frida.get(way).context["plan"].mark}).status_code == 302
    assert Offer.objects.get().title == "Krabbelgruppe"


def test_pictures_of_a_published_offer_are_the_networks(
    frida: Client, herself: Member, house: House
) -> None:
    content = drawn(800, 600, "JPEG")
    large, small = renderings(io.BytesIO(content), len(content))
    said = {"alt": "Ein Raum", "source": "Jana", "people": "nobody", "may_show": True}
    picture = add_picture(actor=SYSTEM, offer=house.offer, large=large, small=small, **said)
    page = f"{DESK}/angebote/{house.offer.pk}/bilder/"
    for way, deed in ((page, ""), (f"{page}{picture.pk}/", "entfernen")):
        assert "Bilder" in frida.get(way).content.decode()
        assert frida.post(way, {"tun": deed}).status_code == 403
    with pytest.raises(PermissionDenied):
        remove_picture(actor=herself, picture=picture)
    assert house.offer.pictures.count() == 1
    withdraw_offer(actor=SYSTEM, offer=house.offer)
    assert frida.post(f"{page}{picture.pk}/", {"tun": "entfernen"}).status_code == 302
    assert house.offer.pictures.count() == 0


def test_a_draft_is_no_way_around(herself: Member, house: House) -> None:
    with pytest.raises(ValidationError):
        keep_offer(actor=herself, draft=with_another_contact(house))
    assert Contact.objects.get().name == "Mira Beispiel"
    save_organisation(actor=SYSTEM, organisation=house.organisation, approves_changes=False)
    keep_offer(actor=herself, draft=with_another_contact(house))
    assert Contact.objects.get().name == "Jemand anderes"


def with_another_contact(house: House) -> OfferDraft:
    """A draft that says something new of a contact that is public already."""
    told = ContactDraft(known=Contact.objects.get(), name="Jemand anderes", function="", email="",
                        phones_text="", phones=[])  # fmt: skip
    values = {name: getattr(house.offer, name) for name in PLAIN}
    provider = ProviderDraft(known=house.organisation)
    return OfferDraft(values=values, provider=provider, contacts=[told])
