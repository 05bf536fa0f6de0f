"""The first page of the desk in words: what needs me now by deadline, figures, what happened last.

Written out openly from the queries of the apps below. Each kind of task is one function: it knows
its right, asks once, and says what to do in one click.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.inbox import queries as inbox
from knotenpunkt.activities.inbox import wording as inbox_wording
from knotenpunkt.activities.inbox.models import Concern, Kind
from knotenpunkt.activities.notes import queries as notes
from knotenpunkt.foundation.accounts import queries as accounts
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.audit.queries import latest, own_deeds
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.front.desk.deeds import doer, told
from knotenpunkt.registers.offers.desk.quality_words import WORDS, sentence
from knotenpunkt.registers.offers.figures import DeskCounts, desk_counts
from knotenpunkt.registers.offers.findings import findings, tally
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.queries import offers_at_desk
from knotenpunkt.registers.offers.times import BERLIN
from knotenpunkt.registers.pages.models import PageKind
from knotenpunkt.registers.pages.queries import unsigned_kinds
from knotenpunkt.tools.jobs.models import State
from knotenpunkt.tools.jobs.queries import jobs_in

SHOWN_DEEDS = 5
SHOWN_CALLS = 6
LOOKED_BACK = 20
SHOWN_REMINDERS = 6
LONGEST_NOTE = 120
WEEK = timedelta(days=7)
# Deeds on an offer that its history can take back.
TAKEN_BACK = frozenset({"offers.change", "offers.publish", "offers.withdraw"})
MORNING_ENDS, EVENING_BEGINS, NIGHT_ENDS = 11, 18, 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its name."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: until when, what, and the one click that does it.

    `until` None means: when there is time. `count` is how many things it is.
    """

    title: str
    text: str
    action: str
    url: str
    due: str = ""
    due_note: str = ""
    late: bool = False
    until: date | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks with about the same deadline."""

    title: str
    tasks: Sequence[Task]

    @property
    def said(self) -> str:
        """ "2 Aufgaben"."""
        return ngettext("%(n)d task", "%(n)d tasks", len(self.tasks)) % {"n": len(self.tasks)}


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that happened."""

    title: str
    text: str
    undo_url: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """When the page is asked for, and by whom."""

    actor: Person
    now: datetime
    offers: DeskCounts

    @property
    def today(self) -> date:
        """The day where the network is."""
        return timezone.localdate(self.now)


