"""What the pages of circulars share: fetching one, and finding whose eyes to read it with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from knotenpunkt.activities.mailings.composing import Reading, dead_link, reading_for
from knotenpunkt.activities.mailings.merging import Addressed, name_of
from knotenpunkt.activities.mailings.models import Circular, LeftOut, Way
from knotenpunkt.activities.mailings.printing.problems import problem_of_text
from knotenpunkt.activities.mailings.queries.circulars import circulars
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.tools.documents.signs import ornaments
from knotenpunkt.tools.mail.frames import Frame, as_text, framed
from knotenpunkt.tools.mail.reading import Part, foot, parts
from knotenpunkt.tools.mail.rules import ends_by_unsubscribing

READER, SEARCH = "leser", "suche"
MOST_FOUND = 8


def circular_or_404(actor: Actor, circular_id: UUID) -> Circular:
    """One circular, or Http404."""
    try:
        return circulars(actor).get(pk=circular_id)
    except Circular.DoesNotExist:
        raise Http404 from None


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with whose eyes it can be read: what they are called, and the address for it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Preview:
    """How one recipient reads it, and the ways to others.

    `place` counts from one, among those who are written to, or among those who are left out.
    `unprintable` are signs of the text that a letter leaves out, `problem` why there can be none.
    """

    chosen: Addressed
    is_written_to: bool
    way: str
    name: str
    house: str
    place: int
    count: int
    previous_url: str
    next_url: str
    search: str
    found: Sequence[Reader]
    reading: Reading
    parts: Sequence[Part]
    foot: Any
    text: str
    unprintable: str
    problem: str


def preview(
    circular: Circular, network: Network, readers: Sequence[Any], query: dict[str, str]
) -> Preview | None:
    """The preview that the address asks for; the first recipient at first, None without any."""
    if not readers:
        return None
    one = readers[_place(readers, query.get(READER, ""))]
    turn = [each for each in readers if _is_written_to(each) == _is_written_to(one)]
    here = turn.index(one)
    reading = reading_for(one, circular, dead_link())
    frame = _frame(circular, network)
    typed = query.get(SEARCH, "").replace("\0", "").strip()[:100]
    return Preview(
        chosen=one, is_written_to=_is_written_to(one), way=_way(one), name=name_of(one.contact),
        house=one.contact.organisation.name, place=here + 1, count=len(turn),
        previous_url=_url(turn[here - 1]) if here else "",
        next_url=_url(turn[here + 1]) if here + 1 < len(turn) else "",
        search=typed, found=_found(readers, typed), reading=reading,
        parts=parts(reading.text, leads=False), foot=foot(frame, leads=False),
        text=as_text(reading.text, frame), **_on_paper(circular, reading),
    )  # fmt: skip


def _on_paper(circular: Circular, reading: Reading) -> dict[str, str]:
    """What a letter cannot say; nothing where none is written."""
    if not circular.by_letter:
        return {"unprintable": "", "problem": ""}
    text = f"{reading.subject}\n{reading.text}"
    left_out = sorted(ornaments(text), key=text.index)
    return {"unprintable": " ".join(left_out), "problem": problem_of_text(text)}


def _is_written_to(one: Any) -> bool:
    return bool(one.way != Way.NONE)


def _way(one: Any) -> str:
    """ "E-Mail", or why nobody writes to them."""
    return str(Way(one.way).label if _is_written_to(one) else LeftOut(one.left_out).label)


def _place(readers: Sequence[Any], wanted: str) -> int:
    return next((at for at, one in enumerate(readers) if str(one.contact.pk) == wanted), 0)


def _url(one: Any) -> str:
    return f"?{READER}={one.contact.pk}#vorschau"


def _found(readers: Sequence[Any], typed: str) -> list[Reader]:
    """Whose name or house holds all typed words."""
    words = fold(typed).split()
    if not words:
        return []
    hits = (
        one for one in readers
        if all(word in fold(f"{name_of(one.contact)} {one.contact.organisation.name}")
               for word in words)
    )  # fmt: skip
    return [
        Reader(", ".join(dict.fromkeys((name_of(one.contact), one.contact.organisation.name))),
               _url(one))
        for one, _number in zip(hits, range(MOST_FOUND), strict=False)
    ]  # fmt: skip


def _frame(circular: Circular, network: Network) -> Frame:
    """As in a mail; what ends such mail is shown and leads nowhere."""
    ends = ends_by_unsubscribing(circular.kind)
    return framed(network, unsubscribe_url=dead_link() if ends else "")


def stages(circular: Circular, *, four_eyes: bool, is_released: bool) -> list[dict[str, Any]]:
    """Where one is on the way from the first word to sending."""
    is_written = bool(circular.subject and circular.text and circular.audience_id)
    edit = reverse("mailings:circular_edit", args=[circular.pk])
    told = [(_("Write"), is_written, edit), (_("Look at it"), False, "")]
    if four_eyes:
        told[1] = (_("Look at it"), is_released, "")
        told.append((_("Release"), is_released, ""))
    told.append((_("Send"), False, ""))
    current = next(at for at, (_label, is_done, _url) in enumerate(told) if not is_done)
    return [
        {"label": label, "url": url if is_done else "",
         "state": "done" if is_done else "current" if at == current else "todo"}
        for at, (label, is_done, url) in enumerate(told)
    ]  # fmt: skip
