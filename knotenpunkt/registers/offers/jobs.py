"""What the queue starts for offers."""

from __future__ import annotations

from knotenpunkt.registers.offers.bulk.actions import OFFERS
from knotenpunkt.registers.offers.importing.desk import DESK
from knotenpunkt.tools.imports.desk.jobs import register
from knotenpunkt.tools.lists.many.doing import queued

register(DESK)
queued(OFFERS)
