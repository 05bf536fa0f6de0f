"""The organisations and offers of a demo network, from its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor, System
from knotenpunkt.foundation.core.languages import EASY_GERMAN
from knotenpunkt.front.demo.networks import DemoNetwork
from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.actions import (
    Belongings,
    TimeDraft,
    named_topics,
    publish_offer,
    save_offer,
)
from knotenpunkt.registers.offers.models import Offer, TextState, Topic
from knotenpunkt.registers.offers.translating.drafts import TextDraft
from knotenpunkt.registers.offers.translating.parts import PARTS
from knotenpunkt.registers.partners.actions import PhoneDraft, save_contact, save_organisation
from knotenpunkt.registers.partners.models import Contact, Level, Organisation

DATA = Path(__file__).parent / "data"
ACTOR: Actor = System("demo")
# Three of four invented places are known to the house; the rest stands on its postal code.
EXACT_OF_TEN = 7
SPREAD_DEGREES = 0.012

Row = dict[str, Any]
Progress = Callable[[int], None]


class Records:
    """Holds what has been made so far while one network is loaded."""

    def __init__(self, demo: DemoNetwork) -> None:
        self.demo = demo
        self.topics = {topic.key: topic for topic in Topic.objects.all()}
        self.organisations: dict[str, Organisation] = {}
        self.contacts: dict[str, Contact] = {}
        self.offers: dict[str, Offer] = {}
        self.texts: dict[str, list[Row]] = {}
        for row in rows_of(demo, "texts"):
            self.texts.setdefault(row["key"], []).append(row)

    def load(self, progress: Progress) -> None:
        """Bodies first, then facilities, then offers."""
        rows = sorted(rows_of(self.demo, "organisations"), key=lambda row: row["body"] is not None)
        for number, row in enumerate(rows):
            self._organisation(row, f"{self.demo.phones}{100 + number:03d}")
        for done, row in enumerate(rows_of(self.demo, "offers"), start=1):
            publish_offer(actor=ACTOR, offer=self.offer(row, ACTOR))
            progress(done)

    def _organisation(self, row: Row, phone: str) -> None:
        site = f"{row['site']}.example.org" if row["site"] else ""
        organisation = save_organisation(
            actor=ACTOR,
            level=Level.FACILITY if row["body"] else Level.BODY,
            body=self.organisations.get(row["body"]),
            kind=row["kind"],
            name=row["name"],
            description=row["description"],
            website=f"https://{site}" if site else "",
            place=self._place(row, step_free=row["step_free"], access=row["access"]),
        )
        self.organisations[row["key"]] = organisation
        person = row["contact"] or {"name": "", "function": ""}
        self.contacts[row["key"]] = save_contact(
            actor=ACTOR,
            organisation=organisation,
            phones=[PhoneDraft(shown=phone, dialled=f"+49{phone[1:].replace(' ', '')}")],
            email=f"kontakt@{site}" if site else "",
            is_public=True,
            **person,
        )

    def _place(self, row: Row, **facts: Any) -> Place:
        return save_place(
            actor=ACTOR,
            street=row["street"],
            postal_code=row["postal_code"],
            town=row["town"],
            **coordinates(row),
            **facts,
        )

    def offer(self, row: Row, actor: Actor) -> Offer:
        """A draft, as this actor writes it."""
        organisation = self.organisations[row["org"]]
        offer = save_offer(
            actor=actor,
            provider=organisation,
            belongings=self._belongings(row, organisation),
            **_values(row),
        )
        self.offers[row["key"]] = offer
        return offer

    def _belongings(self, row: Row, organisation: Organisation) -> Belongings:
        return Belongings(
            topics=named_topics(row["topics"], self.topics),
            contacts=[self._contact(row, organisation)],
            places=self._places(row, organisation),
            times=[_time(entry) for entry in row["times"]],
            texts=[*_easy(row), *(_text(one, row) for one in self.texts.get(row["key"], ()))],
        )

    def _contact(self, row: Row, organisation: Organisation) -> Contact:
        """The offer's own person answers the telephone of the house."""
        house = self.contacts[row["org"]]
        if not row["contact"]:
            return house
        phones = [PhoneDraft(shown=p.shown, dialled=p.dialled) for p in house.phones.all()]
        return save_contact(
            actor=ACTOR,
            organisation=organisation,
            phones=phones,
            email=house.email,
            is_public=True,
            **row["contact"],
        )

    def _places(self, row: Row, organisation: Organisation) -> list[Place]:
        if row["places"]:
            return [self._place(place, venue=place["name"]) for place in row["places"]]
        # A shelter protects by not saying where it is.
        open_to_visit = row["setting"] == "on_site" and row["kind"] != "shelter"
        return [organisation.place] if open_to_visit and organisation.place else []


