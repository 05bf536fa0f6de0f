"""The page of jobs in words: tabs, rows, what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.paging import Paging, paging
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.tools.jobs import queries
from knotenpunkt.tools.jobs.models import Job, State

ON_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Tab:
    """A group of states, and what is said where there is none."""

    word: str
    label: object
    states: tuple[State, ...]
    nothing: object
    comfort: object


TABS = (
    Tab(
        "laeuft",
        gettext_lazy("Running"),
        (State.RUNNING,),
        gettext_lazy("Nothing is running right now"),
        gettext_lazy("When you read in a list or send mail, you see here how far it is."),
    ),
    Tab(
        "wartet",
        gettext_lazy("Waiting"),
        (State.WAITING,),
        gettext_lazy("Nothing is waiting"),
        gettext_lazy("Everything that was started is under way or done."),
    ),
    Tab(
        "fehlgeschlagen",
        gettext_lazy("Failed"),
        (State.FAILED,),
        gettext_lazy("Nothing has failed"),
        gettext_lazy("If something does not work, you find the reason here and can try it again."),
    ),
    Tab(
        "erledigt",
        gettext_lazy("Finished"),
        (State.DONE, State.STOPPED),
        gettext_lazy("Nothing was finished yet"),
        gettext_lazy("What is done stays here for 30 days."),
    ),
)
# Words of states for design/components/_status.html.
LOOKS = {
    State.RUNNING: "active",
    State.WAITING: "waiting",
    State.DONE: "published",
    State.FAILED: "rejected",
    State.STOPPED: "withdrawn",
}


@dataclass(frozen=True, slots=True)
class TabLink:
    """A tab of the page."""

    label: str
    url: str
    count: str
    current: bool


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job."""

    job: Job
    id: str
    title: str
    who: str
    look: str
    state: str
    since: str
    next_attempt: str
    number: str


@dataclass(frozen=True, slots=True)
class JobPage:
    """Everything that the page shows."""

    tabs: Sequence[TabLink]
    tab: Tab
    rows: Sequence[JobRow]
    paging: Paging
    columns: Sequence[Head]
    planned: Sequence[Row]


def job_page(actor: Actor, word: str, number: str) -> JobPage:
    """The jobs under the tab of that word, else under the first that has some."""
    counts = queries.counted(actor)
    tab = _chosen(word, counts)
    paginator = Paginator(queries.jobs_in(actor, *tab.states), ON_A_PAGE)
    paginator.count = _count(tab, counts)  # known already
    page = paginator.get_page(number)
    return JobPage(
        tabs=[_link(one, tab, counts) for one in TABS],
        tab=tab,
        rows=_rows(list(page)),
        paging=paging(page, lambda at: _url(tab, at)),
        columns=[Head(_("What")), Head(_("Next time"), numeric=True)],
        planned=[_planned(one) for one in queries.planned(actor)],
    )


def _chosen(word: str, counts: Counter[str]) -> Tab:
    named = next((tab for tab in TABS if tab.word == word), None)
    return named or next((tab for tab in TABS if _count(tab, counts)), TABS[0])


def _count(tab: Tab, counts: Counter[str]) -> int:
    return sum(counts[state] for state in tab.states)


def _link(tab: Tab, chosen: Tab, counts: Counter[str]) -> TabLink:
    count = spoken.number(_count(tab, counts))
    return TabLink(str(tab.label), _url(tab), count, tab is chosen)


def _url(tab: Tab, number: int = 1) -> str:
    query = {"stand": tab.word} | ({"seite": str(number)} if number > 1 else {})
    return f"{reverse('jobs:list')}?{urlencode(query)}"


def _rows(jobs: list[Job]) -> list[JobRow]:
    people = queries.names_of(jobs)
    return [
        JobRow(
            job=job,
            id=str(job.pk),
            title=queries.title_of(job),
            who=people.get(job.actor_id, "") if job.actor_id else "",
            look=LOOKS[State(job.state)],
            state=str(State(job.state).label),
            since=spoken.moment(job.changed_at),
            next_attempt=_next_attempt(job),
            number=str(job.pk)[:8],
        )
        for job in jobs
    ]


def _planned(run: queries.Planned) -> Row:
    return Row([Cell(run.title), Cell(spoken.moment(run.at), _("Next time"), numeric=True)])


def _next_attempt(job: Job) -> str:
    """When it begins, where it does not begin at once."""
    if job.state != State.WAITING or job.run_at <= timezone.now():
        return ""
    return _("Next attempt: %(when)s") % {"when": spoken.moment(job.run_at)}
