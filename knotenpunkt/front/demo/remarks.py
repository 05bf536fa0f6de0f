"""What colleagues keep about partners for the desk only: remarks, tags, and double entries.

`data/<network>/remarks-*.jsonl` names an organisation of the files by `org`, or the next invented
house of a kind by `house`. `doubles-*.jsonl` tells how an older list spelt a partner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from knotenpunkt.front.demo.networks import DemoNetwork
from knotenpunkt.front.demo.records import ACTOR, Records, Row, rows_of
from knotenpunkt.front.demo.register import Register
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.partners.actions import (
    PhoneDraft,
    save_contact,
    save_organisation,
    set_tags,
)
from knotenpunkt.registers.partners.models import Level, Organisation


class Remarks:
    """Writes them in one network, among its records and its register."""

    def __init__(self, demo: DemoNetwork, records: Records, register: Register) -> None:
        self.demo, self.records = demo, records
        self.houses: dict[str, list[Organisation]] = defaultdict(list)
        for house, organisation in zip(register.county.houses, register.organisations, strict=True):
            if not house.is_body and house.left_on is None:
                self.houses[house.kind].append(organisation)

    def all_of_them(self) -> None:
        """Double entries last: nobody has written anything about those yet."""
        rows = list(rows_of(self.demo, "remarks"))
        self._notes([row for row in rows if "text" in row])
        self._tags([row for row in rows if "tag" in row])
        for row in rows_of(self.demo, "doubles"):
            self._double(row)

    def _notes(self, rows: list[Row]) -> None:
        known = {kind: iter(houses) for kind, houses in self.houses.items()}
        for row in rows:
            named = self.records.organisations.get(row.get("org", ""))
            about = named or next(known.get(row.get("house", ""), iter(())), None)
            if about is not None:
                save_organisation(actor=ACTOR, organisation=about, internal_note=row["text"])

    def _tags(self, rows: list[Row]) -> None:
        tagged: dict[Organisation, list[str]] = defaultdict(list)
        for row in rows:
            for one in self._meant(row):
                tagged[one].append(row["tag"])
        for one, names in tagged.items():
            set_tags(actor=ACTOR, partner=one, names=names)

    def _meant(self, row: Row) -> Iterator[Organisation]:
        """Those that are named, or every so many of the houses of some kinds."""
        yield from (self.records.organisations[key] for key in row.get("orgs", []))
        houses = [one for kind in row.get("houses", []) for one in self.houses[kind]]
        yield from houses[:: row.get("every", 1)]

    def _double(self, row: Row) -> None:
        """The same house once more, spelt otherwise, as an older list had it."""
        known, house = self.records.organisations[row["of"]], self.records.contacts[row["of"]]
        if known.place is None:
            return
        place = save_place(
            actor=ACTOR,
            street=row["street"],
            postal_code=known.place.postal_code,
            town=known.place.town,
        )
        double = save_organisation(
            actor=ACTOR, level=Level.FACILITY, kind=known.kind, name=row["name"], place=place
        )
        numbers = house.phones.all() if row["phone"] else ()
        phones = [PhoneDraft(shown=one.shown, dialled=one.dialled) for one in numbers]
        save_contact(actor=ACTOR, organisation=double, name=row["who"], phones=phones)
