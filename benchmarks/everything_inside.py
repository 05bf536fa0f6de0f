"""A network of that size, and the search timed in it, as a process of an installation.

    python -m benchmarks.everything_inside SLUG ORGANISATIONS

Prints p50, p95 and the worst of each kind as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django.setup()

from django.db.models import Q  # noqa: E402
from django.test import Client  # noqa: E402

from knotenpunkt.foundation.accounts.actions import add_member  # noqa: E402
from knotenpunkt.foundation.accounts.actors import System  # noqa: E402
from knotenpunkt.foundation.accounts.rights import Role  # noqa: E402
from knotenpunkt.foundation.networks.actions import create_network  # noqa: E402
from knotenpunkt.foundation.networks.installation import prepare_database  # noqa: E402
from knotenpunkt.foundation.networks.models import Network  # noqa: E402
from knotenpunkt.foundation.networks.scope import in_network  # noqa: E402
from knotenpunkt.registers.offers.actions import prepare_topics  # noqa: E402
from knotenpunkt.registers.offers.models import Offer  # noqa: E402
from knotenpunkt.registers.partners.actions import save_organisation  # noqa: E402
from knotenpunkt.registers.partners.models import Contact, Organisation, Person, Phone  # noqa: E402
from knotenpunkt.registers.partners.queries import name_key, person_key  # noqa: E402

BACKEND = "django.contrib.auth.backends.ModelBackend"
BEGINNINGS = ("Ahorn", "Birken", "Distel", "Eichen", "Flieder", "Ginster", "Holunder", "Linden",
              "Malven", "Nessel", "Pappel", "Quitten", "Robinien", "Schlehen", "Ulmen")  # fmt: skip
ENDS = ("hof", "haus", "brücke", "grund", "wiese", "steig", "berg", "bach", "garten", "ring")
GIVEN = ("Anna", "Björn", "Doreen", "Erik", "Frauke", "Hanne", "Ilse", "Jörg", "Käthe", "Mirko")
FAMILY = ("Müller", "Meier", "Böttcher", "Kirsanow", "Tauber", "Schröder", "Großmann", "Zschoche")
TITLES = ("Krabbelgruppe", "Elterncafé", "Babymassage", "Stillberatung", "Vätertreff")
TYPED = ("l", "lin", "lindenbr", "lindenbruecke", "lindenbrükce", "krabelgruppe", "müller",
         "anna böttcher", "23125 01", "person12@example", "eltern haus", "xyzzyq")  # fmt: skip
ROUNDS, WRITES = 12, 15


def main(slug: str, count: int) -> dict[str, tuple[float, float, float]]:
    """Fill the network, sign its coordinator in, and ask."""
    prepare_database()
    network = create_network(slug=slug, name="Netzwerk", area_keys=["14522"])
    with in_network(network):
        prepare_topics()
        _fill(count)
        member, _is_new = add_member(
            actor=System("benchmark"),
            email="desk@example.org",
            name="Jana Wolfram",
            role=Role.COORDINATOR,
            password="a-long-password-of-a-benchmark",  # noqa: S106
        )
    client = Client(HTTP_HOST="localhost")
    client.force_login(member.user, backend=BACKEND)
    return {
        "the very first search": _spread([_asked(client, slug, "linden")]),
        "nothing changed": _spread(
            [_asked(client, slug, t) for _n in range(ROUNDS) for t in TYPED]
        ),
        "after an organisation changed": _spread(list(_after_writes(client, network))),
        "icontains over each table": _spread(list(_plain(network))),
    }


def _asked(client: Client, slug: str, typed: str) -> float:
    begun = time.perf_counter()
    answer = client.get(f"/{slug}/desk/suche/treffer/", {"q": typed})
    took = (time.perf_counter() - begun) * 1000
    if answer.status_code != 200:
        sys.exit(f"{typed} answered {answer.status_code}.")
    return took


def _after_writes(client: Client, network: Network) -> list[float]:
    took = []
    for number in range(WRITES):
        with in_network(network):
            house = Organisation.objects.order_by("pk")[number]
            save_organisation(actor=System("benchmark"), organisation=house,
                              description=f"neu {number}")  # fmt: skip
        took.append(_asked(client, network.slug, TYPED[number % len(TYPED)]))
    return took


def _plain(network: Network) -> list[float]:
    """What is asked where nobody thought of typing errors: no slips, no umlauts, no numbers."""
    took = []
    for typed in TYPED * 3:
        begun = time.perf_counter()
        with in_network(network):
            list(Organisation.objects.filter(name__icontains=typed)[:5])
            list(Person.objects.filter(Q(family_name__icontains=typed)
                                       | Q(given_name__icontains=typed))[:5])  # fmt: skip
            list(Contact.objects.filter(Q(email__icontains=typed)
                                        | Q(phones__shown__icontains=typed))[:5])  # fmt: skip
            list(Offer.objects.filter(title__icontains=typed)[:5])
        took.append((time.perf_counter() - begun) * 1000)
    return took


def _spread(took: list[float]) -> tuple[float, float, float]:
    ordered = sorted(took)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)], ordered[-1]


def _picked(words: tuple[str, ...], number: int) -> str:
    return words[number % len(words)]


def _fill(count: int) -> None:
    """Rows as they are, without the actions: only finding them is measured."""
    people = offers = round(count * 2500 / 1100)
    names = [f"{_picked(BEGINNINGS, n)}{_picked(ENDS, n // 15)} {n}" for n in range(count)]
    houses = [Organisation(level="body", name=name, name_key=name_key(name)) for name in names]
    Organisation.objects.bulk_create(houses, batch_size=500)
    told = [(_picked(GIVEN, n), f"{_picked(FAMILY, n // 10)}{_picked(ENDS, n // 80)}")
            for n in range(people)]  # fmt: skip
    persons = [Person(given_name=given, family_name=family, name_key=person_key(given, family))
               for given, family in told]  # fmt: skip
    Person.objects.bulk_create(persons, batch_size=500)
    roles = [
        Contact(organisation=houses[n % count], person=one, name=one.full_name,
                function="Beratung", email=f"person{n}@example.org")
        for n, one in enumerate(persons)
    ]  # fmt: skip
    Contact.objects.bulk_create(roles, batch_size=500)
    Phone.objects.bulk_create(
        [Phone(contact=one, shown=f"030 23125 {n:04d}") for n, one in enumerate(roles)],
        batch_size=500,
    )
    Offer.objects.bulk_create(
        [Offer(provider=houses[n % count], title=f"{_picked(TITLES, n)} {n}",
               status="published") for n in range(offers)],
        batch_size=500,
    )  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
