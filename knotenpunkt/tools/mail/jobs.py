"""Mail is sent beside the pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from knotenpunkt.tools.jobs.registry import Running, work
from knotenpunkt.tools.mail.actions import deliver
from knotenpunkt.tools.mail.queries import WORK


# Twelve attempts reach over most of a working day.
@work(WORK, attempts=12, own_transactions=True, title=_("Send a mail"))
def send(job: Running, *, to: str, subject: str, sealed_text: str) -> None:
    """One mail to one person."""
    deliver(job=job, to=to, subject=subject, sealed_text=sealed_text)
