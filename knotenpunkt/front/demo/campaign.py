"""A whole campaign of a demo network, lived through from the first letter to the end report.

Texts stand in `data/<network>/campaign.json`, the partners' own actions in `join_ins-*.jsonl`. Each
deed is done by the action that pages call, at the day on which it would have happened.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from io import BytesIO
from itertools import islice
from typing import Any

from django.utils import timezone

from knotenpunkt.activities.campaigns.actions.campaigns import (
    CampaignDraft,
    draft_of,
    end_campaign,
    highlight_offers,
    open_campaign,
    save_campaign,
)
from knotenpunkt.activities.campaigns.actions.changing import change_campaign
from knotenpunkt.activities.campaigns.actions.copying import copy_campaign, template
from knotenpunkt.activities.campaigns.actions.deciding import approve
from knotenpunkt.activities.campaigns.actions.ending import prepare_thanks
from knotenpunkt.activities.campaigns.actions.handing_over import hand_over
from knotenpunkt.activities.campaigns.actions.hosts import PersonDraft, set_hosts, set_people_to_ask
from knotenpunkt.activities.campaigns.actions.join_ins import JoinInDraft, report_join_in
from knotenpunkt.activities.campaigns.actions.looking_back import look_back
from knotenpunkt.activities.campaigns.actions.materials import (
    MaterialDraft,
    save_material,
    set_picture,
)
from knotenpunkt.activities.campaigns.actions.orders import place_order
from knotenpunkt.activities.campaigns.actions.page import add_file, add_news, keep_lesson, set_links
from knotenpunkt.activities.campaigns.actions.sharing import settle_all
from knotenpunkt.activities.campaigns.actions.stations import (
    StationDraft,
    assign_by_postal_code,
    save_station,
)
from knotenpunkt.activities.campaigns.actions.telling_shares import note_told, tell_some
from knotenpunkt.activities.campaigns.actions.writing import prepare_circulars
from knotenpunkt.activities.campaigns.models import (
    Came,
    FileUse,
    JoinIn,
    Material,
    Order,
)
from knotenpunkt.activities.campaigns.ordering import OrderDraft
from knotenpunkt.activities.campaigns.queries.sharing import propose_all
from knotenpunkt.activities.campaigns.rules.deadlines import end_of_day
from knotenpunkt.activities.groups.models import Group
from knotenpunkt.activities.mailings.actions.audiences import save_audience
from knotenpunkt.activities.mailings.actions.looking_back import were_posted
from knotenpunkt.activities.mailings.actions.sending import settle, start
from knotenpunkt.activities.mailings.models import Audience, Circular, Recipient, Stage, Way
from knotenpunkt.activities.mailings.queries.audiences import choose
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.front.demo.clock import as_of
from knotenpunkt.front.demo.networks import DemoNetwork
from knotenpunkt.front.demo.newsletter import send_newsletter
from knotenpunkt.front.demo.records import ACTOR, DATA, Records, Row, rows_of
from knotenpunkt.registers.partners.actions import set_tags
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.registers.partners.postal import is_postal
from knotenpunkt.tools.files.pictures import Rendering, renderings
from knotenpunkt.tools.mail.actions.looking_back import has_arrived, have_come_back
from knotenpunkt.tools.mail.models import MailKind

WRITTEN, ORDERED = 812, 214
EVERYBODY, NOT_NOW = "Alle Partner", "zurzeit nicht anschreiben"
BUSY_HOURS = (8, 17)
HANDED_OVER_OF_TEN = 9
REMINDED_AFTER = 26  # days
CAME_BACK = 5


def has_campaign(demo: DemoNetwork) -> bool:
    """Whether this network's files tell of one."""
    return (DATA / demo.slug / "campaign.json").exists()


