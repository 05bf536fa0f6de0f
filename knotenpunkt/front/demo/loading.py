"""Loads a demo network from its files, through the actions that pages and imports use."""

from __future__ import annotations

from django.db import transaction

from knotenpunkt.foundation.accounts.models import Membership
from knotenpunkt.foundation.audit.actions import one_write
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.demo.campaign import DemoCampaign, has_campaign
from knotenpunkt.front.demo.deeds import Deeds
from knotenpunkt.front.demo.doings import Doings
from knotenpunkt.front.demo.groups import found_groups
from knotenpunkt.front.demo.networks import PASSWORD, DemoLogin, DemoNetwork
from knotenpunkt.front.demo.records import ACTOR, Progress, Records, rows_of
from knotenpunkt.front.demo.register import Register, county_of
from knotenpunkt.front.demo.remarks import Remarks
from knotenpunkt.front.demo.searches import search_for_a_year
from knotenpunkt.front.demo.upkeep import keep_true
from knotenpunkt.front.founding import found_network, give_role
from knotenpunkt.registers.areas.actions import set_coordinators
from knotenpunkt.registers.offers import findable
from knotenpunkt.registers.partners.actions import enrol, represent
from knotenpunkt.tools.search.encoder import warm_up


def size(demo: DemoNetwork) -> int:
    """How many steps it takes to load this network: its partners and offers."""
    return len(county_of(demo).houses) + sum(1 for _row in rows_of(demo, "offers"))


def load(demo: DemoNetwork, progress: Progress = lambda _done: None) -> bool:
    """Load a demo network with its people; False when it is there already."""
    if Network.objects.filter(slug=demo.slug).exists():
        return False
    warm_up()  # before the transaction: on SQLite others wait until it ends
    with transaction.atomic():
        _load(demo, progress)
    return True


def _load(demo: DemoNetwork, progress: Progress) -> None:
    network = found_network(actor=ACTOR, **demo.details)  # type: ignore[arg-type]
    with in_network(network):
        records = Records(demo)
        with one_write(), findable.at_the_end():
            records.load(progress)
            enrol(actor=ACTOR)
            done = len(records.offers)
            register = Register(demo)
            register.load(lambda more: progress(done + more))
            register.settle(records.organisations.values())
            Doings(demo, register).all_of_them()
            Remarks(demo, records, register).all_of_them()
        search_for_a_year(demo)
        deeds = Deeds(demo, network, records)
        # Before anybody works here: the mail that tells of a request would go to invented people.
        deeds.of_families()
        for login in demo.logins:
            _let_in(login, records, register)
        with findable.at_the_end():
            deeds.of_members()
            keep_true(network, records)
            groups = found_groups(demo)
            if has_campaign(demo):
                DemoCampaign(demo, records, groups).live_through()


def _let_in(login: DemoLogin, records: Records, register: Register) -> None:
    give_role(actor=ACTOR, email=login.email, name=login.name, role=login.role, password=PASSWORD)
    user = Membership.objects.select_related("user").get(user__email=login.email).user
    if login.keeps:
        kept = [records.organisations[login.keeps]]
        represent(actor=ACTOR, user=user, organisations=kept)
    if login.region:
        set_coordinators(actor=ACTOR, region=register.regions[login.region], users=[user])
