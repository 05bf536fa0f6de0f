"""The poster of one join-in, A4 or A3: read from three metres, with a QR code to its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knotenpunkt.tools.documents.pictures import Picture

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
    raise NotImplementedError
