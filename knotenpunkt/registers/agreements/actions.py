"""Writes to agreements, and of decisions that a kind of partner is not needed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.foundation.accounts.actors import Actor, System
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.agreements import messages
from knotenpunkt.registers.agreements.models import Agreement, NotNeeded, Paper, Party
from knotenpunkt.registers.agreements.queries import to_remind, who_coordinates
from knotenpunkt.registers.agreements.rules import remind_on
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.actions import save_organisation, set_regions
from knotenpunkt.registers.partners.models import Contact, Organisation, PartnerKind
from knotenpunkt.tools.files.actions import drop_file, keep_file
from knotenpunkt.tools.files.content import papers
from knotenpunkt.tools.mail.actions import send_mail
from knotenpunkt.tools.mail.models import MailKind
from knotenpunkt.tools.mail.queries import mail_is_set_up

CLOCK = System("clock")
MOST_PAPERS = 20


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as somebody hands it in."""

    name: str
    content: bytes


@transaction.atomic
def save_agreement(*, actor: Actor, agreement: Agreement | None = None, **values: Any) -> Agreement:
    """Create an agreement (kind, title and signed_on are needed) or change the given fields."""
    actor.must(Right.EDIT_REGISTERS)
    target = agreement or Agreement()
    changes = assign(target, values)
    if target.valid_until is not None and target.valid_until < target.signed_on:
        raise ValidationError({"valid_until": _("It would end before it was signed.")})
    if not changes:
        return target
    due = remind_on(target.valid_until, target.remind_months)
    if due != target.remind_on:
        target.remind_on, target.reminded_on = due, None
    store(target, changes, "remind_on", "reminded_on")
    deed = "agreements.change" if agreement else "agreements.create"
    record(actor=actor, deed=deed, on=target, title=target.title, changes=changes)
    return target


@transaction.atomic
def add_parties(
    *, actor: Actor, agreement: Agreement, organisations: Collection[Organisation], on: date
) -> int:
    """These partners signed on that day; who stands there already stays. Returns how many came.

    Whoever signs has joined the network.
    """
    actor.must(Right.EDIT_REGISTERS)
    if on < agreement.signed_on:
        raise ValidationError({"signed_on": _("That was before the agreement was concluded.")})
    known = set(agreement.parties.values_list("organisation_id", flat=True))
    new = [one for one in organisations if one.pk not in known]
    Party.objects.bulk_create(
        Party(agreement=agreement, organisation=one, signed_on=on) for one in new
    )
    for one in new:
        if one.joined_on is None:
            save_organisation(actor=actor, organisation=one, joined_on=on)
    if new:
        _record_parties(actor, agreement, "agreements.sign", [one.name for one in new])
    return len(new)


@transaction.atomic
def remove_party(*, actor: Actor, party: Party) -> None:
    """A partner does not stand behind this agreement any more, or never did."""
    actor.must(Right.EDIT_REGISTERS)
    agreement, name = party.agreement, party.organisation.name
    party.delete()
    _record_parties(actor, agreement, "agreements.unsign", [name])


def _record_parties(actor: Actor, agreement: Agreement, deed: str, names: Sequence[str]) -> None:
    changes = {"parties": [None, sorted(names)]}
    record(actor=actor, deed=deed, on=agreement, title=agreement.title, changes=changes)


@transaction.atomic
def end_agreement(*, actor: Actor, agreement: Agreement, on: date, reason: str) -> Agreement:
    """It ends before its time; nothing of it is lost."""
    actor.must(Right.EDIT_REGISTERS)
    if on < agreement.signed_on:
        raise ValidationError({"ended_on": _("It would end before it was signed.")})
    changes = assign(agreement, {"ended_on": on, "end_reason": reason})
    store(agreement, changes)
    if changes:
        record(actor=actor, deed="agreements.end", on=agreement, title=agreement.title,
               changes=changes)  # fmt: skip
    return agreement


@transaction.atomic
def reopen_agreement(*, actor: Actor, agreement: Agreement) -> Agreement:
    """It did not end after all."""
    actor.must(Right.EDIT_REGISTERS)
    changes = assign(agreement, {"ended_on": None, "end_reason": ""})
    store(agreement, changes)
    if changes:
        record(actor=actor, deed="agreements.reopen", on=agreement, title=agreement.title,
               changes=changes)  # fmt: skip
    return agreement


