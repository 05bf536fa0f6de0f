"""A mail as a page shows it: the parts of its text, with or without links that lead somewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from knotenpunkt.tools.mail.frames import LINK, Frame
from knotenpunkt.tools.mail.source import Bullets, Button, blocks


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line; with an address they are a link."""

    text: str
    url: str = ""


Line = Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mail; `kind` is paragraph, bullets or button (one line of one piece)."""

    kind: str
    lines: Sequence[Line]


def parts(text: str, *, leads: bool) -> list[Part]:
    """The parts of a text.

    Only who got a mail may use its links, such as one to a new password: without `leads` they go
    nowhere, and only their host is shown.
    """
    return [_part(block, leads) for block in blocks(text)]


def foot(frame: Frame, *, leads: bool) -> list[Line]:
    """What stands below."""
    lines = [_line(line, leads) for line in frame.lines[1:]]
    if frame.end_url:
        lines.append([Piece(frame.end_label, frame.end_url if leads else "")])
    return lines


def _part(block: object, leads: bool) -> Part:
    if isinstance(block, Button):
        return Part("button", [[Piece(block.label, block.url if leads else "")]])
    if isinstance(block, Bullets):
        return Part("bullets", [_line(item, leads) for item in block.items])
    return Part("paragraph", [_line(line, leads) for line in getattr(block, "lines", ())])


def _line(line: str, leads: bool) -> Line:
    pieces = LINK.split(line)
    return [
        (Piece(piece, piece) if leads else Piece(_host(piece))) if place % 2 else Piece(piece)
        for place, piece in enumerate(pieces)
        if piece
    ]


def _host(url: str) -> str:
    """ "https://netz.example.org/…"."""
    try:
        split = urlsplit(url)
    except ValueError:
        return "…"
    return f"{split.scheme}://{split.netloc}/…"
