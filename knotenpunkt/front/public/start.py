"""What the start page of a network offers: ways into the finder, campaigns, the next dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.models import CampaignState
from knotenpunkt.activities.campaigns.queries.campaigns import public_campaigns
from knotenpunkt.activities.campaigns.wording import page
from knotenpunkt.design.texts import marked
from knotenpunkt.foundation.accounts.actors import ANYONE
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers import queries, wording
from knotenpunkt.registers.offers.finder import coming_dates
from knotenpunkt.registers.offers.models import Branch, Costs, LifePhase, Offer, Setting, Topic
from knotenpunkt.registers.offers.times import BERLIN, Occurrence
from knotenpunkt.registers.offers.wishes import WEEKDAYS

SHOWN_DATES = 4
SHOWN_CAMPAIGNS = 2
SOON = timedelta(days=45)
NOTED_WORDS = 3
# Pregnancy and the first year stand on the thread of life phases already.
ON_THE_THREAD = {"schwanger", "baby"}
TOPIC_ICONS = {
    "alltag": "topic-everyday",
    "betreuung": "topic-care",
    "trennung": "topic-separation",
    "krise": "topic-worry",
    "geld": "topic-money",
    "krankheit": "topic-illness",
    "ankommen": "topic-arrival",
    "schule": "topic-school",
}
ICON_OF_OWN_TOPICS = "topic-together"


@dataclass(frozen=True, slots=True)
class WayIn:
    """A link into the finder or to a campaign, with a picture where it has one."""

    title: str
    url: str
    note: str = ""
    icon: str = ""
    period: str = ""

    @property
    def label(self) -> str:
        """What an example is called by the component that shows it."""
        return self.title


@dataclass(frozen=True, slots=True)
class DateRow:
    """One coming date as `design/components/_date_row.html` shows it, until it is `over`."""

    date: dict[str, object]
    title: str
    url: str
    time: str
    note: str
    over: datetime


def _finder(**wish: str) -> str:
    return f"{reverse('offers:finder')}?{urlencode(wish)}"


def examples() -> list[WayIn]:
    """What others ask, in their words."""
    asked = (_("Find a midwife"), _("My child hits others"), _("I am so exhausted"))
    return [WayIn(text, _finder(q=text)) for text in asked]


def life_phases() -> list[WayIn]:
    """The times of life on the thread."""
    return [
        WayIn(_("Pregnant"), _finder(thema="schwanger"), _("before the birth"), "life-pregnant"),
        _phase(_("Baby"), LifePhase.AGE_0_1, "life-baby"),
        _phase(_("Toddler"), LifePhase.AGE_1_3, "life-toddler"),
        _phase(_("Nursery age"), LifePhase.AGE_3_6, "life-kita"),
        _phase(_("School child"), LifePhase.AGE_6_10, "life-school"),
    ]


def _phase(title: str, phase: LifePhase, icon: str) -> WayIn:
    return WayIn(title, _finder(phase=phase.value), str(phase.label), icon)


def life_situations() -> list[WayIn]:
    """The uppermost life situations of the network, its own ones too."""
    topics = queries.topics()
    return [
        WayIn(
            topic.name,
            _finder(thema=topic.key),
            _in_other_words(topic, topics),
            TOPIC_ICONS.get(topic.key, ICON_OF_OWN_TOPICS),
        )
        for topic in topics
        if topic.parent_id is None
        and topic.branch == Branch.SITUATION
        and topic.key not in ON_THE_THREAD
    ]


def _in_other_words(topic: Topic, topics: Sequence[Topic]) -> str:
    """What families say for it (German), else the topics below it."""
    words: list[str] = list(topic.words) if get_language() == "de" else []
    below = [one.name for one in topics if one.parent_id == topic.pk]
    return capfirst(spoken.listed((words or below)[:NOTED_WORDS]))


def next_dates(network: Network, now: datetime) -> Iterator[DateRow]:
    """The next dates that anyone can go to."""
    today = now.astimezone(BERLIN).date()
    for offer, occurrence in coming_dates(ANYONE, network, now=now, limit=SHOWN_DATES):
        yield DateRow(
            date=spoken.date_tile(occurrence.day, today),
            title=wording.german(offer.title),
            url=wording.offer_url(offer),
            time=_time(occurrence, today),
            note=format_html_join(" · ", "{}", ((marked(n),) for n in _notes(offer, occurrence))),
            over=occurrence.over,
        )


def _time(occurrence: Occurrence, today: date) -> str:
    ends = occurrence.ends.time() if occurrence.ends else None
    span = spoken.time_span(occurrence.starts.time(), ends)
    return _("Today, %(time)s") % {"time": span} if occurrence.day == today else span


def _notes(offer: Offer, occurrence: Occurrence) -> Iterator[str]:
    if where := _town(offer, occurrence):
        yield where
    if offer.costs != Costs.UNKNOWN and (cost := wording.cost(offer)):
        yield cost


def _town(offer: Offer, occurrence: Occurrence) -> str:
    """The town of this very date; the way it happens where nobody has to go anywhere."""
    if offer.setting != Setting.ON_SITE:
        return offer.get_setting_display()
    links = list(offer.at_places.all())
    own = [link for link in links if link.pk == occurrence.schedule.at_place_id]
    return wording.german((own or links)[0].place.town) if links else ""


def campaigns(today: date) -> list[WayIn]:
    """What the network does together now, or soon, and that everybody may join."""
    rows = public_campaigns().filter(
        state=CampaignState.OPEN, starts_on__lte=today + SOON, ends_on__gte=today
    )
    return [
        WayIn(
            page.title_of(one),
            reverse("campaigns:public", args=[one.slug]),
            page.message_of(one),
            period=page.period(one),
        )
        for one in rows.order_by("ends_on")[:SHOWN_CAMPAIGNS]
    ]


def day_in_finder(row: DateRow, today: date) -> WayIn:
    """All that takes place on the day of a date."""
    day = date.fromisoformat(str(row.date["iso"]))
    key = _day_key(day, today)
    named = {"heute": _("Everything today"), "morgen": _("Everything tomorrow")}
    weekday = spoken.weekday_name(day.weekday())
    title = named.get(key) or _("Everything on %(weekday)s") % {"weekday": weekday}
    return WayIn(title, _finder(tag=key))


def _day_key(day: date, today: date) -> str:
    near = {0: "heute", 1: "morgen"}.get((day - today).days)
    return near or next(key for key, weekday in WEEKDAYS.items() if weekday == day.weekday())
