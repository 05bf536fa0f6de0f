"""Requests of families: open forms for everyone, a closed desk for those who answer."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.activities.inbox.actions import CallDraft, ask_for_call, leave_hint
from knotenpunkt.foundation.accounts.actors import ANYONE
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.models import Offer
from tests.access.table import EDITORS, NOT_THERE, OPEN, ROLES, Line, moved


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """A call request and a hint."""
    offer = Offer.objects.get(title="Krabbelgruppe")
    call = ask_for_call(actor=ANYONE, network=network, draft=CallDraft(phone="+493731555010"))
    hint = leave_hint(actor=ANYONE, network=network, offer=offer, text="Jetzt donnerstags")
    return {"call_request": call.pk, "hint": hint.pk}


# Refused outside the desk; who answers families meets nothing under an invented number.
UNKNOWN = EDITORS | {"editor": 404, "coordinator": 404}
FORMS = {"inbox:call", "inbox:call_about", "inbox:hint"}
DEEDS = ("inbox:take", "inbox:give_back", "inbox:done")
LINES = [
    Line("inbox:call", OPEN),
    Line("inbox:call", OPEN, method="post"),
    Line("inbox:call_thanks", OPEN),
    Line("inbox:call_thanks", OPEN, query="bis=heute"),
    *(Line(name, OPEN, of="published") for name in ("inbox:call_about", "inbox:hint")),
    *(
        Line(name, NOT_THERE, of=of)
        for name in ("inbox:call_about", "inbox:hint", "inbox:hint_thanks")
        for of in ("draft", "neighbour", "invented")
    ),
    Line("inbox:call_about", OPEN, of="published", method="post"),
    Line("inbox:hint", OPEN, of="published", method="post"),
    Line("inbox:hint_thanks", OPEN, of="published"),
    Line("inbox:list", EDITORS),
    Line("inbox:list", EDITORS, query="teil=beantwortet&seite=99"),
    Line("inbox:detail", EDITORS, of="call_request", key="concern_id"),
    Line("inbox:detail", EDITORS, of="hint", key="concern_id"),
    Line("inbox:detail", UNKNOWN, of="invented", key="concern_id"),
    *(Line(name, UNKNOWN, of="invented", key="concern_id", method="post") for name in DEEDS),
    Line("inbox:take", moved(EDITORS), of="call_request", key="concern_id", method="post"),
    Line("inbox:outcome", EDITORS, of="call_request", key="concern_id", method="post"),
    *(
        Line(name, dict.fromkeys(ROLES, 405), of="hint", key="concern_id")
        for name in (*DEEDS, "inbox:outcome")
    ),
]
