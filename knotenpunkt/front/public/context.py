"""What stands around every page: name and colours, languages, help numbers, legal pages, contact.

It is asked for error pages, too, when the database may be gone; so nothing here may raise, and
what costs a query is fetched only by a page that shows it. The session is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import phonenumbers
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from knotenpunkt.design.texts import TextIn
from knotenpunkt.foundation.core.languages import EASY_GERMAN
from knotenpunkt.foundation.core.spoken import initials, own_name
from knotenpunkt.foundation.networks.addresses import (
    address,
    in_language,
    languages_of,
    list_of_networks,
)
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import OutsideNetwork
from knotenpunkt.registers.pages.models import PageKind
from knotenpunkt.registers.pages.queries import HelpLine, help_numbers, shipped_help_numbers

# "Mo–Do 9–15 Uhr": words without digits, then a time.
DAYS_AND_TIME = re.compile(r"(\D+?)\s+(\d.*)")


@dataclass(frozen=True, slots=True)
class Masthead:
    """The network as the head of a page shows it."""

    name: str
    short_name: str
    mark_svg_url: str


@dataclass(frozen=True, slots=True)
class Language:
    """This page in a language; `name` as its speakers call it."""

    code: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the footer."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody answers, on these days."""

    days: str
    time: str


@dataclass(frozen=True, slots=True)
class ContactPerson:
    """Whom families can ask. `tel` is what a telephone dials, "" when it cannot be dialled."""

    name: str
    function: str
    phone: str
    tel: str
    email: str
    hours: str
    hours_list: Sequence[Hours]
    initials: str


def layout(request: HttpRequest) -> dict[str, object]:
    """The context of `design/public.html` and `design/desk.html`."""
    network: Network | None = getattr(request, "network", None)
    language = str(getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE))
    if network is None:
        return _outside(language)
    return {
        "network": masthead(network),
        "home_url": address(network, "public:start", language=language),
        "theme_url": f"{address(network, 'networks:theme')}?v={network.accent.lstrip('#')}",
        "is_demo": network.is_demo,
        # A demo never looks like the page of a real authority.
        "authority": "" if network.is_demo else network.operator,
        "about": _lazily(lambda: _about(network)),
        "languages": _lazily(lambda: languages(request, network, language)),
        "offered_language": _lazily(lambda: offered_language(request, network, language)),
        "help_numbers": _lazily(lambda: _help_numbers(language)),
        "contact": _lazily(lambda: contact_person(network)),
        "legal_links": _lazily(lambda: _links(network, language)),
        "easy_read_url": _easy_read_url(request, network, language),
        "sign_language_url": address(network, "pages:sign_language", language=language),
        "ask_url": address(network, "responsibilities:finder", language=language),
        "partners_url": address(network, "library:partners", language=language),
        **_forms_for_families(request, network, language),
    }


def _easy_read_url(request: HttpRequest, network: Network, language: str) -> str:
    """This page in Leichte Sprache; "" where it is read so already, or does not speak it."""
    known = languages_of(request.path_info.removeprefix("/"))
    if language == EASY_GERMAN or EASY_GERMAN not in known:
        return ""
    return in_language(request, network, EASY_GERMAN)


def _forms_for_families(request: HttpRequest, network: Network, language: str) -> dict[str, str]:
    """Where a family asks for a call and reports a mistake, from the page that is shown.

    Said here, because the pages of the registers do not know the inbox above them.
    """
    match = request.resolver_match
    if match is None or match.view_name != "offers:detail":
        return {"call_url": address(network, "inbox:call", language=language)}
    offer = match.kwargs["offer_id"]
    return {
        "call_url": address(network, "inbox:call_about", language=language, offer_id=offer),
        "hint_url": address(network, "inbox:hint", language=language, offer_id=offer),
    }


def _outside(language: str) -> dict[str, object]:
    """Around the list of networks, and around errors that happen outside every network."""
    return {
        "network": None,
        "home_url": list_of_networks(language),
        "is_demo": False,
        "languages": [
            Language(code, own_name(code), list_of_networks(code), code == language)
            for code, _name in settings.LANGUAGES
        ],
        "help_numbers": _lazily(lambda: shipped_help_numbers(language)),
    }


def _lazily(make: Callable[[], object]) -> SimpleLazyObject[object]:
    return SimpleLazyObject(make)


def masthead(network: Network) -> Masthead:
    """Name and mark; the address changes with the mark, so that a new one is seen at once."""
    version = network.logo or network.mark
    mark = f"{address(network, 'networks:mark')}?v={escape_uri_path(version)}"
    return Masthead(network.name, network.short_name, mark)


def languages(request: HttpRequest, network: Network, current: str) -> list[Language]:
    """This very page in every language of the interface."""
    return [
        Language(code, own_name(code), in_language(request, network, code), code == current)
        for code in languages_of(request.path_info.removeprefix("/"))
    ]


def offered_language(request: HttpRequest, network: Network, current: str) -> Language | None:
    """The language that the browser would rather have this page in, where it is another one.

    It is only offered: the choice lives in the address. The answer then depends on what the
    browser asked for, which `middleware.DependsOnLanguage` says.
    """
    request.asked_language = True  # type: ignore[attr-defined]
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    known = {one.code: one for one in languages(request, network, current)}
    codes = (code.partition("-")[0] for code, _weight in wanted)
    best = next((known[code] for code in codes if code in known), None)
    # Who reads Leichte Sprache has chosen it.
    return None if best is None or best.code == current.partition("-")[0] else best


def contact_person(network: Network) -> ContactPerson | None:
    """The network's contact; None when there is no way to reach anybody."""
    if not network.contact_phone and not network.contact_email:
        return None
    name = network.contact_name or network.name
    return ContactPerson(
        name=name,
        function=_german(network.contact_function),
        phone=network.contact_phone,
        tel=dialled(network.contact_phone),
        email=network.contact_email,
        hours=_german(network.contact_hours),
        hours_list=hours_list(network.contact_hours),
        initials=initials(name),
    )


def dialled(written: str) -> str:
    """A German number in international form: "030 23125 040" → "+493023125040"; "" if none."""
    try:
        number = phonenumbers.parse(written, "DE")
    except phonenumbers.NumberParseException:
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def hours_list(text: str) -> list[Hours]:
    """ "Mo–Do 9–15 Uhr, Fr 9–12 Uhr" line by line; empty when it does not read like that."""
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    matches = [DAYS_AND_TIME.fullmatch(part) for part in parts]
    if not all(matches):
        return []
    return [Hours(_german(match[1]), _german(match[2])) for match in matches if match]


def _german(text: str) -> TextIn:
    """What the network wrote, on a page in any language."""
    return TextIn(text, settings.LANGUAGE_CODE)


def _about(network: Network) -> str:
    nothing_kept = _("You need no account. We store nothing on your device.")
    if not network.operator:
        return nothing_kept
    from_whom = _("Run by: %(operator)s.") % {"operator": network.operator}
    return f"{from_whom} {nothing_kept}"


def _help_numbers(language: str) -> list[HelpLine]:
    """The numbers, or none where the database cannot be asked: error pages name two themselves."""
    try:
        return help_numbers(language)
    except (DatabaseError, OutsideNetwork):
        return []


def _links(network: Network, language: str) -> list[Link]:
    legal = [
        Link(str(kind.label), address(network, f"pages:{kind.value}", language=language))
        for kind in PageKind
    ]
    return [
        Link(_("People to ask"), address(network, "responsibilities:finder", language=language)),
        Link(_("Library"), address(network, "library:public", language=language)),
        *legal,
        Link(_("For professionals"), address(network, "desk:today", language=language)),
    ]