class DemoCampaign:
    """Holds what one campaign has come to while it is lived through."""

    def __init__(self, demo: DemoNetwork, records: Records, groups: dict[str, Group]) -> None:
        self.demo, self.folder = demo, DATA / demo.slug
        self.told: dict[str, Any] = json.loads((self.folder / "campaign.json").read_text("utf-8"))
        self.rows: list[Row] = list(rows_of(demo, "join_ins"))
        self.records, self.groups = records, groups
        self.chance = random.Random(f"campaign {demo.slug}")  # noqa: S311 - the same at every load

    def live_through(self) -> None:
        """The last summer that is over, from set-up to report; and the next one in preparation."""
        with as_of(self._at(self.starts_on - timedelta(days=90), 9)):
            audience = self._audience()
            self._set_up(audience)
        with as_of(self._at(self.writes_on, 10)):
            self._write("invitation")
        self._order()
        with as_of(self._at(self.writes_on, 10, 20)):
            self._come_back()
        with as_of(self._at(self.order_until + timedelta(days=1), 11)):
            self._share()
        self._hand_over()
        self._join_in()
        self._tell_news()
        with as_of(self._at(self.ends_on + timedelta(days=9), 10)):
            self._end()
        self._prepare_next()
        send_newsletter(self.demo)
        has_arrived(before=timezone.now() - timedelta(days=1))
        for circular in Circular.objects.filter(stage=Stage.SENDING):
            settle(circular_id=circular.pk)

    @cached_property
    def starts_on(self) -> date:
        """1 June of the last year whose campaign has ended some weeks ago."""
        today = timezone.localdate()
        year = today.year if today > date(today.year, 10, 10) else today.year - 1
        return date(year, 6, 1)

    @property
    def ends_on(self) -> date:
        """The last day."""
        return date(self.starts_on.year, 9, 20)

    @property
    def writes_on(self) -> date:
        """When partners are written to."""
        return date(self.starts_on.year, 4, 8)

    @property
    def order_until(self) -> date:
        """The last day for orders."""
        return date(self.starts_on.year, 5, 13)

    def _at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), timezone.get_default_timezone())

    def _audience(self) -> Audience:
        """Everybody but those who asked for a pause: 812 on the day of the letter."""
        everybody = [one for one in self._chosen([{"how": "add", "words": {}}]) if not one.left_out]
        houses = sorted({one.contact.organisation for one in everybody}, key=lambda one: one.name)
        pausing = self.chance.sample(houses, max(0, len(everybody) - WRITTEN))
        for house in pausing:
            set_tags(actor=ACTOR, partner=house, names=[*_tags(house), NOT_NOW])
        tag = next((str(link.tag_id) for one in pausing[:1] for link in one.tag_links.all()
                    if link.tag.name == NOT_NOW), "")  # fmt: skip
        parts = [{"how": "add", "words": {}}]
        parts += [{"how": "without", "words": {"schlagwort": tag}}] if tag else []
        return save_audience(actor=ACTOR, name=EVERYBODY, parts=parts)

    def _chosen(self, parts: Sequence[dict[str, Any]]) -> list[Any]:
        return choose(parts, one_each=True, kind=MailKind.INVITATION, today=self.writes_on)

    def _set_up(self, audience: Audience) -> None:
        self.campaign = save_campaign(actor=ACTOR, draft=self._draft(audience))
        group = self.groups["ag-familie"]
        set_hosts(actor=ACTOR, campaign=self.campaign, by_network=True, groups=[group])
        self._people(group)
        self._files()
        links = [(one, url) for one, url in self.told["links"]]
        set_links(actor=ACTOR, campaign=self.campaign, links=links)
        for row in self.told["materials"]:
            self._material(row)
        for row in self.told["stations"]:
            save_station(actor=ACTOR, campaign=self.campaign, draft=StationDraft(**row))
        prepare_circulars(actor=ACTOR, campaign=self.campaign, texts=template("danke").texts)
        self._highlight()
        open_campaign(actor=ACTOR, campaign=self.campaign)

    def _draft(self, audience: Audience) -> CampaignDraft:
        said = ("title", "slug", "goal", "message", "description", "press_text")
        return CampaignDraft(
            **{name: self.told[name] for name in said},
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            writes_on=self.writes_on,
            order_until=end_of_day(self.order_until),
            gives_from=self.order_until + timedelta(days=5),
            gives_until=self.order_until + timedelta(days=16),
            join_in_until=end_of_day(self.ends_on - timedelta(days=10)),
            public_orders=True,
            audience=audience,
        )

    def _highlight(self) -> None:
        chosen = self.chance.sample(sorted(self.records.offers), 7)
        offers = [self.records.offers[key].pk for key in chosen]
        highlight_offers(actor=ACTOR, campaign=self.campaign, offer_ids=offers)

    def _people(self, group: Group) -> None:
        rows = group.members.filter(contact__is_public=True).select_related("contact")
        people = [one.contact for one in rows if one.contact][: len(self.told["topics"])]
        contacts = list(zip(people, self.told["topics"], strict=False))
        set_people_to_ask(
            actor=ACTOR, campaign=self.campaign, contacts=contacts, people=[_coordinator()]
        )

    def _files(self) -> None:
        for use, name, title, alt in self.told["files"]:
            add_file(
                actor=ACTOR, campaign=self.campaign, use=FileUse(use), name=name,
                content=self._content(name), title=title, alt=alt, credit="Demo, gezeichnet",
            )  # fmt: skip

    def _content(self, name: str) -> bytes:
        return (self.folder / "campaign" / name).read_bytes()

    def _picture(self, name: str) -> Rendering:
        content = self._content(name)
        return renderings(BytesIO(content), len(content))[1]

    def _material(self, row: Row) -> None:
        said = ("name", "description", "unit", "pack_size", "packs", "most_packs", "giving",
                "pack_cents", "funding_area")  # fmt: skip
        draft = MaterialDraft(
            **{name: row[name] for name in said}, condition=row.get("condition", "")
        )
        material = save_material(actor=ACTOR, campaign=self.campaign, draft=draft)
        picture = self._picture(row["picture"]) if "picture" in row else None
        if picture:
            set_picture(actor=ACTOR, material=material, picture=picture, alt=row["alt"])

    def _write(self, occasion: str) -> None:
        _send(Circular.objects.get(about=self.campaign.pk, occasion=occasion))

    def _order(self) -> None:
        """Many answer in the first days, others once they are reminded."""
        rows = Recipient.objects.filter(circular__about=self.campaign.pk).exclude(way=Way.NONE)
        people = [one.contact for one in rows.select_related("contact__organisation").order_by(
            "organisation__name") if one.contact]  # fmt: skip
        last = (self.order_until - self.writes_on).days
        days = sorted(min(last, int(self.chance.betavariate(0.7, 1.1) * (last + 1)))
                      for _one in range(ORDERED))  # fmt: skip
        self.orderers = self.chance.sample(people, ORDERED)
        reminded = False
        for number, (contact, days_later) in enumerate(zip(self.orderers, days, strict=True)):
            if days_later >= REMINDED_AFTER and not reminded:
                with as_of(self._at(self.writes_on + timedelta(days=REMINDED_AFTER), 7)):
                    self._write("reminder")
                reminded = True
            with as_of(self._some_time(self.writes_on + timedelta(days=days_later))):
                self._place(number, contact)

    def _come_back(self) -> None:
        """Some invitations, of houses that a letter would reach; none of them has ordered."""
        ordered = {one.pk for one in self.orderers}
        rows = Recipient.objects.filter(
            circular__about=self.campaign.pk, circular__occasion="invitation", way=Way.MAIL
        ).select_related("contact__organisation__place")
        silent = (
            one
            for one in rows.order_by("organisation__name")
            if one.contact and one.contact_id not in ordered and is_postal(one.contact)
        )
        have_come_back(numbers=[one.message_id for one in islice(silent, CAME_BACK)
                                if one.message_id])  # fmt: skip

    def _some_time(self, day: date) -> datetime:
        return self._at(day, self.chance.randint(*BUSY_HOURS), self.chance.randint(0, 59))

    def _place(self, number: int, contact: Contact) -> None:
        came = self.chance.choices((Came.LINK, Came.MAIL, Came.TELEPHONE), (8, 1, 2))[0]
        draft = OrderDraft(
            contact=contact,
            wanted=self._wanted(),
            size=self.chance.choice((12, 18, 24, 35, 48, 60, 85, 120)),
            note=self.chance.choice(self.told["notes"]) if number % 19 == 3 else "",
            agreed=frozenset(one.pk for one in self.materials),
        )
        place_order(
            actor=ACTOR, campaign=self.campaign, draft=draft, came=came, key=f"demo-{number}"
        )

    @cached_property
    def materials(self) -> list[Material]:
        """In the order of the form."""
        return list(Material.objects.filter(campaign=self.campaign))

    def _wanted(self) -> dict[Any, int]:
        """Cards for nearly all; the rest as it comes."""
        found = {}
        for row, material in zip(self.told["materials"], self.materials, strict=True):
            if self.chance.random() < 0.4 + 0.25 * row["base"]:
                found[material.pk] = self.chance.randint(1, row["most_packs"])
        return found or {self.materials[0].pk: 1}

    def _share(self) -> None:
        """By the rule of each material; all are told."""
        proposals = propose_all(ACTOR, self.campaign)
        settle_all(actor=ACTOR, campaign=self.campaign, seen=[one.seal for one in proposals])
        assign_by_postal_code(actor=ACTOR, campaign=self.campaign)
        while tell_some(actor=ACTOR, campaign_id=self.campaign.pk):
            pass
        told = Order.objects.filter(campaign=self.campaign).values_list("pk", flat=True)
        note_told(actor=ACTOR, campaign=self.campaign, orders=told)

    def _hand_over(self) -> None:
        """Within two weeks; a few never come."""
        for order in Order.objects.filter(campaign=self.campaign).order_by("number"):
            day = self.order_until + timedelta(days=self.chance.randint(5, 16))
            if self.chance.randrange(10) < HANDED_OVER_OF_TEN:
                with as_of(self._some_time(day)):
                    hand_over(actor=ACTOR, order=order)

    def _join_in(self) -> None:
        """Partners of different houses report, and say afterwards how many came."""
        houses = [one for one in self.orderers if one.organisation.place_id]
        for row, contact in zip(self.rows, houses, strict=False):
            day = self.starts_on + timedelta(days=row["day"])
            with as_of(self._some_time(day - timedelta(days=self.chance.randint(8, 30)))):
                one = self._report(row, contact, day)
                approve(actor=ACTOR, join_in=one)
            if row["visitors"]:
                with as_of(self._some_time(day + timedelta(days=2))):
                    look_back(actor=ACTOR, join_in=one, visitors=row["visitors"])

    def _report(self, row: Row, contact: Contact, day: date) -> JoinIn:
        starts, ends = (time.fromisoformat(row[name]) for name in ("starts", "ends"))
        return report_join_in(
            actor=ACTOR,
            campaign=self.campaign,
            key=f"demo-{row['day']}-{row['title'][:30]}",
            contact=contact,
            organisation=contact.organisation,
            draft=JoinInDraft(
                title=row["title"],
                description=row["description"],
                for_whom=row["for_whom"],
                entry=row["entry"],
                starts_at=self._at(day, starts.hour, starts.minute),
                ends_at=self._at(day, ends.hour, ends.minute),
                place=contact.organisation.place,
            ),
        )

    def _tell_news(self) -> None:
        for days, title, text in self.told["news"]:
            on = self.starts_on + timedelta(days=days)
            with as_of(self._at(on, 12)):
                add_news(actor=ACTOR, campaign=self.campaign, title=title, text=text, on=on)

    def _end(self) -> None:
        for keep, text in self.told["lessons"]:
            keep_lesson(actor=ACTOR, campaign=self.campaign, text=text, keep=keep)
        end_campaign(actor=ACTOR, campaign=self.campaign)
        _send(prepare_thanks(actor=ACTOR, campaign=self.campaign))

    def _prepare_next(self) -> None:
        """What is copied from it waits for its people."""
        following = copy_campaign(actor=ACTOR, campaign=self.campaign)
        told = self.told["next"]
        draft = replace(draft_of(following), title=told["title"], message=told["message"])
        change_campaign(actor=ACTOR, draft=draft, campaign=following)


def _send(circular: Circular) -> None:
    """By mail, and by letter on the same day."""
    sent = start(actor=ACTOR, circular=circular)
    were_posted(actor=ACTOR, circular=sent, on=timezone.localdate())


def _tags(house: Organisation) -> Iterator[str]:
    return (link.tag.name for link in house.tag_links.select_related("tag"))


def _coordinator() -> PersonDraft:
    """Whoever coordinates the network answers questions herself."""
    network = current_network()
    return PersonDraft(
        network.contact_name, network.contact_function, network.contact_phone, network.contact_email
    )
