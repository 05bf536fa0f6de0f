"""Letters for window envelopes: DIN 5008 form B, tagged, sorted as the post likes them.

A letter that cannot be printed right, such as one to a name in signs that no font has, is left out
and named; all others are printed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from knotenpunkt.activities.mailings.printing.problems import (
    problem_of_address,
    problem_of_text,
)
from knotenpunkt.foundation.core.spoken import full_date
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.tools.documents.fitting import fitted
from knotenpunkt.tools.documents.pictures import mark_svg, qr_svg
from knotenpunkt.tools.documents.typesetting import JSON, pdf
from knotenpunkt.tools.mail.source import Block, Bullets, Button, Paragraph, blocks

# Millimetres and points: the window of a DL envelope shows 80 × 27 mm of address.
WINDOW = 80
ADDRESS_SIZES = (10.5, 10, 9.5, 9, 8.5, 8)
RETURN_SIZES = (7.5, 7, 6.5, 6)
# More letters are typeset in a process of their own, which gives its memory back.
FEW = 20
# A closing is short: "Mit freundlichen Grüßen", and who signs.
SHORT, CLOSING_BLOCKS = 120, 2


@dataclass(frozen=True, slots=True)
class LetterText:
    """One letter. `key` is whatever the caller knows it by; `closing` is written like the text.

    `qr_url` is the personal address behind the code beside the closing.
    """

    key: Hashable
    address_lines: Sequence[str]
    return_line: str
    subject: str
    blocks: Sequence[Block]
    date: date
    closing: str = ""
    qr_url: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """The file, how many are in it, and the keys of those that are not, each with the reason.

    Nothing to print makes an empty file.
    """

    content: bytes
    count: int
    missing: list[tuple[Hashable, str]]


def letters_pdf(letters: Sequence[LetterText], *, duplex: bool = False) -> Printed:
    """All letters as one file, by postal code; with `duplex` each begins on a sheet of its own."""
    with override(settings.LANGUAGE_CODE):
        able, missing = parted(letters)
        if not able:
            return Printed(b"", 0, missing)
        network = current_network()
        content = pdf(
            "mailings/letters",
            {**_sheet(network), "duplex": duplex, "letters": [_set(one) for one in able]},
            title=_title(able),
            language=settings.LANGUAGE_CODE,
            mark_unknown=True,
            apart=len(able) > FEW,
        )
    return Printed(content, len(able), missing)


def parted(
    letters: Sequence[LetterText],
) -> tuple[list[LetterText], list[tuple[Hashable, str]]]:
    """Those that can be printed, in the order of the post, and why the others cannot."""
    problems = [(one, problem_of(one)) for one in letters]
    able = [one for one, problem in problems if not problem]
    missing = [(one.key, problem) for one, problem in problems if problem]
    return sorted(able, key=lambda one: postal_order(one.address_lines)), missing


def postal_order(lines: Sequence[str]) -> tuple[str, ...]:
    """What addresses are sorted by: postal code and town, then street, then name."""
    return tuple(reversed(lines))


def problem_of(letter: LetterText) -> str:
    """Why a letter cannot be printed; "" when it can."""
    return problem_of_address(letter.address_lines) or problem_of_text(
        "".join((letter.subject, *_words(letter)))
    )


def _words(letter: LetterText) -> Iterator[str]:
    yield letter.return_line
    for block in (*letter.blocks, *blocks(letter.closing)):
        yield from _lines(block)


def _lines(block: Block) -> Sequence[str]:
    if isinstance(block, Button):
        return (block.label, block.url)
    return block.items if isinstance(block, Bullets) else block.lines


def _title(letters: Sequence[LetterText]) -> str:
    subject = letters[0].subject
    if len(letters) == 1:
        return subject
    return _("%(subject)s (%(count)s letters)") % {"subject": subject, "count": len(letters)}


def _sheet(network: Network) -> dict[str, JSON]:
    """What stands on every letter."""
    return {
        "mark": mark_svg(network),
        "foot": " · ".join(_foot(network)),
        "sender": {"name": network.contact_name, "lines": list(_reached(network))},
        "words": {
            "ask": _("Your contact person"),
            "date": _("Date"),
            "page": _("Page {page}"),
            "qr": _("QR code that leads to your personal page"),
            "own_page": _("Your personal page"),
        },
    }


def _foot(network: Network) -> Iterator[str]:
    yield network.name
    if network.operator:
        yield network.operator
    yield from filter(None, map(str.strip, network.operator_address.splitlines()))


def _reached(network: Network) -> Iterator[str]:
    if network.contact_function:
        yield network.contact_function
    if network.contact_phone:
        yield _("Telephone %(number)s") % {"number": network.contact_phone}
    if network.contact_email:
        yield network.contact_email
    if network.contact_hours:
        yield network.contact_hours


def _set(letter: LetterText) -> JSON:
    """A letter as the template wants it."""
    text, last = _body_and_closing(letter)
    lines = [line for line in letter.address_lines if line.strip()]
    return {
        "address": _fit(lines, ADDRESS_SIZES),
        "return": _fit([letter.return_line], RETURN_SIZES),
        "date": full_date(letter.date),
        "bookmark": f"{lines[-1]}, {lines[0]}",
        "subject": letter.subject,
        "blocks": [_drawn(block) for block in text],
        "last": [_drawn(block) for block in last],
        "url": letter.qr_url,
        "qr": qr_svg(letter.qr_url) if letter.qr_url else "",
    }


def _body_and_closing(letter: LetterText) -> tuple[Sequence[Block], Sequence[Block]]:
    """The text and its closing; a text without one of its own ends with its short last parts."""
    if letter.closing:
        return letter.blocks, blocks(letter.closing)
    parts = list(letter.blocks)
    at = len(parts)
    while at and len(parts) - at < CLOSING_BLOCKS and _is_short(parts[at - 1]):
        at -= 1
    return parts[:at], parts[at:]


def _is_short(block: Block) -> bool:
    return isinstance(block, Paragraph) and sum(map(len, block.lines)) <= SHORT


def _fit(lines: Sequence[str], sizes: Sequence[float]) -> JSON:
    found = fitted(lines, width=WINDOW, sizes=sizes)
    return {"lines": list(found.lines), "size": found.size}


def _drawn(block: Block) -> JSON:
    if isinstance(block, Button):
        return {"kind": "button", "lines": [block.label], "url": block.url}
    kind = "list" if isinstance(block, Bullets) else "text"
    return {"kind": kind, "lines": list(_lines(block))}
