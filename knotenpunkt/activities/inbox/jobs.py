"""What the clock does for the inbox."""

from __future__ import annotations

from datetime import time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knotenpunkt.activities.inbox import actions
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.jobs.registry import Running, timetable, work

REMIND = "inbox.remind"
# Before the first coffee, so that the mail lies on top.
timetable(REMIND, daily=time(7, 15))


@work(REMIND, title=_("Remind of families who wait"), followed_by=Right.ANSWER_FAMILIES)
def remind(job: Running) -> None:
    """Tell those who answer what is overdue."""
    actions.remind(network=job.network, now=timezone.now())
