"""Packing slips: what is in the parcel, for whom, and a QR code that marks it as handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.partners.postal import shortened
from knotenpunkt.tools.documents.pictures import mark_svg, qr_svg
from knotenpunkt.tools.documents.typesetting import JSON, pdf

# What half a page holds, and a whole one.
MOST = {"half": 8, "whole": 20}
LONGEST_NAME, LONGEST_NOTE = 80, 200
# More slips are typeset in a process of their own.
FEW = 20

Size = Literal["half", "whole"]


@dataclass(frozen=True, slots=True)
class SlipItem:
    """A material: "2" packs of "Postkarten", `pieces` "100 Stück" in words or ""."""

    packs: int
    name: str
    pieces: str = ""


@dataclass(frozen=True, slots=True)
class PackingSlip:
    """One order. `url` is the address of handing over, behind the QR code."""

    number: int
    name: str
    items: tuple[SlipItem, ...]
    url: str
    postal_code: str = ""
    address: tuple[str, ...] = ()
    station: str = ""
    note: str = ""


def packing_slips_pdf(slips: Sequence[PackingSlip], *, campaign: str, size: Size = "half") -> bytes:
    """One slip on each half or whole page, by station and postal code."""
    with override(settings.LANGUAGE_CODE):
        ordered = sorted(slips, key=lambda one: (one.station, one.postal_code, one.number))
        return pdf(
            "campaigns/packing_slips",
            {
                "half": size == "half",
                "campaign": campaign,
                "mark": mark_svg(current_network()),
                "slips": [_slip(one, MOST[size]) for one in ordered],
                "words": _words(),
            },
            title=_("Packing slips: %(campaign)s") % {"campaign": campaign},
            language=settings.LANGUAGE_CODE,
            mark_unknown=True,
            apart=len(ordered) > FEW,
        )


def _words() -> dict[str, JSON]:
    return {
        "packs": _("Packs"),
        "what": _("What"),
        "pieces": _("Pieces"),
        "note": _("Note:"),
        "qr": _("Scan when it is handed over"),
        "qr_alt": _("QR code that marks this order as handed over"),
    }


def _slip(slip: PackingSlip, most: int) -> JSON:
    left = len(slip.items) - most
    return {
        "heading": _("Order %(number)s") % {"number": slip.number},
        "name": shortened(slip.name, LONGEST_NAME),
        "address": [line for line in slip.address if line],
        "items": [
            {"packs": number(one.packs), "name": one.name, "pieces": one.pieces}
            for one in slip.items[:most]
        ],
        "more": _more(left),
        "station": slip.station,
        "note": shortened(slip.note, LONGEST_NOTE),
        "qr": qr_svg(slip.url),
    }


def _more(left: int) -> str:
    if left <= 0:
        return ""
    told = ngettext("… and %(count)s more material", "… and %(count)s more materials", left)
    return told % {"count": left}
