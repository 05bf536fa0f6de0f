"""Small lists, and short ways to look at what became of them."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.imports.importer import ImportResult
from knotenpunkt.registers.offers.models import Offer

HEAD = "Angebot;Träger;Straße;PLZ;Ort;Telefon;E-Mail;Öffnungszeiten;Alter;Kosten\n"
LINE = (
    "Elterncafé;Wegwarte e. V.;Körnerweg 8;9599;Freiberg;03731 12345 oder 0172 1234567;"
    "cafe@example.org;Mo-Fr 8-12 Uhr;0-3 Jahre;kostenlos\n"
)


def codes(result: ImportResult) -> list[str]:
    return sorted(remark.code for row in result.report.rows for remark in row.remarks)


def one(network: Network) -> Offer:
    with in_network(network):
        offer: Offer = Offer.objects.select_related("provider").get()
    return offer


IDS = "ID;Angebot;Träger;PLZ;Beschreibung\n"


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
