"""Reads of help numbers and legal pages. They are public: every actor may see them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from knotenpunkt.foundation.core.languages import EASY_GERMAN
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.page_cache import remembered
from knotenpunkt.registers.areas.models import Land
from knotenpunkt.registers.pages import defaults
from knotenpunkt.registers.pages.markup import filled, gaps_in, rendered
from knotenpunkt.registers.pages.models import HelpNumber, LegalPage, PageKind

FIRST_LANGUAGE = "de"


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A help number as a page shows it; `tel` is what the telephone dials."""

    number: str
    tel: str
    label: str
    note: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class ReadyPage:
    """A legal page as it is shown: placeholders filled, markup rendered.

    `language` can differ from the one asked for, when the page is not written in that one yet.
    """

    kind: str
    language: str
    title: str
    html: SafeString
    is_signed: bool


def help_numbers(language: str) -> list[HelpLine]:
    """The network's help numbers in their order; one query."""
    return remembered(("pages.help_numbers", language), lambda: _help_numbers(language))


def _help_numbers(language: str) -> list[HelpLine]:
    return [_line(number, language) for number in HelpNumber.objects.order_by("position", "number")]


def shipped_help_numbers(language: str) -> list[HelpLine]:
    """The numbers for pages that belong to no network; without a query."""
    return [_line(number, language) for number in defaults.help_numbers()]


def _line(number: HelpNumber, language: str) -> HelpLine:
    return HelpLine(
        number=number.number,
        tel=dialled(number.number),
        label=_said(number.label, number.label_en, language),
        note=_said(number.note, number.note_en, language),
        group=number.group,
    )


def _said(german: str, english: str, language: str) -> str:
    """In the language of the page; a network's own words in English, else as they are."""
    if language == FIRST_LANGUAGE or not german:
        return german
    own = english if language != EASY_GERMAN else ""
    return (language != "en" and defaults.help_words(language).get(german)) or own or german


def dialled(number: str) -> str:
    """What a telephone dials: "0800 111 0550" → "08001110550"."""
    return re.sub(r"[^\d+]", "", number)


def _link(words: str, target: str) -> str:
    return f"[{words}]({target})" if words else ""


def legal_page(network: Network, kind: str, language: str) -> ReadyPage | None:
    """A page in a language, otherwise in German; None when the network has no such page."""
    rows = {row.language: row for row in LegalPage.objects.filter(kind=kind)}
    page = rows.get(language) or rows.get(FIRST_LANGUAGE)
    return _ready(page, network) if page else None


def _ready(page: LegalPage, network: Network) -> ReadyPage:
    values, names = _values(network), _names()
    return ReadyPage(
        kind=page.kind,
        language=page.language,
        title=page.title,
        html=rendered(filled(page.body, values, names)),
        is_signed=page.is_signed,
    )


def unsigned_kinds() -> list[str]:
    """The kinds of legal pages that nobody stands behind yet, in any of their languages."""
    unsigned = set(LegalPage.objects.filter(signed_at=None).values_list("kind", flat=True))
    return [kind for kind in PageKind.values if kind in unsigned]


def gaps(network: Network, page: LegalPage) -> list[str]:
    """What readers of the page see as still to be completed, in words and once each."""
    with translation.override(page.language):
        return gaps_in(filled(page.body, _values(network), _names()))


def _values(network: Network) -> dict[str, str]:
    offices = defaults.offices(network.land)
    return {
        "network": network.name,
        "short_name": network.short_name,
        "operator": network.operator,
        "operator_address": network.operator_address,
        "contact_name": network.contact_name,
        "contact_function": network.contact_function,
        "contact_phone": _link(network.contact_phone, f"tel:{dialled(network.contact_phone)}"),
        "contact_email": _link(network.contact_email, f"mailto:{network.contact_email}"),
        "contact_hours": network.contact_hours,
        "land": str(Land(network.land).label) if network.land else "",
        "data_protection_office": offices.data_protection,
        "accessibility_office": offices.accessibility,
    }


def _names() -> dict[str, str]:
    """What a gap is called."""
    return {
        "operator": _("name of the operator"),
        "operator_address": _("address of the operator"),
        "contact_name": _("name of the contact person"),
        "contact_function": _("function of the contact person"),
        "contact_phone": _("telephone number"),
        "contact_email": _("e-mail address"),
        "contact_hours": _("when somebody answers"),
        "land": _("Land"),
        "data_protection_office": _("supervisory authority for data protection"),
        "accessibility_office": _("enforcement body for accessibility"),
    }
