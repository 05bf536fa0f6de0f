"""What the clock starts for the installation as a whole."""

from __future__ import annotations

from datetime import time

from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.networks.changes import sweep
from knotenpunkt.foundation.privacy import actions
from knotenpunkt.foundation.privacy.compacting import compact, rewrites_beside_work
from knotenpunkt.tools.jobs.registry import Running, timetable, work


@work("privacy.expire", title=_("Delete what is past its term"))
def expire(job: Running) -> None:
    """Personal data do not outlive what they are needed for."""
    actions.expire()


@work("privacy.compact", title=_("Take erased data out of the files"), own_transactions=True)
def take_out_of_files(job: Running) -> None:
    """What was deleted is not to be read from the free places of a file."""
    if rewrites_beside_work():
        compact()


@work("pages.sweep", title=_("Clear away old notes of changes"), own_transactions=True)
def sweep_notes(job: Running) -> None:
    """What kept pages were compared with long ago is compared with no more."""
    sweep()


timetable("privacy.expire", daily=time(3, 40))
timetable("pages.sweep", daily=time(3, 30))
