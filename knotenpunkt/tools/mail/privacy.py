"""Personal data in mails."""

from __future__ import annotations

from typing import Any

from knotenpunkt.foundation.core.personal_data import Holding, Person
from knotenpunkt.tools.jobs.actions import give_up
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.mail.queries import waiting_mails

HOLDINGS = (
    Holding(
        what="address, subject and text (sealed) of a mail on its way",
        why="so that it can be sent, and sent again when the mail server is away",
        legal_basis="Art. 6 (1) e GDPR; with the ground of what the mail is about",
        term="until the mail server took it; one that could not be sent 30 days at most",
        where=("jobs.Job.arguments",),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """The texts of waiting mails that name the person; the rest of them tools.jobs tells."""
    return [{"created_at": job.created_at, "text": text} for job, text in _naming(person)]


def erase(person: Person) -> int:
    """Mails whose text names the person are not sent any more."""
    found = list(_naming(person))
    for job, _text in found:
        give_up(job)
    return len(found)


def _naming(person: Person) -> list[tuple[Job, str]]:
    return [(job, text) for job, text in waiting_mails() if person.appears_in(text)]
