"""Sharing and handing over: members look, those who run campaigns decide, helpers hold a link."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from knotenpunkt.activities.campaigns.actions.materials import MaterialDraft, save_material
from knotenpunkt.activities.campaigns.actions.orders import place_order
from knotenpunkt.activities.campaigns.actions.stations import (
    StationDraft,
    open_helping,
    save_station,
)
from knotenpunkt.activities.campaigns.models import Came, Campaign, CampaignState
from knotenpunkt.activities.campaigns.ordering import OrderDraft, Orderer
from knotenpunkt.activities.campaigns.slips import slip_code
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from tests.access.table import EDITORS, MEMBERS, NOT_THERE, OPEN, Line, moved
from tests.activities.campaigns.ordering import ordering_campaign
from tests.factories import SYSTEM


def props(network: Network, people: dict[str, User | None]) -> dict[str, Any]:
    """A campaign with an order of two packs, fetched at a station whose helpers have a link."""
    campaign = ordering_campaign(title="Ausgeben", state=CampaignState.OPEN)
    draft = MaterialDraft(name="Karten", packs=9, giving="first_come")
    material = save_material(actor=SYSTEM, campaign=campaign, draft=draft)
    station, empty = (
        save_station(actor=SYSTEM, campaign=campaign, draft=StationDraft(name))
        for name in ("Rathaus", "Kirche")
    )
    order = place_order(
        actor=SYSTEM,
        campaign=campaign,
        draft=OrderDraft(orderer=Orderer(name="X"), wanted={material.pk: 2}, station=station),
        came=Came.TELEPHONE,
        key=uuid4().hex,
    )
    return {
        "shared_campaign": campaign.pk,
        "bare_campaign": _bare(),
        "shared_material": material.pk,
        "hand_station": station.pk,
        "empty_station": empty.pk,
        "slip_code": slip_code(order.pk, network.pk),
        "helper_token": open_helping(actor=SYSTEM, station=station, days=3),
    }


def _bare() -> Any:
    campaign: Campaign = ordering_campaign(title="Noch leer", slug="noch-leer")
    return campaign.pk


READS = MEMBERS | {"provider": 403}
UNKNOWN = EDITORS | {"editor": 404, "coordinator": 404}
DONE = moved(EDITORS)
# Whoever scans a slip: staff of this network, else nobody learns anything.
STAFF = dict.fromkeys(OPEN, 403) | {"editor": 200, "coordinator": 200}
NAMES = ("sharing", "reorder", "costs", "handing_over")
RUN = ("tell_shares", "assign_orders", "pick_list", "not_fetched", "add_station", "labels_file")
FORMS = {
    "campaigns:sharing", "campaigns:share_material", "campaigns:tell_shares", "campaigns:station",
    "campaigns:add_station", "campaigns:remove_station", "campaigns:helping", "campaigns:slip",
    "campaigns:assign_orders", "campaigns:not_fetched", "campaigns:helpers",
    "campaigns:helper_order",
}  # fmt: skip
COOKIES_ALLOWED = {"campaigns:helpers", "campaigns:helper_order"}
HERE = {"of": "shared_campaign", "key": "campaign_id"}
BARE = {"of": "bare_campaign", "key": "campaign_id"}
NOWHERE = {"of": "invented", "key": "campaign_id"}


def _line(name: str, expected: dict[str, int], of: dict[str, str] = HERE, **more: Any) -> Line:
    return Line(f"campaigns:{name}", expected, of=of["of"], key=of["key"], **more)


MATERIAL = {"material_id": "shared_material"}
STATION = {"station_id": "hand_station"}
LINES = [
    *(_line(name, READS, of) for name in NAMES for of in (HERE, BARE)),
    *(_line(name, EDITORS, of) for name in RUN for of in (HERE, BARE)),
    _line("sharing", UNKNOWN | {"reader": 404}, NOWHERE),
    _line("pick_list", UNKNOWN, NOWHERE),
    _line("sharing", DONE, method="post"),
    _line("share_material", READS, kwargs=MATERIAL),
    _line("share_material", READS, kwargs=MATERIAL, query="regel=by_size&zeigen=weniger"),
    _line("share_material", UNKNOWN | {"reader": 404}, kwargs={"material_id": "invented"}),
    _line("share_material", DONE, kwargs=MATERIAL, method="post", data={"deed": "rechnen"}),
    _line("undo_shares", DONE, kwargs=MATERIAL, method="post"),
    _line("tell_shares", DONE, method="post", data={"deed": "gemerkt", "bestellung": "x"}),
    *(
        _line(name, expected, method="post", data={"form": form})
        for name in ("export_reorder", "export_costs")
        for form, expected in (("csv", EDITORS), ("exe", UNKNOWN))
    ),
    _line("pick_list", EDITORS, query="ort=ohne"),
    _line("pick_list_file", EDITORS),
    _line("slips_file", EDITORS),
    _line("station", EDITORS, kwargs=STATION),
    _line("station", UNKNOWN, kwargs={"station_id": "invented"}),
    _line("add_station", EDITORS | {"editor": 422, "coordinator": 422}, method="post"),
    _line("remove_station", EDITORS, kwargs=STATION),
    _line("remove_station", DONE | {"coordinator": 404}, kwargs={"station_id": "empty_station"},
          method="post"),
    _line("helping", EDITORS, kwargs=STATION),
    _line("helping", EDITORS, kwargs=STATION, method="post", data={"deed": "zeigen"}),
    _line("assign_orders", DONE, method="post", data={"ort-x": "x"}),
    _line("not_fetched", DONE, method="post"),
    Line("campaigns:slip", STAFF, kwargs={"code": "slip_code"}),
    Line("campaigns:slip", STAFF | {"editor": 302, "coordinator": 302}, method="post",
         kwargs={"code": "slip_code"}),
    Line("campaigns:slip", NOT_THERE, kwargs={"code": "nobodys"}),
    Line("campaigns:helpers", OPEN, kwargs={"token": "helper_token"}),
    Line("campaigns:helpers", NOT_THERE, kwargs={"token": "nobodys"}),
    Line("campaigns:helper_order", OPEN, kwargs={"token": "helper_token", "number": "1"}),
    Line("campaigns:helper_order", NOT_THERE, kwargs={"token": "helper_token", "number": "9"}),
]  # fmt: skip
