"""The poster of one join-in, A4 or A3: read from three metres, with a QR code to its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.partners.postal import shortened
from knotenpunkt.tools.documents.pictures import Picture, drawn, mark_svg, qr_svg
from knotenpunkt.tools.documents.typesetting import JSON, pdf

# What stays readable beside the picture.
LONGEST_TITLE, LONGEST_TEXT = 120, 260
Paper = Literal["a4", "a3"]


@dataclass(frozen=True, slots=True)
class Poster:
    """What a poster says. Lines as they are read: `when` "Samstag, 12. September 2026",
    `time` "14–17 Uhr", `where` ("Haus Wiesenpfad", "Körnerweg 8", "09599 Freiberg").

    `url` is the public address behind the QR code, whole with https://.
    """

    campaign: str
    title: str
    when: str
    where: tuple[str, ...]
    url: str
    time: str = ""
    for_whom: str = ""
    entry: str = ""
    host: str = ""
    description: str = ""
    picture: Picture | None = None
    is_open: bool = True


def poster_pdf(poster: Poster, *, paper: Paper = "a4") -> bytes:
    """One page to hang up."""
    with override(settings.LANGUAGE_CODE):
        return pdf(
            "campaigns/poster", {**_said(poster), "paper": paper}, title=poster.title,
            language=settings.LANGUAGE_CODE, mark_unknown=True,
        )  # fmt: skip


def _said(poster: Poster) -> dict[str, JSON]:
    return {
        "campaign": poster.campaign,
        "title": shortened(poster.title, LONGEST_TITLE),
        "when": poster.when,
        "time": poster.time,
        "where": [line for line in poster.where if line],
        "facts": [{"name": name, "words": words} for name, words in _facts(poster) if words],
        "description": shortened(poster.description, LONGEST_TEXT),
        "picture": drawn(poster.picture) if poster.picture else None,
        "url": poster.url,
        "qr": qr_svg(poster.url),
        "qr_alt": _("QR code that leads to the page of this action: %(address)s")
        % {"address": poster.url},
        "qr_words": _("More about it"),
        "mark": mark_svg(current_network()),
    }


def _facts(poster: Poster) -> Iterator[tuple[str, str]]:
    yield _("For:"), _said_once(_("For:"), poster.for_whom)
    yield _("Invited:"), "" if poster.is_open else _("after registration only")
    yield _("Admission:"), poster.entry
    yield _("Hosted by:"), poster.host


def _said_once(name: str, words: str) -> str:
    """ "Für:", "für alle" → "alle"."""
    again = name.rstrip(":") + " "
    return words[len(again) :] if words.casefold().startswith(again.casefold()) else words
