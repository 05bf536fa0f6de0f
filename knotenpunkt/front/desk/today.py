"""The first page of the desk: what needs me now by deadline, figures, what happened last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.inbox import queries as inbox
from knotenpunkt.activities.inbox import wording as inbox_wording
from knotenpunkt.activities.notes import queries as notes
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.audit.queries import latest, own_deeds
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.front.desk.deeds import doer, told
from knotenpunkt.front.desk.tasks import KINDS, WEEK, Moment, Task
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.times import BERLIN
from knotenpunkt.registers.partners.figures import totals

SHOWN_DEEDS = 5
LOOKED_BACK = 20
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


def greeting(name: str, now: datetime) -> str:
    """By the time of day where the network is."""
    hour = timezone.localtime(now).hour
    if NIGHT_ENDS <= hour < MORNING_ENDS:
        return _("Good morning, %(name)s") % {"name": name}
    if MORNING_ENDS <= hour < EVENING_BEGINS:
        return _("Good day, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}


def summary(moment: Moment, groups: Sequence[Group]) -> str:
    """The day, and how many requests and reminders wait; the number also stands in the menu."""
    told = {
        "weekday": spoken.weekday_name(moment.today.weekday()),
        "date": spoken.full_date(moment.today),
    }
    return f"{_('%(weekday)s, %(date)s.') % told} {_waiting(moment, groups)}"


def _waiting(moment: Moment, groups: Sequence[Group]) -> str:
    if count := waiting_things(moment.actor):
        told = ngettext(
            "%(n)d request or reminder waits for you.",
            "%(n)d requests and reminders wait for you.",
            count,
        )
        return told % {"n": count}
    return _("Nothing is urgent.") if groups else _("Nothing waits for you.")


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
    return found if own else [*found, _partners(moment)]


def _partners(moment: Moment) -> Figure:
    """How many are in the network."""
    here = totals(moment.actor)
    people = ngettext("with %(n)s person", "with %(n)s people", here.people)
    return Figure(_("Partners"), number(here.organisations), people % {"n": number(here.people)})


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
    kwargs = {"offer_id": entry.object_id, "entry_id": entry.pk}
    return reverse("offers_desk:undo", kwargs=kwargs)
