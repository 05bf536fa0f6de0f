"""What the queue starts for partners."""

from __future__ import annotations

from knotenpunkt.registers.partners.bulk.many import ORGANISATIONS, PEOPLE
from knotenpunkt.registers.partners.importing.desk import DESK
from knotenpunkt.tools.imports.desk.jobs import register
from knotenpunkt.tools.lists.many.doing import queued

register(DESK)
queued(ORGANISATIONS)
queued(PEOPLE)
