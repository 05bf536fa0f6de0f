"""The newsletter of a demo network: who agreed to it, and the one that was sent last.

Its text stands in `data/<network>/newsletter.json`; names and houses in it are invented.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from knotenpunkt.activities.mailings.actions.audiences import save_audience
from knotenpunkt.activities.mailings.actions.circulars import CircularDraft, write_circular
from knotenpunkt.activities.mailings.actions.consents import note_consent
from knotenpunkt.activities.mailings.actions.sending import start
from knotenpunkt.activities.mailings.models import Circular, Way
from knotenpunkt.activities.mailings.queries.audiences import choose
from knotenpunkt.front.demo.clock import as_of
from knotenpunkt.front.demo.networks import DemoNetwork
from knotenpunkt.front.demo.records import ACTOR, DATA
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.tools.mail.models import MailKind

AGREED = 60
SENT_AGO = timedelta(days=24)
# Before it was sent, in days.
AGREED_AGO = (30, 200)
EVERYBODY = [{"how": "add", "words": {}}]


def send_newsletter(demo: DemoNetwork) -> Circular:
    """Note who agreed in the months before, and send it to them."""
    told = json.loads((DATA / demo.slug / "newsletter.json").read_text("utf-8"))
    chance = random.Random(f"newsletter {demo.slug}")  # noqa: S311 - the same at every load
    sent_at = timezone.now() - SENT_AGO
    with as_of(sent_at):
        people = _with_mail()
    for contact in chance.sample(people, min(AGREED, len(people))):
        with as_of(sent_at - timedelta(days=chance.randint(*AGREED_AGO))):
            note_consent(
                actor=ACTOR, contact=contact, is_given=True, how=chance.choice(told["how"])
            )
    with as_of(sent_at):
        return start(actor=ACTOR, circular=_written(told))


def _with_mail() -> Sequence[Contact]:
    """One contact of each person and address: nobody agrees twice."""
    chosen = choose(EVERYBODY, one_each=False, kind=MailKind.INVITATION)
    mailed = (one.contact for one in chosen if one.way == Way.MAIL)
    return list({one.person_id or one.pk: one for one in mailed}.values())


def _written(told: dict[str, Any]) -> Circular:
    audience = save_audience(actor=ACTOR, name=told["audience"], parts=EVERYBODY, one_each=False)
    draft = CircularDraft(
        title=told["title"], kind=MailKind.NEWSLETTER, subject=told["subject"], text=told["text"],
        audience=audience, by_letter=False,
    )  # fmt: skip
    return write_circular(actor=ACTOR, draft=draft)
