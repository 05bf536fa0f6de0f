"""What a demo network's partners said about their entries: confirmed, asked, silent, changed.

`data/<network>/care-*.jsonl` tells what came out of calls, and which changes wait for approval.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from knotenpunkt.activities.upkeep.actions.asking import ask, due_organisations, plan
from knotenpunkt.activities.upkeep.actions.calling import note_call
from knotenpunkt.activities.upkeep.actions.confirming import confirm_all
from knotenpunkt.activities.upkeep.actions.looking_back import tell_month, was_asked
from knotenpunkt.activities.upkeep.actions.proposing import Author, end_offer, propose
from knotenpunkt.activities.upkeep.actions.settling import keep_standings, save_rhythm
from knotenpunkt.activities.upkeep.models import Outcome, Stage, Way
from knotenpunkt.activities.upkeep.queries.contacts import responsible_contact
from knotenpunkt.activities.upkeep.queries.inquiries import to_call
from knotenpunkt.activities.upkeep.queries.states import kept_organisations, stands
from knotenpunkt.activities.upkeep.rules import State, months_later
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.front.demo.records import ACTOR, Records, Row, rows_of
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.actions import confirm
from knotenpunkt.registers.partners.models import Contact, Organisation

MONTHS = 36
ANSWERED, ASKED, REMINDED, SILENT = 6, 9, 5, 9


def keep_true(network: Network, records: Records) -> None:
    """Three years of confirmations, and what waits today."""
    told = list(rows_of(records.demo, "care"))
    save_rhythm(actor=ACTOR, network=network, is_on=True, approves_changes=True)
    _confirm_most()
    _past()
    waiting = _askable()
    _answered(waiting[:ANSWERED])
    waiting = waiting[ANSWERED:]
    for stage, count in ((Stage.ASKED, ASKED), (Stage.REMINDED, REMINDED), (Stage.CALL, SILENT)):
        _ask(stage, waiting[:count])
        waiting = waiting[count:]
    _call([row for row in told if row["care"] == "call"])
    for row in told:
        if row["care"] != "call":
            _propose(row, records.offers[row["offer"]])
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


def _answered(groups: list[tuple[Contact | None, list[Organisation]]]) -> None:
    """They opened their link this week and said that everything is true."""
    _ask(Stage.ASKED, groups)
    for _contact, members in groups:
        confirm_all(actor=ACTOR, organisations=members, way=Way.LINK)


def _call(rows: list[Row]) -> None:
    for inquiry, row in zip(to_call(ACTOR), rows, strict=False):
        note_call(
            actor=ACTOR,
            inquiry_id=inquiry.pk,
            outcome=Outcome(row["outcome"]),
            note=row["text"],
            again_on=timezone.localdate() + timedelta(days=row["again_in_days"]),
        )


def _propose(row: Row, offer: Offer) -> None:
    """A change that its partner would rather read there, or an offer that has ended."""
    contact = responsible_contact(offer.provider)
    if row["care"] == "change":
        propose(actor=ACTOR, author=Author(contact=contact), entry=offer, wanted=row["wanted"])
    else:
        end_offer(actor=ACTOR, author=Author(contact=contact), offer=offer)
