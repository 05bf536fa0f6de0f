"""The report of a campaign, for the steering group and the press."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from knotenpunkt.activities.campaigns.printing.maps import ReportMap, map_svg
from knotenpunkt.design.theme import light_palette
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.tools.documents.pictures import Picture, drawn
from knotenpunkt.tools.documents.typesetting import JSON, pdf
from knotenpunkt.tools.mail.source import Block, Bullets, Button, blocks


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
    coming: tuple[JoinInRow, ...] = ()
    partners: tuple[PartnerList, ...] = ()
    costs: tuple[CostRow, ...] = ()
    lessons_kept: tuple[str, ...] = ()
    lessons_changed: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()


def report_pdf(report: Report) -> bytes:
    """The report as one paper."""
    with override(settings.LANGUAGE_CODE):
        return pdf(
            "campaigns/report", _data(report), language=settings.LANGUAGE_CODE, mark_unknown=True,
            title=_("Report: %(campaign)s") % {"campaign": report.campaign},
        )  # fmt: skip


def _data(report: Report) -> dict[str, JSON]:
    return {
        "period": report.period,
        "message": report.message,
        "hosts": _("Hosted by %(hosts)s") % {"hosts": ", ".join(report.hosts)}
        if report.hosts
        else "",
        "figures": [
            {"value": one.value, "words": one.words, "note": one.note} for one in report.figures
        ],
        "sections": [
            {"title": one.title, "blocks": [_block(part) for part in blocks(one.text)]}
            for one in report.sections
        ],
        "pictures": [drawn(one) for one in report.pictures],
        "map": _map(report.map) if report.map else None,
        "join_ins": [
            [one.title, one.when, one.where, one.who, one.visitors] for one in report.join_ins
        ],
        "coming": [[one.title, one.when, one.where, one.who] for one in report.coming],
        "partners": [{"title": one.title, "names": list(one.names)} for one in report.partners],
        "costs": list(_by_area(report.costs)),
        "costs_total": _("All together: %(sum)s") % {"sum": _euro(report.costs)},
        "kept": list(report.lessons_kept),
        "changed": list(report.lessons_changed),
        "contact": list(report.contact),
        "words": _words(),
    }


def _words() -> dict[str, JSON]:
    return {
        "figures": _("In figures"),
        "map": _("Where something happened"),
        "join_ins": _("What partners did"),
        "join_in_head": [_("Action"), _("When"), _("Where"), _("Who"), _("Visitors")],
        "coming": _("What is still to come"),
        "pictures": _("Pictures"),
        "partners": _("Who took part"),
        "partners_note": _("Organisations that are not public are not named."),
        "costs": _("Materials and costs"),
        "cost_head": [_("Material"), _("Packs"), _("Costs")],
        "sum": _("Total"),
        "lessons": _("What we learned"),
        "kept": _("Worth keeping"),
        "changed": _("To do otherwise"),
        "contact": _("Contact"),
    }


def _block(block: Block) -> JSON:
    if isinstance(block, Button):
        return {"kind": "text", "lines": [f"{block.label}: {block.url}"]}
    if isinstance(block, Bullets):
        return {"kind": "list", "lines": list(block.items)}
    return {"kind": "text", "lines": list(block.lines)}


def _map(map_: ReportMap) -> JSON:
    palette = light_palette(current_network().accent)
    svg = map_svg(map_, colour=palette.accent, ground=palette.tint_2)
    return {"svg": svg, "alt": map_.alt, "source": map_.source} if svg else None


def _by_area(costs: Sequence[CostRow]) -> Iterator[JSON]:
    """The rows of each Förderbereich with their sum, in the order in which areas come first."""
    for area in dict.fromkeys(one.area for one in costs):
        rows = [one for one in costs if one.area == area]
        yield {
            "title": area,
            "rows": [[one.material, number(one.packs), _euro([one])] for one in rows],
            "total": _euro(rows),
        }


def _euro(rows: Sequence[CostRow]) -> str:
    """ "1.284,50 €" """
    euros = Decimal(sum(one.cents for one in rows)) / 100
    return f"{number_format(euros, decimal_pos=2, use_l10n=True, force_grouping=True)} €"
