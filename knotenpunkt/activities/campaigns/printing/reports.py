"""The report of a campaign, for the steering group and the press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knotenpunkt.activities.campaigns.printing.maps import ReportMap
from knotenpunkt.tools.documents.pictures import Picture


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts: "214", "Bestellungen", note "von 812 Angeschriebenen"."""

    value: str
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a text; an empty line parts paragraphs, "- " begins a point of a list."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class JoinInRow:
    """An action or festival; `visitors` as text, "" where nobody counted."""

    title: str
    when: str
    where: str
    who: str
    visitors: str = ""


@dataclass(frozen=True, slots=True)
class CostRow:
    """What one material came to. `area` is its Förderbereich in words."""

    area: str
    material: str
    packs: int
    cents: int


@dataclass(frozen=True, slots=True)
class PartnerList:
    """Who took part, under one heading such as "Kindertagesstätten"."""

    title: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the report shows; what is empty is left out with its heading."""

    campaign: str
    period: str
    message: str = ""
    hosts: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    sections: tuple[Section, ...] = ()
    pictures: tuple[Picture, ...] = ()
    map: ReportMap | None = None
    join_ins: tuple[JoinInRow, ...] = ()
    partners: tuple[PartnerList, ...] = ()
    costs: tuple[CostRow, ...] = ()
    lessons_kept: tuple[str, ...] = ()
    lessons_changed: tuple[str, ...] = ()
    made_on: date | None = None
    contact: tuple[str, ...] = ()


def report_pdf(report: Report) -> bytes:
    """The report as one paper."""
    raise NotImplementedError
