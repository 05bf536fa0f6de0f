"""The public page of a campaign in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias
from urllib.parse import urlsplit

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.campaigns.models import (
    Campaign,
    CampaignFile,
    CampaignState,
    CampaignText,
    FileUse,
    PersonToAsk,
)
from knotenpunkt.activities.campaigns.queries import page as queries
from knotenpunkt.activities.campaigns.rules.deadlines import has_passed, is_open
from knotenpunkt.design.texts import TextIn
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers import wording as offers
from knotenpunkt.registers.partners.models import Phone
from knotenpunkt.tools.files.pictures import measured
from knotenpunkt.tools.files.queries import content_of
from knotenpunkt.tools.imports.cleaning.contacts import telephones

SMALL, LARGE = "klein", "gross"
ENDINGS = {"application/pdf": "PDF", "image/webp": "WebP", "image/png": "PNG", "image/jpeg": "JPEG"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of the page, or a paper to take along; `url` is the small picture."""

    id: str
    title: TextIn
    alt: TextIn
    credit: TextIn
    url: str
    width: int
    height: int
    download_url: str
    told: str


@dataclass(frozen=True, slots=True)
class Link:
    """A related address, with the host that it leads to."""

    title: TextIn
    url: str
    host: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to ask: what for, and how they are reached."""

    topic: TextIn
    contact: offers.ShownContact
    initials: str


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of news."""

    on: str
    title: TextIn
    text: TextIn


@dataclass(frozen=True, slots=True)
class Order:
    """How partners order: until when, whether here, and whether it is still possible."""

    until: str
    is_open: bool
    url: str


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """What `campaigns/public/page.html` shows."""

    title: str
    message: str
    text: str
    is_translated: bool
    period: str
    stand: str
    hosts: Sequence[TextIn]
    people: Sequence[Person]
    lead: Shown | None
    postcards: Sequence[Shown]
    lookback: Sequence[Shown]
    press: Sequence[Shown]
    press_text: str
    news: Sequence[Told]
    links: Sequence[Link]
    offers: Sequence[offers.SmallCard]
    order: Order | None


def campaign_page(
    network: Network, campaign: Campaign, *, is_preview: bool = False
) -> CampaignPage:
    """Everything of the page but the join-ins, in a constant number of queries.

    Files of a preview have addresses at the desk: nobody else sees them yet.
    """
    url = preview_url if is_preview else file_url
    text, today = queries.text_in(campaign), timezone.localdate()
    files = queries.files_of(campaign)
    by_use = {
        use: [_shown(campaign, one, url) for one in files if one.use == use] for use in FileUse
    }
    return CampaignPage(
        title=_part(campaign, text, "title"),
        message=_part(campaign, text, "message"),
        text=_part(campaign, text, "description"),
        is_translated=text is not None,
        period=period(campaign),
        stand=stand(campaign, today),
        hosts=_hosts(network, campaign),
        people=_people(campaign),
        lead=next(iter(by_use[FileUse.LEAD]), None),
        postcards=by_use[FileUse.POSTCARD],
        lookback=by_use[FileUse.LOOKBACK],
        press=by_use[FileUse.PRESS],
        press_text=campaign.press_text,
        news=[
            Told(spoken.full_date(one.on), offers.german(one.title), offers.german(one.text))
            for one in queries.news_of(campaign)
        ],
        links=[
            Link(offers.german(one.title), one.url, urlsplit(one.url).netloc.removeprefix("www."))
            for one in queries.links_of(campaign)
        ],
        offers=[
            offers.small_card(one, timezone.localdate()) for one in queries.offers_of(campaign)
        ],
        order=_order(campaign),
    )


def _part(campaign: Campaign, text: CampaignText | None, name: str) -> str:
    """In the language of the page, else as it was written in German."""
    told: str = getattr(text, name, "") or ""
    return told or offers.german(getattr(campaign, name))


def title_of(campaign: Campaign) -> str:
    """The title in the language of the page."""
    return _part(campaign, queries.text_in(campaign), "title")


def message_of(campaign: Campaign) -> str:
    """The message in the language of the page."""
    return _part(campaign, queries.text_in(campaign), "message")


