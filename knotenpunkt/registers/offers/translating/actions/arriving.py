"""Texts that arrive together, from a file or a service: planned, taken in, undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.core.personal_data import Expired, deleted
from knotenpunkt.foundation.core.personal_data import Person as Erased
from knotenpunkt.foundation.core.versions import fingerprint
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.offers import findable
from knotenpunkt.registers.offers.models import Offer, OfferText, TextOrigin, TextRun
from knotenpunkt.registers.offers.translating.actions.keeping import drop_text, put_text
from knotenpunkt.registers.offers.translating.drafts import TextDraft, remembered
from knotenpunkt.registers.offers.translating.exchange import (
    TAKEN,
    Fate,
    Row,
    drafts,
    planned,
    texts_for,
)
from knotenpunkt.registers.offers.translating.parts import PARTS, longest
from knotenpunkt.registers.offers.translating.queries import offers_by_id
from knotenpunkt.registers.offers.translating.rules import may_write_texts
from knotenpunkt.tools.jobs.actions import enqueue
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.jobs.registry import Running
from knotenpunkt.tools.translations import formats
from knotenpunkt.tools.translations.services import Service, in_portions
from knotenpunkt.tools.translations.units import Texts, Unit, UnreadableTexts

TAKE_IN, TRANSLATE = "offers.take_in_texts", "offers.translate_texts"
KEPT = timedelta(days=30)
AT_ONCE = 25
MOST_ROWS = 20_000


class TooLate(Exception):
    """It was taken in or undone already."""


@transaction.atomic
def plan_file(*, actor: Actor, data: bytes, name: str) -> TextRun:
    """Read a file and say what would become of each text; nothing of it is shown to families.

    UnreadableTexts when it cannot be read.
    """
    actor.must(Right.IMPORT)
    arrived = formats.read(data)
    rows = planned(actor, arrived)
    if not rows:
        raise UnreadableTexts(_("There are no texts in this file."))
    if len(rows) > MOST_ROWS:
        raise UnreadableTexts(_("The file holds too many texts."))
    run = TextRun(origin=TextOrigin.FILE, file_name=name[:200], by_id=actor.user_id)
    run.languages = sorted({row.language for row in rows})
    run.rows = [row.told() for row in rows]
    run.save()
    return run


@transaction.atomic
def plan_service(*, actor: Actor, offers: Iterable[Offer], language: str) -> TextRun:
    """Lay out what a service shall translate: what is missing or outdated of these offers."""
    actor.must(Right.IMPORT)
    texts = texts_for([one for one in offers if one.is_published], language)
    rows = planned(actor, [Texts(language, [_asked(unit) for unit in texts.units])])
    run = TextRun(origin=TextOrigin.SERVICE, languages=[language], by_id=actor.user_id)
    run.rows = [row.told() for row in rows[:MOST_ROWS]]
    run.save()
    return run


def _asked(unit: Unit) -> Unit:
    """Without what stands there already: a service translates anew."""
    return Unit(key=unit.key, source=unit.source)


@transaction.atomic
def begin(*, actor: Actor, run: TextRun) -> Job:
    """Queue that these texts are taken in, or fetched from the service; once only."""
    actor.must(Right.IMPORT)
    held = TextRun.objects.select_for_update().get(pk=run.pk)
    if held.applied_at is not None:
        raise TooLate
    held.applied_at = timezone.now()
    held.save(update_fields=["applied_at"])
    record(actor=actor, deed="offers.take_in_texts", on=current_network(), title=_title(held))
    return enqueue(
        actor=actor,
        work=TRANSLATE if held.origin == TextOrigin.SERVICE else TAKE_IN,
        arguments={"run": str(held.pk)},
        title=_title(held),
        key=str(held.pk),
        about=held.pk,
    )


def _title(run: TextRun) -> str:
    if run.origin == TextOrigin.SERVICE:
        return _("Texts translated by a program")
    return _("Texts in other languages taken in")


def take_in(*, job: Running, run_id: UUID) -> None:
    """Write what a file brought, some offers at a time. Repeatable."""
    run = _run(job, run_id)
    rows = [row for row in _rows(run) if row.fate in TAKEN]
    for done, batch in _batches(run, rows):
        job.progress(done, len(rows), _("Texts are taken in"))
        with job.one_transaction():
            _apply(job.actor, run_id, batch)


def translate(*, job: Running, run_id: UUID, service: Service) -> None:
    """Have the service translate, and write what it answered, some offers at a time. Repeatable.

    ServiceProblem when it does not answer; what arrived until then stays.
    """
    run = _run(job, run_id)
    rows = _rows(run)
    for done, batch in _batches(run, rows):
        job.progress(done, len(rows), _("Texts are translated"))
        told = _translated(service, batch)
        with job.one_transaction():
            _apply(job.actor, run_id, told)


def _run(job: Running, run_id: UUID) -> TextRun:
    with job.one_transaction():
        run: TextRun = TextRun.objects.get(pk=run_id)
    return run


def _rows(run: TextRun) -> list[Row]:
    return [Row(**row) for row in run.rows]


def _batches(run: TextRun, rows: Sequence[Row]) -> Iterable[tuple[int, list[Row]]]:
    """Whole offers together; those that an earlier attempt wrote are left out."""
    written = {(one["offer"], one["language"]) for one in run.before}
    left = sorted(
        (row for row in rows if (row.offer, row.language) not in written),
        key=lambda row: row.offer,
    )
    groups = [list(some) for _offer, some in groupby(left, key=lambda row: row.offer)]
    done = len(rows) - len(left)
    for start in range(0, len(groups), AT_ONCE):
        batch = [row for group in groups[start : start + AT_ONCE] for row in group]
        yield done, batch
        done += len(batch)


def _translated(service: Service, rows: Sequence[Row]) -> list[Row]:
    """The rows with what the service made of them; what it left empty, or made longer than there
    is room, is left out."""
    language = rows[0].language
    answers: list[str] = []
    for portion in in_portions([row.source for row in rows]):
        answers += service.translate(portion, language)
    return [
        Row(**row.told() | {"target": answer.strip(), "fate": Fate.NEW.value})
        for row, answer in zip(rows, answers, strict=True)
        if 0 < len(answer.strip()) <= longest(row.part)
    ]


def _apply(actor: Actor, run_id: UUID, rows: Sequence[Row]) -> None:
    run = TextRun.objects.select_for_update().get(pk=run_id)
    offers = offers_by_id(actor, {UUID(row.offer) for row in rows})
    with findable.at_the_end():
        for offer in offers.values():
            if may_write_texts(actor, offer):
                mine = [row for row in rows if row.offer == str(offer.pk)]
                run.before += _written(actor, offer, mine, run.origin)
    run.save(update_fields=["before"])


def _written(actor: Actor, offer: Offer, rows: Sequence[Row], origin: str) -> list[dict[str, Any]]:
    before = []
    for language, draft in drafts(rows, offer, origin=origin).items():
        row = OfferText.objects.filter(offer=offer, language=language).first()
        was, checked_at = remembered(row), row.checked_at if row else None
        changes = put_text(offer, draft, row, actor=actor)
        if changes:
            now = OfferText.objects.get(offer=offer, language=language)
            before.append(_kept(offer, language, was, checked_at, now))
            _tell(actor, "offers.save_text", offer, changes)
    return before


def _kept(
    offer: Offer, language: str, was: Any, checked_at: datetime | None, now: OfferText
) -> dict[str, Any]:
    """What an undoing needs: what was there, and how to see that nobody touched it since."""
    return {
        "offer": str(offer.pk),
        "language": language,
        "was": was,
        "checked_at": checked_at.isoformat() if checked_at else None,
        "is": _mark(now),
    }


def _mark(row: OfferText) -> str:
    """Of what it says, not of whether it was outdated meanwhile."""
    told = remembered(row) or {}
    return fingerprint({name: value for name, value in told.items() if name != "state"})


def _tell(actor: Actor, deed: str, offer: Offer, changes: Any) -> None:
    offer.save(update_fields=["changed_at"])
    record(actor=actor, deed=deed, on=offer, title=offer.title, changes=changes)
    findable.touch(offer)


@transaction.atomic
def undo(*, actor: Actor, run: TextRun) -> tuple[int, int]:
    """Bring back what was there before: how many texts went back, how many stay as they are
    because somebody worked on them since. TooLate when it was undone already."""
    actor.must(Right.IMPORT)
    held = TextRun.objects.select_for_update().get(pk=run.pk)
    if held.undone_at is not None or held.applied_at is None:
        raise TooLate
    offers = offers_by_id(actor, {UUID(one["offer"]) for one in held.before})
    with findable.at_the_end():
        back = [
            one
            for one in held.before
            if (offer := offers.get(UUID(one["offer"]))) and _put_back(actor, offer, one)
        ]
    held.undone_at = timezone.now()
    held.save(update_fields=["undone_at"])
    record(actor=actor, deed="offers.undo_texts", on=current_network(), title=_title(held))
    return len(back), len(held.before) - len(back)


def _put_back(actor: Actor, offer: Offer, one: dict[str, Any]) -> bool:
    row = OfferText.objects.filter(offer=offer, language=one["language"]).first()
    if row is None or _mark(row) != one["is"] or not may_write_texts(actor, offer):
        return False
    if one["was"] is None:
        changes = drop_text(row)
    else:
        checked_at = datetime.fromisoformat(one["checked_at"]) if one["checked_at"] else None
        draft = TextDraft(**one["was"])
        changes = put_text(offer, draft, row, actor=actor, checked_at=checked_at)
    _tell(actor, "offers.save_text", offer, changes)
    return True


def drop_old_runs(*, now: datetime) -> Expired:
    """Forget what arrived: the texts themselves stay where they were taken in."""
    old = TextRun.objects.filter(created_at__lt=now - KEPT)
    return deleted("texts that arrived together", old, by="created_at")


def forget_runs(person: Erased) -> int:
    """Drop what arrived and names the person; how many that were."""
    named = [run.pk for run in TextRun.objects.iterator() if _names(run, person)]
    return int(TextRun.objects.filter(pk__in=named).delete()[0])


def _names(run: TextRun, person: Erased) -> bool:
    told = [text for row in run.rows for text in (row["title"], row["source"], row["target"])]
    was = [text for one in run.before if one["was"] for text in _words(one["was"])]
    return any(map(person.appears_in, [run.file_name, *told, *was]))


def _words(told: dict[str, Any]) -> list[str]:
    return [*(told[part] for part in PARTS), *(told["source"] or {}).values()]
