"""Writes to help numbers and legal pages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.pages import defaults
from knotenpunkt.registers.pages.models import HelpNumber, LegalPage


@transaction.atomic
def prepare_pages(network: Network) -> None:
    """Give a network the pages and, when it has none, the numbers that every network has.

    What is there already stays, so that new templates can be added to an old network.
    """
    with in_network(network):
        present = set(LegalPage.objects.values_list("kind", "language"))
        LegalPage.objects.bulk_create(
            LegalPage(kind=page.kind, language=page.language, title=page.title, body=page.body)
            for page in defaults.page_templates()
            if (page.kind, page.language) not in present
        )
        if not HelpNumber.objects.exists():
            HelpNumber.objects.bulk_create(defaults.help_numbers())


@transaction.atomic
def save_page(*, actor: Actor, kind: str, language: str, title: str, body: str) -> LegalPage:
    """Write a page. A changed text has to be reviewed and signed anew."""
    actor.must(Right.CHANGE_NETWORK)
    page = LegalPage.objects.filter(kind=kind, language=language).first() or LegalPage(
        kind=kind, language=language
    )
    changes = assign(page, {"title": title.strip(), "body": body.strip()})
    if changes:
        changes |= assign(page, {"signed_by": "", "signed_at": None})
        page.full_clean(exclude=["network"])
        page.save()
        record(actor=actor, deed="pages.save_page", on=page, title=str(page), changes=changes)
    return page


@transaction.atomic
def sign_page(*, actor: Actor, page: LegalPage) -> None:
    """Stand behind a page's text as it is. Only a person can do that, never the system."""
    actor.must(Right.CHANGE_NETWORK)
    if actor.user_id is None:
        raise PermissionDenied(_("Only a person can review a text."))
    changes = assign(page, {"signed_by": actor.label[:200], "signed_at": timezone.now()})
    page.save()
    record(actor=actor, deed="pages.sign_page", on=page, title=str(page), changes=changes)


@transaction.atomic
def save_help_number(
    *, actor: Actor, help_number: HelpNumber | None = None, **values: Any
) -> HelpNumber:
    """Add a help number, or change the given one. ValidationError when it is no number."""
    actor.must(Right.CHANGE_NETWORK)
    help_number = help_number or HelpNumber()
    changes = assign(help_number, values)
    help_number.join_current_network()
    help_number.full_clean()
    help_number.save()
    record(
        actor=actor,
        deed="pages.save_help_number",
        on=help_number,
        title=str(help_number),
        changes=changes,
    )
    return help_number


@transaction.atomic
def remove_help_number(*, actor: Actor, help_number: HelpNumber) -> None:
    """Take a help number off every page."""
    actor.must(Right.CHANGE_NETWORK)
    record(actor=actor, deed="pages.remove_help_number", on=help_number, title=str(help_number))
    help_number.delete()