def period(campaign: Campaign) -> str:
    """ "1. Juni bis 20. September 2026"; with both years where they differ."""
    same = campaign.starts_on.year == campaign.ends_on.year
    first = (spoken.day_and_month if same else spoken.full_date)(campaign.starts_on)
    return _("%(first)s to %(last)s") % {"first": first, "last": spoken.full_date(campaign.ends_on)}


def stand(campaign: Campaign, today: date) -> str:
    """Where it stands today, for everybody. Once it was ended, its days say nothing any more."""
    if campaign.state == CampaignState.ENDED or today > campaign.ends_on:
        return _("This is over. Thank you to all who joined in!")
    if today < campaign.starts_on:
        days = (campaign.starts_on - today).days
        return ngettext("Begins in %(n)d day", "Begins in %(n)d days", days) % {"n": days}
    return _("Going on now")


def _hosts(network: Network, campaign: Campaign) -> list[TextIn]:
    names = [network.name] if campaign.hosted_by_network else []
    return [offers.german(name) for name in (*names, *queries.host_names(campaign))]


def _people(campaign: Campaign) -> list[Person]:
    """Those of the network first, then contacts of partners."""
    typed = [("", _as_contact(one)) for one in queries.people_to_ask(campaign)]
    contacts = [(topic, offers.shown_contact(one)) for topic, one in
                queries.contacts_to_ask(campaign)]  # fmt: skip
    return [_person(topic, shown) for topic, shown in (*typed, *contacts)]


def _as_contact(one: PersonToAsk) -> offers.ShownContact:
    """Typed for this page, so everything of it may be read."""
    numbers = [Phone(shown=each.shown, dialled=each.dialled) for each in
               telephones(one.phone).value]  # fmt: skip
    phones = numbers or ([Phone(shown=one.phone)] if one.phone else [])
    return offers.ShownContact(one.name, one.function, one.email, phones)


def _person(topic: str, shown: offers.ShownContact) -> Person:
    name = shown.name or shown.function
    return Person(offers.german(topic), shown, spoken.initials(name))


Address: TypeAlias = Callable[[Campaign, CampaignFile, str], str]


def _shown(campaign: Campaign, one: CampaignFile, url: Address) -> Shown:
    small = measured(content_of(one.small_id)) if one.small_id else None
    kind = ENDINGS.get(one.file.content_type, _("File"))
    return Shown(
        id=str(one.pk),
        title=offers.german(one.title),
        alt=offers.german(one.alt),
        credit=offers.german(one.credit),
        url=url(campaign, one, SMALL) if small else "",
        width=small.width if small else 0,
        height=small.height if small else 0,
        download_url=url(campaign, one, LARGE),
        told=f"{kind}, {filesizeformat(one.file.size)}",
    )


def file_url(campaign: Campaign, one: CampaignFile, size: str) -> str:
    """Its address changes with what is in it, so that browsers may keep it."""
    return reverse("campaigns:file", args=[campaign.slug, one.pk, version(one, size), size])


def preview_url(campaign: Campaign, one: CampaignFile, size: str) -> str:
    """The same at the desk, before the page is public."""
    return reverse("campaigns:preview_file", args=[campaign.pk, one.pk, size])


def version(one: CampaignFile, size: str) -> str:
    """What changes with the content."""
    return (one.small if size == SMALL and one.small else one.file).sha256[:12]


def _order(campaign: Campaign) -> Order | None:
    if campaign.order_until is None:
        return None
    now = timezone.now()
    return Order(
        until=spoken.full_date(timezone.localdate(campaign.order_until)),
        is_open=_will_be_open(campaign, now),
        url=reverse("campaigns:order", args=[campaign.slug]) if campaign.public_orders else "",
    )


def _will_be_open(campaign: Campaign, now: datetime) -> bool:
    """Open, or in preparation: whoever looks at the page beforehand sees it as it will be."""
    if campaign.state == CampaignState.PREPARED:
        return campaign.order_until is not None and not has_passed(campaign.order_until, now)
    return is_open(campaign, now)


def is_whole(campaign: Campaign, text: CampaignText) -> bool:
    """Whether nothing of the page is read in German in that language."""
    parts = ("title", "message", "description")
    return all(getattr(text, name) or not getattr(campaign, name) for name in parts)
