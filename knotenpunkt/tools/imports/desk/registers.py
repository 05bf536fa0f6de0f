"""What a register says so that its lists can come in at the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.tools.imports.columns import Mapping, Vocabulary
from knotenpunkt.tools.imports.fates import Foreseen
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.imports.orders import Confirm, ImportResult, Order, Progress
from knotenpunkt.tools.imports.tables import Reading, Table

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from knotenpunkt.tools.imports.desk.forms import RunForm


class Keeper(Protocol):
    """Keeps a file for a while. Tools do not know each other: the register brings it along."""

    def keep(self, *, name: str, content_type: str, content: bytes, until: datetime) -> UUID:
        """Keep it; its id."""

    def drop(self, file_id: UUID) -> None:
        """Forget it."""

    def content_of(self, file_id: UUID) -> bytes:
        """What it holds."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the preview; what is `expected` says so where nothing is known yet."""

    label: str
    lines: Sequence[str]
    expected: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """A row as a card; `reason` says why it would be left out. `place` is its place in the list."""

    number: int
    place: int
    total: int
    title: str = ""
    provider: str = ""
    facts: Sequence[Fact] = ()
    reason: str = ""
    remarks: int = 0

    @property
    def previous(self) -> int:
        """The row before, from 1; 0 when this is the first."""
        return self.place - 1

    @property
    def next(self) -> int:
        """The row after; 0 when this is the last."""
        return self.place + 1 if self.place < self.total else 0


@dataclass(frozen=True, slots=True)
class Words:
    """What these pages say in this register's words; functions take a count."""

    register: StrOrPromise
    one: StrOrPromise
    to_the_list: StrOrPromise
    size: StrOrPromise
    forms: StrOrPromise
    only_theirs: StrOrPromise
    goes: Callable[[int], str]
    removed: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class ListDesk:
    """One kind of list.

    `space` is the namespace of its addresses, `home` the list of the register, `page` the page of
    one record. `named_by` are the fields that name a row, the most telling first. `rights`
    are needed beside the right to import. `doubles` is the page of double entries, if there is one.
    """

    kind: str
    space: str
    home: str
    page: str
    vocabulary: Vocabulary
    named_by: tuple[str, ...]
    groups: Callable[[], list[tuple[str, list[tuple[str, str]]]]]
    fixed: tuple[str, ...]
    accepted: str
    words: Words
    keeper: Keeper
    run_form: type[RunForm]
    rights: tuple[Right, ...]
    preview: Callable[[Table, Mapping, str, int], Preview | None]
    carry_out: Callable[[Actor, Network, Reading, Path, Order], ImportResult]
    foresee: Callable[[Run], Foreseen]
    undo: Callable[[Actor, Network, UUID, Progress, Confirm], Run]
    stayed: Callable[[Sequence[tuple[str, UUID]]], list[dict[str, str]]]
    doubles: str = ""

    def __str__(self) -> str:
        return self.kind

    @property
    def reading(self) -> str:
        """The name of the job that reads a large file."""
        return f"{self.kind}.read_list"

    @property
    def checking(self) -> str:
        """The name of the dry run's job."""
        return f"{self.kind}.check_list"

    @property
    def importing(self) -> str:
        """The name of the import's job."""
        return f"{self.kind}.import_list"

    @property
    def undoing(self) -> str:
        """The name of the job that takes an import back."""
        return f"{self.kind}.undo_import"

    @property
    def keys(self) -> tuple[str, ...]:
        """All fields."""
        return tuple(self.vocabulary.fields)

    def label(self, key: str) -> str:
        """The name of a field in the current language."""
        known = self.vocabulary.fields.get(key)
        return str(known.label) if known else key

    def must(self, actor: Actor) -> None:
        """PermissionDenied unless the actor may carry a list of this kind out."""
        for right in (Right.IMPORT, *self.rights):
            actor.must(right)
