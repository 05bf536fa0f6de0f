"""Data protection at the desk: only those who coordinate."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from knotenpunkt.activities.inbox.actions import CallDraft, ask_for_call
from knotenpunkt.activities.inbox.privacy import find_caller
from knotenpunkt.foundation.accounts.actors import ANYONE, System
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.privacy import actions
from knotenpunkt.registers.partners.actions import (
    PhoneDraft,
    save_contact,
    save_organisation,
    save_person,
)
from knotenpunkt.registers.partners.models import Level
from knotenpunkt.registers.partners.privacy import person_of
from tests.access.table import COORDINATORS, Line, moved

CONSENT = {"audience": "public", "ground": "consent", "given": "writing", "wording": "Ja."}


def _line(name: str, kind: str = "person", **more: object) -> Line:
    whom = "privacy_person" if kind == "person" else "privacy_caller"
    return Line(  # type: ignore[arg-type]
        f"desk:{name}", COORDINATORS, of=whom, key="record_id", kwargs={"kind": kind}, **more
    )


LINES = [
    Line("desk:privacy", COORDINATORS),
    Line("desk:privacy", COORDINATORS, query="q=Linde"),
    Line("desk:privacy_data", COORDINATORS),
    Line("desk:privacy_nights", COORDINATORS),
    Line("desk:privacy_nights", COORDINATORS, query="seite=x"),
    _line("privacy_person"),
    _line("privacy_person", "anliegen"),
    _line("privacy_information"),
    _line("privacy_json"),
    _line("privacy_pdf"),
    _line("privacy_erase"),
    _line("privacy_erase", method="post"),
    *(
        Line(f"desk:{page}", COORDINATORS, of=of, key="way_id", kwargs={"field": field})
        for page in ("privacy_release", "privacy_withdraw")
        for field, of in (("email", "privacy_contact"), ("phone", "privacy_phone"))
    ),
    Line(
        "desk:privacy_release", moved(COORDINATORS), of="privacy_contact", key="way_id",
        kwargs={"field": "email"}, method="post", data=CONSENT,
    ),
    Line(
        "desk:privacy_withdraw", moved(COORDINATORS), of="privacy_contact", key="way_id",
        kwargs={"field": "email"}, method="post", data={"given": "telephone"},
    ),
    Line("desk:privacy_receipt", COORDINATORS, of="privacy_receipt", key="entry_id"),
]  # fmt: skip
FORMS = {"desk:privacy_release", "desk:privacy_withdraw", "desk:privacy_erase"}


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """Somebody of the register, a family that waits for a call, and somebody who was erased."""
    clock = System("test")
    house = save_organisation(actor=clock, level=Level.BODY, name=f"Haus Linde {network.slug}")
    linda = save_person(actor=clock, given_name="Linda", family_name="Lindenau")
    contact = save_contact(
        actor=clock, organisation=house, person=linda, name="Linda Lindenau",
        email="linda@example.org", phones=[PhoneDraft("03731 100200", "+493731100200")],
        since=date(2020, 1, 1),
    )  # fmt: skip
    gone = save_contact(actor=clock, organisation=house, name="Gerd Gegangen")
    erased = person_of(gone.pk)
    assert erased is not None
    receipt = actions.erase(actor=clock, person=erased).receipt
    draft = CallDraft(phone="+493731555020", name="Anna")
    ask_for_call(actor=ANYONE, network=network, draft=draft)
    caller = find_caller("+493731555020")
    assert receipt is not None and caller is not None
    return {
        "privacy_person": linda.pk,
        "privacy_contact": contact.pk,
        "privacy_phone": contact.phones.get().pk,
        "privacy_caller": caller.record,
        "privacy_receipt": receipt.pk,
    }
