"""What the clock does for agreements."""

from __future__ import annotations

from datetime import time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.agreements import actions
from knotenpunkt.tools.jobs.registry import Running, timetable, work

REMIND = "agreements.remind"
timetable(REMIND, daily=time(6, 50))


@work(REMIND, title=_("Remind of agreements that end"), followed_by=Right.EDIT_REGISTERS)
def remind(job: Running) -> None:
    """Tell those who coordinate what ends soon."""
    actions.remind(network=job.network, today=timezone.localdate())
