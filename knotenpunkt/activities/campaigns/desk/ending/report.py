"""What the report of a campaign says: figures, pictures, map, actions, costs, lessons."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from knotenpunkt.activities.campaigns.models import (
    Campaign,
    FileUse,
    FundingArea,
    JoinIn,
    JoinInState,
)
from knotenpunkt.activities.campaigns.printing.maps import MapOutline, MapPoint, ReportMap
from knotenpunkt.activities.campaigns.printing.reports import (
    CostRow,
    Figure,
    JoinInRow,
    PartnerList,
    Report,
    Section,
)
from knotenpunkt.activities.campaigns.queries.overview import Figures, figures, houses_of
from knotenpunkt.activities.campaigns.queries.taking_part import houses_known, parts
from knotenpunkt.activities.campaigns.rules.join_ins import is_over
from knotenpunkt.activities.campaigns.wording.campaigns import period
from knotenpunkt.foundation.core.spoken import number, short_date
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.areas.queries import outlines_for_map
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.tools.documents.pictures import Picture
from knotenpunkt.tools.files.queries import content_of

MOST_PICTURES = 8


def report(campaign: Campaign, network: Network) -> Report:
    """Everything as it is known now; orders only as figures, for nobody's name is needed."""
    told = figures(campaign)
    shown = campaign.join_ins.filter(state=JoinInState.APPROVED)
    shown = shown.select_related("place", "organisation")
    now = timezone.now()
    held = [one for one in shown if is_over(one, now)]
    lessons = list(campaign.lessons.all())
    return Report(
        campaign=campaign.title,
        period=period(campaign.starts_on, campaign.ends_on),
        message=campaign.message,
        hosts=tuple(_hosts(campaign, network)),
        figures=tuple(_figures(told)),
        sections=tuple(_sections(campaign)),
        pictures=tuple(_pictures(campaign, held)),
        map=_map(held),
        join_ins=tuple(_row(one) for one in held),
        coming=tuple(_row(one) for one in shown if not is_over(one, now)),
        partners=tuple(_partners(campaign)),
        costs=tuple(_costs(told)),
        lessons_kept=tuple(one.text for one in lessons if one.keep),
        lessons_changed=tuple(one.text for one in lessons if not one.keep),
        contact=_contact(network),
    )


def _hosts(campaign: Campaign, network: Network) -> Iterator[str]:
    if campaign.hosted_by_network:
        yield network.name
    for one in campaign.hosts.select_related("group", "organisation"):
        if host := one.group or one.organisation:
            yield host.name


def _figures(told: Figures) -> Iterator[Figure]:
    if told.written:
        letters = ngettext("%(n)s by letter", "%(n)s by letter", told.by_letter)
        note = letters % {"n": number(told.by_letter)} if told.by_letter else ""
        yield Figure(number(told.written), _("written to"), note)
    if told.houses:
        words = npgettext(
            "report", "organisation took part", "organisations took part", told.houses
        )
        yield Figure(number(told.houses), words)
    if told.orders:
        packs = ngettext("%(n)s pack ordered", "%(n)s packs ordered", told.packs_wanted)
        note = packs % {"n": number(told.packs_wanted)} if told.packs_wanted else ""
        words = npgettext("report", "order", "orders", told.orders)
        yield Figure(number(told.orders), words, note)
    if told.packs_granted:
        note = _("of %(n)s") % {"n": number(told.packs_granted)}
        yield Figure(number(told.packs_handed_over), _("packs given out"), note)
    if told.held:
        words = npgettext("report", "action or festival", "actions and festivals", told.held)
        yield Figure(number(told.held), words)
    if told.visitors:
        counted = _("counted at %(n)s of %(all)s") % {
            "n": number(told.counted),
            "all": number(told.held),
        }
        yield Figure(
            number(told.visitors), npgettext("report", "guest", "guests", told.visitors), counted
        )


def _sections(campaign: Campaign) -> Iterator[Section]:
    if campaign.goal:
        yield Section(_("What we wanted to reach"), campaign.goal)
    if campaign.description:
        yield Section(_("What it was about"), campaign.description)


def _pictures(campaign: Campaign, shown: list[JoinIn]) -> Iterator[Picture]:
    """Those of looking back first, then what partners gave for the report."""
    own = list(campaign.files.filter(use=FileUse.LOOKBACK)[:MOST_PICTURES])
    for one in own:
        yield Picture(content_of(one.file_id), one.alt, one.credit)
    theirs = [(one, file_id) for one in shown if (file_id := one.lookback_id) is not None]
    for join_in, file_id in theirs[: MOST_PICTURES - len(own)]:
        yield Picture(content_of(file_id), join_in.lookback_alt, join_in.lookback_credit)


def _map(shown: list[JoinIn]) -> ReportMap | None:
    """Where something happened, as far as places have a point."""
    points = [
        MapPoint(float(one.place.latitude), float(one.place.longitude))
        for one in shown
        if one.place and one.place.latitude is not None and one.place.longitude is not None
    ]
    drawn = outlines_for_map()
    if not points or not drawn["features"]:
        return None
    outlines = [
        MapOutline(one["geometry"], one["properties"].get("level") == "county")
        for one in drawn["features"]
    ]
    towns = len({one.place.town for one in shown if one.place})
    alt = ngettext("Map: actions in %(n)s place.", "Map: actions in %(n)s places.", towns) % {
        "n": number(towns)
    }
    return ReportMap(tuple(outlines), tuple(points), alt, drawn["attribution"])


def _row(one: JoinIn) -> JoinInRow:
    return JoinInRow(
        title=one.title,
        when=short_date(timezone.localdate(one.starts_at)),
        where=one.place.town if one.place else "",
        who=one.organisation.name if one.organisation else "",
        visitors=number(one.visitors) if one.visitors is not None else "",
    )


def _partners(campaign: Campaign) -> Iterator[PartnerList]:
    """Organisations that are public, by their kind; also when orders are forgotten already."""
    waiting = {pk for pk, part in parts(campaign).items() if part.is_to_come}
    there = (houses_of(campaign) | houses_known(campaign)) - waiting
    rows = Organisation.objects.filter(pk__in=there, is_public=True).order_by("kind", "name_key")
    by_kind: dict[str, list[str]] = {}
    for one in rows:
        by_kind.setdefault(str(one.get_kind_display()), []).append(one.name)
    for kind, names in by_kind.items():
        yield PartnerList(kind, tuple(names))


def _costs(told: Figures) -> Iterator[CostRow]:
    """What was bought: whole stocks, for they are paid whether given out or not."""
    for one in told.materials:
        if one.cents and one.stock:
            area = str(FundingArea(one.funding_area).label)
            yield CostRow(area, one.name, one.stock, one.stock * one.cents)


def _contact(network: Network) -> tuple[str, ...]:
    told = (network.operator or network.name, network.contact_name, network.contact_phone,
            network.contact_email)  # fmt: skip
    return tuple(filter(None, told))
