"""What the clock starts for the installation as a whole."""

from __future__ import annotations

from datetime import time

from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.privacy import actions
from knotenpunkt.tools.jobs.registry import Running, timetable, work


@work("privacy.expire", title=_("Delete what is past its term"))
def expire(job: Running) -> None:
    """Personal data do not outlive what they are needed for."""
    actions.expire()


timetable("privacy.expire", daily=time(3, 40))
