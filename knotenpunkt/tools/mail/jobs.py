"""Mail is sent beside the pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from knotenpunkt.tools.jobs.registry import Running, work
from knotenpunkt.tools.mail.actions.sending import send_waiting
from knotenpunkt.tools.mail.actions.taking_over import take_over
from knotenpunkt.tools.mail.queries import WORK


# How often a mail is tried the mails themselves know; these are attempts that were cut off.
@work(WORK, attempts=12, own_transactions=True, title=_("Send mail"))
def send(job: Running, *, to: str = "", subject: str = "", sealed_text: str = "") -> None:
    """All mails of this job; the arguments are those of a mail that release 0.2 has queued."""
    if sealed_text:
        take_over(job=job, to=to, subject=subject, sealed_text=sealed_text)
    send_waiting(job=job)
