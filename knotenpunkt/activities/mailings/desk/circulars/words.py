"""What pages of circulars say: where one stands, what it would do, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from knotenpunkt.activities.mailings.models import Circular, Recipient, Stage, Way
from knotenpunkt.activities.mailings.queries.circulars import Sent, Standing
from knotenpunkt.activities.mailings.queries.planning import Plan
from knotenpunkt.activities.mailings.rules.circulars import is_released
from knotenpunkt.foundation.core import spoken
from knotenpunkt.tools.mail.models import MailKind, State

LOOKS = {
    Stage.DRAFT: "draft", Stage.TO_RELEASE: "waiting", Stage.SCHEDULED: "waiting",
    Stage.SENDING: "active", Stage.PAUSED: "stale", Stage.STOPPED: "withdrawn",
    Stage.SENT: "published",
}  # fmt: skip
MAIL_LOOKS = {
    State.QUEUED: "waiting", State.SENDING: "active", State.SENT: "published",
    State.BOUNCED: "missing", State.ANSWERED: "published", State.FAILED: "rejected",
    State.UNCLEAR: "stale", State.SUPPRESSED: "withdrawn", State.STOPPED: "withdrawn",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A state as `design/components/_status.html` shows it."""

    state: str
    label: str


def stage(circular: Circular) -> Told:
    """Where a circular stands."""
    if circular.stage == Stage.DRAFT and is_released(circular):
        return Told("published", pgettext("circular", "Released"))
    one = Stage(circular.stage)
    return Told(LOOKS[one], str(one.label))


def kind(circular: Circular) -> str:
    """Invitation, newsletter, message."""
    return str(MailKind(circular.kind).label)


def of_recipient(row: Recipient) -> Told:
    """Where one recipient stands."""
    if row.way == Way.NONE:
        return Told("none", pgettext("recipient", "not written to"))
    if row.way == Way.LETTER:
        return of_letter(is_printed=row.printed_at is not None)
    return of_mail(row.message.state if row.message else "")


def of_sent(one: Sent) -> Told:
    """The same for a line of the log."""
    return of_letter(is_printed=one.is_printed) if one.way == Way.LETTER else of_mail(one.state)


def of_letter(*, is_printed: bool) -> Told:
    """A letter is printed, or still to be."""
    if is_printed:
        return Told("published", pgettext("letter", "printed"))
    return Told("waiting", pgettext("letter", "to be printed"))


def of_mail(state: str) -> Told:
    """A mail by its own state; one whose row is gone was sent."""
    one = State(state or State.SENT)
    return Told(MAIL_LOOKS[one], str(one.label))


def plan(told: Plan) -> str:
    """ "771 Schreiben: 640 E-Mails und 131 Briefe. 41 werden nicht angeschrieben."."""
    written, spared = len(told.written), len(told.chosen) - len(told.written)
    sentences = [
        ngettext("%(n)s letter or mail: %(ways)s.", "%(n)s letters and mails: %(ways)s.", written)
        % {"n": spoken.number(written), "ways": _ways(len(told.mails), len(told.letters))}
        if written
        else _("Nobody would be written to."),
        ngettext("%(n)s is not written to.", "%(n)s are not written to.", spared)
        % {"n": spoken.number(spared)}
        if spared
        else "",
    ]
    return " ".join(filter(None, sentences))


def _ways(mails: int, letters: int) -> str:
    told = [
        ngettext("%(n)s e-mail", "%(n)s e-mails", mails) % {"n": spoken.number(mails)}
        if mails else "",
        ngettext("%(n)s letter", "%(n)s letters", letters) % {"n": spoken.number(letters)}
        if letters else "",
    ]  # fmt: skip
    return spoken.listed(filter(None, told))


def duration(minutes: int) -> str:
    """How long it takes; "" where that is no question."""
    if minutes <= 0:
        return ""
    if minutes < 100:
        return ngettext("about one minute", "about %(n)s minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    return ngettext("about one hour", "about %(n)s hours", hours) % {"n": hours}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the page of a circular that was sent."""

    label: str
    value: str
    note: str = ""


def figures(standing: Standing, *, is_answered: bool = True) -> Iterator[Figure]:
    """What became of it; numbers of nothing are left out, and answers to what asks for none."""
    mails, answered = standing.mails, standing.answered if is_answered else 0
    lost = mails[State.FAILED] + mails[State.SUPPRESSED]
    told = (
        (_("Sent by e-mail"), standing.arrived, ""),
        (_("Letters"), standing.letters, _printed(standing)),
        (_("Answered"), answered, share(answered, standing.written)),
        (_("Came back"), mails[State.BOUNCED], ""),
        (pgettext("mails", "Unclear"), mails[State.UNCLEAR], _("nobody knows whether it arrived")),
        (_("Not sent"), lost, ""),
        (pgettext("mails", "Stopped"), mails[State.STOPPED], ""),
        (_("Left out"), standing.left_out.total(), ""),
    )
    for label, number, note in told:
        if number:
            yield Figure(label, spoken.number(number), note)


def _printed(standing: Standing) -> str:
    if standing.printed >= standing.letters:
        return _("all printed")
    return _("%(n)s printed") % {"n": spoken.number(standing.printed)}


def share(part: int, whole: int) -> str:
    """ "28 %"; "" of nothing."""
    return f"{round(100 * part / whole)} %" if whole else ""
