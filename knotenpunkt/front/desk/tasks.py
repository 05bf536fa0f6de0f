"""What needs me now, each kind of task as one function.

It knows its right, asks once, and says what to do in one click. Written out openly from the
queries of the apps below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from knotenpunkt.activities.campaigns.queries.needs import all_needs
from knotenpunkt.activities.campaigns.rules.needs import Need
from knotenpunkt.activities.campaigns.wording.needs import told_need
from knotenpunkt.activities.inbox import queries as inbox
from knotenpunkt.activities.inbox import wording as inbox_wording
from knotenpunkt.activities.inbox.models import Concern, Kind
from knotenpunkt.activities.mailings.models import Stage
from knotenpunkt.activities.mailings.queries.circulars import circulars
from knotenpunkt.activities.notes import queries as notes
from knotenpunkt.activities.upkeep.queries import inquiries as upkeep_inquiries
from knotenpunkt.activities.upkeep.queries import proposals as upkeep_proposals
from knotenpunkt.activities.upkeep.queries import states as upkeep_states
from knotenpunkt.foundation.accounts import queries as accounts
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import number, short_date
from knotenpunkt.registers.agreements import queries as agreements
from knotenpunkt.registers.offers.desk.quality_words import WORDS, sentence
from knotenpunkt.registers.offers.figures import DeskCounts, desk_counts
from knotenpunkt.registers.offers.findings import findings, tally
from knotenpunkt.registers.offers.queries import offers_at_desk
from knotenpunkt.registers.pages.models import PageKind
from knotenpunkt.registers.pages.queries import unsigned_kinds
from knotenpunkt.tools.jobs.models import State
from knotenpunkt.tools.jobs.queries import jobs_in
from knotenpunkt.tools.mail.queries import undecided

SHOWN_CALLS = 6
SHOWN_REMINDERS = 6
LONGEST_NOTE = 120
WEEK = timedelta(days=7)
# What a campaign needs later than this stands on its own page.
CAMPAIGNS_BEFORE = timedelta(days=14)


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
class Moment:
    """When the page is asked for, and by whom."""

    actor: Person
    now: datetime
    offers: DeskCounts

    @property
    def today(self) -> date:
        """The day where the network is."""
        return timezone.localdate(self.now)


def moment(actor: Person, now: datetime) -> Moment:
    """Where all parts of the page begin."""
    return Moment(actor, now, desk_counts(actor, timezone.localdate(now)))


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


def unsent_mails(moment: Moment) -> Iterator[Task]:
    """Mails that were not sent, or of which nobody knows: one task for all of them."""
    if not moment.actor.may(Right.SEE_JOBS):
        return
    if count := undecided(moment.actor):
        yield Task(
            title=ngettext("%(n)d mail did not go out", "%(n)d mails did not go out", count)
            % {"n": count},
            text=_("The reason stands there, and you can send it once more."),
            action=_("See why"),
            url=f"{reverse('mail:list')}?stand=nicht-gesendet",
            until=moment.today + WEEK,
            count=count,
        )


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


def ending_agreements(moment: Moment) -> Iterator[Task]:
    """Agreements whose reminder has come: the first to end decides how soon."""
    if not moment.actor.may(Right.EDIT_REGISTERS):
        return
    ending = list(agreements.to_remind(moment.today)[:50])
    if ending:
        first = ending[0]
        last_day = first.valid_until or moment.today
        is_only = len(ending) == 1
        yield Task(
            title=ngettext("An agreement ends soon", "%(n)d agreements end soon", len(ending))
            % {"n": len(ending)},
            text=", ".join(one.title for one in ending[:3]),
            action=_("Look at it") if is_only else _("Open the list"),
            url=reverse("agreements:detail", args=[first.pk])
            if is_only
            else f"{reverse('agreements:list')}?stand=bald",
            due=short_date(last_day),
            due_note=_("last day"),
            until=last_day,
            count=len(ending),
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


def changes_by_partners(moment: Moment) -> Iterator[Task]:
    """What partners changed themselves, and what waits for approval."""
    if not moment.actor.may(Right.EDIT_REGISTERS):
        return
    waiting = upkeep_proposals.waiting(moment.actor)
    count = waiting.count()
    if count:
        yield Task(
            title=ngettext("%(n)s change by a partner waits", "%(n)s changes by partners wait",
                           count) % {"n": number(count)},
            text=", ".join(dict.fromkeys(one.organisation.name for one in waiting[:3])),
            action=_("Look at it"),
            url=reverse("upkeep:proposals"),
            due=_("this week"),
            until=moment.today + WEEK,
            count=count,
        )  # fmt: skip


def telephone_list(moment: Moment) -> Iterator[Task]:
    """Partners who did not answer and have to be called."""
    if not moment.actor.may(Right.EDIT_REGISTERS):
        return
    count = upkeep_inquiries.count_to_call(moment.actor, moment.today)
    about = upkeep_inquiries.count_called_about(moment.actor, moment.today)
    if count:
        yield Task(
            title=_("%(calls)s for %(partners)s")
            % {
                "calls": ngettext("%(n)s call", "%(n)s calls", count) % {"n": number(count)},
                "partners": ngettext("%(n)s partner", "%(n)s partners", about)
                % {"n": number(about)},
            },
            text=_("They did not answer whether their entries are still true, or have no address."),
            action=_("Open the telephone list"),
            url=reverse("upkeep:calls"),
            due=_("this week"),
            until=moment.today + WEEK,
            count=count,
        )


def leaving_offers(moment: Moment) -> Iterator[Task]:
    """Offers that leave the finder soon, because nobody confirms them."""
    if not moment.actor.may(Right.EDIT_REGISTERS):
        return
    notices = list(upkeep_states.leaving(moment.actor))
    if notices:
        first = min(one.on for one in notices)
        yield Task(
            title=ngettext("%(n)s offer leaves the finder soon",
                           "%(n)s offers leave the finder soon", len(notices))
            % {"n": number(len(notices))},
            text=", ".join(one.offer.title for one in notices[:3]),
            action=_("Look at them"),
            url=f"{reverse('offers_desk:list')}?stand=veraltet",
            due=_("this week"),
            until=max(moment.today, first + WEEK),
            count=len(notices),
        )  # fmt: skip


def campaigns(moment: Moment) -> Iterator[Task]:
    """What campaigns need now; what is due later stands on their own pages."""
    if not moment.actor.may(Right.RUN_CAMPAIGNS):
        return
    for one in all_needs(moment.actor, moment.now):
        need = told_need(one)
        if one.need is Need.RELEASE or need.until > moment.today + CAMPAIGNS_BEFORE:
            continue
        late = need.until < moment.today
        yield Task(
            title=need.title,
            text=f"{need.about}. {need.text}",
            action=need.action,
            url=need.url,
            due=short_date(need.until),
            due_note=_("campaign"),
            late=late,
            until=need.until,
            count=need.count,
        )


def circulars_to_release(moment: Moment) -> Iterator[Task]:
    """Circulars that a second person has to read; not one's own."""
    if not moment.actor.may(Right.WRITE_TO_MANY):
        return
    rows = circulars(moment.actor).filter(stage=Stage.TO_RELEASE)
    waiting = list(rows.exclude(author=moment.actor.user_id)[:50])
    if waiting:
        first = waiting[0]
        yield Task(
            title=ngettext("%(n)s circular waits for release", "%(n)s circulars wait for release",
                           len(waiting)) % {"n": number(len(waiting))},
            text=", ".join(one.title for one in waiting[:3]),
            action=pgettext("circular", "Read and release"),
            url=reverse("mailings:circular", args=[first.pk])
            if len(waiting) == 1
            else reverse("mailings:circulars"),
            due=_("this week"),
            until=moment.today + WEEK,
            count=len(waiting),
        )  # fmt: skip


KINDS: Sequence[Callable[[Moment], Iterator[Task]]] = (
    calls,
    hints,
    reminders,
    failed_jobs,
    unsent_mails,
    drafts,
    invitations,
    ending_agreements,
    changes_by_partners,
    telephone_list,
    leaving_offers,
    unconfirmed,
    quality,
    legal_pages,
    campaigns,
    circulars_to_release,
)


def _day(at: datetime) -> date:
    return timezone.localdate(at)
