"""What is said about a value that was changed, doubted or not taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Remark:
    """One warning: a short code for machines, a reason for people, and both values as text."""

    code: str
    reason: str
    original: str = ""
    cleaned: str = ""
    field: str = ""

    def about(self, field: str) -> Remark:
        """The same remark, saying which field it is about, unless it already says so."""
        return self if self.field else replace(self, field=field)


@dataclass(frozen=True, slots=True)
class Cleaned(Generic[T]):
    """A value as it will be kept, and what must be said about it."""

    value: T
    remarks: tuple[Remark, ...] = ()
