"""Background work: its page, how far a job is, stopping and trying again."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Person, System
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.tools.jobs.actions import enqueue
from knotenpunkt.tools.jobs.models import State
from tests.access.table import COORDINATORS, EDITORS, MEMBERS, NOT_THERE, Line, moved

# A stranger to the address is asked to sign in first.
SIGN_IN = NOT_THERE | {"nobody": 302}
LINES = [
    Line("jobs:list", COORDINATORS),
    Line("jobs:list", COORDINATORS, query="stand=fehlgeschlagen&seite=7"),
    Line("jobs:progress", COORDINATORS, of="job", key="job_id"),
    # Whoever queued it may follow it.
    Line("jobs:progress", EDITORS, of="editors_job", key="job_id"),
    Line("jobs:progress", SIGN_IN, of="invented", key="job_id"),
    Line("jobs:stop", moved(COORDINATORS), of="job", key="job_id", method="post"),
    Line("jobs:stop", dict.fromkeys(MEMBERS, 405), of="job", key="job_id"),
    Line("jobs:try_again", moved(COORDINATORS), of="failed_job", key="job_id", method="post"),
    Line("jobs:try_again", dict.fromkeys(MEMBERS, 405), of="failed_job", key="job_id"),
]
FORMS = {"jobs:stop", "jobs:try_again"}


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """A job of the installation, one of the editor, one that failed."""
    editor = people["editor"]
    assert editor is not None
    clock, person = System("clock"), Person(editor, Role.EDITOR)
    failed = enqueue(actor=clock, work="privacy.expire", arguments={}, title="")
    failed.state = State.FAILED
    failed.save()
    return {
        "job": enqueue(actor=clock, work="privacy.expire", arguments={}, title="").pk,
        "editors_job": enqueue(actor=person, work="privacy.expire", arguments={}, title="").pk,
        "failed_job": failed.pk,
    }
