"""Personal pages: the link opens them, no role does. Everybody gets the same answer."""

from __future__ import annotations

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.actions import save_contact
from knotenpunkt.tools.links.actions import link_token
from tests.access.table import NOT_THERE, OPEN, ROLES, Line
from tests.factories import SYSTEM, make_offer, make_organisation


def props(network: Network, people: dict[str, User | None]) -> dict[str, object]:
    """A link, and what stands on its page."""
    house = make_organisation("Haus des Links")
    contact = save_contact(
        actor=SYSTEM, organisation=house, name="Lina Link", email="lina@example.org"
    )
    offer = make_offer("Angebot des Links", provider=house)
    return {
        "link": link_token(actor=SYSTEM, holder=contact.pk),
        "linked_house": house.pk,
        "linked_contact": contact.pk,
        "linked_offer": offer.pk,
    }


FORMS = {
    "personal:page", "personal:change", "personal:end", "personal:hand_over", "personal:take_back",
}  # fmt: skip
MOVED = dict.fromkeys(ROLES, 302)
REFUSED = dict.fromkeys(ROLES, 403)
MINE = {"token": "link"}


def change(kind: str, record: str, expected: dict[str, int], **more: str) -> Line:
    """A form of the page."""
    kwargs = {"token": "link", "kind": kind, "record_id": record}
    return Line("personal:change", expected, kwargs=kwargs, **more)  # type: ignore[arg-type]


LINES = [
    Line("personal:page", OPEN, kwargs=MINE),
    Line("personal:page", OPEN, kwargs=MINE, query="getan=bestaetigt"),
    Line("personal:page", NOT_THERE, kwargs={"token": "geraten"}),
    Line("personal:page", OPEN, kwargs={"token": "ihr-link"}),
    # Without the token of the form, which only the page itself gives.
    Line("personal:page", REFUSED, kwargs=MINE, method="post"),
    change("einrichtung", "linked_house", OPEN),
    change("kontakt", "linked_contact", OPEN),
    change("angebot", "linked_offer", OPEN),
    change("angebot", "linked_offer", REFUSED, method="post"),
    change("angebot", "published", NOT_THERE),
    change("angebot", "neighbour", NOT_THERE),
    change("einrichtung", "invented", NOT_THERE),
    change("erfunden", "linked_house", NOT_THERE),
    Line("personal:end", OPEN, kwargs={"token": "link", "record_id": "linked_offer"}),
    Line("personal:end", NOT_THERE, kwargs={"token": "link", "record_id": "published"}),
    Line("personal:hand_over", OPEN, kwargs=MINE),
    Line("personal:hand_over", REFUSED, kwargs=MINE, method="post"),
    Line("personal:take_back", MOVED, kwargs={"token": "link", "proposal_id": "invented"}),
    Line("personal:new_link", dict.fromkeys(ROLES, 405), kwargs=MINE),
    Line("personal:new_link", NOT_THERE, kwargs=MINE, method="post"),
]
