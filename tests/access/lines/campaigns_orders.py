"""Materials and orders: at the desk, behind a personal link, and on the public page."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from knotenpunkt.activities.campaigns.models import Came, Campaign, CampaignState
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.tools.files.actions import keep_file
from knotenpunkt.tools.links.actions import link_token
from tests.access.table import EDITORS, MEMBERS, NOT_THERE, OPEN, ROLES, Line, moved
from tests.activities.campaigns.ordering import make_material, make_partner, order
from tests.factories import SYSTEM

SLUG, VERSION, ENDED = "bestell-sommer", "material_version", "bestell-herbst"


def props(network: Network, people: dict[str, User | None]) -> dict[str, object]:
    """An open campaign with a form for all, a material with a picture, and two orders; an ended
    one."""
    today = timezone.localdate()
    campaign = Campaign(
        title="Bestellsommer", slug=SLUG, starts_on=today, ends_on=today + timedelta(days=60),
        order_until=timezone.now() + timedelta(days=9), public_orders=True,
        state=CampaignState.OPEN,
    )  # fmt: skip
    campaign.save(force_insert=True)
    Campaign(
        title="Bestellherbst", slug=ENDED, starts_on=today, ends_on=today,
        order_until=timezone.now(), public_orders=True, state=CampaignState.ENDED,
    ).save(force_insert=True)  # fmt: skip
    cards = make_material(campaign)
    cards.picture = keep_file(name="bild.webp", content_type="image/webp", content=b"RIFFwebp")
    cards.save()
    contact = make_partner("Olga Besteller", "Haus der Bestellung")
    return {
        "ordered_campaign": campaign.pk,
        "ordered_material": cards.pk,
        VERSION: cards.picture.pk.hex,
        "unordered_material": make_material(campaign, "Poster").pk,
        "order": order(contact, (cards, 1)).pk,
        "typed_order": order(None, (cards, 1), came=Came.TELEPHONE).pk,
        "order_link": link_token(actor=SYSTEM, holder=contact.pk),
        "empty_link": link_token(actor=SYSTEM, holder=make_partner("Leo Leer", "Haus Leer").pk),
    }


READERS = MEMBERS | {"provider": 403}
UNKNOWN = EDITORS | {"editor": 404, "coordinator": 404}
NOT_READ = READERS | {"reader": 404, "editor": 404, "coordinator": 404}
KEPT = EDITORS | {"editor": 422, "coordinator": 422}
BY_POST = dict.fromkeys(ROLES, 405)
REFUSED = dict.fromkeys(ROLES, 403)
MOVED = dict.fromkeys(ROLES, 302)
FORMS = {
    "campaigns:new_material", "campaigns:material", "campaigns:enter_order",
    "campaigns:change_order", "campaigns:cancel_order", "campaigns:order", "personal:order",
    "personal:order_change", "personal:order_cancel",
}  # fmt: skip


def at(name: str, expected: dict[str, int], one: str = "", method: str = "get",
       query: str = "", **more: str) -> Line:  # fmt: skip
    """A line at the desk; `one` is an order or a material."""
    key = "material_id" if "material" in name else "order_id"
    kwargs = {"campaign_id": "ordered_campaign"} | ({key: one} if one else {})
    return Line(f"campaigns:{name}", expected, method=method, query=query, kwargs=kwargs | more)


def mine(name: str, expected: dict[str, int], link: str = "order_link", **more: str) -> Line:
    """A line behind a link."""
    kwargs = {"token": link, "campaign_id": "ordered_campaign"}
    return Line(f"personal:{name}", expected, kwargs=kwargs, **more)  # type: ignore[arg-type]


def public(name: str, expected: dict[str, int] = OPEN, method: str = "get", **more: str) -> Line:
    """A line for everybody."""
    return Line(f"campaigns:{name}", expected, method=method, kwargs={"slug": SLUG} | more)


LINES = [
    at("materials", READERS),
    at("new_material", EDITORS),
    at("new_material", KEPT, method="post"),
    at("material", EDITORS, "ordered_material"),
    at("material", UNKNOWN, "invented"),
    at("remove_material", BY_POST, "unordered_material"),
    at("remove_material", moved(EDITORS), "ordered_material", "post"),
    at("desk_material_picture", READERS, "ordered_material", version=VERSION),
    at("desk_material_picture", NOT_READ, "ordered_material", version="alt"),
    Line("campaigns:latest_orders", moved(READERS)),
    at("orders", READERS),
    at("orders", READERS, query="q=birke&weg=telephone&stand=spaet&ausgabe=ohne"),
    at("export_orders", BY_POST),
    at("enter_order", EDITORS),
    at("enter_order", KEPT, method="post"),
    at("order_suggestions", EDITORS, query="partner=bestellung"),
    at("late_orders", READERS),
    at("desk_order", READERS, "order"),
    at("desk_order", READERS, "typed_order"),
    at("desk_order", NOT_READ, "invented"),
    at("change_order", EDITORS, "order"),
    at("change_order", UNKNOWN, "invented"),
    at("cancel_order", EDITORS, "order"),
    at("cancel_order", UNKNOWN, "invented"),
    at("answer_order", BY_POST, "order"),
    at("answer_order", moved(EDITORS), "order", "post"),
    at("tie_order", BY_POST, "typed_order"),
    at("tie_order", KEPT, "typed_order", "post"),
    mine("order", OPEN),
    mine("order", OPEN, "empty_link"),
    mine("order", REFUSED, method="post"),
    mine("order", NOT_THERE, "geraten"),
    mine("order_change", OPEN),
    mine("order_change", MOVED, "empty_link"),
    mine("order_change", REFUSED, method="post"),
    mine("order_cancel", OPEN),
    mine("order_cancel", MOVED, "empty_link"),
    mine("order_cancel", REFUSED, method="post"),
    public("order"),
    public("order", dict.fromkeys(ROLES, 422), "post"),
    public("order_thanks"),
    Line("campaigns:order", NOT_THERE, kwargs={"slug": "gibt-es-nicht"}),
    Line("campaigns:order", dict.fromkeys(ROLES, 410), kwargs={"slug": ENDED}),
    public("material_picture", material_id="ordered_material", version=VERSION),
    public("material_picture", NOT_THERE, material_id="ordered_material", version="alt"),
]
