"""Mail is sent beside the pages."""

from __future__ import annotations

from datetime import time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knotenpunkt.tools.jobs.registry import Running, timetable, work
from knotenpunkt.tools.mail.actions.sending import note_lost, send_waiting
from knotenpunkt.tools.mail.actions.taking_over import take_over
from knotenpunkt.tools.mail.queries import WORK


# How often a mail is tried the mails themselves know; these are attempts that were cut off.
@work(WORK, attempts=12, own_transactions=True, title=_("Send mail"))
def send(job: Running, *, to: str = "", subject: str = "", sealed_text: str = "") -> None:
    """All mails of this job; the arguments are those of a mail that release 0.2 has queued."""
    if sealed_text:
        take_over(job=job, to=to, subject=subject, sealed_text=sealed_text)
    send_waiting(job=job)


@work("mail.note_lost", title=_("Look after mail that got stuck"))
def look_after(job: Running) -> None:
    """What nobody sends any more is shown as unclear."""
    note_lost(timezone.now())


timetable("mail.note_lost", daily=time(3, 20))
