"""Whom rows of a list may tell of although they are called otherwise; for the dry run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from knotenpunkt.registers.partners.duplicates.candidates import Card, candidates_for
from knotenpunkt.registers.partners.duplicates.cards import organisation_cards, people_cards
from knotenpunkt.registers.partners.duplicates.wording import because
from knotenpunkt.registers.partners.imports.fields import VOCABULARY
from knotenpunkt.registers.partners.imports.writing import Written
from knotenpunkt.registers.partners.models import Organisation, Person
from knotenpunkt.tools.imports.remarks import Remark
from knotenpunkt.tools.imports.report import ALIKE, Alike, Outcome, RowReport

MOST = 3
Done = tuple[RowReport, Written]


class Before:
    """The register before the import wrote anything."""

    def __init__(self) -> None:
        self.organisations = organisation_cards()
        self.people = people_cards()

    def marked(self, done: Sequence[Done]) -> list[RowReport]:
        """The reports, with those whom new organisations and people may be."""
        organisations = self._alike(
            [one.record for row, one in done if row.outcome is Outcome.CREATED],
            organisation_cards(),
            self.organisations,
        )
        people = self._alike(
            [pk for _row, one in done for pk in one.people], people_cards(), self.people
        )
        titles = _titles(organisations, people)
        asked: set[UUID] = set()
        return [_marked(row, one, organisations, people, titles, asked) for row, one in done]

    def _alike(
        self, new: Sequence[UUID], now: Sequence[Card], before: Sequence[Card]
    ) -> dict[UUID, list[tuple[UUID, str]]]:
        known = {card.key for card in before}
        wanted = set(new) - known
        fresh = [card for card in now if card.key in wanted]
        found = candidates_for(fresh, before)
        return {
            key: [(pair.second, because(pair.reasons)) for pair in pairs[:MOST]]
            for key, pairs in found.items()
        }


Found = dict[UUID, list[tuple[UUID, str]]]


def _titles(organisations: Found, people: Found) -> dict[UUID, str]:
    ids = {pk for pairs in organisations.values() for pk, _why in pairs}
    rows = Organisation.objects.filter(pk__in=ids).select_related("place")
    told = {row.pk: _title(row) for row in rows}
    others = {pk for pairs in people.values() for pk, _why in pairs}
    return told | {row.pk: row.full_name for row in Person.objects.filter(pk__in=others)}


def _title(row: Organisation) -> str:
    return f"{row.name}, {row.place.postal_town}" if row.place else row.name


def _marked(
    row: RowReport,
    written: Written,
    organisations: Found,
    people: Found,
    titles: dict[UUID, str],
    asked: set[UUID],
) -> RowReport:
    """The row with its question; one question is enough for rows of one organisation."""
    remarks: list[Remark] = []
    alike: tuple[Alike, ...] = ()
    pairs = organisations.get(written.record, ()) if written.record not in asked else ()
    if pairs:
        asked.add(written.record)
        alike = tuple(Alike(str(pk), titles[pk], why) for pk, why in pairs)
        reason = _("is perhaps there already")
        label = str(VOCABULARY.fields["name"].label)
        remarks.append(Remark(ALIKE, reason, row.title, alike[0].title, label))
    label = str(VOCABULARY.fields["contact_name"].label)
    for person in written.people:
        for pk, why in people.get(person, ())[:1]:
            reason = _("is perhaps there already (%(why)s); see double entries after the import")
            told = Remark("perhaps_same_person", reason % {"why": why}, "", titles[pk], label)
            remarks.append(told)
    return replace(row, remarks=(*row.remarks, *remarks), alike=alike) if remarks else row