@transaction.atomic
def add_paper(*, actor: Actor, agreement: Agreement, handed: Handed) -> Paper:
    """Keep a file of an agreement. ValidationError for what is no paper, by its content."""
    actor.must(Right.EDIT_REGISTERS)
    content_type = papers(handed.name, handed.content)
    if agreement.papers.count() >= MOST_PAPERS:
        raise ValidationError(
            _("There are %(n)d files already. Please delete one first.") % {"n": MOST_PAPERS}
        )
    file = keep_file(name=handed.name, content_type=content_type, content=handed.content)
    paper = Paper(agreement=agreement, file=file)
    paper.save(force_insert=True)
    _record_paper(actor, "agreements.add_paper", agreement, handed.name)
    return paper


@transaction.atomic
def remove_paper(*, actor: Actor, paper: Paper) -> None:
    """Delete a file of an agreement for ever."""
    actor.must(Right.EDIT_REGISTERS)
    agreement, name, file_id = paper.agreement, paper.file.name, paper.file_id
    paper.delete()
    drop_file(file_id)
    _record_paper(actor, "agreements.remove_paper", agreement, name)


def _record_paper(actor: Actor, deed: str, agreement: Agreement, name: str) -> None:
    changes = {"file": [None, name]}
    record(actor=actor, deed=deed, on=agreement, title=agreement.title, changes=changes)


@transaction.atomic
def decide_not_needed(
    *, actor: Actor, kind: PartnerKind, region: Region | None, reason: str, on: date
) -> NotNeeded:
    """Record that this kind is not needed here; another reason takes the place of the former."""
    actor.must(Right.EDIT_REGISTERS)
    known: NotNeeded | None = NotNeeded.objects.filter(kind=kind, region=region).first()
    decision = known or NotNeeded(kind=kind, region=region)
    changes = assign(decision, {"reason": reason, "decided_on": on})
    store(decision, changes)
    if changes:
        record(actor=actor, deed="agreements.not_needed", on=decision,
               title=_field_title(kind, region), changes=changes)  # fmt: skip
    return decision


@transaction.atomic
def take_back_not_needed(*, actor: Actor, decision: NotNeeded) -> None:
    """This kind is needed here after all."""
    actor.must(Right.EDIT_REGISTERS)
    title = _field_title(PartnerKind(decision.kind), decision.region)
    record(actor=actor, deed="agreements.needed_again", on=decision, title=title,
           changes={"reason": [decision.reason, None]})  # fmt: skip
    decision.delete()


def _field_title(kind: PartnerKind, region: Region | None) -> str:
    where = region.name if region else _("whole network")
    return f"{kind.label}, {where}"


@transaction.atomic
def take_in(*, actor: Actor, organisation: Organisation, region: Region | None) -> None:
    """An organisation of the register is in from today on, and works in this region, too."""
    actor.must(Right.EDIT_REGISTERS)
    if not organisation.is_partner:
        today = timezone.localdate()
        save_organisation(actor=actor, organisation=organisation, joined_on=today, left_on=None)
    links = list(organisation.region_links.select_related("region"))
    if region is not None and links:
        known = {link.region_id: link.region for link in links} | {region.pk: region}
        set_regions(actor=actor, organisation=organisation, regions=list(known.values()))


@transaction.atomic
def invite(
    *, actor: Actor, organisation: Organisation, contact: Contact, subject: str, text: str
) -> None:
    """Ask an organisation into the network, at an address it has in the register.

    ValidationError when the address cannot be written to.
    """
    actor.must(Right.EDIT_REGISTERS)
    send_mail(
        actor=actor,
        to=contact.email,
        name=contact.name,
        subject=subject,
        text=text,
        title=_("Invitation into the network"),
        about=organisation.pk,
        kind=MailKind.INVITATION,
    )
    record(actor=actor, deed="agreements.invite", on=organisation, title=organisation.name)


@transaction.atomic
def remind(*, network: Network, today: date) -> int:
    """Tell who coordinates what ends soon, once for each agreement and end."""
    due = list(to_remind(today).filter(reminded_on=None).select_for_update())
    for agreement in due:
        agreement.reminded_on = today
        agreement.save(update_fields=["reminded_on"])
    if due:
        _tell_coordinators(network, due, today)
        told = ngettext("%(n)s agreement", "%(n)s agreements", len(due))
        record(actor=CLOCK, deed="agreements.remind", on=network,
               title=told % {"n": number(len(due))})  # fmt: skip
    return len(due)


def _tell_coordinators(network: Network, due: Sequence[Agreement], today: date) -> None:
    """One mail for all of them, in German; what ends stands on the first page anyway."""
    if not mail_is_set_up():
        return
    with translation.override(settings.LANGUAGE_CODE):
        letter = messages.ends_soon(network, due, today)
    for user in who_coordinates():
        send_mail(actor=CLOCK, to=user.email, subject=letter.subject, text=letter.text,
                  title=letter.subject)  # fmt: skip
