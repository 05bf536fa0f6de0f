"""What a demo network's partners said about their entries: confirmed, asked, silent, changed."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from knotenpunkt.activities.upkeep.actions.asking import ask, due_organisations, plan
from knotenpunkt.activities.upkeep.actions.calling import note_call
from knotenpunkt.activities.upkeep.actions.looking_back import tell_month, was_asked
from knotenpunkt.activities.upkeep.actions.proposing import Author, end_offer, propose
from knotenpunkt.activities.upkeep.actions.settling import keep_standings, save_rhythm
from knotenpunkt.activities.upkeep.models import Outcome, Stage
from knotenpunkt.activities.upkeep.queries.contacts import responsible_contacts
from knotenpunkt.activities.upkeep.queries.inquiries import to_call
from knotenpunkt.activities.upkeep.queries.states import kept_organisations, stands
from knotenpunkt.activities.upkeep.rules import State, months_later
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.front.demo.records import ACTOR
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.actions import confirm
from knotenpunkt.registers.partners.models import Contact, Organisation

MONTHS = 36
ASKED, REMINDED, SILENT = 9, 5, 7
NOTES = (
    "Anrufbeantworter, bitte vormittags noch einmal versuchen.",
    "Frau am Empfang sagt: Die Leitung ist bis Donnerstag im Urlaub.",
)
# field → what a partner would rather read there; each names its own thing.
CHANGES = (
    {"summary": "Für Eltern mit Kindern bis drei; seit Herbst auch mit Geschwistern."},
    {"times_note": "Ab November eine halbe Stunde später, sonst wie bisher."},
    {"costs": "donation", "costs_note": "Wer kann, gibt zwei Euro für Tee und Obst."},
)


def keep_true(network: Network) -> None:
    """Three years of confirmations, and what waits today."""
    save_rhythm(actor=ACTOR, network=network, is_on=True, approves_changes=True)
    _confirm_most()
    _past()
    waiting = _askable()
    for stage, count in ((Stage.ASKED, ASKED), (Stage.REMINDED, REMINDED), (Stage.CALL, SILENT)):
        _ask(stage, waiting[:count])
        waiting = waiting[count:]
    _call_some()
    _propose_some()
    keep_standings()


def _confirm_most() -> None:
    """Of those that came with the offers, too, most have said within a year that all is true."""
    today = timezone.localdate()
    for place, one in enumerate(kept_organisations().filter(confirmed_on=None)):
        if place % 6:
            confirm(actor=ACTOR, partner=one, on=today - timedelta(days=place * 37 % 330 + 4))


def _past() -> None:
    """From a register that nobody kept, to one that says itself what is true."""
    total = kept_organisations().count()
    now = timezone.localdate().replace(day=1)
    today = sum(one.state is State.CONFIRMED for one in stands().values())
    for back in range(MONTHS, 0, -1):
        share = 0.22 + (today / max(total, 1) - 0.22) * (1 - back / MONTHS) ** 0.7
        share += 0.03 * ((back * 7) % 5 - 2) / 2
        confirmed = round(total * min(max(share, 0.05), 0.97))
        tell_month(months_later(now, -back), confirmed=confirmed, total=total, turn=back)


def _askable() -> list[tuple[Contact | None, list[Organisation]]]:
    told = plan(due_organisations())
    return [(one, list(members)) for one, members in told.mails]


def _ask(stage: Stage, groups: list[tuple[Contact | None, list[Organisation]]]) -> None:
    days = {Stage.ASKED: 4, Stage.REMINDED: 13, Stage.CALL: 34}[stage]
    for place, (_contact, members) in enumerate(groups):
        ask(actor=ACTOR, organisations=members)
        at = timezone.now() - timedelta(days=days + place % 3)
        was_asked(members[0], at=at, stage=stage)


def _call_some() -> None:
    for inquiry, note in zip(to_call(ACTOR), NOTES, strict=False):
        note_call(
            actor=ACTOR, inquiry_id=inquiry.pk, outcome=Outcome.NOT_REACHED, note=note,
            again_on=timezone.localdate() + timedelta(days=3),
        )  # fmt: skip


def _propose_some() -> None:
    offers = list(Offer.objects.filter(Offer.published_when).select_related("provider__body")[:40])
    asked = responsible_contacts([one.provider for one in offers])
    known = [(one, who) for one in offers if (who := asked[one.provider_id]) is not None]
    for (offer, contact), wanted in zip(known[::3], CHANGES, strict=False):
        propose(actor=ACTOR, author=Author(contact=contact), entry=offer, wanted=wanted)
    for offer, contact in known[1:2]:
        end_offer(actor=ACTOR, author=Author(contact=contact), offer=offer)
