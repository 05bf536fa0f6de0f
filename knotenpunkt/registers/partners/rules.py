"""Decisions about partners."""

from __future__ import annotations

import calendar
from datetime import date

from django.db.models import Q

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.partners.models import Audience, Contact, Organisation

# Months after which a partner can be asked again, other than the network does.
INTERVALS = (1, 3, 6, 12, 18, 24, 36)


def may_see_internal(actor: Actor) -> bool:
    """Members who read the register see what is not public, too."""
    return actor.may(Right.READ_INTERNAL)


def circle_of(actor: Actor) -> Audience:
    """The circle that somebody at the desk belongs to: it decides which ways are shown.

    Who keeps the entries must see them; who only reads sees what professionals do.
    """
    if actor.may(Right.EDIT_REGISTERS) or actor.may(Right.EDIT_OWN_ENTRIES):
        return Audience.INTERNAL
    return Audience.PROFESSIONALS if actor.may(Right.READ_INTERNAL) else Audience.PUBLIC


def is_here(today: date) -> Q:
    """Organisations and people that have not left the network."""
    return Q(left_on=None) | Q(left_on__gt=today)


def has_left(today: date) -> Q:
    """Those that have."""
    return Q(left_on__lte=today)


def is_partner(today: date) -> Q:
    """Organisations that joined the network and have not left; a facility counts with its body."""
    joined = Q(joined_on__lte=today)
    with_body = Q(body__joined_on__lte=today) & (Q(body__left_on=None) | Q(body__left_on__gt=today))
    return is_here(today) & (joined | with_body)


def holds_role(today: date) -> Q:
    """Contacts whose role somebody has today."""
    return (Q(since=None) | Q(since__lte=today)) & (Q(until=None) | Q(until__gte=today))


def is_due(today: date, usual_months: int) -> Q:
    """Whose entry nobody has confirmed for as long as they, or their network, are asked after."""
    as_usual = Q(confirm_months=None) | ~Q(confirm_months__in=INTERVALS)
    due = Q(confirmed_on=None) | as_usual & Q(confirmed_on__lte=months_ago(today, usual_months))
    for months in INTERVALS:
        due |= Q(confirm_months=months, confirmed_on__lte=months_ago(today, months))
    return due


def months_ago(day: date, months: int) -> date:
    """The same day of an earlier month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def may_keep(actor: Actor) -> bool:
    """Whether somebody changes entries of what is at their desk: all, or what is their own."""
    return actor.may(Right.EDIT_REGISTERS) or actor.may(Right.EDIT_OWN_ENTRIES)


def waits_for_approval(organisation: Organisation, network: Network) -> bool:
    """Whether a change by these people waits: the organisation's own rule, its body's, else all."""
    for one in organisation.lineage:
        if one.approves_changes is not None:
            return bool(one.approves_changes)
    return network.approves_changes


def only_proposes(actor: Actor, organisation: Organisation) -> bool:
    """Whether what this actor changes of what others read waits until somebody approves it."""
    if actor.may(Right.EDIT_REGISTERS):
        return False
    return waits_for_approval(organisation, current_network())


def must_propose(actor: Actor, entry: Organisation | Contact) -> bool:
    """The same for one entry: what nobody outside reads, its provider changes at once."""
    organisation = entry.organisation if isinstance(entry, Contact) else entry
    return only_proposes(actor, organisation) and is_read_outside(entry)


def is_read_outside(entry: Organisation | Contact) -> bool:
    """Whether it stands with a published offer, or in the contact finder with what it is for."""
    if isinstance(entry, Contact):
        answers = not entry.is_internal and entry.responsibilities.exists()
        return bool(entry.is_public or answers)
    answering = entry.contacts.filter(is_internal=False, responsibilities__isnull=False)
    return bool(entry.is_public or answering.exists())
