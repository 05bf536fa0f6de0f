"""One process in which a family presses its button many times at once, and all want to call it.

    python -m tests.concurrency.callers SLUG

Prints one JSON object: how many requests there are, who took it on, who was told that another did.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

PEOPLE = 6
PRESSED = 8


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    """What each work gave, or how it failed; all begin in the same moment."""
    start, told = threading.Barrier(len(works)), []

    def run(work: Callable[[], Any]) -> None:
        from django.db import connections

        start.wait()
        try:
            told.append(work())
        except Exception as problem:
            told.append(type(problem).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return told


def main(slug: str) -> dict[str, Any]:
    """Ask, then take."""
    from knotenpunkt.activities.inbox import actions
    from knotenpunkt.activities.inbox.models import Concern
    from knotenpunkt.foundation.accounts.actions import add_member
    from knotenpunkt.foundation.accounts.actors import ANYONE, Person, System
    from knotenpunkt.foundation.accounts.models import User
    from knotenpunkt.foundation.accounts.rights import Role
    from knotenpunkt.foundation.networks.models import Network
    from knotenpunkt.foundation.networks.scope import in_network

    network = Network.objects.get(slug=slug)

    def member(number: int) -> User:
        with in_network(network):
            name = f"Person {number}"
            return add_member(
                actor=System("test"), email=f"p{number}@example.org", name=name, role=Role.EDITOR,
                password="a-long-test-password",
            )[0].user  # fmt: skip

    def ask() -> str:
        with in_network(network):
            draft = actions.CallDraft(phone="+493731555010", text="Bitte")
            actions.ask_for_call(actor=ANYONE, network=network, draft=draft)
        return "asked"

    def take(user: User, concern_id: UUID) -> str:
        with in_network(network):
            actions.take(actor=Person(user, Role.EDITOR), concern_id=concern_id)
        return "taken"

    people = [member(number) for number in range(PEOPLE)]
    asked = at_once([ask] * PRESSED)
    with in_network(network):
        rows = list(Concern.objects.all())
        again = [row.repeated for row in rows]
    taken = at_once([lambda user=user: take(user, rows[0].pk) for user in people])  # type: ignore[misc]
    return {"asked": asked, "requests": len(rows), "repeated": again, "taken": sorted(taken)}


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    sys.stdout.write(json.dumps(main(sys.argv[1])))
