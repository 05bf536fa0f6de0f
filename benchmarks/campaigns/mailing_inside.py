"""Compose, preview and queue one circular for COUNT contacts, as a process of an installation:

    python -m benchmarks.campaigns.mailing_inside SLUG COUNT

Every contact has an address and a house of their own, so all are written to. Prints JSON: seconds
of each step, and how many mails wait in the end.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django.setup()

from django.conf import settings  # noqa: E402

from knotenpunkt.activities.mailings.actions.audiences import save_audience  # noqa: E402
from knotenpunkt.activities.mailings.actions.circulars import (  # noqa: E402
    CircularDraft,
    write_circular,
)
from knotenpunkt.activities.mailings.actions.sending import start  # noqa: E402
from knotenpunkt.activities.mailings.composing import dead_link, reading_for  # noqa: E402
from knotenpunkt.activities.mailings.models import Circular  # noqa: E402
from knotenpunkt.activities.mailings.queries.planning import plan_of  # noqa: E402
from knotenpunkt.foundation.accounts.actors import System  # noqa: E402
from knotenpunkt.foundation.networks.actions import create_network  # noqa: E402
from knotenpunkt.foundation.networks.installation import prepare_database  # noqa: E402
from knotenpunkt.foundation.networks.scope import in_network  # noqa: E402
from knotenpunkt.registers.partners.models import Contact, Organisation  # noqa: E402
from knotenpunkt.tools.mail.frames import as_html, as_text, framed  # noqa: E402
from knotenpunkt.tools.mail.models import Message  # noqa: E402
from tests import many_partners  # noqa: E402

ACTOR = System("benchmark")
PARAGRAPH = (
    "mit unserer Aktion sagen wir allen Danke, die für Familien da sind: in {ort} und im ganzen "
    "Kreis. {einrichtung} ist herzlich eingeladen, mitzumachen, Material zu bestellen und zu "
    "zeigen, was bei Ihnen geschieht."
)
TEXT = "\n\n".join(
    ["{anrede}", *([PARAGRAPH] * 4), "- Postkarten\n- Plakate", "[Mitmachen]({link})"]
)


def fill(count: int) -> None:
    """So many contacts, each in a house of their own."""
    many_partners.fill(count, count)
    Contact.objects.all().delete()
    houses = list(Organisation.objects.all())
    for house in houses:
        house.left_on = None
    Organisation.objects.bulk_update(houses, ["left_on"], batch_size=500)
    Contact.objects.bulk_create(
        [
            Contact(organisation=one, name=f"Kim Nr. {number}", email=f"k{number}@example.org")
            for number, one in enumerate(houses)
        ],
        batch_size=500,
    )


def measured(steps: dict[str, float], name: str, deed: Callable[[], Any]) -> Any:
    """Do it, and note how long it took."""
    begun = perf_counter()
    result = deed()
    steps[name] = perf_counter() - begun
    return result


def compose() -> Circular:
    """Write it, for everybody."""
    audience = save_audience(actor=ACTOR, name="Alle", parts=[{"how": "add", "words": {}}])
    draft = CircularDraft(
        title="Einladung", subject="{einrichtung}: Machen Sie mit", text=TEXT, audience=audience
    )
    return write_circular(actor=ACTOR, draft=draft)


def preview(circular: Circular, network: Any) -> None:
    """What it would do, and how the last of all would read it."""
    reader = plan_of(circular).written[-1]
    reading = reading_for(reader, circular, dead_link())
    frame = framed(network)
    as_text(reading.text, frame)
    as_html(reading.subject, reading.text, frame)


def main(slug: str, count: int) -> dict[str, Any]:
    """Each step in a transaction of its own, as requests do it."""
    prepare_database()
    settings.EMAIL_HOST = "mail.example.org"  # nothing is sent: only queued
    network = create_network(slug=slug, name="Netzwerk", area_keys=["14522"])
    with in_network(network):
        fill(count)
    steps: dict[str, float] = {}
    with in_network(network):
        circular: Circular = measured(steps, "compose", compose)
    with in_network(network):
        measured(steps, "preview", lambda: preview(circular, network))

    def queued() -> None:
        with in_network(network):
            start(actor=ACTOR, circular=circular)

    measured(steps, "queue", queued)
    with in_network(network):
        waiting = Message.objects.count()
    return {"steps": steps, "waiting": waiting}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
