"""Making files of letters and labels, and noting when letters were posted.

A file is made in the background and kept for two weeks. Personal links are written in one short
transaction before, so that nobody waits for the typesetter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from knotenpunkt.activities.mailings.models import Circular, Print, Recipient
from knotenpunkt.activities.mailings.printing.labels import Label, labels_pdf, sheet_of
from knotenpunkt.activities.mailings.printing.letters import (
    LetterText,
    Printed,
    letters_pdf,
    postal_order,
)
from knotenpunkt.activities.mailings.printing.recipients import (
    label_texts,
    letter_texts,
    reasons,
)
from knotenpunkt.activities.mailings.queries.printing import letters
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.files.actions import drop_file, keep_file
from knotenpunkt.tools.jobs.actions import NotNow, enqueue
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.jobs.registry import JSON, Postponed, Running, Unworkable

PRINT = "mailings.print"
LETTERS, LABELS = "letters", "labels"
KEPT = timedelta(days=14)
# A thousand letters take a gigabyte while they are set; more become several files.
MOST = 1_000
STEPS = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be printed. `sheet` and `start` are for labels, `day` and `duplex` for letters."""

    form: str = LETTERS
    only_open: bool = True
    day: date | None = None
    duplex: bool = False
    sheet: str = ""
    start: int = 1


@transaction.atomic
def order_print(*, actor: Actor, circular: Circular, wish: Wish) -> Print:
    """Let a file be made. NotNow before recipients are fixed; ValidationError for nobody."""
    actor.must(Right.WRITE_TO_MANY)
    if circular.fixed_at is None:
        raise NotNow
    if not _wanted(actor, circular, wish).exists():
        raise ValidationError(_("There is no letter to print."))
    made = Print(circular=circular, form=wish.form)
    made.save()
    _queue(actor, made, wish)
    return made


def _queue(actor: Actor, made: Print, wish: Wish) -> Job:
    day = wish.day or timezone.localdate()
    told: dict[str, JSON] = {
        "print": str(made.pk), "form": wish.form, "only_open": wish.only_open,
        "day": day.isoformat(), "duplex": wish.duplex, "sheet": wish.sheet, "start": wish.start,
    }  # fmt: skip
    return enqueue(actor=actor, work=PRINT, arguments=told, title="", about=made.pk)


def _wanted(actor: Actor, circular: Circular, wish: Wish) -> QuerySet[Recipient]:
    rows = letters(actor, circular)
    return rows.filter(printed_at=None) if wish.only_open else rows


def make_print(*, job: Running, print_id: UUID, wish: Wish) -> None:
    """Make the file, and keep it. Repeated from its beginning when it was cut off."""
    job.progress(0, STEPS, _("Addresses are read."))
    with job.one_transaction():
        texts = _texts(job.actor, _print(print_id), wish)
    job.progress(1, STEPS, _("The pages are set."))
    with in_network(job.network):
        parts = [_set(part, wish) for part in _parts(texts)]
    job.progress(2, STEPS, _("The file is kept."))
    with job.one_transaction():
        made = _print(print_id)
        is_true = _all_are_there(made, parts)
        if is_true:
            _keep(job.actor, made, parts)
    if not is_true:
        raise Postponed(timezone.now(), _("Somebody was deleted meanwhile: it is printed anew."))


def _print(print_id: UUID) -> Print:
    found: Print | None = (
        Print.objects.select_related("circular__mailing").filter(pk=print_id).first()
    )
    if found is None:
        raise Unworkable(_("This circular was deleted."))
    return found


Texts = Sequence[LetterText] | Sequence[Label]


def _texts(actor: Actor, made: Print, wish: Wish) -> Texts:
    rows = list(_wanted(actor, made.circular, wish))
    if not rows:
        raise Unworkable(_("There is no letter to print."))
    if made.form == LABELS:
        return sorted(label_texts(rows), key=lambda one: postal_order(one.lines))
    texts = letter_texts(actor, made.circular, rows, wish.day or timezone.localdate())
    return sorted(texts, key=lambda one: postal_order(one.address_lines))


def _parts(texts: Texts) -> list[Texts]:
    return [texts[at : at + MOST] for at in range(0, len(texts), MOST)]


@dataclass(frozen=True, slots=True)
class Part:
    """One file, and whose letters were to be in it."""

    printed: Printed
    keys: frozenset[str]


def _set(texts: Texts, wish: Wish) -> Part:
    keys = frozenset(str(one.key) for one in texts)
    labels = [one for one in texts if isinstance(one, Label)]
    if labels:
        return Part(labels_pdf(labels, sheet=sheet_of(wish.sheet), start=wish.start), keys)
    pages = [one for one in texts if isinstance(one, LetterText)]
    return Part(letters_pdf(pages, duplex=wish.duplex), keys)


