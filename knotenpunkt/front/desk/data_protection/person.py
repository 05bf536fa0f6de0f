"""What is stored about somebody: who sees which field, on which ground since when."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.foundation.privacy import queries
from knotenpunkt.front.desk.data_protection.subjects import Subject, subject
from knotenpunkt.front.desk.data_protection.words import parts
from knotenpunkt.registers.partners.actions.withdrawing import WITHDRAWN
from knotenpunkt.registers.partners.models import Audience, Contact, Release
from knotenpunkt.registers.partners.ways import Way, roles_of, ways

STATES = {
    Audience.PUBLIC: "published",
    Audience.PROFESSIONALS: "active",
    Audience.INTERNAL: "none",
}


@require_safe
@members_only(Right.CHANGE_NETWORK)
def person(request: DeskRequest, kind: str, record_id: UUID) -> HttpResponse:
    """One person: their ways, the proofs, and how much else there is."""
    found = subject(request.actor, kind, record_id)
    roles = roles_of(request.actor, found.person.ids)
    held = parts(queries.export(actor=request.actor, person=found.person))
    context = {
        "subject": found,
        "way_columns": [
            Head(_("What is stored")), Head(_("Who sees it")), Head(_("Legal basis")),
            Head(_("Since"), numeric=True),
        ],
        "roles": [{"title": _role(role), "rows": _ways(role), "note": _note(role)}
                  for role in roles],
        "proof_columns": [
            Head(_("What")), Head(_("Released for")), Head(_("Legal basis and proof")),
            Head(_("From when until when"), numeric=True),
        ],
        "proofs": [_proof(role, one) for role in roles for one in role.releases.all()],
        "parts": held,
        "correct_url": _correct_url(found, roles),
    }  # fmt: skip
    return render(request, "desk/data_protection/person.html", context)


def _correct_url(found: Subject, roles: list[Contact]) -> str:
    """Where what is wrong is put right; "" for a family, whose request is answered instead."""
    if not found.is_of_register:
        return ""
    person_id = next((role.person_id for role in roles if role.person_id), None)
    if person_id is None and not roles:
        person_id = found.id
    if person_id is not None:
        return reverse("partners_desk:edit_person", args=[person_id])
    return reverse("partners_desk:role", args=[roles[0].organisation_id, roles[0].pk])


def _role(role: Contact) -> str:
    return ", ".join(part for part in (role.function, role.organisation.full_name) if part)


def _note(role: Contact) -> str:
    """What decides beside the audience of each field."""
    if not role.is_current:
        return _("This role has ended. It is shown to nobody outside the desk.")
    if role.is_internal:
        return _("This contact is for the desk only and shown nowhere else.")
    if not role.is_public:
        return _("Nothing of this contact is published right now.")
    return _("This contact stands on public pages, with the fields that everybody may see.")


def _ways(role: Contact) -> list[Row]:
    rows = []
    for way in ways(role):
        url = reverse("desk:privacy_release", args=[way.field, way.id])
        rows.append(
            Row(
                [
                    Cell(way.value, note=str(way.field.label), url=url),
                    Cell(
                        str(way.audience.label), label=_("Who sees it"), state=STATES[way.audience]
                    ),
                    Cell(_ground(way), label=_("Legal basis")),
                    Cell(_since(way.release), label=_("Since"), numeric=True),
                ]
            )
        )
    return rows


def _ground(way: Way) -> str:
    if way.release is None:
        return _("public task; nothing was written down about it yet")
    if way.release.wording == WITHDRAWN:
        return _("consent withdrawn")
    return str(way.release.get_ground_display())


def _since(release: Release | None) -> str:
    return spoken.short_date(timezone.localdate(release.since)) if release else "–"


def _proof(role: Contact, one: Release) -> Row:
    what = one.phone.shown if one.phone else str(one.get_field_display())
    return Row(
        [
            Cell(what, note=role.organisation.name),
            Cell(str(one.get_audience_display()), label=_("Released for")),
            Cell(_grounded(one), note=_proved(one), label=_("Legal basis and proof")),
            Cell(_span(one), label=_("From when until when"), numeric=True),
        ]
    )


def _grounded(one: Release) -> str:
    return _("Withdrawal") if one.wording == WITHDRAWN else str(one.get_ground_display())


def _proved(one: Release) -> str:
    words = "" if one.wording == WITHDRAWN else f"„{one.wording}“" if one.wording else ""
    noted = _("written down by %(name)s") % {"name": one.by_label} if one.by_label else ""
    how = str(one.get_given_display()) if one.given else ""
    return ", ".join(part for part in (how, words, noted) if part)


def _span(one: Release) -> str:
    since = spoken.short_date(timezone.localdate(one.since))
    if one.ended_at is None:
        return _("since %(day)s") % {"day": since}
    until = spoken.short_date(timezone.localdate(one.ended_at))
    return since if since == until else f"{since}–{until}"
