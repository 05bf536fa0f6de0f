"""A consent is withdrawn: the way is shown to nobody outside the coordination, at once."""

from __future__ import annotations

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.partners.actions.facts import release
from knotenpunkt.registers.partners.models import Audience, Given, Ground, Release
from knotenpunkt.registers.partners.ways import Way

WITHDRAWN = "withdrawn"
"""The wording of the release that follows a withdrawal; pages say it in words."""


def withdraw(*, actor: Actor, way: Way, given: Given) -> Release:
    """Keep how the person said so; the former release ends with its proof."""
    return release(
        actor=actor,
        contact=way.contact,
        field=way.field,
        phone=way.phone,
        audience=Audience.INTERNAL,
        ground=Ground.TASK,
        given=given,
        wording=WITHDRAWN,
    )
