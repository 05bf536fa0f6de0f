"""What exports of all apps are called at the desk: their parts, their fields, their values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from knotenpunkt.activities.upkeep.models import Decision, Outcome, Stage
from knotenpunkt.foundation.accounts.models import EventKind
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.personal_data import Holding
from knotenpunkt.foundation.privacy.queries import holdings
from knotenpunkt.front.desk.audit import KINDS as RECORD_KINDS
from knotenpunkt.front.desk.changes_in_words import label
from knotenpunkt.front.desk.deeds import said
from knotenpunkt.registers.library.models import Stand
from knotenpunkt.registers.partners.actions.withdrawing import WITHDRAWN
from knotenpunkt.registers.partners.models import Audience, Given, Ground, ReleasedField
from knotenpunkt.registers.responsibilities.models import Duty, ForWhom
from knotenpunkt.tools.jobs.models import State as JobState
from knotenpunkt.tools.links.models import PERSONAL
from knotenpunkt.tools.mail.models import Cause, MailKind
from knotenpunkt.tools.mail.models import State as MailState

PARTS = {
    "accounts": gettext_lazy("Accounts and sign-ins"),
    "agreements": gettext_lazy("Agreements"),
    "areas": gettext_lazy("Regions and places"),
    "audit": gettext_lazy("Change log"),
    "files": gettext_lazy("Stored files"),
    "imports": gettext_lazy("Imported lists"),
    "inbox": gettext_lazy("Requests of families"),
    "jobs": gettext_lazy("Background work"),
    "library": gettext_lazy("Library"),
    "links": gettext_lazy("Personal links"),
    "lists": gettext_lazy("Lists at the desk"),
    "mail": gettext_lazy("Mails"),
    "networks": gettext_lazy("The network itself"),
    "notes": gettext_lazy("Contact notes"),
    "offers": gettext_lazy("Offers"),
    "pages": gettext_lazy("Legal texts"),
    "partners": gettext_lazy("Register of partners"),
    "responsibilities": gettext_lazy("Responsibilities"),
    "search": gettext_lazy("Search"),
    "upkeep": gettext_lazy("Upkeep of entries"),
    "groups": gettext_lazy("Groups"),
    "mailings": gettext_lazy("Circulars and audiences"),
    "campaigns": gettext_lazy("Campaigns"),
}
FIELDS = {
    "about": gettext_lazy("What it is about"),
    "actor": gettext_lazy("Who did it"),
    "addresses": gettext_lazy("E-mail addresses"),
    "answers_inquiries": gettext_lazy("Is asked whether the entries are still true"),
    "arguments": gettext_lazy("What the work needs"),
    "at": gettext_lazy("When"),
    "changes": gettext_lazy("What changed"),
    "confirmed_on": gettext_lazy("Last confirmed"),
    "created_at": gettext_lazy("Written on"),
    "deed": gettext_lazy("What was done"),
    "audience": gettext_lazy("Who sees it"),
    "email": gettext_lazy("E-mail address"),
    "email_audience": gettext_lazy("Who sees the e-mail address"),
    "email_purpose": gettext_lazy("What the e-mail address is for"),
    "email_for": gettext_lazy("Who sees the e-mail address"),
    "ended_at": gettext_lazy("Ended"),
    "events": gettext_lazy("What happened to the account"),
    "family_name": gettext_lazy("Family name"),
    "field": gettext_lazy("What is released"),
    "file_name": gettext_lazy("File"),
    "for": gettext_lazy("Who sees it"),
    "function": gettext_lazy("Function"),
    "given": gettext_lazy("How it was given"),
    "given_name": gettext_lazy("Given name"),
    "ground": gettext_lazy("Legal basis"),
    "internal_note": gettext_lazy("Internal note"),
    "invitation": gettext_lazy("Invitation"),
    "is_shared": gettext_lazy("Shared with colleagues"),
    "kind": gettext_lazy("Kind"),
    "last_login": gettext_lazy("Last sign-in"),
    "left_on": gettext_lazy("No longer in the network since"),
    "name": gettext_lazy("Name"),
    "name_audience": gettext_lazy("Who sees the name"),
    "name_for": gettext_lazy("Who sees the name"),
    "noted_by": gettext_lazy("Written down by"),
    "on": gettext_lazy("Day"),
    "organisation": gettext_lazy("Organisation"),
    "page": gettext_lazy("Page"),
    "phone": gettext_lazy("Telephone"),
    "phones": gettext_lazy("Telephone numbers"),
    "phones_for": gettext_lazy("Who sees the numbers"),
    "profession": gettext_lazy("Profession"),
    "public": gettext_lazy("On public pages"),
    "received_at": gettext_lazy("Received"),
    "releases": gettext_lazy("Releases"),
    "role": gettext_lazy("Role"),
    "roles": gettext_lazy("Roles"),
    "row": gettext_lazy("Row of the list"),
    "salutation": gettext_lazy("Salutation"),
    "second_factors": gettext_lazy("Second protection"),
    "sent_at": gettext_lazy("Sent"),
    "sessions": gettext_lazy("Signed in with so many browsers"),
    "signed_at": gettext_lazy("Signed"),
    "since": gettext_lazy("Since"),
    "source": gettext_lazy("Source"),
    "started_at": gettext_lazy("Started"),
    "state": gettext_lazy("State"),
    "tags": gettext_lazy("Tags"),
    "text": gettext_lazy("Text"),
    "title": gettext_lazy("Title"),
    "took_part": gettext_lazy("Took part in"),
    "until": gettext_lazy("Until"),
    "who": pgettext_lazy("contact note", "With whom"),
    "address": pgettext_lazy("personal data", "Address"),
    "answer": pgettext_lazy("personal data", "Answer"),
    "asked_at": pgettext_lazy("personal data", "Asked by mail"),
    "called_at": pgettext_lazy("personal data", "Called"),
    "cause": pgettext_lazy("personal data", "Reason"),
    "closed_at": pgettext_lazy("personal data", "Answered or ended"),
    "date_joined": pgettext_lazy("personal data", "Since"),
    "decision": pgettext_lazy("personal data", "Decision"),
    "detail": pgettext_lazy("personal data", "Details"),
    "duties": pgettext_lazy("personal data", "Duties"),
    "expires_at": pgettext_lazy("personal data", "Works until"),
    "for_whom": pgettext_lazy("personal data", "For whom"),
    "is_active": pgettext_lazy("personal data", "May sign in"),
    "last_sign_in_at": pgettext_lazy("personal data", "Last sign-in"),
    "last_used_at": pgettext_lazy("personal data", "Last used"),
    "material": pgettext_lazy("personal data", "Material"),
    "network__name": pgettext_lazy("personal data", "Network"),
    "note": pgettext_lazy("personal data", "Note"),
    "outcome": pgettext_lazy("personal data", "How the call went"),
    "proposed_at": pgettext_lazy("personal data", "Proposed"),
    "purpose": pgettext_lazy("personal data", "Purpose"),
    "regions": pgettext_lazy("personal data", "Regions"),
    "reminded_at": pgettext_lazy("personal data", "Last reminder"),
    "revoked_at": pgettext_lazy("personal data", "Revoked"),
    "sign_on_service": pgettext_lazy("personal data", "Sign-in by another service"),
    "stage": pgettext_lazy("personal data", "How far the question came"),
    "stand": pgettext_lazy("personal data", "State"),
    "to": pgettext_lazy("personal data", "Sent to"),
    "to_call_since": pgettext_lazy("personal data", "On the telephone list since"),
    "topics": pgettext_lazy("personal data", "Topics"),
    "total": pgettext_lazy("personal data", "How many records"),
    "type": pgettext_lazy("personal data", "Kind"),
    "uid": pgettext_lazy("personal data", "Name there"),
    "verified": pgettext_lazy("personal data", "Confirmed"),
    "version": pgettext_lazy("personal data", "Version"),
    "wording": gettext_lazy("Wording"),
    "written": gettext_lazy("Written by this person"),
}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Keys of records mean nothing to a reader; what a job does, its title says.
LEFT_OUT = frozenset({"id", "work"})
VALUES: Mapping[str, Mapping[str, Any]] = {
    "for": dict(Audience.choices),
    "audience": dict(Audience.choices),
    "name_audience": dict(Audience.choices),
    "email_audience": dict(Audience.choices),
    "name_for": dict(Audience.choices),
    "email_for": dict(Audience.choices),
    "phones_for": dict(Audience.choices),
    "ground": dict(Ground.choices),
    "given": dict(Given.choices),
    "field": dict(ReleasedField.choices),
    "accounts.kind": dict(EventKind.choices),
    "role": dict(Role.choices),
    "duties": dict(Duty.choices),
    "for_whom": dict(ForWhom.choices),
    "jobs.state": dict(JobState.choices),
    "library.stand": dict(Stand.choices),
    "mail.cause": dict(Cause.choices),
    "mail.kind": dict(MailKind.choices),
    "mail.state": dict(MailState.choices),
    "links.purpose": {PERSONAL: pgettext_lazy("personal data", "personal page")},
    "upkeep.stage": dict(Stage.choices),
    "upkeep.outcome": dict(Outcome.choices),
    "upkeep.decision": dict(Decision.choices),
    "audit.kind": {label: title for title, labels in RECORD_KINDS.values() for label in labels},
    "deed": {"read": pgettext_lazy("personal data", "Read")},
    "type": {
        "totp": pgettext_lazy("personal data", "Code from an app"),
        "webauthn": pgettext_lazy("personal data", "Passkey"),
        "recovery_codes": pgettext_lazy("personal data", "Recovery codes"),
    },
}


@dataclass(frozen=True, slots=True)
class Part:
    """What one app holds about somebody: records of lines (label, text), and why and how long."""

    title: str
    records: Sequence[Sequence[tuple[str, str]]]
    holdings: Sequence[Holding]

    @property
    def count(self) -> int:
        """How many records."""
        return len(self.records)


def part_name(app: str) -> str:
    """What an app is called at the desk."""
    return str(PARTS.get(app, app))


def parts(found: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Part]:
    """An export in words."""
    known = holdings()
    return [
        Part(
            title=part_name(app),
            records=[list(_lines(app, record)) for record in records],
            holdings=[translated(holding) for name, holding in known if name == app],
        )
        for app, records in found.items()
    ]


def translated(holding: Holding) -> Holding:
    """The same in the language of the page."""
    return Holding(
        what=_(holding.what),
        why=_(holding.why),
        legal_basis=_(holding.legal_basis),
        term=_(holding.term),
        where=holding.where,
    )


def holding_labels() -> list[str]:
    """What is said about a kind of data: why, on which ground, until when."""
    return [pgettext("personal data", "Why"), _("Legal basis"), _("Until when")]


def begun(text: str) -> str:
    """A text that begins a line."""
    return text[:1].upper() + text[1:]


def field_name(name: str) -> str:
    """What a field is called here, or in the change log; its own name where nobody has words."""
    return str(FIELDS[name]) if name in FIELDS else label("partners.Contact", name)


def _lines(app: str, record: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    told = (
        (name, _text(app, name, value)) for name, value in record.items() if name not in LEFT_OUT
    )
    return [(field_name(name), text) for name, text in told if text]


def _text(app: str, name: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j. F Y, H:i")
    if isinstance(value, date):
        return spoken.full_date(value)
    if isinstance(value, Mapping) and name == "changes":
        return "; ".join(filter(None, (_change(app, key, pair) for key, pair in value.items())))
    if isinstance(value, Mapping):
        return "; ".join(f"{field_name(key)}: {_text(app, key, one)}" for key, one in value.items()
                         if key not in LEFT_OUT and _text(app, key, one))  # fmt: skip
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(filter(None, (_text(app, name, one) for one in value)))
    return _word(app, name, value)


def _change(app: str, name: str, pair: Any) -> str:
    """ "Funktion: Erzieherin → Leiterin"; keys of other records say nothing to a reader."""
    values = pair if isinstance(pair, list) and len(pair) == 2 else ["", pair]
    old, new = (_text(app, name, one) for one in values)
    return f"{field_name(name)}: {old or '–'} → {new or '–'}" if old or new else ""


def _is_key(value: Any) -> bool:
    try:
        return isinstance(value, UUID) or bool(UUID(str(value)))
    except ValueError:
        return False


def _word(app: str, name: str, value: Any) -> str:
    if _is_key(value):
        return ""
    if isinstance(value, str) and DAY.fullmatch(value):
        return spoken.full_date(date.fromisoformat(value))
    if name == "wording" and value == WITHDRAWN:
        return _("The consent was withdrawn.")
    known = VALUES.get(f"{app}.{name}") or VALUES.get(name, {})
    if value in known:
        return str(known[value])
    return said(value) if name in ("deed", "about") else str(value)
