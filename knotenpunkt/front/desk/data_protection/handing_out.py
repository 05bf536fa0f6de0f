"""Auskunft: everything about somebody as a page, as JSON and as a paper. Each one is logged."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record_read
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.foundation.privacy import queries
from knotenpunkt.foundation.privacy.rooms import Record
from knotenpunkt.front.desk.data_protection.subjects import Subject, subject
from knotenpunkt.front.desk.data_protection.words import Part, begun, holding_labels, parts
from knotenpunkt.registers.partners.ways import roles_of
from knotenpunkt.tools.documents.typesetting import JSON, pdf


@require_safe
@members_only(Right.CHANGE_NETWORK)
def page(request: DeskRequest, kind: str, record_id: UUID) -> HttpResponse:
    """To be read aloud on the telephone, or printed."""
    found, held = _opened(request, kind, record_id)
    context = {"subject": found, "parts": parts(held)}
    return render(request, "desk/data_protection/information.html", context)


@require_safe
@members_only(Right.CHANGE_NETWORK)
def as_json(request: DeskRequest, kind: str, record_id: UUID) -> HttpResponse:
    """For another program (Art. 20 GDPR)."""
    _found, held = _opened(request, kind, record_id)
    text = json.dumps(held, ensure_ascii=False, indent=2, default=str)
    return _file(text.encode(), "application/json", "auskunft.json")


@require_safe
@members_only(Right.CHANGE_NETWORK)
def as_pdf(request: DeskRequest, kind: str, record_id: UUID) -> HttpResponse:
    """To be sent by mail or by letter (Art. 15 GDPR)."""
    found, held = _opened(request, kind, record_id)
    title = _("What is stored about you")
    paper = pdf("desk/information", _paper(found, parts(held)), title=title, mark_unknown=True)
    return _file(paper, "application/pdf", "auskunft.pdf")


def _opened(
    request: DeskRequest, kind: str, record_id: UUID
) -> tuple[Subject, dict[str, list[Record]]]:
    found = subject(request.actor, kind, record_id)
    roles = roles_of(request.actor, found.person.ids)
    on = roles[0] if roles else current_network()
    record_read(actor=request.actor, on=on, title=_("Information about one person given"))
    return found, queries.export(actor=request.actor, person=found.person)


def _paper(found: Subject, held: list[Part]) -> dict[str, JSON]:
    network = current_network()
    return {
        "lead": _("This is everything that the network stores about %(name)s.")
        % {"name": found.name},
        "parts": [
            {
                "title": part.title,
                "records": [[list(line) for line in record] for record in part.records],
                "holdings": [
                    [begun(one.what), one.why, one.legal_basis, one.term] for one in part.holdings
                ],
            }
            for part in held
        ],
        "rights_title": _("Your rights"),
        "rights": [*rights()],
        "responsible_title": _("Who is responsible"),
        "responsible": [line for line in (network.operator or network.name,
                                          *network.operator_address.splitlines(),
                                          network.contact_name, network.contact_phone,
                                          network.contact_email) if line],
        "head": [_("What"), *holding_labels()],
        "why_title": _("Why, on which ground, and until when"),
    }  # fmt: skip


def rights() -> list[str]:
    """What somebody may ask for, in sentences."""
    return [
        _("You may have what is wrong corrected."),
        _("You may have your data erased, unless a law asks us to keep them."),
        _("You may withdraw a consent at any time. What was done until then stays lawful."),
        _("You may object to the processing, for reasons that arise from your situation."),
        _("You may complain to the data protection authority of your Land."),
        _("We got your data from you, from your organisation, or from a list of the network."),
        _("Nobody outside the network gets them, unless you agreed or a law asks for it."),
        _("No computer decides anything about you by itself."),
    ]


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