def greeting(name: str, now: datetime) -> str:
    """By the time of day where the network is."""
    hour = timezone.localtime(now).hour
    if NIGHT_ENDS <= hour < MORNING_ENDS:
        return _("Good morning, %(name)s") % {"name": name}
    if MORNING_ENDS <= hour < EVENING_BEGINS:
        return _("Good day, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}


def summary(moment: Moment, groups: Sequence[Group]) -> str:
    """ "Mittwoch, 6. Mai 2026. 4 Dinge warten auf Sie."; the number also stands in the menu."""
    told = {
        "weekday": spoken.weekday_name(moment.today.weekday()),
        "date": spoken.full_date(moment.today),
    }
    return f"{_('%(weekday)s, %(date)s.') % told} {_waiting(moment, groups)}"


def _waiting(moment: Moment, groups: Sequence[Group]) -> str:
    if count := waiting_things(moment.actor):
        told = ngettext("%(n)d thing waits for you.", "%(n)d things wait for you.", count)
        return told % {"n": count}
    return _("Nothing is urgent.") if groups else _("Nothing waits for you.")


def moment(actor: Person, now: datetime) -> Moment:
    """Where all parts of the page begin."""
    return Moment(actor, now, desk_counts(actor, timezone.localdate(now)))


def groups(moment: Moment) -> list[Group]:
    """All tasks by deadline; only groups that hold something."""
    tasks = [task for kind in KINDS for task in kind(moment)]
    parts: dict[str, list[Task]] = {_("Today"): [], _("This week"): [], _("Later"): []}
    for task in tasks:
        parts[_part(task, moment.today)].append(task)
    found = (Group(title, sorted(part, key=_by_deadline)) for title, part in parts.items())
    return [group for group in found if group.tasks]


def _part(task: Task, today: date) -> str:
    if task.until is None or task.until > today + WEEK:
        return _("Later")
    return _("Today") if task.until <= today else _("This week")


def _by_deadline(task: Task) -> date:
    return task.until or date.max


def waiting_things(actor: Person) -> int:
    """Calls and hints that nobody else takes care of, and due reminders. Two small queries."""
    today = timezone.localdate()
    reminders = notes.due(actor, today).count() if actor.may(Right.WRITE_NOTES) else 0
    return inbox.waiting_count(actor) + reminders


def calls(moment: Moment) -> Iterator[Task]:
    """Families who wait for a call: each is one task, except those a colleague takes care of."""
    if not moment.actor.may(Right.ANSWER_FAMILIES):
        return
    waiting = _mine_or_free(moment, inbox.waiting(moment.actor).filter(kind=Kind.CALL))
    for concern in islice(waiting, SHOWN_CALLS):
        clock = inbox_wording.clock(concern, moment.now)
        yield Task(
            title=inbox_wording.title(concern),
            text=_how_to_call(concern),
            action=_("Call"),
            url=reverse("inbox:detail", kwargs={"concern_id": concern.pk}),
            due=clock.text,
            due_note=_received(concern, moment),
            late=clock.is_late,
            until=moment.today if concern.is_urgent else _day(concern.due_at),
        )
    if rest := sum(1 for _concern in waiting):
        yield Task(
            title=ngettext("%(n)d more call", "%(n)d more calls", rest) % {"n": rest},
            text=_("They stand in the list of requests, by the response clock."),
            action=_("Open the list"),
            url=reverse("inbox:list"),
            until=moment.today,
            count=rest,
        )


def _mine_or_free(moment: Moment, concerns: Iterable[Concern]) -> Iterator[Concern]:
    for concern in concerns:
        if concern.taken_by_id in (None, moment.actor.user_id) and not concern.is_doubtful:
            yield concern


def _how_to_call(concern: Concern) -> str:
    told = [inbox_wording.daytimes(concern), inbox_wording.language(concern)]
    if concern.is_urgent:
        told.insert(0, _("please call first"))
    if concern.attempts:
        told.append(inbox_wording.attempts(concern))
    return ", ".join(filter(None, told))


def _received(concern: Concern, moment: Moment) -> str:
    at = inbox_wording.moment(concern.received_at, moment.now)
    return _("since %(moment)s") % {"moment": at}


def hints(moment: Moment) -> Iterator[Task]:
    """Hints of readers: one task for all of them."""
    if not moment.actor.may(Right.ANSWER_FAMILIES):
        return
    waiting = list(_mine_or_free(moment, inbox.waiting(moment.actor).filter(kind=Kind.HINT)))
    if not waiting:
        return
    first = min(waiting, key=lambda one: one.due_at)
    clock = inbox_wording.clock(first, moment.now)
    only = reverse("inbox:detail", kwargs={"concern_id": first.pk})
    yield Task(
        title=ngettext("%(n)d hint on an offer", "%(n)d hints on offers", len(waiting))
        % {"n": len(waiting)},
        text=", ".join(dict.fromkeys(one.about for one in waiting[:3])),
        action=_("Look at it"),
        url=only if len(waiting) == 1 else reverse("inbox:list"),
        due=clock.text,
        late=clock.is_late,
        until=_day(first.due_at),
        count=len(waiting),
    )


def reminders(moment: Moment) -> Iterator[Task]:
    """Own notes that remind today or in the coming days."""
    if not moment.actor.may(Right.WRITE_NOTES):
        return
    for note in notes.due(moment.actor, moment.today + WEEK)[:SHOWN_REMINDERS]:
        one = notes.opened(note)
        day = note.remind_on or moment.today
        yield Task(
            title=one.who,
            text=Truncator(one.text).chars(LONGEST_NOTE),
            action=_("Open the note"),
            url=reverse("notes:edit", kwargs={"note_id": note.pk}),
            due=inbox_wording.day(day, moment.today),
            due_note=_("reminder"),
            late=day < moment.today,
            until=day,
        )


def failed_jobs(moment: Moment) -> Iterator[Task]:
    """Imports and other long work that did not succeed."""
    if not moment.actor.may(Right.SEE_JOBS):
        return
    failed = list(jobs_in(moment.actor, State.FAILED)[:50])
    if failed:
        yield Task(
            title=ngettext("%(n)d task of the program failed", "%(n)d tasks of the program failed",
                           len(failed)) % {"n": len(failed)},
            text=", ".join(dict.fromkeys(str(job.title) for job in failed[:3])),
            action=_("See why"),
            url=reverse("jobs:list"),
            due=_("today"),
            until=moment.today,
            count=len(failed),
        )  # fmt: skip


def drafts(moment: Moment) -> Iterator[Task]:
    """Drafts that wait to be published; to a provider it is said that somebody looks at them."""
    count = moment.offers.drafts
    if not count:
        return
    own = moment.actor.may(Right.EDIT_OWN_ENTRIES)
    if not own and not moment.actor.may(Right.PUBLISH):
        return
    told = _own_drafts_text() if own else _drafts_text(moment.offers.from_providers)
    yield Task(
        title=ngettext("%(n)s draft waits", "%(n)s drafts wait", count) % {"n": number(count)},
        text=told,
        action=_("Look at drafts"),
        url=f"{reverse('offers_desk:list')}?stand=entwurf",
        due=_("this week"),
        until=moment.today + WEEK,
        count=count,
    )


def _own_drafts_text() -> str:
    return _("You can still change them. The network looks at them and publishes them.")


def _drafts_text(from_providers: int) -> str:
    told = _("Families see them once you publish them.")
    if not from_providers:
        return told
    by = ngettext(
        "%(n)s of them was written by a provider.", "%(n)s of them were written by providers.",
        from_providers,
    )  # fmt: skip
    return f"{by % {'n': number(from_providers)}} {told}"


def invitations(moment: Moment) -> Iterator[Task]:
    """Who was invited and has not come yet."""
    if not moment.actor.may(Right.INVITE_PEOPLE):
        return
    waiting = list(accounts.open_invitations(moment.actor)[:50])
    if waiting:
        yield Task(
            title=ngettext("%(n)d invitation is open", "%(n)d invitations are open", len(waiting))
            % {"n": len(waiting)},
            text=", ".join(one.name for one in waiting[:3]),
            action=_("Look at invitations"),
            url=reverse("desk:people"),
            due=_("this week"),
            until=moment.today + WEEK,
            count=len(waiting),
        )


def unconfirmed(moment: Moment) -> Iterator[Task]:
    """Published offers that nobody has confirmed for a year."""
    count = moment.offers.unchecked
    may_confirm = moment.actor.may(Right.EDIT_REGISTERS) or moment.actor.may(Right.EDIT_OWN_ENTRIES)
    if count and may_confirm:
        yield Task(
            title=ngettext("Confirm %(n)s offer", "Confirm %(n)s offers", count)
            % {"n": number(count)},
            text=_("Nobody has said for a year that they are right."),
            action=_("Open the list"),
            url=f"{reverse('offers_desk:list')}?stand=veraltet",
            due=_("when there is time"),
            count=count,
        )


def quality(moment: Moment) -> Iterator[Task]:
    """What keeps most families from an offer: the heaviest point of the data's quality."""
    if not (moment.actor.may(Right.EDIT_REGISTERS) or moment.actor.may(Right.EDIT_OWN_ENTRIES)):
        return
    heavy = [one for one in findings(moment.today) if one.heavy]
    counts = tally(offers_at_desk(moment.actor), heavy).counts
    first = next((one for one in heavy if counts[one.key]), None)
    if first:
        yield Task(
            title=sentence(first.key, counts[first.key]),
            text=str(WORDS[first.key].why),
            action=_("Mend them"),
            url=reverse("offers_desk:finding", args=[first.key]),
            due=_("when there is time"),
            count=counts[first.key],
        )


def legal_pages(moment: Moment) -> Iterator[Task]:
    """Legal pages that nobody stands behind."""
    if not moment.actor.may(Right.CHANGE_NETWORK):
        return
    kinds = unsigned_kinds()
    if kinds:
        yield Task(
            title=ngettext("%(n)d legal text is not reviewed", "%(n)d legal texts are not reviewed",
                           len(kinds)) % {"n": len(kinds)},
            text=", ".join(str(PageKind(kind).label) for kind in kinds),
            action=_("Read the first one"),
            url=reverse(f"pages:{kinds[0]}"),
            due=_("when there is time"),
            count=len(kinds),
        )  # fmt: skip


KINDS: Sequence[Callable[[Moment], Iterator[Task]]] = (
    calls,
    hints,
    reminders,
    failed_jobs,
    drafts,
    invitations,
    unconfirmed,
    quality,
    legal_pages,
)


def figures(moment: Moment) -> list[Figure]:
    """The network in numbers; a provider sees their own."""
    counts = moment.offers
    own = not moment.actor.may(Right.READ_INTERNAL)
    found = [
        Figure(
            _("Your published offers") if own else _("Published offers"), number(counts.published)
        )
    ]
    if counts.published:
        checked = {
            "n": number(counts.published - counts.unchecked),
            "all": number(counts.published),
        }
        found.append(
            Figure(
                _("Confirmed within a year"),
                _("%(n)d %%") % {"n": counts.checked_percent},
                _("%(n)s of %(all)s") % checked,
            )
        )
    found.append(Figure(_("Drafts"), number(counts.drafts)))
    return found


def _day(at: datetime) -> date:
    return timezone.localdate(at)


def last_deeds(moment: Moment) -> list[Deed]:
    """What happened last, for those who may read the audit; empty for all others."""
    if not moment.actor.may(Right.READ_AUDIT):
        return []
    return [_deed(entry, moment) for entry in latest(moment.actor, limit=SHOWN_DEEDS)]


def _deed(entry: Entry, moment: Moment) -> Deed:
    who_and_when = (doer(entry.actor_label), inbox_wording.moment(entry.at, moment.now))
    return Deed(told(entry.deed, entry.title), ", ".join(who_and_when))


def done_today(moment: Moment) -> Deed | None:
    """The last thing that this person did today, with the way to take it back if there is one."""
    midnight = datetime.combine(moment.today, time(), BERLIN)
    deeds = own_deeds(moment.actor, since=midnight, limit=LOOKED_BACK)
    if not deeds:
        return None
    # What follows from a deed stands after it: a house becomes public with its first offer.
    entry = next((one for one in deeds if _undo_url(one)), deeds[0])
    at = _("%(clock)s o'clock") % {"clock": spoken.clock(timezone.localtime(entry.at).time())}
    return Deed(f"{told(entry.deed, entry.title)}, {at}.", "", _undo_url(entry))


def _undo_url(entry: Entry) -> str:
    """Where an offer's deed is taken back; "" for what has no such page."""
    if entry.kind != Offer._meta.label or entry.deed not in TAKEN_BACK:
        return ""
    try:
        kwargs = {"offer_id": entry.object_id, "entry_id": entry.pk}
        return reverse("offers_desk:undo", kwargs=kwargs)
    except NoReverseMatch:
        return ""
