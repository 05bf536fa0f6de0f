"""Somebody who has left traces everywhere, in a real installation.

    python -m tests.foundation.privacy.lived SLUG

Runs as a process of that installation.
"""

from __future__ import annotations

import os
import sys
from datetime import date

NAME = ("Quittina", "Zwetschgenbaum")
FULL_NAME = " ".join(NAME)
EMAIL = "quittina.zwetschgenbaum@example.org"
NUMBER, DIALLED = "03731 9876543", "+4937319876543"
LIST = (
    "ID;Angebot;Träger;Ansprechpartner;E-Mail;Telefon\n"
    f"7;Stillcafé;Haus Quelle;{FULL_NAME};{EMAIL};{NUMBER}\n"
)
CONTACTS = (
    "Einrichtung;Ansprechpartner;E-Mail;Telefon\n"
    f"Haus Quelle;Frau {FULL_NAME};{EMAIL};{NUMBER}\n"
    "Haus Quelle;Herr Ole Brandt;ole.brandt@example.org;03731 100300\n"
)
# What must be nowhere afterwards, in lower case.
TRACES = (NAME[1].lower(), EMAIL, NUMBER, DIALLED, DIALLED[3:])


def live(slug: str) -> None:
    """Register, history, import, upload, mail, note, proposal, job, search: all name her."""
    from knotenpunkt.foundation.networks.models import Network
    from knotenpunkt.foundation.networks.scope import in_network

    for trace in (_registered, _merged, _imported, _written_about):
        with in_network(Network.objects.get(slug=slug)):
            trace()


def _registered() -> None:
    from knotenpunkt.foundation.accounts.actors import System
    from knotenpunkt.registers.offers.actions import Belongings, publish_offer, save_offer
    from knotenpunkt.registers.partners import actions, models

    actor = System("test")
    house = actions.save_organisation(actor=actor, level=models.Level.BODY, name="Haus Quelle")
    person = actions.save_person(
        actor=actor, given_name=NAME[0], family_name="Apfelbaum", salutation="Frau"
    )
    actions.save_person(actor=actor, person=person, family_name=NAME[1], internal_note="liest gern")
    contact = actions.save_contact(
        actor=actor, organisation=house, person=person, name=FULL_NAME, email=EMAIL,
        phones=[actions.PhoneDraft(NUMBER, DIALLED)], since=date(2020, 1, 1),
    )  # fmt: skip
    actions.save_contact(actor=actor, organisation=house, contact=contact, function="Leiterin")
    actions.release(
        actor=actor, contact=contact, field=models.ReleasedField.EMAIL,
        audience=models.Audience.PUBLIC, ground=models.Ground.CONSENT,
        given=models.Given.TELEPHONE, wording=f"{FULL_NAME} hat Ja gesagt.",
    )  # fmt: skip
    actions.take_part(
        actor=actor, organisation=house, person=person, kind="meeting", title="Runder Tisch",
        on=date(2024, 5, 2),
    )  # fmt: skip
    offer = save_offer(
        actor=actor, provider=house, title="Elterncafé", summary="Ein Kaffee.",
        belongings=Belongings(contacts=(contact,)),
    )  # fmt: skip
    publish_offer(actor=actor, offer=offer)


def _merged() -> None:
    """She was kept twice, once by another first name; what moved can be taken back."""
    from knotenpunkt.foundation.accounts.actors import System
    from knotenpunkt.registers.partners import actions
    from knotenpunkt.registers.partners.duplicates.actions.deciding import merge
    from knotenpunkt.registers.partners.models import Contact, Person

    actor = System("test")
    house = Contact.objects.get(email=EMAIL).organisation
    twice = actions.save_person(actor=actor, given_name="Q.", family_name=NAME[1])
    actions.save_contact(
        actor=actor, organisation=house, person=twice, name=f"Q. {NAME[1]}", function="Kurse"
    )
    merge(actor=actor, survivor=Person.objects.get(given_name=NAME[0]), absorbed=twice, chosen={})


def _imported() -> None:
    """A list that waits at the desk, with its packed rows and its file."""
    from knotenpunkt.foundation.accounts.actors import System
    from knotenpunkt.registers.offers.importing.desk import DESK
    from knotenpunkt.tools.imports.desk.steps import receive_list

    receive_list(
        DESK, actor=System("test"), name=f"{FULL_NAME}.csv", content_type="text/csv",
        content=LIST.encode(),
    )  # fmt: skip


def _written_about() -> None:
    from knotenpunkt.activities.notes.actions import NoteDraft, write_note
    from knotenpunkt.activities.upkeep.actions.proposing import Author, propose
    from knotenpunkt.foundation.accounts.actors import System
    from knotenpunkt.foundation.audit.actions import record
    from knotenpunkt.registers.partners.models import Contact
    from knotenpunkt.tools.jobs.actions import enqueue
    from knotenpunkt.tools.mail.actions import send_mail

    actor = System("test")
    contact = Contact.objects.get(email=EMAIL)
    write_note(actor=actor, draft=NoteDraft(who=FULL_NAME, text=f"Ruft zurück: {NUMBER}"))
    propose(
        actor=actor, author=Author(contact=contact), entry=contact,
        wanted={"function": f"Vertretung von {FULL_NAME}"},
    )  # fmt: skip
    send_mail(
        actor=actor, to=EMAIL, name=FULL_NAME, subject="Ihre Angaben", title="Angaben",
        text=f"Guten Tag {FULL_NAME}, stimmt {NUMBER} noch?", about=contact.pk,
    )  # fmt: skip
    enqueue(actor=actor, work="privacy.expire", arguments={"for": FULL_NAME}, title=FULL_NAME)
    record(actor=actor, deed="notes.write", on=contact, title=f"Anruf von {FULL_NAME}",
           changes={"text": ["", f"{FULL_NAME} ruft zurück"]})  # fmt: skip


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    live(sys.argv[1])
