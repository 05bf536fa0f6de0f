"""Personal data in writing to many."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.mailings.actions.consents import forget_consents, forget_noter
from knotenpunkt.activities.mailings.actions.forgetting import (
    drop_old_recipients,
    drop_old_values,
    forget_recipients,
    forget_writers,
    take_out,
)
from knotenpunkt.activities.mailings.actions.printing import drop_files_with
from knotenpunkt.activities.mailings.models import Audience, Circular, Consent, Recipient
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.personal_data import ERASED, Expired, Holding, Person
from knotenpunkt.foundation.networks.scope import current_network

HOLDINGS = (
    Holding(
        what="what a contact said about being written to: yes to newsletters or no to everything"
        " that goes to many, when, what proves it, and who wrote it down",
        why="so that nobody is written to against their will, and a consent can be proved",
        legal_basis="Art. 7 (1), Art. 21 (2) and Art. 5 (2) GDPR",
        term="until the contact is erased; then with it",
        where=(
            "mailings.Consent.contact",
            "mailings.Consent.how",
            "mailings.Consent.by_label",
        ),
    ),
    Holding(
        what="audiences: a name and filters, whose words may name somebody",
        why="so that the same people can be written to again",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="until somebody deletes the audience",
        where=("mailings.Audience.name", "mailings.Audience.parts"),
    ),
    Holding(
        what="who got which circular, by mail or letter, whether they answered, or why they were"
        " left out",
        why="so that nobody is written to twice, reminders go only to those who have not answered,"
        " and colleagues see what was written to whom",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="180 days, or as long as the network sets (knotenpunkt network change --mail-days); at"
        " once when the contact is erased",
        where=(
            "mailings.Recipient.contact",
            "mailings.Recipient.organisation",
            "mailings.Recipient.message",
            "mailings.Recipient.answered_at",
            "mailings.Print.missing",
        ),
    ),
    Holding(
        what="files of letters and address labels that were made for printing",
        why="so that they can be printed, and printed once more when the printer fails",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="14 days; at once when somebody in them is erased",
        where=("mailings.Print.file", "mailings.Print.recipients"),
    ),
    Holding(
        what="circulars: their text, what an activity fills in for each contact, and who wrote and"
        " released them",
        why="so that colleagues know what was written to partners, and a newsletter can be read"
        " again",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="the text as long as the network; what was filled in for each 180 days, or as long as"
        " the network sets, after it was sent, or after the last change of a draft that never was;"
        " who wrote it until the account is erased",
        where=(
            "mailings.Circular.title",
            "mailings.Circular.subject",
            "mailings.Circular.text",
            "mailings.Circular.shared_values",
            "mailings.Circular.own_values",
            "mailings.Circular.author",
            "mailings.Circular.released_by",
        ),
    ),
    Holding(
        what="the sender line of letters, which may name a contact person",
        why="so that a letter that does not arrive comes back",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="until somebody changes it",
        where=("mailings.MailingSettings.return_line",),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """What this person said about being written to, and which circulars they got or wrote."""
    return [
        *({"is_given": one.is_given, "how": one.how, "at": one.at} for one in _said_by(person)),
        *map(_got, _received(person).select_related("circular")),
        *({"circular": one.title, "written_at": one.created_at} for one in _written(person)),
    ]


def _got(row: Recipient) -> dict[str, Any]:
    filled = row.circular.own_values.get(str(row.contact_id), {})
    return {
        "circular": row.circular.title,
        "subject": row.circular.subject,
        "way": row.way,
        "left_out": row.left_out,
        "at": row.circular.fixed_at,
        "answered_at": row.answered_at,
        "filled_in": filled,
    }


def erase(person: Person) -> int:
    """What they said and got goes with them; what they wrote stays without their name."""
    count = forget_writers(_written(person), frozenset(person.ids))
    if person.kind == User._meta.label:
        rows = Consent.objects.filter(by_label__in=person.names)
        return count + forget_noter(list(rows), ERASED)
    told = [one for one in Circular.objects.iterator() if _fills_in(one, person)]
    for one in told:
        take_out(one, person)
    received = list(_received(person).select_for_update(of=("self",)).order_by("pk"))
    count += drop_files_with(received)
    return count + forget_recipients(received) + forget_consents(_said_by(person))


def expire() -> list[Expired]:
    """Who got which circular and what was filled in for each, after the network's term."""
    now, days = timezone.now(), current_network().mail_days
    return [drop_old_recipients(now, days), drop_old_values(now, days)]


def _received(person: Person) -> QuerySet[Recipient]:
    rows: QuerySet[Recipient] = Recipient.objects.filter(_own(person))
    return rows


def _written(person: Person) -> list[Circular]:
    by = Q(author__in=person.ids) | Q(released_by__in=person.ids)
    return list(Circular.objects.filter(by))


def _fills_in(circular: Circular, person: Person) -> bool:
    """Whether something was filled in for them, or names them."""
    filled = (circular.own_values, circular.shared_values)
    keys = {str(one) for one in person.ids}
    has_own = bool(keys & circular.own_values.keys())
    return has_own or any(person.taken_out_of(one) != one for one in filled)


def mentions(person: Person) -> list[str]:
    """Audiences and proofs of others whose words name the person; an editor looks at them."""
    audiences = [
        _("audience “%(name)s”") % {"name": one.name}
        for one in Audience.objects.iterator()
        if person.appears_in(f"{one.name} {_words(one)}")
    ]
    proofs = [
        _("consent of %(day)s") % {"day": spoken.full_date(one.at.date())}
        for one in Consent.objects.exclude(_own(person)).iterator()
        if person.appears_in(one.how)
    ]
    return [*audiences, *proofs, *_named_in_circulars(person)]


def _named_in_circulars(person: Person) -> list[str]:
    return [
        _("circular “%(title)s”") % {"title": one.title}
        for one in Circular.objects.iterator()
        if person.appears_in("\n".join((one.title, one.subject, one.text)))
    ]


def _words(audience: Audience) -> str:
    return " ".join(str(part.get("words", {}).get("q", "")) for part in audience.parts)


def _said_by(person: Person) -> list[Consent]:
    return list(Consent.objects.filter(_own(person)))


def _own(person: Person) -> Q:
    return Q(contact__in=person.ids) | Q(contact__person__in=person.ids)