def rows_of(demo: DemoNetwork, kind: str) -> Iterator[Row]:
    """The lines of one kind, file by file: organisations, offers, texts or deeds."""
    for file in sorted((DATA / demo.slug).glob(f"{kind}-*.jsonl")):
        with file.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _values(row: Row) -> Row:
    """The fields of an offer that are taken as they stand in the file, or nearly so."""
    same = ("sort", "kind", "title", "summary", "description", "age_from", "age_to", "phases",
            "setting", "costs", "registration", "languages", "free_places")  # fmt: skip
    return {field: row[field] for field in same} | {
        "costs_note": row["costs_text"],
        "registration_note": row["registration_text"],
        "waiting_time": row["waiting"],
        "checked_on": _days_ago(row["checked_days_ago"]),
    }


def _easy(row: Row) -> list[TextDraft]:
    """The text in Leichte Sprache; two of three are checked."""
    if not row["easy"]:
        return []
    is_checked = len(row["easy"]) % 3 != 0
    state = TextState.CHECKED if is_checked else TextState.IMPORTED
    return [TextDraft(language=EASY_GERMAN, description=row["easy"], state=state.value)]


def _text(told: Row, row: Row) -> TextDraft:
    """A text in another language; `was` are parts of the German text that have changed since."""
    parts = {name: told[name] for name in PARTS if name in told}
    now = _values(row)
    source = {name: str(now.get(name, "") or "") for name in PARTS} | told.get("was", {})
    return TextDraft(
        language=told["language"],
        state=told["state"],
        origin=told["origin"],
        source=source,
        **parts,
    )


def _days_ago(days: int | None) -> date | None:
    return None if days is None else timezone.localdate() - timedelta(days=days)


def _time(entry: Row) -> TimeDraft:
    in_days = entry.get("in_days")
    return TimeDraft(
        frequency=entry["frequency"],
        starts_at=time.fromisoformat(entry["start"]),
        ends_at=time.fromisoformat(entry["end"]) if entry.get("end") else None,
        weekday=entry.get("weekday"),
        nth=entry.get("nth"),
        day=None if in_days is None else timezone.localdate() + timedelta(days=in_days),
        pauses_in_school_holidays=entry.get("pause_school_holidays", False),
        pauses_on_public_holidays=entry.get("pause_public_holidays", True),
        note=entry.get("note", ""),
    )


def coordinates(row: Row) -> dict[str, Any]:
    """A point near the middle of the postal code, the same at every load; {} for some."""
    digest = hashlib.sha256(f"{row['street']} {row['postal_code']}".encode()).digest()
    middle = postal_codes.row_for(row["postal_code"], row["town"])
    if middle is None or digest[0] % 10 >= EXACT_OF_TEN:
        return {}
    north, east = (byte / 127.5 - 1 for byte in digest[1:3])
    return {
        "latitude": round(middle.latitude + north * SPREAD_DEGREES, 5),
        "longitude": round(middle.longitude + east * SPREAD_DEGREES * 1.5, 5),
    }
