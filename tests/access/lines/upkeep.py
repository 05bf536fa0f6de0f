"""Data care: figures for members, calls and decisions for those who keep the register."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.activities.upkeep.actions.asking import ask
from knotenpunkt.activities.upkeep.actions.proposing import Author, propose
from knotenpunkt.activities.upkeep.models import Inquiry, Proposal
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.actions import save_contact
from knotenpunkt.registers.partners.models import Representative
from tests.access.table import COORDINATORS, EDITORS, MEMBERS, NOT_THERE, Line, moved
from tests.factories import SYSTEM, make_offer, make_organisation


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """An organisation that has to be called, a change that waits, an offer of the provider."""
    silent = make_organisation("Haus Stille")
    contact = save_contact(actor=SYSTEM, organisation=silent, name="Still Beispiel")
    ask(actor=SYSTEM, organisations=[silent])
    propose(actor=SYSTEM, author=Author(contact=contact), entry=silent, wanted={"name": "Neu"})
    house = make_organisation("Haus der Anbieterin")
    Representative(user=people["provider"], organisation=house).save()
    offer = make_offer("Angebot der Anbieterin", provider=house)
    return {
        "asked_about": silent.pk,
        "silent": Inquiry.objects.get(contact=contact).pk,
        "proposed": Proposal.objects.get().pk,
        "kept_offer": offer.pk,
        "kept_house": house.pk,
        "kept_contact": offer.contacts.get().pk,
    }


# Who changes at once has another form for it.
PROPOSERS = moved(MEMBERS) | {"reader": 403, "provider": 200}
OWN_HOUSE = {"of": "kept_house", "key": "organisation_id"}
READS = MEMBERS | {"provider": 403}
UNKNOWN = EDITORS | {"editor": 404, "coordinator": 404}
FORMS = {
    "upkeep:ask", "upkeep:call", "upkeep:proposal", "upkeep:settings", "upkeep:partner",
    "upkeep:change_offer", "upkeep:change_organisation", "upkeep:change_contact",
}  # fmt: skip
UNFINISHED = {role: 422 if code == 200 else code for role, code in EDITORS.items()}
LINES = [
    Line("upkeep:overview", READS),
    Line("upkeep:list", READS),
    Line("upkeep:list", READS, query="stand=anrufen&region=ohne&seite=99"),
    Line("upkeep:export", EDITORS, method="post", data={"form": "csv"}),
    Line("upkeep:export", UNKNOWN, method="post", data={"form": "exe"}),
    Line("upkeep:ask", EDITORS),
    Line("upkeep:ask", EDITORS, query="stand=faellig"),
    Line("upkeep:round", UNKNOWN, of="invented", key="round_id"),
    Line("upkeep:calls", EDITORS),
    Line("upkeep:calls", EDITORS, query="teil=spaeter&region=x"),
    Line("upkeep:call", EDITORS, of="silent", key="inquiry_id"),
    Line("upkeep:call", UNFINISHED, of="silent", key="inquiry_id", method="post"),
    Line("upkeep:call", UNKNOWN, of="invented", key="inquiry_id"),
    Line("upkeep:proposals", EDITORS),
    Line("upkeep:proposals", EDITORS, query="teil=entschieden&seite=7"),
    Line("upkeep:proposal", EDITORS, of="proposed", key="proposal_id"),
    Line("upkeep:proposal", UNFINISHED, of="proposed", key="proposal_id", method="post"),
    Line("upkeep:proposal", UNKNOWN, of="invented", key="proposal_id"),
    Line("upkeep:settings", COORDINATORS),
    Line(
        "upkeep:settings", {role: 422 if code == 200 else code for role, code in
        COORDINATORS.items()}, method="post",
    ),
    Line("upkeep:partner", READS, of="asked_about", key="organisation_id"),
    Line("upkeep:partner", READS | {"reader": 404, "editor": 404, "coordinator": 404},
         of="invented", key="organisation_id"),
    Line("upkeep:change_offer", MEMBERS | {"reader": 403}, of="kept_offer"),
    Line("upkeep:change_offer", EDITORS | {"provider": 404}, of="published"),
    Line("upkeep:change_offer", {"nobody": 302, "outsider": 404, "reader": 403, "editor": 422,
                                 "coordinator": 422, "provider": 422},
         of="kept_offer", method="post"),
    Line("upkeep:change_organisation", PROPOSERS, **OWN_HOUSE),
    Line("upkeep:change_organisation", PROPOSERS | {"provider": 404}, of="asked_about",
         key="organisation_id"),
    Line("upkeep:change_organisation", PROPOSERS | {"provider": 422}, method="post",
         data={"name": ""}, **OWN_HOUSE),
    Line("upkeep:change_contact", PROPOSERS, kwargs={"contact_id": "kept_contact"}, **OWN_HOUSE),
    Line("upkeep:change_contact", PROPOSERS | {"provider": 422}, method="post",
         data={"email": "x"}, kwargs={"contact_id": "kept_contact"}, **OWN_HOUSE),
    Line("upkeep:change_contact", NOT_THERE | {"nobody": 302, "reader": 403},
         kwargs={"contact_id": "invented"}, **OWN_HOUSE),
]  # fmt: skip
