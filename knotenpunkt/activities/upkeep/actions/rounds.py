"""A round that somebody starts by hand, for a selection, beside the pages."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.upkeep.actions.asking import Asked, NoMail, ask
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.tools.jobs.actions import enqueue
from knotenpunkt.tools.jobs.registry import Running
from knotenpunkt.tools.mail.queries import mail_is_set_up

WORK = "upkeep.round"
BATCH = 20


def start_round(*, actor: Actor, organisation_ids: Sequence[UUID]) -> UUID:
    """Queue a round; the same one again on the same day is the same round. NoMail."""
    actor.must(Right.EDIT_REGISTERS)
    if not mail_is_set_up():
        raise NoMail
    ids = sorted(str(one) for one in organisation_ids)
    told = hashlib.sha256(" ".join(ids).encode()).hexdigest()[:32]
    job = enqueue(
        actor=actor, work=WORK, arguments={"organisations": ids}, about=uuid4(),
        title=_("Ask partners whether their entries are true"),
        key=f"round {timezone.localdate()} {told}",
    )  # fmt: skip
    about: UUID = job.about or job.pk
    return about


def run_round(*, job: Running, organisations: Sequence[str]) -> None:
    """Batch by batch, body by body. Who is being asked already is left out: it can be repeated."""
    batches = _batches(job, organisations)
    done = Asked()
    for place, batch in enumerate(batches):
        with job.one_transaction():
            rows = Organisation.objects.filter(pk__in=batch).select_related("body", "place")
            told = ask(actor=job.actor, organisations=list(rows))
        done = Asked(done.mails + told.mails, done.calls + told.calls)
        job.progress(place + 1, len(batches), _("%(mails)d mails, %(calls)d calls") % {
            "mails": done.mails, "calls": done.calls})  # fmt: skip


def _batches(job: Running, organisations: Sequence[str]) -> list[list[UUID]]:
    """What belongs to one body stays together, so that it comes in one mail."""
    with job.one_transaction():
        rows = Organisation.objects.filter(pk__in=[UUID(one) for one in organisations])
        pairs = sorted((str(one.body_id or one.pk), str(one.pk)) for one in rows)
    batches: list[list[UUID]] = [[]]
    last = ""
    for root, key in pairs:
        if root != last and len(batches[-1]) >= BATCH:
            batches.append([])
        batches[-1].append(UUID(key))
        last = root
    return [batch for batch in batches if batch]
