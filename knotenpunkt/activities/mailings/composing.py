"""From a circular to what one contact reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from knotenpunkt.activities.mailings.merging import LINK, Addressed, values_for
from knotenpunkt.activities.mailings.models import Circular
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.addresses import whole_address
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.tools.links.actions import personal_links
from knotenpunkt.tools.links.tokens import SAMPLE
from knotenpunkt.tools.mail.source import filled, placeholders

# A campaign that writes in spring ends in autumn.
LINK_DAYS = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """What one contact reads: subject and text as `tools.mail.source` says."""

    subject: str
    text: str


def reading_for(one: Addressed, circular: Circular, link: str) -> Reading:
    """The circular with its places filled."""
    values = values_for(one, circular, link)
    subject = " ".join(filled(circular.subject, values).split())
    return Reading(subject, filled(circular.text, values))


def dead_link() -> str:
    """What stands for a personal page in previews and tests: an address that opens nobody's."""
    return whole_address(current_network(), "personal:page", token=SAMPLE)


def links_for(actor: Actor, circular: Circular, holders: Collection[UUID]) -> Mapping[UUID, str]:
    """The personal pages of these contacts, where the text has a place for one."""
    if LINK not in placeholders(circular.text):
        return {}
    return personal_links(actor=actor, holders=holders, days=LINK_DAYS)