def _all_are_there(made: Print, parts: Sequence[Part]) -> bool:
    """Whether nobody was erased while the pages were set: their letter would be kept after all.

    Whoever erases somebody now waits for the file, and finds it.
    """
    set_now = {key for part in parts for key in _printed_keys(part)}
    rows = Recipient.objects.filter(circular=made.circular).exclude(contact=None)
    held = rows.select_for_update(of=("self",)).order_by("pk")
    return set_now <= {str(pk) for pk in held.values_list("pk", flat=True)}


def _printed_keys(part: Part) -> frozenset[str]:
    return part.keys - {key for key, _reason in reasons(part.printed.missing)}


def _keep(actor: Actor, first: Print, parts: Sequence[Part]) -> None:
    """Each part as a file of its own; the first in the row that was there."""
    for number, part in enumerate(parts, start=1):
        made = first if number == 1 else Print(circular=first.circular, form=first.form)
        made.missing = reasons(part.printed.missing)
        made.recipients = sorted(_printed_keys(part))
        made.count = part.printed.count
        if part.printed.content:
            name = _file_name(made, number if len(parts) > 1 else 0)
            made.file = keep_file(
                name=name, content_type="application/pdf", content=part.printed.content,
                until=timezone.now() + KEPT,
            )  # fmt: skip
        made.save()
    told = {"letters": [None, sum(part.printed.count for part in parts)]}
    one = first.circular
    record(actor=actor, deed=f"mailings.print_{first.form}", on=one, title=one.title, changes=told)


def _file_name(made: Print, number: int) -> str:
    word = _("letters") if made.form == LETTERS else _("labels")
    told = [word, slugify(made.circular.title)[:60], f"{timezone.localdate():%Y-%m-%d}"]
    return "-".join(filter(None, [*told, str(number or "")])) + ".pdf"


@transaction.atomic
def mark_posted(*, actor: Actor, made: Print, on: date) -> int:
    """Note that the letters of this file were posted on that day; how many. NotNow for labels."""
    actor.must(Right.WRITE_TO_MANY)
    if made.form != LETTERS or not made.recipients:
        raise NotNow
    if on > timezone.localdate():
        raise ValidationError({"day": _("This day is still to come.")})
    rows = Recipient.objects.filter(pk__in=made.recipients).select_for_update()
    _note(rows, _moment(on))
    made.posted_on = on
    made.save(update_fields=["posted_on"])
    _told(actor, made, "mailings.post", len(made.recipients))
    return len(made.recipients)


@transaction.atomic
def take_back_posted(*, actor: Actor, made: Print) -> None:
    """They were not posted after all. NotNow when nothing was noted."""
    actor.must(Right.WRITE_TO_MANY)
    if made.posted_on is None:
        raise NotNow
    noted = Recipient.objects.filter(
        pk__in=made.recipients, printed_at=_moment(made.posted_on)
    ).select_for_update()
    _note(noted, None)
    made.posted_on = None
    made.save(update_fields=["posted_on"])
    _told(actor, made, "mailings.post_back", len(made.recipients))


def _note(rows: QuerySet[Recipient], at: datetime | None) -> None:
    for row in rows:
        row.printed_at = at
        row.save(update_fields=["printed_at"])


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())


def _told(actor: Actor, made: Print, deed: str, count: int) -> None:
    one = made.circular
    record(actor=actor, deed=deed, on=one, title=one.title, changes={"letters": [None, count]})


def print_again(*, actor: Actor, row: Recipient) -> bytes:
    """The letter of one recipient as it would be printed today; ValidationError if it cannot be."""
    actor.must(Right.WRITE_TO_MANY)
    with transaction.atomic():
        texts = letter_texts(actor, row.circular, [row], timezone.localdate())
    printed = letters_pdf(texts)  # between two transactions: others who write need not wait
    if printed.missing:
        raise ValidationError(printed.missing[0][1])
    one = row.circular
    record(actor=actor, deed="mailings.print_again", on=one, title=one.title)
    return printed.content


def drop_files_with(rows: Sequence[Recipient]) -> int:
    """An erasure: files that hold a letter to one of these go. How many.

    The rows are locked, so that no file is kept after this has looked.
    """
    gone = {str(row.pk) for row in rows}
    circulars = {row.circular_id for row in rows}
    files = Print.objects.filter(circular__in=circulars).exclude(file=None)
    held = [one.file_id for one in files if gone & set(one.recipients)]
    for file_id in held:
        drop_file(file_id)
    return len(held)
