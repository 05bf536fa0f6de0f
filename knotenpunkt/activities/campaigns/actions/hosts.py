"""Writes about who hosts a campaign, and who answers questions about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from knotenpunkt.activities.campaigns.models import Campaign, CampaignContact, Host, PersonToAsk
from knotenpunkt.activities.groups.models import Group
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import Changes, assign, record, store
from knotenpunkt.registers.partners.models import Contact, Organisation


@transaction.atomic
def set_hosts(
    *,
    actor: Actor,
    campaign: Campaign,
    by_network: bool,
    groups: Sequence[Group] = (),
    organisations: Sequence[Organisation] = (),
) -> None:
    """Exactly these host the campaign, groups first, in the order given."""
    actor.must(Right.RUN_CAMPAIGNS)
    before = [campaign.hosted_by_network, *host_names(campaign)]
    store(campaign, assign(campaign, {"hosted_by_network": by_network}))
    campaign.hosts.all().delete()
    told = [{"group": one} for one in groups] + [{"organisation": one} for one in organisations]
    for position, host in enumerate(told):
        Host(campaign=campaign, position=position, **host).save(force_insert=True)
    after = [by_network, *host_names(campaign)]
    if before != after:
        record(actor=actor, deed="campaigns.hosts", on=campaign, title=campaign.title,
               changes={"hosts": [before, after]})  # fmt: skip


def host_names(campaign: Campaign) -> list[str]:
    """Groups and organisations that host it beside the network, also those not named in public."""
    rows = campaign.hosts.select_related("group", "organisation")
    return [host.name for one in rows if (host := one.group or one.organisation)]


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """Somebody who is no contact, as everybody shall read them."""

    name: str
    function: str = ""
    phone: str = ""
    email: str = ""


@transaction.atomic
def set_people_to_ask(
    *,
    actor: Actor,
    campaign: Campaign,
    contacts: Sequence[tuple[Contact, str]] = (),
    people: Sequence[PersonDraft] = (),
) -> None:
    """Exactly these answer questions, in the order given: contacts, each with what for, and people
    who are none. The record says how many they are, no name and no number."""
    actor.must(Right.RUN_CAMPAIGNS)
    before = _asked(campaign)
    campaign.contact_links.all().delete()
    campaign.people_to_ask.all().delete()
    for position, (contact, topic) in enumerate(contacts):
        link = CampaignContact(campaign=campaign, contact=contact, topic=topic, position=position)
        link.save(force_insert=True)
    for position, one in enumerate(people):
        row = PersonToAsk(campaign=campaign, position=position, **asdict(one))
        row.save(force_insert=True)
    if before != (after := _asked(campaign)):
        told: Changes = {"people_to_ask": [len(before), len(after)]}
        record(actor=actor, deed="campaigns.contacts", on=campaign, title=campaign.title,
               changes=told)  # fmt: skip


def _asked(campaign: Campaign) -> list[tuple[object, ...]]:
    """What stands there, to be compared."""
    contacts = campaign.contact_links.values_list("contact_id", "topic")
    people = campaign.people_to_ask.values_list("name", "function", "phone", "email")
    return [*contacts, *people]
