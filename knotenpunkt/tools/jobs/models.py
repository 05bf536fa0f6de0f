"""The table of jobs."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.networks.models import NetworkModel


class State(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    STOPPED = "stopped", _("stopped")


class Problem(models.TextChoices):
    """What kind of problem ended an attempt, told to people. What exactly stands in the log."""

    LOST = "lost", _("The work was cut off several times.")
    REFUSED = "refused", _("Whoever started this may not do it any more.")
    INPUT = "input", _("Something that was entered cannot be used.")
    UNREACHABLE = "unreachable", _("Another computer did not answer.")
    STORAGE = "storage", _("The database did not answer.")
    ROOM = "room", _("There was not enough room or memory on the server.")
    FAULT = "fault", _("There is a mistake in the program.")


STANDS = {
    State.WAITING: _("Starts soon."),
    State.RUNNING: _("Is being worked on."),
    State.DONE: _("Done."),
    State.FAILED: _("This did not work."),
    State.STOPPED: _("This was stopped."),
}


class Job(NetworkModel):
    """One piece of work of one network.

    `token` names the attempt at hand: who holds another one may not write here any more.
    """

    work = models.CharField(max_length=60, help_text="registered name, such as offers.import")
    arguments = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    memory = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder, help_text="what one attempt tells the next"
    )
    title = models.CharField(max_length=200, blank=True, help_text="empty: the title of the work")
    key = models.CharField(max_length=120, blank=True, help_text="the same key: the same job")
    about = models.UUIDField(null=True, help_text="the record that this is done for")
    actor_id = models.UUIDField(null=True, help_text="the user who queued it")
    actor_label = models.CharField(
        max_length=200, blank=True, help_text="reason, where the installation queued it"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    run_at = models.DateTimeField(help_text="not before")
    attempt = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    stop_asked = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    text = models.CharField(max_length=200, blank=True, help_text="what it is busy with")
    problem = models.CharField(max_length=20, blank=True, help_text="a Problem")
    told = models.CharField(max_length=300, blank=True, help_text="the problem in its own words")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(help_text="since when it is in this state")

    class Meta(NetworkModel.Meta):
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["state", "run_at"]),
            models.Index(fields=["network", "state", "-changed_at"]),
            models.Index(fields=["network", "about", "-created_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "work", "key"], condition=~Q(key=""), name="jobs_one_per_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.work} {self.pk}"

    @property
    def reason(self) -> str:
        """Why it failed, or why it waits for another attempt; "" when nothing is wrong."""
        return self.told or (str(Problem(self.problem).label) if self.problem else "")

    @property
    def is_open(self) -> bool:
        """Whether something is still to come."""
        return self.state in (State.WAITING, State.RUNNING)

    @property
    def shown_done(self) -> int:
        """Never more than there is."""
        return min(self.done, self.total)

    @property
    def mark(self) -> str:
        """The stretch of the way it is on: worth saying aloud when it becomes another one."""
        return f"{self.state}{4 * self.shown_done // self.total if self.total else 0}"

    @property
    def how_far(self) -> str:
        """Where it stands, in a sentence."""
        if self.state == State.RUNNING and self.total:
            return gettext("%(done)s of %(total)s.") % {
                "done": spoken.number(self.shown_done),
                "total": spoken.number(self.total),
            }
        return str(STANDS[State(self.state)])

    @property
    def may_be_tried_again(self) -> bool:
        """Whether it ended without having been done."""
        return self.state in (State.FAILED, State.STOPPED)
