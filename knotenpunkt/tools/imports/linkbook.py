"""The links of one source and kind at hand while a file is written."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.tools.imports.actions.runs import save_links
from knotenpunkt.tools.imports.models import Link, Run
from knotenpunkt.tools.imports.queries import links_of
from knotenpunkt.tools.imports.steps import StepBook

LINK = "link"


class LinkBook:
    """Finds links by id and key, remembers which were met, and writes what is new or changed.

    What a changed one said before is told to `steps`; a new one is known by its run.
    """

    def __init__(self, *, actor: Actor, run: Run, kind: str, steps: StepBook) -> None:
        self.run, self.kind, self.steps = run, kind, steps
        self.all = links_of(actor, source=run.source, kind=kind)
        self.seen: set[UUID] = set()
        self._created: list[Link] = []
        self._changed: dict[UUID, Link] = {}
        self._by_id = {link.external_id: link for link in self.all if link.external_id}
        self._by_key: dict[str, list[Link]] = {}
        self._by_object: dict[UUID, Link] = {}
        self._before = {link.pk: _said(link) for link in self.all}
        for link in self.all:
            self._by_key.setdefault(link.key, []).append(link)
            self._by_object[link.object_id] = link

    def find(self, external_id: str, key: str) -> Link | None:
        """The link of a row, by its id; else by its key.

        A key leads back to a record whose row has lost its id, or only now got one. A key with
        another id is another record, and a link serves one row only.
        """
        link = self._by_id.get(external_id) if external_id else None
        candidates = [link] if link else self._by_key.get(key, [])
        return next((one for one in candidates if self._fits(one, external_id)), None)

    def _fits(self, link: Link, external_id: str) -> bool:
        is_other = external_id and link.external_id and external_id != link.external_id
        return not is_other and link.pk not in self.seen

    def of(self, object_id: UUID) -> Link | None:
        """The link of a record that no row has led to yet."""
        link = self._by_object.get(object_id)
        return link if link is not None and link.pk not in self.seen else None

    def add(self, object_id: UUID, external_id: str, key: str) -> Link:
        """A link for a record that this source brings for the first time."""
        link = Link(
            source=self.run.source,
            kind=self.kind,
            external_id=external_id,
            key=key,
            object_id=object_id,
            run=self.run,
        )
        self._created.append(link)
        self.seen.add(link.pk)
        return link

    def adopt(self, object_id: UUID, external_id: str, key: str, values: dict[str, Any]) -> Link:
        """A link for a record that was there before this source told of it."""
        link = self.add(object_id, external_id, key)
        link.values = values
        self.seen.discard(link.pk)
        if external_id:
            self._by_id[external_id] = link
        self._by_key.setdefault(key, []).append(link)
        self._by_object[object_id] = link
        return link

    def met(self, link: Link, external_id: str, key: str) -> None:
        """A row led here; its id or key may have changed meanwhile. An id is never lost."""
        self.seen.add(link.pk)
        told = (external_id or link.external_id, key)
        if (link.external_id, link.key) != told:
            link.external_id, link.key = told
            self.change(link)

    def change(self, link: Link) -> None:
        """Write this link with the next flush; new ones are written anyway."""
        link.run = self.run
        if not link._state.adding:
            self._changed[link.pk] = link

    def flush(self) -> None:
        """Write what is new or changed."""
        save_links(created=self._created, changed=self._changed.values())
        if self.steps.keeps:
            self._tell_steps()
        self._created, self._changed = [], {}

    def _tell_steps(self) -> None:
        for pk, link in self._changed.items():
            before, now = self._before.get(pk), _said(link)
            if before is not None and before["run_id"] != str(self.run.pk):
                self.steps.changed(LINK, pk, before, now)
                self._before[pk] = now


def _said(link: Link) -> dict[str, Any]:
    """All that a link says. Its values are exchanged and never changed in themselves."""
    return {
        "external_id": link.external_id,
        "key": link.key,
        "object_id": str(link.object_id),
        "values": link.values,
        "original": link.original,
        "run_id": str(link.run_id),
    }
