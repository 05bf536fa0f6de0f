"""What happened with a partner, from every app, in one order: the last first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.mailings.desk.circulars.words import of_sent
from knotenpunkt.activities.mailings.models import Way
from knotenpunkt.activities.mailings.queries.circulars import Sent, sent_to
from knotenpunkt.activities.notes.queries import notes, opened
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.comparing import Change
from knotenpunkt.front.desk.deeds import doer, said
from knotenpunkt.registers.partners import saying
from knotenpunkt.registers.partners.history import shown
from knotenpunkt.registers.partners.models import Contact, Involvement
from knotenpunkt.registers.partners.queries import names_behind
from knotenpunkt.tools.mail.models import Message
from knotenpunkt.tools.mail.queries import messages_about


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `quote` is what somebody wrote."""

    at: datetime
    what: str
    when: str
    who: str = ""
    text: str = ""
    quote: str = ""
    changes: Sequence[Change] = ()

    @property
    def year(self) -> int:
        """Events of former years stand below their year."""
        return timezone.localtime(self.at).year


def latest(events: Iterable[Event], most: int) -> list[Event]:
    """The last ones, the last first."""
    return sorted(events, key=lambda one: one.at, reverse=True)[:most]


def deeds(actor: Actor, entries: Iterable[Entry], own_name: str) -> list[Event]:
    """What was changed here, with old and new, as far as this member may read it."""
    found = shown(actor, entries)
    names = names_behind(saying.keys_in(entry.changes for entry in found))
    return [_deed(entry, names, own_name) for entry in found]


def _deed(entry: Entry, names: dict[str, str], own_name: str) -> Event:
    is_first = entry.deed.startswith("partners.create")
    changes = [] if is_first else saying.changes_of(entry.changes, names)
    return Event(
        at=entry.at,
        what=str(saying.DEEDS.get(entry.deed) or said(entry.deed)),
        when=spoken.moment(entry.at),
        who=doer(entry.actor_label),
        text="" if entry.title == own_name else entry.title,
        changes=changes,
    )


def of_notes(actor: Actor, **about: Any) -> list[Event]:
    """What colleagues noted."""
    if not actor.may(Right.WRITE_NOTES):
        return []
    rows = notes(actor).filter(**about)[:20]
    return [
        Event(
            at=note.created_at,
            what=_("Contact note"),
            when=spoken.moment(note.created_at),
            who=note.author.name if note.author else "",
            quote=opened(note).text,
        )
        for note in rows
    ]


def of_mails(actor: Actor, ids: Iterable[Any]) -> list[Event]:
    """What was written to them, by mail or letter, and what became of it."""
    if not actor.may(Right.EDIT_REGISTERS):
        return []
    keys = list(ids)
    to_many = sent_to(keys)
    told = {one.message_id for one in to_many}
    rows = [message for one in keys for message in messages_about(one)[:10]]
    single = [_mail(message) for message in rows if message.pk not in told]
    return [*single, *(_circular(one) for one in to_many)]


def _mail(message: Message) -> Event:
    at = message.sent_at or message.created_at
    return Event(
        at=at,
        what=_("Mail: %(subject)s") % {"subject": message.title},
        when=spoken.moment(at),
        text=str(message.get_state_display()),
    )


def _circular(one: Sent) -> Event:
    """ "Rundschreiben per Brief: Einladung 2027"; where it stands, and when they answered."""
    at = one.at or one.circular.created_at
    by_letter = one.way == Way.LETTER
    what = _("Circular by letter: %(title)s") if by_letter else _("Circular by mail: %(title)s")
    answered = spoken.moment(one.answered_at) if one.answered_at else ""
    parts = [
        of_sent(one).label,
        one.reason,
        _("answered: %(when)s") % {"when": answered} if answered else "",
    ]
    return Event(
        at=at,
        what=what % {"title": one.circular.title},
        when=spoken.moment(at),
        text=" · ".join(filter(None, parts)),
    )


def of_involvement(facts: Iterable[Involvement]) -> list[Event]:
    """What they took part in: each occasion once."""
    occasions = dict.fromkeys((fact.title, fact.on) for fact in facts)
    return [
        Event(
            at=timezone.make_aware(datetime.combine(on, time(12))),
            what=_("Was there: %(what)s") % {"what": title},
            when=spoken.full_date(on),
        )
        for title, on in occasions
    ]


def contact_ids(contacts: Iterable[Contact]) -> list[Any]:
    """The keys under which mails to these contacts are kept."""
    return [one.pk for one in contacts]
